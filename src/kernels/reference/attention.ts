/**
 * Sums of stored rows, weighted by the exponentials of their scores.
 *
 * In one pass (Milakov & Gimelshein 2018): whenever a larger score turns up, what was summed so far is scaled down to it.
 * What has weight 0 depends on the largest score of all, so the least score that was given a weight is told.
 */
import type { Views } from '../../memory.ts';
import { exp, expF32 } from '../../elementary.ts';
import { scoreOf } from './scores.ts';

const fround = Math.fround;

/** Rows whose scores are weighed together. */
const TILE = 64;
/** So far below the largest score a weight is 0. */
const REACH = 40;
/** Below every score. */
const LEAST = fround(-3e38);
/** Stands in for the scores of rows that take no part. */
const LOWEST = -3.4028234663852886e38;

export function attendF32(
  m: Views,
  sums: number,
  readouts: number,
  stats: number,
  scores: number,
  queries: number,
  rows: number,
  values: number,
  factors: number,
  mask: number,
  scratch: number,
  scale: number,
  metric: number,
  patterns: number,
  width: number,
  valueWidth: number,
  batch: number,
): void {
  const weights = scratch >>> 2;
  for (let b = 0; b < batch; b++) {
    const stat = (stats >>> 3) + b * 6;
    const query = (queries >>> 2) + b * width;
    const scoreAt = (j: number) => {
      if (j >= patterns || (mask !== 0 && m.u8[mask + j] === 0)) return LOWEST;
      const factor = factors === 0 ? 1 : m.f32[(factors >>> 2) + j];
      return scoreOf(m, (rows >>> 2) + j * width, query, factor, scale, metric, width);
    };
    m.f64.set([Math.max(m.f64[stat], LEAST), -Infinity, 0, 0, 0, Infinity], stat);
    const total = (sums >>> 3) + b * width;
    const readout = (readouts >>> 3) + b * valueWidth;
    m.f64.fill(0, total, total + width);
    m.f64.fill(0, readout, readout + valueWidth);
    for (let from = 0; from < patterns; from += TILE) {
      const count = Math.min(TILE, patterns - from);
      const tile = (scores >>> 2) + from * batch + b * TILE;
      if (queries !== 0) for (let j = 0; j < TILE; j++) m.f32[tile + j] = scoreAt(from + j);
      const c = raise(m, stat, tile, from);
      if (c < 0) continue;
      weigh(m, weights, stat, tile);
      addRows(m, total, (rows >>> 2) + from * width, weights, c, count, width);
      addRows(m, readout, (values >>> 2) + from * valueWidth, weights, c, count, valueWidth);
    }
  }
}

/**
 * Brings the least score that counts, M, its row, Z, U and the least score with a weight up to the largest score of a
 * tile; returns what totals are to be multiplied by, −1 where no row of the tile counts.
 */
function raise(m: Views, stat: number, scores: number, from: number): number {
  let best = 0;
  for (let j = 1; j < TILE; j++) if (m.f32[scores + j] > m.f32[scores + best]) best = j;
  const largest = m.f32[scores + best];
  const [floor, before, , z, u] = m.f64.subarray(stat, stat + 5);
  if (largest < floor) {
    m.f64[stat + 1] = Math.max(before, largest);
    return -1;
  }
  if (largest <= before) return 1;
  const raised = Math.max(floor, fround(largest - REACH));
  m.f64.set([raised, largest, from + best], stat);
  if (before < raised) {
    m.f64.set([0, 0, Infinity], stat + 3);
    return 0;
  }
  const drop = before - largest;
  const c = exp(drop);
  m.f64.set([c * z, c * (u + z * drop)], stat + 3);
  return c;
}

/** Turns the scores of a tile into weights, and adds them up. */
function weigh(m: Views, weights: number, stat: number, scores: number): void {
  const [floor, largest] = m.f64.subarray(stat, stat + 2);
  const z = [0, 0, 0, 0];
  const u = [0, 0, 0, 0];
  for (let j = 0; j < TILE; j++) {
    const score = m.f32[scores + j];
    const exponent = fround(score - largest);
    const weight = score < floor ? 0 : expF32(exponent);
    m.f32[weights + j] = weight;
    z[j & 3] += weight;
    u[j & 3] += weight * exponent;
    if (weight > 0) m.f64[stat + 5] = Math.min(m.f64[stat + 5], score) + 0;
  }
  m.f64[stat + 3] += z[0] + z[2] + (z[1] + z[3]);
  m.f64[stat + 4] += u[0] + u[2] + (u[1] + u[3]);
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
  for (let k = 0; k < width; k++) {
    let sum = 0;
    for (const j of used)
      sum = fround(sum + fround(m.f32[weights + j] * m.f32[rows + j * width + k]));
    m.f64[totals + k] = m.f64[totals + k] * c + sum;
  }
}
