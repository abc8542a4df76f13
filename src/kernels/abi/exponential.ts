import type { Address, Integer, Real } from '../../numbers.ts';

/** Elementary functions, the same bits on every engine; src/elementary.ts says how. */
export interface ElementaryKernels {
  /** eˣ, off by less than 2 ulp; 0 below −708, infinity above 709. */
  exponential(x: Real): number;
  /** f32[count]: eˣ in single precision, off by less than 2 ulp; 0 below −87, infinity above 88. In place allowed. */
  exponentialF32(out: Address, x: Address, count: Integer): void;
  /** ln x, off by less than 2 ulp; −infinity at 0, NaN below. */
  logarithm(x: Real): number;
  /** tanh x, off by less than 2.5 ulp, odd; ±1 where nothing else is nearer. */
  hyperbolicTangent(x: Real): number;
}
