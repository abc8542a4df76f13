/** Matrices of singles, of which layers are made. */
import type { Views } from '../../memory.ts';

const fround = Math.fround;

export function productF32(
  m: Views,
  out: number,
  a: number,
  b: number,
  work: number,
  rows: number,
  columns: number,
  inner: number,
  outStep: number,
  aRow: number,
  aInner: number,
  bInner: number,
  bColumn: number,
  add: number,
): void {
  void work;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let x = (a >>> 2) + i * aRow;
      let y = (b >>> 2) + j * bColumn;
      const at = (out >>> 2) + i * outStep + j;
      let sum = add === 0 ? 0 : m.f32[at];
      for (let k = 0; k < inner; k++) {
        sum = fround(sum + fround(m.f32[x] * m.f32[y]));
        x += aInner;
        y += bInner;
      }
      m.f32[at] = sum;
    }
  }
}

export function addRowF32(m: Views, x: number, row: number, rows: number, columns: number): void {
  let at = x >>> 2;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) m.f32[at++] += m.f32[(row >>> 2) + j];
  }
}

export function sumRowsF32(m: Views, sums: number, x: number, rows: number, columns: number): void {
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum = fround(sum + m.f32[(x >>> 2) + i * columns + j]);
    m.f32[(sums >>> 2) + j] += sum;
  }
}

export function squaredDistanceF32(m: Views, a: number, b: number, count: number): number {
  const difference = (k: number) => fround(m.f32[(a >>> 2) + k] - m.f32[(b >>> 2) + k]);
  return sumInLanes(count, (k) => fround(difference(k) * difference(k)));
}

/** Σ_k term(k) in four lanes: lane l sums k ≡ l (mod 4), the result is (l₀ + l₂) + (l₁ + l₃). */
export function sumInLanes(count: number, term: (k: number) => number): number {
  const lanes = [0, 0, 0, 0];
  for (let k = 0; k < count; k++) lanes[k & 3] = fround(lanes[k & 3] + term(k));
  return fround(fround(lanes[0] + lanes[2]) + fround(lanes[1] + lanes[3]));
}
