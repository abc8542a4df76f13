/** States of ±1 and their bits. */
export interface SignKernels {
  /** ±1 from values that are all ±1 or all 0/1 (0 becomes −1); 0 if they are neither, else 1. In place allowed. */
  readSigns(signs: number, values: number, count: number): number;
  /** One row of bits from i8[count]; its padding bits become zero. */
  packSigns(bits: number, signs: number, count: number): void;
  /** i8[count] from one row of bits. */
  unpackSigns(signs: number, bits: number, count: number): void;
  /** Σ signs[i]·values[i] over i32[count], exact below 2⁵³. */
  signedSum(signs: number, values: number, count: number): number;
  /** How many of the bytes differ. */
  countDifferent(a: number, b: number, bytes: number): number;
}
