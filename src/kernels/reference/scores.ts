/** How similar vectors are, in singles; largest and sufficient scores. */
import type { Views } from '../../memory.ts';

const fround = Math.fround;

/** The sum over so many columns is complete before it is added to the others', which keeps rounding small. */
const STRETCH = 512;

/** The score of one row with one query, given the indices in m.f32 where they start. */
export function scoreOf(
  m: Views,
  row: number,
  query: number,
  factor: number,
  scale: number,
  metric: number,
  width: number,
): number {
  let t = 0;
  for (let from = 0; from < width; from += STRETCH) {
    const to = Math.min(from + STRETCH, width);
    t = fround(t + lanesOf(m, row + from, query + from, to - from, metric));
    t = fround(t + lanesOf(m, row + from + 4, query + from + 4, to - from, metric));
  }
  return fround(fround(t * factor) * fround(scale));
}

/** The sum over every other four of `count` columns. */
function lanesOf(m: Views, row: number, query: number, count: number, metric: number): number {
  const x = m.f32;
  let [l0, l1, l2, l3] = [0, 0, 0, 0];
  for (let k = 0; k < count; k += 8) {
    l0 = fround(l0 + term(x[row + k], x[query + k], metric));
    l1 = fround(l1 + term(x[row + k + 1], x[query + k + 1], metric));
    l2 = fround(l2 + term(x[row + k + 2], x[query + k + 2], metric));
    l3 = fround(l3 + term(x[row + k + 3], x[query + k + 3], metric));
  }
  return fround(fround(l0 + l2) + fround(l1 + l3));
}

function term(x: number, q: number, metric: number): number {
  if (metric === 0) return fround(x * q);
  const difference = fround(x - q);
  return fround(difference * difference);
}

export function scoresF32(
  m: Views,
  scores: number,
  queries: number,
  rows: number,
  factors: number,
  scale: number,
  metric: number,
  patterns: number,
  width: number,
  batch: number,
): void {
  for (let b = 0; b < batch; b++) {
    const query = (queries >>> 2) + b * width;
    const out = (scores >>> 2) + b * patterns;
    for (let p = 0; p < patterns; p++) {
      const row = (rows >>> 2) + p * width;
      const factor = factors === 0 ? 1 : m.f32[(factors >>> 2) + p];
      m.f32[out + p] = scoreOf(m, row, query, factor, scale, metric, width);
    }
  }
}

export function largestF32(m: Views, scores: number, count: number): number {
  const at = scores >>> 2;
  let best = 0;
  for (let i = 1; i < count; i++) if (m.f32[at + i] > m.f32[at + best]) best = i;
  return best;
}

export function selectF32(
  m: Views,
  indices: number,
  scores: number,
  threshold: number,
  count: number,
): number {
  let selected = 0;
  for (let i = 0; i < count; i++) {
    if (m.f32[(scores >>> 2) + i] >= threshold) m.u32[(indices >>> 2) + selected++] = i;
  }
  return selected;
}

export function squaresF32(
  m: Views,
  out: number,
  rows: number,
  count: number,
  width: number,
): void {
  for (let i = 0; i < count; i++) {
    const row = (rows >>> 2) + i * width;
    const lanes = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let k = 0; k < width; k++) lanes[k & 7] += m.f32[row + k] * m.f32[row + k];
    const [l0, l1, l2, l3, l4, l5, l6, l7] = lanes;
    m.f64[(out >>> 3) + i] = l0 + l4 + (l2 + l6) + (l1 + l5 + (l3 + l7));
  }
}
