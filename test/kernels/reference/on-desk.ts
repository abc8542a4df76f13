/** A reference machine to lay things out on, for comparing kernels with formulas on plain arrays. */
import type { Kernels } from '../../../src/kernels/abi/index.ts';
import type { Views } from '../../../src/memory.ts';
import { Random } from '../../../src/random.ts';
import { Desk } from '../desk.ts';
import { openAll } from '../machines.ts';

const BYTES = 1 << 20;

const { kernels, memory } = openAll('reference');
memory.allocate(BYTES - 1024);

export interface OnDesk {
  desk: Desk;
  kernels: Kernels;
  views: Views;
}

/** A desk over fresh junk, with the kernels that work on it. */
export function onDesk(seed: number): OnDesk {
  const random = new Random(seed, 1);
  const { u32 } = memory.views;
  for (let i = 0; i < u32.length; i += 61) u32[i] = random.next();
  return { desk: new Desk(memory.views, seed), kernels, views: memory.views };
}

/** `count` values at a byte address. */
export function read(view: Views[keyof Views], address: number, count: number): number[] {
  const at = address / view.BYTES_PER_ELEMENT;
  return Array.from(view.subarray(at, at + count));
}

/** The N×N entries of a matrix with `lda` columns a row. @throws when its padding is not zero */
export function readSquare(
  view: Views[keyof Views],
  address: number,
  n: number,
  lda: number,
): number[][] {
  return Array.from({ length: n }, (_, i) => {
    const row = read(view, address + i * lda * view.BYTES_PER_ELEMENT, lda);
    if (row.slice(n).some((padding) => padding !== 0)) throw new Error(`row ${i}: ${row}`);
    return row.slice(0, n);
  });
}

/** An N×N array from a formula. */
export function table(n: number, entry: (i: number, j: number) => number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => entry(i, j)));
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
