/** Couplings made of whole patterns: Hebb 1949 / Hopfield 1982, and Parisi's (1986) bounded ones. */
import type { Views } from '../../memory.ts';
import { signInBlocks } from './patterns.ts';

/** Couplings a row, padding included. */
export function leading(neurons: number): number {
  return (neurons + 63) & ~63;
}

/** Byte groups of patterns whose sum is looked at: 15 groups are 120 patterns. */
const GROUPS = 15;

/** As `addHebbianI16` in abi.ts says; stops as soon as a |J_ij| is above `most`. */
function addHebbian(
  m: Views,
  couplings: Int8Array | Int16Array,
  start: number,
  blocks: number,
  stride: number,
  from: number,
  to: number,
  sign: number,
  fresh: number,
  self: number,
  most: number,
  neurons: number,
): number {
  const lda = leading(neurons);
  if (fresh) couplings.fill(0, start, start + neurons * lda);
  const column = new Int8Array(neurons);
  let largest = 0;
  let pattern = from;
  do {
    const stop = Math.min(to, ((pattern >> 3) + GROUPS) * 8);
    const sums = new Int32Array(neurons * neurons);
    for (; pattern < stop; pattern++) {
      for (let i = 0; i < neurons; i++) column[i] = signInBlocks(m, blocks, stride, i, pattern);
      for (let i = 0; i < neurons; i++) {
        const x = sign * column[i];
        for (let j = 0; j < neurons; j++) sums[i * neurons + j] += x * column[j];
      }
    }
    largest = 0;
    for (let i = 0; i < neurons; i++) {
      const row = start + i * lda;
      if (!self) sums[i * neurons + i] = 0;
      for (let j = 0; j < neurons; j++) {
        const sum = couplings[row + j] + sums[i * neurons + j];
        couplings[row + j] = sum;
        largest = Math.max(largest, Math.abs(sum));
      }
    }
  } while (pattern < to && largest <= most);
  return Math.min(largest, most + 1);
}

export function addHebbianI8(
  m: Views,
  couplings: number,
  blocks: number,
  tables: number,
  stride: number,
  from: number,
  to: number,
  sign: number,
  fresh: number,
  self: number,
  neurons: number,
): number {
  void tables;
  return addHebbian(m, m.i8, couplings, blocks, stride, from, to, sign, fresh, self, 127, neurons);
}

export function addHebbianI16(
  m: Views,
  couplings: number,
  blocks: number,
  tables: number,
  stride: number,
  from: number,
  to: number,
  sign: number,
  fresh: number,
  self: number,
  neurons: number,
): number {
  void tables;
  const start = couplings >>> 1;
  return addHebbian(m, m.i16, start, blocks, stride, from, to, sign, fresh, self, 32_767, neurons);
}

function addBounded(
  m: Views,
  couplings: Int8Array | Int16Array,
  start: number,
  signs: number,
  bound: number,
  neurons: number,
): void {
  const lda = leading(neurons);
  for (let i = 0; i < neurons; i++) {
    const row = start + i * lda;
    const x = m.i8[signs + i];
    for (let j = 0; j < neurons; j++) {
      const sum = couplings[row + j] + x * m.i8[signs + j];
      couplings[row + j] = Math.max(-bound, Math.min(bound, sum));
    }
    couplings[row + i] = 0;
  }
}

export function addBoundedI8(
  m: Views,
  couplings: number,
  signs: number,
  bound: number,
  neurons: number,
): void {
  addBounded(m, m.i8, couplings, signs, bound, neurons);
}

export function addBoundedI16(
  m: Views,
  couplings: number,
  signs: number,
  bound: number,
  neurons: number,
): void {
  addBounded(m, m.i16, couplings >>> 1, signs, bound, neurons);
}

export function addOuterI32(
  m: Views,
  couplings: number,
  x: number,
  y: number,
  work: number,
  amount: number,
  neurons: number,
): void {
  void work;
  const lda = leading(neurons);
  for (let i = 0; i < neurons; i++) {
    const row = (couplings >>> 2) + i * lda;
    for (let j = 0; j < neurons; j++) {
      if (j === i) continue;
      const outer = m.i8[x + i] * m.i8[x + j] - m.i8[y + i] * m.i8[y + j];
      m.i32[row + j] += amount * outer;
    }
  }
}
