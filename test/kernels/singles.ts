/** Singles to try kernels on. */
import type { Desk } from './desk.ts';

/** Singles of very different sizes, so that another order of addition would show; some are ±0. */
export function someSingle(desk: Desk): number {
  const kind = desk.random.below(8);
  if (kind === 0) return desk.random.below(2) === 0 ? 0 : -0;
  if (kind === 1) return desk.integer(-3, 3);
  return Math.fround(desk.double(10 ** desk.integer(-4, 4)));
}
