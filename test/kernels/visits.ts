/** What the kernels that visit neurons are tried on. */
import { list, randomPatterns } from './cases.ts';
import type { Desk } from './desk.ts';

/** Fields of every size, many of them zero or next to it. */
export function someField(desk: Desk, bound: number): number {
  const size = [0, 1, 2, bound][desk.random.below(4)];
  return desk.integer(-size, size);
}

/** What the visiting kernels share: an order, how far it has come, and when to stop. */
export function visits(
  desk: Desk,
  neurons: number,
): { order: number; cursor: number; count: number } {
  const count = desk.random.below(4) === 0 ? desk.integer(0, neurons) : neurons;
  const sequence =
    desk.random.below(2) === 0
      ? desk.random.sample(neurons, neurons)
      : list(neurons, () => desk.random.below(neurons));
  const start = desk.random.below(3) === 0 ? desk.integer(0, count + 1) : 0;
  return { order: desk.u32(sequence), cursor: desk.u32([start]), count };
}

export function someLimit(desk: Desk, neurons: number): number {
  return [0, 1, 2, desk.integer(0, neurons), neurons, 4_294_967_295][desk.integer(0, 5)];
}

export function someThresholds(desk: Desk, neurons: number): number {
  return desk.random.below(2) === 0 ? 0 : desk.i32(list(neurons, () => someField(desk, 1 << 20)));
}

/** The largest coupling that keeps fields below 2³⁰ whatever the visits. */
export function largestCoupling(neurons: number, shift: number): number {
  return Math.floor(2 ** 28 / (neurons * 2 ** shift));
}

export function stored(desk: Desk, neurons: number, count: number) {
  const state = desk.random.signs(neurons);
  const patterns = randomPatterns(desk, count, neurons);
  const stride = Math.ceil(count / 8) + desk.integer(0, 2);
  return {
    stride,
    signs: desk.signs(state),
    overlaps: desk.overlaps(
      patterns.map((pattern) => pattern.reduce((sum, x, i) => sum + x * state[i], 0)),
    ),
    blocks: desk.blocks(patterns, neurons, stride),
  };
}
