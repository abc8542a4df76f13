/** Codes of one byte a number, and how large scores can be as far as codes tell. */
import type { Views } from '../../memory.ts';

const fround = Math.fround;

/** Bytes of a row of codes before the codes. */
const HEAD = 16;
/** Vectors of no larger number have codes of 0: the inverse of the scale would leave single precision. */
const SMALLEST = 2 ** -96;
/** Adding it and taking it away rounds a small single to an integer, ties to even. */
const ROUNDER = 1.5 * 2 ** 23;

export function encodeI8(
  m: Views,
  codes: number,
  rows: number,
  count: number,
  rowWidth: number,
  width: number,
): void {
  for (let r = 0; r < count; r++) {
    const head = codes + r * (HEAD + width);
    const row = (rows >>> 2) + r * rowWidth;
    const code = head + HEAD;
    m.i8.fill(0, code, code + width);
    let largest = 0;
    for (let k = 0; k < rowWidth; k++) largest = Math.max(largest, Math.abs(m.f32[row + k]));
    const coded = largest >= SMALLEST;
    const scale = coded ? fround(largest / 127) : 0;
    const inverse = coded ? fround(127 / largest) : 0;
    const lanes = [0, 0, 0, 0];
    for (let k = 0; k < rowWidth; k++) {
      const x = m.f32[row + k];
      const c = fround(fround(fround(x * inverse) + ROUNDER) - ROUNDER);
      m.i8[code + k] = c;
      const rest = x - scale * c;
      lanes[k & 3] += rest * rest;
    }
    m.f32[head >>> 2] = scale;
    m.f32[(head >>> 2) + 1] = 0;
    m.f64[(head >>> 3) + 1] = lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
  }
}

export function scanI8(
  m: Views,
  uppers: number,
  stats: number,
  codes: number,
  queries: number,
  terms: number,
  mask: number,
  scratch: number,
  step: number,
  count: number,
  width: number,
  batch: number,
): void {
  void scratch;
  for (let b = 0; b < batch; b++) {
    const query = (queries >>> 1) + b * width;
    const [a, shift, c, e0, e1, e2] = m.f32.subarray((terms >>> 2) + b * 8);
    const out = (uppers >>> 2) + b * step;
    const stat = (stats >>> 3) + b * 2;
    m.f64.set([-Infinity, 0], stat);
    m.f32.fill(-Infinity, out + count, out + Math.ceil(count / 4) * 4);
    for (let r = 0; r < count; r++) {
      if (mask !== 0 && m.u8[mask + r] === 0) {
        m.f32[out + r] = -Infinity;
        continue;
      }
      const head = codes + r * (HEAD + width);
      const [scale, residual, size] = m.f32.subarray(head >>> 2, (head >>> 2) + 3);
      let i = 0;
      for (let k = 0; k < width; k++) i += m.i8[head + HEAD + k] * m.i16[query + k];
      const product = fround(fround(fround(i) * scale) * a);
      const t = fround(fround(product + fround(shift * size)) + c);
      const e = fround(fround(fround(e1 * residual) + fround(e2 * size)) + e0);
      m.f32[out + r] = fround(t + e);
      const lower = fround(t - e);
      if (lower > m.f64[stat]) m.f64.set([lower, r], stat);
    }
  }
}
