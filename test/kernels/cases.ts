/** Random contents and the sizes that the kernels are tried at. */
import fc from 'fast-check';
import type { Desk, Entry } from './desk.ts';

/** Chromium has the engine that Node has: it tries a third of the sizes, and of what is generated. */
const PART = globalThis.navigator?.userAgent.includes('Chrome') ? 3 : 1;

/** Past two 16-byte vectors and one row of 64 couplings. */
export const SMALL = range(1, 70).filter((n) => n % PART === 0);
/** Around the sizes that layouts are rounded up to. */
export const EDGES = [127, 128, 129, 191, 192, 193, 255, 256, 257, 511, 512, 513];
/** Past five groups of eight patterns. */
export const COUNTS = range(0, 40).filter((n) => n % PART === 0);

/** fast-check with the same inputs every time. */
export const GENERATED = { seed: 20_250_101, numRuns: 150 / PART };

/** A seed for a layout. */
export const seeds = fc.nat({ max: 0x7fffffff });

/** low, low + 1, … high. */
export function range(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}

/** `count` values of `value`. */
export function list<T>(count: number, value: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => value(i));
}

export function randomPatterns(desk: Desk, count: number, neurons: number): Int8Array[] {
  return Array.from({ length: count }, () => desk.random.signs(neurons));
}

/** The entries of a random integer matrix, |J_ij| ≤ bound. */
export function square(desk: Desk, neurons: number, bound: number): Entry {
  const values = list(neurons * neurons, () => desk.integer(-bound, bound));
  return (i, j) => values[i * neurons + j];
}

/** The same, symmetric. */
export function symmetric(desk: Desk, neurons: number, bound: number): Entry {
  const entry = square(desk, neurons, bound);
  return (i, j) => (i < j ? entry(i, j) : entry(j, i));
}
