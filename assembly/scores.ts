/** How similar vectors are, in singles; largest and sufficient scores. */

/** The bytes of 512 columns, whose sum is complete before it is added to the others'. */
const STRETCH: u32 = 2048;

/** The metrics, as types of different sizes: each gets loops of its own, which need not ask. */
type Product = u8;
type Distance = u16;

@inline
function term<Metric>(x: v128, q: v128): v128 {
  if (sizeof<Metric>() == sizeof<Product>()) return f32x4.mul(x, q);
  const difference = f32x4.sub(x, q);
  return f32x4.mul(difference, difference);
}

/** The four sums over the lanes of a, b, c and d. */
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(
    i32x4.shuffle(a, b, 0, 4, 1, 5),
    i32x4.shuffle(a, b, 2, 6, 3, 7),
  );
  const cd = f32x4.add(
    i32x4.shuffle(c, d, 0, 4, 1, 5),
    i32x4.shuffle(c, d, 2, 6, 3, 7),
  );
  return f32x4.add(
    i32x4.shuffle(ab, cd, 0, 1, 4, 5),
    i32x4.shuffle(ab, cd, 2, 3, 6, 7),
  );
}

/** Adds what a stretch gives to what the ones before gave. */
@inline
function put(out: usize, first: bool, stretch: v128): void {
  v128.store(out, first ? stretch : f32x4.add(v128.load(out), stretch));
}

/** t of one row and one query; `line` is the bytes of a row. */
@inline
function oneRow<Metric>(query: usize, row: usize, line: u32): f32 {
  let t: f32 = 0;
  const last = query + line;
  while (query < last) {
    const end = min(query + STRETCH, last);
    let s = f32x4.splat(0);
    for (; query < end; query += 16) {
      s = f32x4.add(s, term<Metric>(v128.load(row), v128.load(query)));
      row += 16;
    }
    t += f32x4.extract_lane(sums(s, s, s, s), 0);
  }
  return t;
}

/**
 * A stretch of four rows, which are `line` apart, and one query. Meanwhile four rows' worth of bytes at `ahead`
 * is fetched, one cache line after the other: processors foresee that, but not rows read side by side.
 */
@inline
function fourRows<Metric>(
  out: usize,
  query: usize,
  row: usize,
  ahead: usize,
  line: u32,
  bytes: u32,
  first: bool,
): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let row1 = row + line;
  let row2 = row1 + line;
  let row3 = row2 + line;
  for (const end = query + bytes; query < end; query += 32) {
    let q = v128.load(query);
    s0 = f32x4.add(s0, term<Metric>(v128.load(row), q));
    s1 = f32x4.add(s1, term<Metric>(v128.load(row1), q));
    s2 = f32x4.add(s2, term<Metric>(v128.load(row2), q));
    s3 = f32x4.add(s3, term<Metric>(v128.load(row3), q));
    q = v128.load(query, 16);
    s0 = f32x4.add(s0, term<Metric>(v128.load(row, 16), q));
    s1 = f32x4.add(s1, term<Metric>(v128.load(row1, 16), q));
    s2 = f32x4.add(s2, term<Metric>(v128.load(row2, 16), q));
    s3 = f32x4.add(s3, term<Metric>(v128.load(row3, 16), q));
    load<i32>(ahead);
    load<i32>(ahead, 64);
    ahead += 128;
    row += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
  }
  put(out, first, sums(s0, s1, s2, s3));
}

/** The same with two queries, which are `line` apart; their scores are `step` apart. */
@inline
function fourRowsTwice<Metric>(
  out: usize,
  step: u32,
  query: usize,
  row: usize,
  ahead: usize,
  line: u32,
  bytes: u32,
  first: bool,
): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  let row1 = row + line;
  let row2 = row1 + line;
  let row3 = row2 + line;
  let other = query + line;
  for (const end = query + bytes; query < end; query += 16) {
    const q = v128.load(query);
    const r = v128.load(other);
    let x = v128.load(row);
    s0 = f32x4.add(s0, term<Metric>(x, q));
    s4 = f32x4.add(s4, term<Metric>(x, r));
    x = v128.load(row1);
    s1 = f32x4.add(s1, term<Metric>(x, q));
    s5 = f32x4.add(s5, term<Metric>(x, r));
    x = v128.load(row2);
    s2 = f32x4.add(s2, term<Metric>(x, q));
    s6 = f32x4.add(s6, term<Metric>(x, r));
    x = v128.load(row3);
    s3 = f32x4.add(s3, term<Metric>(x, q));
    s7 = f32x4.add(s7, term<Metric>(x, r));
    load<i32>(ahead);
    ahead += 64;
    other += 16;
    row += 16;
    row1 += 16;
    row2 += 16;
    row3 += 16;
  }
  put(out, first, sums(s0, s1, s2, s3));
  put(out + step, first, sums(s4, s5, s6, s7));
}

/** t of `count` rows, of `present` that are there, with each query; four rows at a time stay in the first cache. */
@inline
function compare<Metric>(
  out: usize,
  step: u32,
  queries: usize,
  rows: usize,
  count: u32,
  present: u32,
  line: u32,
  batch: u32,
): void {
  let j: u32 = 0;
  for (; j + 4 <= count; j += 4) {
    const group = rows + j * line;
    const next = j + 8 <= present ? group + (line << 2) : group;
    for (let from: u32 = 0; from < line; from += STRETCH) {
      const bytes = min(STRETCH, line - from);
      const row = group + from;
      const ahead = next + (from << 2);
      let to = out + (j << 2);
      let query = queries + from;
      let b: u32 = 0;
      for (; b + 2 <= batch; b += 2) {
        fourRowsTwice<Metric>(to, step, query, row, ahead, line, bytes, from == 0);
        to += step << 1;
        query += line << 1;
      }
      if (b < batch) fourRows<Metric>(to, query, row, ahead, line, bytes, from == 0);
    }
  }
  for (; j < count; j++) {
    for (let b: u32 = 0; b < batch; b++) {
      const t = oneRow<Metric>(queries + b * line, rows + j * line, line);
      store<f32>(out + b * step + (j << 2), t);
    }
  }
}

@inline
function scaled(out: usize, factors: usize, scale: f32, count: u32): void {
  const all = f32x4.splat(scale);
  let i: u32 = 0;
  for (; i + 4 <= count; i += 4) {
    const at = out + (i << 2);
    let t = v128.load(at);
    if (factors != 0) t = f32x4.mul(t, v128.load(factors + (i << 2)));
    v128.store(at, f32x4.mul(t, all));
  }
  for (; i < count; i++) {
    const at = out + (i << 2);
    let t = load<f32>(at);
    if (factors != 0) t *= load<f32>(factors + (i << 2));
    store<f32>(at, t * scale);
  }
}

/** Scores of `count` rows, of `present` that are there, with each query; the next query's are `step` bytes on. */
export function scoreRows(
  out: usize,
  step: u32,
  queries: usize,
  rows: usize,
  factors: usize,
  scale: f32,
  metric: u32,
  count: u32,
  present: u32,
  width: u32,
  batch: u32,
): void {
  const line = width << 2;
  if (metric == 0) compare<Product>(out, step, queries, rows, count, present, line, batch);
  else compare<Distance>(out, step, queries, rows, count, present, line, batch);
  for (let b: u32 = 0; b < batch; b++) scaled(out + b * step, factors, scale, count);
}

export function scoresF32(
  scores: usize,
  queries: usize,
  rows: usize,
  factors: usize,
  scale: f32,
  metric: u32,
  patterns: u32,
  width: u32,
  batch: u32,
): void {
  scoreRows(
    scores,
    patterns << 2,
    queries,
    rows,
    factors,
    scale,
    metric,
    patterns,
    patterns,
    width,
    batch,
  );
}

export function largestF32(scores: usize, count: u32): u32 {
  let best = load<f32>(scores);
  let i: u32 = 0;
  if (count >= 4) {
    let largest = v128.load(scores);
    for (i = 4; i + 4 <= count; i += 4) {
      largest = f32x4.pmax(largest, v128.load(scores + (i << 2)));
    }
    best = f32x4.extract_lane(largest, 0);
    best = max(best, f32x4.extract_lane(largest, 1));
    best = max(best, f32x4.extract_lane(largest, 2));
    best = max(best, f32x4.extract_lane(largest, 3));
  }
  for (; i < count; i++) best = max(best, load<f32>(scores + (i << 2)));
  const all = f32x4.splat(best);
  for (i = 0; i + 4 <= count; i += 4) {
    const equal = i32x4.bitmask(f32x4.eq(v128.load(scores + (i << 2)), all));
    if (equal != 0) return i + ctz(equal);
  }
  while (load<f32>(scores + (i << 2)) != best) i++;
  return i;
}

export function selectF32(indices: usize, scores: usize, threshold: f64, count: u32): u32 {
  // Rounding keeps order: what reaches the threshold reaches the rounded one.
  const rounded = f32x4.splat(<f32>threshold);
  const start = indices;
  for (let i: u32 = 0; i < count; i += 4) {
    const at = scores + (i << 2);
    if (i + 4 <= count && !v128.any_true(f32x4.ge(v128.load(at), rounded))) continue;
    const end = min(i + 4, count);
    for (let j = i; j < end; j++) {
      if (<f64>load<f32>(scores + (j << 2)) < threshold) continue;
      store<u32>(indices, j);
      indices += 4;
    }
  }
  return <u32>(indices - start) >> 2;
}

export function squaresF32(out: usize, rows: usize, count: u32, width: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    let s3 = f64x2.splat(0);
    for (let k: u32 = 0; k < width; k += 8) {
      const x0 = f64x2.promote_low_f32x4(v128.load64_zero(rows));
      const x1 = f64x2.promote_low_f32x4(v128.load64_zero(rows, 8));
      const x2 = f64x2.promote_low_f32x4(v128.load64_zero(rows, 16));
      const x3 = f64x2.promote_low_f32x4(v128.load64_zero(rows, 24));
      s0 = f64x2.add(s0, f64x2.mul(x0, x0));
      s1 = f64x2.add(s1, f64x2.mul(x1, x1));
      s2 = f64x2.add(s2, f64x2.mul(x2, x2));
      s3 = f64x2.add(s3, f64x2.mul(x3, x3));
      rows += 32;
    }
    const sum = f64x2.add(f64x2.add(s0, s2), f64x2.add(s1, s3));
    store<f64>(out, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
    out += 8;
  }
}
