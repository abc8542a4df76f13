import type { Address, Integer } from '../../numbers.ts';

/** Random orders. */
export interface RandomKernels {
  /** u32[count]: 0, 1, 2, … */
  countUp(order: Address, count: Integer): void;
  /** Fisher–Yates on u32[count], from the last element down. `generator` is u32[4]. */
  shuffle(order: Address, count: Integer, generator: Address): void;
}
