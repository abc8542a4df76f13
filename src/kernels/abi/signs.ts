import type { Address, Integer } from '../../numbers.ts';

/** States of ±1 and their bits. */
export interface SignKernels {
  /** ±1 from values that are all ±1 or all 0/1 (0 becomes −1); 0 if they are neither, else 1. In place allowed. */
  readSigns(signs: Address, values: Address, count: Integer): number;
  /** One row of bits from i8[count]; its padding bits become zero. */
  packSigns(bits: Address, signs: Address, count: Integer): void;
  /** i8[count] from one row of bits. */
  unpackSigns(signs: Address, bits: Address, count: Integer): void;
  /** Σ signs[i]·values[i] over i32[count], exact below 2⁵³. */
  signedSum(signs: Address, values: Address, count: Integer): number;
  /** How many of the bytes differ. */
  countDifferent(a: Address, b: Address, bytes: Integer): number;
}
