/** Sums of stored rows, weighted by the exponentials of their scores. */
import { exponential, fallingExponentialF32x4 } from "./exponential";
import { scoreRows } from "./scores";

/** Rows whose scores are weighed together. */
const TILE: u32 = 64;
/** So far below the largest score a weight is 0. */
const REACH: f32 = 40;
/** Below every score. */
const LEAST: f32 = -3e38;
/** Stands in for the scores of rows that take no part. */
const LOWEST: f32 = -f32.MAX_VALUE;

/** Columns of a tile's rows that are added up before the next ones. */
const COLUMNS: u32 = 128;

// Scratch: what the totals of two queries are multiplied by, f64[2]; the rows of a tile that are used, u32[64];
// the weights of each for two queries, f32[64×2]; sums, f32[2×COLUMNS]; the tile's weights for two queries, f32[2×64].
const USED: usize = 16;
const MIXED: usize = USED + 4 * TILE;
const SUMS: usize = MIXED + 8 * TILE;
const WEIGHTS: usize = SUMS + 8 * COLUMNS;

/** Of a query: the least score that counts, the largest, its row, Z, U, the least with a weight; f64 each. */
const STATS: u32 = 48;

/** The largest of the four lanes. */
@inline
function largestLane(x: v128): f32 {
  const half = f32x4.pmax(x, i32x4.shuffle(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(half, i32x4.shuffle(half, half, 1, 0, 3, 2)), 0);
}

@inline
function smallestLane(x: v128): f32 {
  return -largestLane(f32x4.neg(x));
}

@inline
function lanesSum(low: v128, high: v128): f64 {
  const pair = f64x2.add(low, high);
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** Brings what is known of a query up to a tile's largest score; returns what the totals are to be multiplied by. */
function raise(stats: usize, scores: usize, best: f32, from: u32): f64 {
  let first: u32 = 0;
  while (load<f32>(scores + (first << 2)) != best) first++;
  // Its own bits: of 0 and −0, `best` may be the other one.
  const score = load<f32>(scores + (first << 2));
  const floor = max(<f32>load<f64>(stats), score - REACH);
  const before = load<f64>(stats, 8);
  store<f64>(stats, <f64>floor);
  store<f64>(stats, <f64>score, 8);
  store<f64>(stats, <f64>(from + first), 16);
  if (before < <f64>floor) {
    store<f64>(stats, 0, 24);
    store<f64>(stats, 0, 32);
    store<f64>(stats, Infinity, 40);
    return 0;
  }
  const drop = before - <f64>score;
  const c = exponential(drop);
  const z = load<f64>(stats, 24);
  store<f64>(stats, c * z, 24);
  store<f64>(stats, c * (load<f64>(stats, 32) + z * drop), 32);
  return c;
}

/**
 * Turns a tile's scores into weights, f32[64]; returns what the totals are to be multiplied by, and −1 when there is nothing
 * to add.
 */
function weigh(stats: usize, weights: usize, scores: usize, from: u32): f64 {
  let largest = v128.load(scores);
  for (let j: u32 = 16; j < 4 * TILE; j += 16) largest = f32x4.pmax(largest, v128.load(scores + j));
  const best = largestLane(largest);
  let c: f64 = 1;
  if (<f64>best < load<f64>(stats)) {
    store<f64>(stats, max(load<f64>(stats, 8), <f64>best), 8);
    for (let j: u32 = 0; j < 4 * TILE; j += 16) v128.store(weights + j, i32x4.splat(0));
    return -1;
  }
  if (<f64>best > load<f64>(stats, 8)) c = raise(stats, scores, best, from);
  const floor = f32x4.splat(<f32>load<f64>(stats));
  const all = f32x4.splat(<f32>load<f64>(stats, 8));
  let least = f32x4.splat(<f32>load<f64>(stats, 40));
  let z0 = f64x2.splat(0);
  let z1 = f64x2.splat(0);
  let u0 = f64x2.splat(0);
  let u1 = f64x2.splat(0);
  for (let j: u32 = 0; j < 4 * TILE; j += 16) {
    const score = v128.load(scores + j);
    const kept = f32x4.ge(score, floor);
    least = v128.bitselect(f32x4.pmin(least, score), least, kept);
    const exponent = f32x4.sub(score, all);
    const weight = v128.and(fallingExponentialF32x4(exponent), kept);
    v128.store(weights + j, weight);
    const w0 = f64x2.promote_low_f32x4(weight);
    const w1 = f64x2.promote_low_f32x4(i32x4.shuffle(weight, weight, 2, 3, 0, 1));
    z0 = f64x2.add(z0, w0);
    z1 = f64x2.add(z1, w1);
    const e0 = f64x2.promote_low_f32x4(exponent);
    const e1 = f64x2.promote_low_f32x4(i32x4.shuffle(exponent, exponent, 2, 3, 0, 1));
    u0 = f64x2.add(u0, f64x2.mul(w0, e0));
    u1 = f64x2.add(u1, f64x2.mul(w1, e1));
  }
  store<f64>(stats, load<f64>(stats, 24) + lanesSum(z0, z1), 24);
  store<f64>(stats, load<f64>(stats, 32) + lanesSum(u0, u1), 32);
  // Of 0 and −0 lanes may give either: 0.
  store<f64>(stats, <f64>smallestLane(least) + 0.0, 40);
  return c;
}

/**
 * Lists the rows with a weight for the query at `weights` or the one at `others`, and some without to make
 * their number a multiple of 4; returns it.
 */
function listUsed(scratch: usize, weights: usize, others: usize, count: u32): u32 {
  let index = scratch + USED;
  let mixed = scratch + MIXED;
  for (let j: u32 = 0; j < count; j++) {
    const w = load<u32>(weights + (j << 2));
    const v = load<u32>(others + (j << 2));
    store<u32>(index, j);
    store<u32>(mixed, w);
    store<u32>(mixed, v, 4);
    const used = u32((w | v) != 0);
    index += used << 2;
    mixed += used << 3;
  }
  for (; (index - scratch - USED) & 15; index += 4) {
    store<u32>(index, 0);
    store<u64>(mixed, 0);
    mixed += 8;
  }
  return <u32>(index - scratch - USED) >> 2;
}

/** totals ← totals·c + sums, four columns every `step` bytes of the sums. */
function addSums(totals: usize, c: f64, sums: usize, step: u32, columns: u32): void {
  const factor = f64x2.splat(c);
  for (const end = totals + (columns << 3); totals < end; totals += 32) {
    const sum = v128.load(sums);
    const low = f64x2.promote_low_f32x4(sum);
    const high = f64x2.promote_low_f32x4(i32x4.shuffle(sum, sum, 2, 3, 0, 1));
    v128.store(totals, f64x2.add(f64x2.mul(v128.load(totals), factor), low));
    v128.store(totals, f64x2.add(f64x2.mul(v128.load(totals, 16), factor), high), 16);
    sums += step;
  }
}

/** Adds `used` rows to the totals of one query, four rows at a time. */
function addForOne(scratch: usize, totals: usize, rows: usize, used: u32, width: u32): void {
  const line = width << 2;
  const sums = scratch + SUMS;
  for (let from: u32 = 0; from < width; from += COLUMNS) {
    const columns = min(COLUMNS, width - from);
    const end = sums + (columns << 2);
    for (let at = sums; at < end; at += 16) v128.store(at, f32x4.splat(0));
    for (let u: u32 = 0; u < used; u += 4) {
      const index = scratch + USED + (u << 2);
      const mixed = scratch + MIXED + (u << 3);
      const w0 = v128.load32_splat(mixed);
      const w1 = v128.load32_splat(mixed, 8);
      const w2 = v128.load32_splat(mixed, 16);
      const w3 = v128.load32_splat(mixed, 24);
      let row0 = rows + load<u32>(index) * line;
      let row1 = rows + load<u32>(index, 4) * line;
      let row2 = rows + load<u32>(index, 8) * line;
      let row3 = rows + load<u32>(index, 12) * line;
      for (let at = sums; at < end; at += 16) {
        let s = f32x4.add(v128.load(at), f32x4.mul(w0, v128.load(row0)));
        s = f32x4.add(s, f32x4.mul(w1, v128.load(row1)));
        s = f32x4.add(s, f32x4.mul(w2, v128.load(row2)));
        v128.store(at, f32x4.add(s, f32x4.mul(w3, v128.load(row3))));
        row0 += 16;
        row1 += 16;
        row2 += 16;
        row3 += 16;
      }
    }
    addSums(totals, load<f64>(scratch), sums, 16, columns);
    totals += columns << 3;
    rows += columns << 2;
  }
}

/** Adds `used` rows to the totals of two queries, which are `width` numbers apart. */
function addForTwo(scratch: usize, totals: usize, rows: usize, used: u32, width: u32): void {
  const line = width << 2;
  const sums = scratch + SUMS;
  for (let from: u32 = 0; from < width; from += COLUMNS) {
    const columns = min(COLUMNS, width - from);
    const end = sums + (columns << 3);
    for (let at = sums; at < end; at += 16) v128.store(at, f32x4.splat(0));
    for (let u: u32 = 0; u < used; u += 4) {
      const index = scratch + USED + (u << 2);
      const mixed = scratch + MIXED + (u << 3);
      const w0 = v128.load32_splat(mixed);
      const v0 = v128.load32_splat(mixed, 4);
      const w1 = v128.load32_splat(mixed, 8);
      const v1 = v128.load32_splat(mixed, 12);
      const w2 = v128.load32_splat(mixed, 16);
      const v2 = v128.load32_splat(mixed, 20);
      const w3 = v128.load32_splat(mixed, 24);
      const v3 = v128.load32_splat(mixed, 28);
      let row0 = rows + load<u32>(index) * line;
      let row1 = rows + load<u32>(index, 4) * line;
      let row2 = rows + load<u32>(index, 8) * line;
      let row3 = rows + load<u32>(index, 12) * line;
      for (let at = sums; at < end; at += 32) {
        let x = v128.load(row0);
        let s = f32x4.add(v128.load(at), f32x4.mul(w0, x));
        let t = f32x4.add(v128.load(at, 16), f32x4.mul(v0, x));
        x = v128.load(row1);
        s = f32x4.add(s, f32x4.mul(w1, x));
        t = f32x4.add(t, f32x4.mul(v1, x));
        x = v128.load(row2);
        s = f32x4.add(s, f32x4.mul(w2, x));
        t = f32x4.add(t, f32x4.mul(v2, x));
        x = v128.load(row3);
        v128.store(at, f32x4.add(s, f32x4.mul(w3, x)));
        v128.store(at, f32x4.add(t, f32x4.mul(v3, x)), 16);
        row0 += 16;
        row1 += 16;
        row2 += 16;
        row3 += 16;
      }
    }
    addSums(totals, load<f64>(scratch), sums, 32, columns);
    addSums(totals + (width << 3), load<f64>(scratch, 8), sums + 16, 32, columns);
    totals += columns << 3;
    rows += columns << 2;
  }
}

/** f32[batch×64]: scores of a tile of rows with each query; those of rows that take no part, or are none, are the lowest. */
function scoreTile(
  out: usize,
  queries: usize,
  rows: usize,
  factors: usize,
  mask: usize,
  scale: f32,
  metric: u32,
  count: u32,
  width: u32,
  batch: u32,
): void {
  let taking: u32 = mask == 0 ? count : 0;
  if (mask != 0) for (let j: u32 = 0; j < count; j++) taking += u32(load<u8>(mask + j) != 0);
  if (taking > 0) {
    scoreRows(out, 4 * TILE, queries, rows, factors, scale, metric, count, width, batch);
  }
  if (taking == TILE) return;
  for (let b: u32 = 0; b < batch; b++) {
    for (let j: u32 = 0; j < TILE; j++) {
      const absent = j >= count || (mask != 0 && load<u8>(mask + j) == 0);
      if (absent) store<f32>(out + (j << 2), LOWEST);
    }
    out += 4 * TILE;
  }
}

export function attendF32(
  sums: usize,
  readouts: usize,
  stats: usize,
  scores: usize,
  queries: usize,
  rows: usize,
  values: usize,
  factors: usize,
  mask: usize,
  scratch: usize,
  scale: f32,
  metric: u32,
  patterns: u32,
  width: u32,
  valueWidth: u32,
  batch: u32,
): void {
  const weights = scratch + WEIGHTS;
  const others = weights + 4 * TILE;
  memory.fill(sums, 0, (batch * width) << 3);
  memory.fill(readouts, 0, (batch * valueWidth) << 3);
  for (let b: u32 = 0; b < batch; b++) {
    const stat = stats + b * STATS;
    store<f64>(stat, max(load<f64>(stat), <f64>LEAST));
    store<f64>(stat, -Infinity, 8);
    store<f64>(stat, 0, 16);
    store<f64>(stat, 0, 24);
    store<f64>(stat, 0, 32);
    store<f64>(stat, Infinity, 40);
  }
  for (let from: u32 = 0; from < patterns; from += TILE) {
    const count = min(TILE, patterns - from);
    const x = rows + ((from * width) << 2);
    const y = values + ((from * valueWidth) << 2);
    let score = scores + ((from * batch) << 2);
    if (queries != 0) {
      const factor: usize = factors == 0 ? 0 : factors + (from << 2);
      const masked: usize = mask == 0 ? 0 : mask + from;
      scoreTile(score, queries, x, factor, masked, scale, metric, count, width, batch);
    }
    for (let b: u32 = 0; b < batch; b += 2) {
      const two = b + 2 <= batch;
      const stat = stats + b * STATS;
      const c = weigh(stat, weights, score, from);
      const d = two ? weigh(stat + STATS, others, score + 4 * TILE, from) : -1;
      score += 8 * TILE;
      if (c < 0 && d < 0) continue;
      store<f64>(scratch, c < 0 ? 1 : c);
      store<f64>(scratch, d < 0 ? 1 : d, 8);
      const used = listUsed(scratch, weights, two ? others : weights, count);
      const sum = sums + ((b * width) << 3);
      const read = readouts + ((b * valueWidth) << 3);
      if (two) {
        addForTwo(scratch, sum, x, used, width);
        addForTwo(scratch, read, y, used, valueWidth);
      } else {
        addForOne(scratch, sum, x, used, width);
        addForOne(scratch, read, y, used, valueWidth);
      }
    }
  }
}
