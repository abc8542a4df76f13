/** Couplings made of whole patterns: Hebb 1949 / Hopfield 1982, and Parisi's (1986) bounded ones. */
import type { Views } from '../../memory.ts';
import { signInBlocks } from './patterns.ts';

/** Couplings a row, padding included. */
export function leading(neurons: number): number {
  return (neurons + 63) & ~63;
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
  neurons: number,
): void {
  void tables;
  const lda = leading(neurons);
  if (fresh) m.i16.fill(0, couplings >>> 1, (couplings >>> 1) + neurons * lda);
  const column = new Int8Array(neurons);
  for (let pattern = from; pattern < to; pattern++) {
    for (let i = 0; i < neurons; i++) column[i] = signInBlocks(m, blocks, stride, i, pattern);
    for (let i = 0; i < neurons; i++) {
      const row = (couplings >>> 1) + i * lda;
      const x = sign * column[i];
      for (let j = 0; j < neurons; j++) m.i16[row + j] += x * column[j];
    }
  }
}

export function addBoundedI16(
  m: Views,
  couplings: number,
  signs: number,
  bound: number,
  neurons: number,
): void {
  const lda = leading(neurons);
  for (let i = 0; i < neurons; i++) {
    const row = (couplings >>> 1) + i * lda;
    const x = m.i8[signs + i];
    for (let j = 0; j < neurons; j++) {
      const sum = m.i16[row + j] + x * m.i8[signs + j];
      m.i16[row + j] = Math.max(-bound, Math.min(bound, sum));
    }
  }
}

export function setDiagonalI16(m: Views, couplings: number, value: number, neurons: number): void {
  const lda = leading(neurons);
  for (let i = 0; i < neurons; i++) m.i16[(couplings >>> 1) + i * lda + i] = value;
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
