/**
 * Averages of stored rows, weighted by the softmax of their scores.
 *
 * The softmax is computed in one pass (Milakov & Gimelshein 2018): whenever a larger score turns up, what was
 * summed so far is scaled down to it.
 */
import type { Views } from '../../memory.ts';
import { exp, expF32 } from '../../elementary.ts';
import { scoreOf } from './scores.ts';

const fround = Math.fround;

/** Rows whose scores are weighed together. */
const TILE = 64;
/** Below e^CUTOFF a weight is taken for 0. */
const CUTOFF = -32;

export function attendF32(
  m: Views,
  states: number,
  readouts: number,
  stats: number,
  queries: number,
  rows: number,
  values: number,
  factors: number,
  scratch: number,
  scale: number,
  metric: number,
  patterns: number,
  width: number,
  valueWidth: number,
  batch: number,
): void {
  const weights = scratch >>> 2;
  const stateTotals = (scratch >>> 3) + TILE;
  const readoutTotals = stateTotals + width;
  for (let b = 0; b < batch; b++) {
    const query = (queries >>> 2) + b * width;
    let largest = -Infinity;
    let first = 0;
    let z = 0;
    let u = 0;
    m.f64.fill(0, stateTotals, readoutTotals + valueWidth);
    for (let from = 0; from < patterns; from += TILE) {
      const count = Math.min(TILE, patterns - from);
      const tile = scoreTile(m, weights, query, rows, factors, scale, metric, from, count, width);
      let c = 1;
      if (tile.largest > largest) {
        const drop = largest - tile.largest;
        c = drop < CUTOFF ? 0 : exp(drop);
        u = c === 0 ? 0 : c * (u + z * drop);
        z *= c;
        largest = tile.largest;
        first = from + tile.first;
      }
      const sums = weigh(m, weights, largest, count);
      z += sums.z;
      u += sums.u;
      addRows(m, stateTotals, (rows >>> 2) + from * width, weights, c, count, width);
      if (values === 0) continue;
      addRows(m, readoutTotals, (values >>> 2) + from * valueWidth, weights, c, count, valueWidth);
    }
    divide(m, (states >>> 2) + b * width, stateTotals, z, width);
    divide(m, (readouts >>> 2) + b * valueWidth, readoutTotals, z, valueWidth);
    m.f64.set([largest, first, z, u], (stats >>> 3) + b * 4);
  }
}

/** Writes the scores of rows from … from + count − 1; returns the largest and where it is first. */
function scoreTile(
  m: Views,
  scores: number,
  query: number,
  rows: number,
  factors: number,
  scale: number,
  metric: number,
  from: number,
  count: number,
  width: number,
): { largest: number; first: number } {
  let first = 0;
  for (let j = 0; j < count; j++) {
    const row = (rows >>> 2) + (from + j) * width;
    const factor = factors === 0 ? 1 : m.f32[(factors >>> 2) + from + j];
    m.f32[scores + j] = scoreOf(m, row, query, factor, scale, metric, width);
    if (m.f32[scores + j] > m.f32[scores + first]) first = j;
  }
  return { largest: m.f32[scores + first], first };
}

/** Turns scores into weights; returns their sum and that of weight times exponent. */
function weigh(
  m: Views,
  weights: number,
  largest: number,
  count: number,
): { z: number; u: number } {
  const z = [0, 0, 0, 0];
  const u = [0, 0, 0, 0];
  for (let j = 0; j < count; j++) {
    const exponent = fround(m.f32[weights + j] - largest);
    const weight = exponent < CUTOFF ? 0 : expF32(exponent);
    m.f32[weights + j] = weight;
    z[j & 3] += weight;
    u[j & 3] += weight * exponent;
  }
  return { z: z[0] + z[2] + (z[1] + z[3]), u: u[0] + u[2] + (u[1] + u[3]) };
}

/** totals ← totals·c + Σ_j weights_j·row_j. */
function addRows(
  m: Views,
  totals: number,
  rows: number,
  weights: number,
  c: number,
  count: number,
  width: number,
): void {
  const used: number[] = [];
  for (let j = 0; j < count; j++) if (m.f32[weights + j] !== 0) used.push(j);
  // Then the largest score has not changed, and c is 1.
  if (used.length === 0) return;
  for (let k = 0; k < width; k++) {
    let sum = 0;
    for (const j of used)
      sum = fround(sum + fround(m.f32[weights + j] * m.f32[rows + j * width + k]));
    m.f64[totals + k] = m.f64[totals + k] * c + sum;
  }
}

function divide(m: Views, out: number, totals: number, z: number, width: number): void {
  for (let k = 0; k < width; k++) m.f32[out + k] = m.f64[totals + k] / z;
}
