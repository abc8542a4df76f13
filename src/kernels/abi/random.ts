/** Random orders. */
export interface RandomKernels {
  /** u32[count]: 0, 1, 2, … */
  countUp(order: number, count: number): void;
  /** Fisher–Yates on u32[count], from the last element down. `generator` is u32[4]. */
  shuffle(order: number, count: number, generator: number): void;
}
