/** Averages of stored rows: weighted by the softmax of their scores, or by weights at hand. */
import { exponential, exponentialF32x4 } from "./exponential";
import { scoreRows } from "./scores";

/** Rows whose scores are weighed together. */
const TILE: u32 = 64;
/** Below e^CUTOFF a weight is taken for 0. */
const CUTOFF: f32 = -32;
/** Stands in for the scores of a tile's missing rows. */
const LOWEST: f32 = -f32.MAX_VALUE;

// Scratch: what the totals of four queries are multiplied by, f64[4]; the rows of a tile that are used,
// u32[64]; for each its weights for four queries, f32[64×4]; the tile's weights, f32[batch×64]; totals.
const USED: usize = 32;
const MIXED: usize = USED + 4 * TILE;
const WEIGHTS: usize = MIXED + 16 * TILE;

/** The largest of the four lanes. */
@inline
function largestLane(x: v128): f32 {
  const half = f32x4.pmax(x, i32x4.shuffle(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(half, i32x4.shuffle(half, half, 1, 0, 3, 2)), 0);
}

@inline
function lanesSum(low: v128, high: v128): f64 {
  const pair = f64x2.add(low, high);
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** Brings M, its row, Z and U up to a tile's largest score; returns what the totals are to be multiplied by. */
function raise(stats: usize, scores: usize, best: f32, from: u32): f64 {
  let first: u32 = 0;
  while (load<f32>(scores + (first << 2)) != best) first++;
  // Its own bits: of 0 and −0, `best` may be the other one.
  const score = <f64>load<f32>(scores + (first << 2));
  const drop = load<f64>(stats) - score;
  const z = load<f64>(stats, 16);
  store<f64>(stats, score);
  store<f64>(stats, <f64>(from + first), 8);
  if (drop < <f64>CUTOFF) {
    store<f64>(stats, 0, 16);
    store<f64>(stats, 0, 24);
    return 0;
  }
  const c = exponential(drop);
  store<f64>(stats, c * z, 16);
  store<f64>(stats, c * (load<f64>(stats, 24) + z * drop), 24);
  return c;
}

/**
 * Turns a tile's scores, f32[64], into weights; returns what the totals are to be multiplied by, and −1 when
 * there is nothing to add.
 */
function weigh(stats: usize, scores: usize, from: u32, count: u32): f64 {
  for (let j = count; j < TILE; j++) store<f32>(scores + (j << 2), LOWEST);
  let largest = v128.load(scores);
  for (let j: u32 = 16; j < 4 * TILE; j += 16) largest = f32x4.pmax(largest, v128.load(scores + j));
  const best = largestLane(largest);
  let c: f64 = 1;
  if (<f64>best > load<f64>(stats)) {
    c = raise(stats, scores, best, from);
  } else if (best - <f32>load<f64>(stats) < CUTOFF) {
    memory.fill(scores, 0, 4 * TILE);
    return -1;
  }
  const all = f32x4.splat(<f32>load<f64>(stats));
  let z0 = f64x2.splat(0);
  let z1 = f64x2.splat(0);
  let u0 = f64x2.splat(0);
  let u1 = f64x2.splat(0);
  for (let j: u32 = 0; j < 4 * TILE; j += 16) {
    const exponent = f32x4.sub(v128.load(scores + j), all);
    const kept = f32x4.ge(exponent, f32x4.splat(CUTOFF));
    const weight = v128.and(exponentialF32x4(exponent), kept);
    v128.store(scores + j, weight);
    const w0 = f64x2.promote_low_f32x4(weight);
    const w1 = f64x2.promote_low_f32x4(i32x4.shuffle(weight, weight, 2, 3, 0, 1));
    z0 = f64x2.add(z0, w0);
    z1 = f64x2.add(z1, w1);
    const e0 = f64x2.promote_low_f32x4(exponent);
    const e1 = f64x2.promote_low_f32x4(i32x4.shuffle(exponent, exponent, 2, 3, 0, 1));
    u0 = f64x2.add(u0, f64x2.mul(w0, e0));
    u1 = f64x2.add(u1, f64x2.mul(w1, e1));
  }
  store<f64>(stats, load<f64>(stats, 16) + lanesSum(z0, z1), 16);
  store<f64>(stats, load<f64>(stats, 24) + lanesSum(u0, u1), 24);
  return c;
}

/** Lists the rows with a weight, which is repeated four times; returns how many. */
function useFor1(scratch: usize, weights: usize, count: u32): u32 {
  let used: u32 = 0;
  for (let j: u32 = 0; j < count; j++) {
    const weight = v128.load32_splat(weights + (j << 2));
    store<u32>(scratch + USED + (used << 2), j);
    v128.store(scratch + MIXED + (used << 4), weight);
    used += u32(v128.any_true(weight));
  }
  return used;
}

/** Lists the rows with a weight for any of four queries; returns how many. */
function useFor4(scratch: usize, weights: usize, count: u32): u32 {
  let used: u32 = 0;
  for (let j: u32 = 0; j < count; j++) {
    const at = weights + (j << 2);
    let mixed = v128.load32_zero(at);
    mixed = v128.load32_lane(at + 4 * TILE, mixed, 1);
    mixed = v128.load32_lane(at + 8 * TILE, mixed, 2);
    mixed = v128.load32_lane(at + 12 * TILE, mixed, 3);
    store<u32>(scratch + USED + (used << 2), j);
    v128.store(scratch + MIXED + (used << 4), mixed);
    used += u32(v128.any_true(mixed));
  }
  return used;
}

/** Four totals at `at` become total·c + sum. */
@inline
function addTo(at: usize, c: v128, sum: v128): void {
  const low = f64x2.promote_low_f32x4(sum);
  const high = f64x2.promote_low_f32x4(i32x4.shuffle(sum, sum, 2, 3, 0, 1));
  v128.store(at, f64x2.add(f64x2.mul(v128.load(at), c), low));
  v128.store(at, f64x2.add(f64x2.mul(v128.load(at, 16), c), high), 16);
}

/** Adds the used rows to one query's totals, 32 columns at a time. */
function addFor1(scratch: usize, totals: usize, rows: usize, used: u32, width: u32): void {
  const c = v128.load64_splat(scratch);
  const line = width << 2;
  const end = scratch + USED + (used << 2);
  let k: u32 = 0;
  for (; k + 32 <= width; k += 32) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let s4 = f32x4.splat(0);
    let s5 = f32x4.splat(0);
    let s6 = f32x4.splat(0);
    let s7 = f32x4.splat(0);
    let mixed = scratch + MIXED;
    for (let index = scratch + USED; index < end; index += 4) {
      const at = rows + load<u32>(index) * line;
      const w = v128.load(mixed);
      s0 = f32x4.add(s0, f32x4.mul(w, v128.load(at)));
      s1 = f32x4.add(s1, f32x4.mul(w, v128.load(at, 16)));
      s2 = f32x4.add(s2, f32x4.mul(w, v128.load(at, 32)));
      s3 = f32x4.add(s3, f32x4.mul(w, v128.load(at, 48)));
      s4 = f32x4.add(s4, f32x4.mul(w, v128.load(at, 64)));
      s5 = f32x4.add(s5, f32x4.mul(w, v128.load(at, 80)));
      s6 = f32x4.add(s6, f32x4.mul(w, v128.load(at, 96)));
      s7 = f32x4.add(s7, f32x4.mul(w, v128.load(at, 112)));
      mixed += 16;
    }
    addTo(totals, c, s0);
    addTo(totals + 32, c, s1);
    addTo(totals + 64, c, s2);
    addTo(totals + 96, c, s3);
    addTo(totals + 128, c, s4);
    addTo(totals + 160, c, s5);
    addTo(totals + 192, c, s6);
    addTo(totals + 224, c, s7);
    totals += 256;
    rows += 128;
  }
  for (; k < width; k += 8) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let mixed = scratch + MIXED;
    for (let index = scratch + USED; index < end; index += 4) {
      const at = rows + load<u32>(index) * line;
      const w = v128.load(mixed);
      s0 = f32x4.add(s0, f32x4.mul(w, v128.load(at)));
      s1 = f32x4.add(s1, f32x4.mul(w, v128.load(at, 16)));
      mixed += 16;
    }
    addTo(totals, c, s0);
    addTo(totals + 32, c, s1);
    totals += 64;
    rows += 32;
  }
}

/** Adds the used rows to the totals of four queries, which are `step` bytes apart, 8 columns at a time. */
function addFor4(
  scratch: usize,
  totals: usize,
  step: u32,
  rows: usize,
  used: u32,
  width: u32,
): void {
  const c0 = v128.load64_splat(scratch);
  const c1 = v128.load64_splat(scratch, 8);
  const c2 = v128.load64_splat(scratch, 16);
  const c3 = v128.load64_splat(scratch, 24);
  const line = width << 2;
  const end = scratch + USED + (used << 2);
  for (let k: u32 = 0; k < width; k += 8) {
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let d0 = f32x4.splat(0);
    let d1 = f32x4.splat(0);
    let e0 = f32x4.splat(0);
    let e1 = f32x4.splat(0);
    let mixed = scratch + MIXED;
    for (let index = scratch + USED; index < end; index += 4) {
      const at = rows + load<u32>(index) * line;
      const x0 = v128.load(at);
      const x1 = v128.load(at, 16);
      let w = v128.load32_splat(mixed);
      a0 = f32x4.add(a0, f32x4.mul(w, x0));
      a1 = f32x4.add(a1, f32x4.mul(w, x1));
      w = v128.load32_splat(mixed, 4);
      b0 = f32x4.add(b0, f32x4.mul(w, x0));
      b1 = f32x4.add(b1, f32x4.mul(w, x1));
      w = v128.load32_splat(mixed, 8);
      d0 = f32x4.add(d0, f32x4.mul(w, x0));
      d1 = f32x4.add(d1, f32x4.mul(w, x1));
      w = v128.load32_splat(mixed, 12);
      e0 = f32x4.add(e0, f32x4.mul(w, x0));
      e1 = f32x4.add(e1, f32x4.mul(w, x1));
      mixed += 16;
    }
    let to = totals;
    addTo(to, c0, a0);
    addTo(to + 32, c0, a1);
    to += step;
    addTo(to, c1, b0);
    addTo(to + 32, c1, b1);
    to += step;
    addTo(to, c2, d0);
    addTo(to + 32, c2, d1);
    to += step;
    addTo(to, c3, e0);
    addTo(to + 32, c3, e1);
    totals += 64;
    rows += 32;
  }
}

/** f32[width] from totals over z. */
function divide(out: usize, totals: usize, z: f64, width: u32): void {
  const all = f64x2.splat(z);
  for (let k: u32 = 0; k < width; k += 4) {
    const low = f32x4.demote_f64x2_zero(f64x2.div(v128.load(totals), all));
    const high = f32x4.demote_f64x2_zero(f64x2.div(v128.load(totals, 16), all));
    v128.store(out, i32x4.shuffle(low, high, 0, 1, 4, 5));
    out += 16;
    totals += 32;
  }
}

export function attendF32(
  states: usize,
  readouts: usize,
  stats: usize,
  queries: usize,
  rows: usize,
  values: usize,
  factors: usize,
  scratch: usize,
  scale: f32,
  metric: u32,
  patterns: u32,
  width: u32,
  valueWidth: u32,
  batch: u32,
): void {
  const weights = scratch + WEIGHTS;
  const totals = weights + batch * 4 * TILE;
  const readTotals = totals + ((batch * width) << 3);
  memory.fill(totals, 0, (batch * (width + valueWidth)) << 3);
  for (let b: u32 = 0; b < batch; b++) {
    store<f64>(stats + (b << 5), -Infinity);
    store<f64>(stats + (b << 5), 0, 8);
    store<f64>(stats + (b << 5), 0, 16);
    store<f64>(stats + (b << 5), 0, 24);
  }
  for (let from: u32 = 0; from < patterns; from += TILE) {
    const count = min(TILE, patterns - from);
    const x = rows + ((from * width) << 2);
    const y = values + ((from * valueWidth) << 2);
    const factor: usize = factors == 0 ? 0 : factors + (from << 2);
    const left = patterns - from;
    scoreRows(weights, 4 * TILE, queries, x, factor, scale, metric, count, left, width, batch);
    let b: u32 = 0;
    for (; b < batch; ) {
      const group: u32 = b + 4 <= batch ? 4 : 1;
      const mine = weights + b * 4 * TILE;
      let any = false;
      for (let g: u32 = 0; g < group; g++) {
        const c = weigh(stats + ((b + g) << 5), mine + g * 4 * TILE, from, count);
        store<f64>(scratch + (g << 3), c < 0 ? 1 : c);
        any = any || c >= 0;
      }
      if (any) {
        const state = totals + ((b * width) << 3);
        const read = readTotals + ((b * valueWidth) << 3);
        if (group == 4) {
          const used = useFor4(scratch, mine, count);
          addFor4(scratch, state, width << 3, x, used, width);
          addFor4(scratch, read, valueWidth << 3, y, used, valueWidth);
        } else {
          const used = useFor1(scratch, mine, count);
          addFor1(scratch, state, x, used, width);
          addFor1(scratch, read, y, used, valueWidth);
        }
      }
      b += group;
    }
  }
  for (let b: u32 = 0; b < batch; b++) {
    const z = load<f64>(stats + (b << 5), 16);
    divide(states + ((b * width) << 2), totals + ((b * width) << 3), z, width);
    divide(readouts + ((b * valueWidth) << 2), readTotals + ((b * valueWidth) << 3), z, valueWidth);
  }
}

export function combineF32(
  out: usize,
  rows: usize,
  indices: usize,
  weights: usize,
  count: u32,
  width: u32,
): void {
  const line = width << 2;
  for (let k: u32 = 0; k < width; k += 8) {
    // Nothing but −0 leaves every number as it is, −0 included.
    let s0 = f64x2.splat(-0.0);
    let s1 = f64x2.splat(-0.0);
    let s2 = f64x2.splat(-0.0);
    let s3 = f64x2.splat(-0.0);
    for (let i: u32 = 0; i < count; i++) {
      const at = rows + load<u32>(indices + (i << 2)) * line;
      const w = v128.load64_splat(weights + (i << 3));
      s0 = f64x2.add(s0, f64x2.mul(w, f64x2.promote_low_f32x4(v128.load64_zero(at))));
      s1 = f64x2.add(s1, f64x2.mul(w, f64x2.promote_low_f32x4(v128.load64_zero(at, 8))));
      s2 = f64x2.add(s2, f64x2.mul(w, f64x2.promote_low_f32x4(v128.load64_zero(at, 16))));
      s3 = f64x2.add(s3, f64x2.mul(w, f64x2.promote_low_f32x4(v128.load64_zero(at, 24))));
    }
    const f0 = f32x4.demote_f64x2_zero(s0);
    const f1 = f32x4.demote_f64x2_zero(s1);
    const f2 = f32x4.demote_f64x2_zero(s2);
    const f3 = f32x4.demote_f64x2_zero(s3);
    v128.store(out, i32x4.shuffle(f0, f1, 0, 1, 4, 5));
    v128.store(out, i32x4.shuffle(f2, f3, 0, 1, 4, 5), 16);
    out += 32;
    rows += 32;
  }
}
