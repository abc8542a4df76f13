/** Matrices of doubles, in which real-valued rules learn before they are rounded to integers. */
import type { Views } from '../../memory.ts';
import { leading } from './couplings.ts';

export function addProductF64(
  m: Views,
  out: number,
  a: number,
  b: number,
  rows: number,
  columns: number,
  inner: number,
  rowStep: number,
  innerStep: number,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum += m.f64[(a >>> 3) + i * rowStep + k * innerStep] * m.f64[(b >>> 3) + k * columns + j];
      }
      m.f64[(out >>> 3) + i * columns + j] += sum;
    }
  }
}

export function signsToF64(m: Views, out: number, signs: number, count: number): void {
  for (let i = 0; i < count; i++) m.f64[(out >>> 3) + i] = m.i8[signs + i];
}

function couplingsToF64(
  m: Views,
  out: number,
  couplings: Int8Array | Int16Array | Int32Array,
  start: number,
  unit: number,
  neurons: number,
): void {
  const lda = leading(neurons);
  for (let i = 0; i < neurons; i++) {
    const row = (out >>> 3) + i * neurons;
    for (let j = 0; j < neurons; j++) m.f64[row + j] = couplings[start + j * lda + i] * unit;
  }
}

export function couplingsToF64I8(
  m: Views,
  out: number,
  couplings: number,
  unit: number,
  neurons: number,
): void {
  couplingsToF64(m, out, m.i8, couplings, unit, neurons);
}

export function couplingsToF64I16(
  m: Views,
  out: number,
  couplings: number,
  unit: number,
  neurons: number,
): void {
  couplingsToF64(m, out, m.i16, couplings >>> 1, unit, neurons);
}

export function couplingsToF64I32(
  m: Views,
  out: number,
  couplings: number,
  unit: number,
  neurons: number,
): void {
  couplingsToF64(m, out, m.i32, couplings >>> 2, unit, neurons);
}

export function largestRowSumF64(m: Views, matrix: number, extra: number, neurons: number): number {
  let largest = 0;
  for (let i = 0; i < neurons; i++) {
    const row = (matrix >>> 3) + i * neurons;
    let sum = extra === 0 ? 0 : Math.abs(m.f64[(extra >>> 3) + i]);
    for (let j = 0; j < neurons; j++) sum += Math.abs(m.f64[row + j]);
    if (sum > largest) largest = sum;
  }
  return largest;
}

/** Adding and subtracting 1.5·2⁵² rounds a small double to the nearest integer, ties to even. */
const ROUNDER = 6755399441055744;

export function roundToI32(
  m: Views,
  couplings: number,
  matrix: number,
  scale: number,
  neurons: number,
): void {
  const lda = leading(neurons);
  for (let i = 0; i < neurons; i++) {
    const row = (couplings >>> 2) + i * lda;
    const from = (matrix >>> 3) + i;
    for (let j = 0; j < neurons; j++) {
      m.i32[row + j] = m.f64[from + j * neurons] * scale + ROUNDER - ROUNDER;
    }
    m.i32.fill(0, row + neurons, row + lda);
  }
}

export function applyI32(
  m: Views,
  out: number,
  x: number,
  couplings: number,
  neurons: number,
): void {
  const lda = leading(neurons);
  const at = out >>> 3;
  m.f64.fill(0, at, at + neurons);
  for (let i = 0; i < neurons; i++) {
    const xi = m.f64[(x >>> 3) + i];
    const row = (couplings >>> 2) + i * lda;
    for (let j = 0; j < neurons; j++) m.f64[at + j] += xi * m.i32[row + j];
  }
}
