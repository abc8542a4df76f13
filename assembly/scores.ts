/** How similar vectors are, in singles; largest and sufficient scores. */

/** The bytes of 512 columns, whose sum is complete before it is added to the others'. */
const STRETCH: u32 = 2048;
/** Bytes of rows that surely stay in the second cache. */
const CACHED: u32 = 262144;

/** The metrics, as types of different sizes: each gets loops of its own, which need not ask. */
type Product = u8;
type Distance = u16;

@inline
function term<Metric>(x: v128, q: v128): v128 {
  if (sizeof<Metric>() == sizeof<Product>()) return f32x4.mul(x, q);
  const difference = f32x4.sub(x, q);
  return f32x4.mul(difference, difference);
}

/** t of one row and one query; `line` is the bytes of a row. */
@inline
function oneRow<Metric>(query: usize, row: usize, line: u32): f32 {
  let t: f32 = 0;
  const last = query + line;
  while (query < last) {
    const end = min(query + STRETCH, last);
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    for (; query < end; query += 32) {
      s0 = f32x4.add(s0, term<Metric>(v128.load(row), v128.load(query)));
      s1 = f32x4.add(s1, term<Metric>(v128.load(row, 16), v128.load(query, 16)));
      row += 32;
    }
    const pairs = f32x4.add(
      i32x4.shuffle(s0, s1, 0, 1, 4, 5),
      i32x4.shuffle(s0, s1, 2, 3, 6, 7),
    );
    t += f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
    t += f32x4.extract_lane(pairs, 2) + f32x4.extract_lane(pairs, 3);
  }
  return t;
}

/** Puts the sums over the lanes of a, b, c and d at `out`, or adds them to what is there. */
@inline
function put(out: usize, first: bool, a: v128, b: v128, c: v128, d: v128): void {
  const ab = f32x4.add(
    i32x4.shuffle(a, b, 0, 4, 1, 5),
    i32x4.shuffle(a, b, 2, 6, 3, 7),
  );
  const cd = f32x4.add(
    i32x4.shuffle(c, d, 0, 4, 1, 5),
    i32x4.shuffle(c, d, 2, 6, 3, 7),
  );
  const sums = f32x4.add(
    i32x4.shuffle(ab, cd, 0, 1, 4, 5),
    i32x4.shuffle(ab, cd, 2, 3, 6, 7),
  );
  v128.store(out, first ? sums : f32x4.add(v128.load(out), sums));
}

/**
 * Every other four columns of a stretch: of four rows and two queries, each `line` bytes apart. Scores of the
 * second query are `step` bytes on.
 */
@inline
function fourRowsTwice<Metric>(
  out: usize,
  step: u32,
  query: usize,
  row: usize,
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
  for (const end = query + bytes; query < end; query += 32) {
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
    other += 32;
    row += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
  }
  put(out, first, s0, s1, s2, s3);
  put(out + step, first, s4, s5, s6, s7);
}

/** t of `count` rows and one query, the rows one after the other: no other way reads memory as fast. */
@inline
function compareOne<Metric>(out: usize, query: usize, row: usize, count: u32, line: u32): void {
  for (const end = out + (count << 2); out < end; out += 4) {
    store<f32>(out, oneRow<Metric>(query, row, line));
    row += line;
  }
}

/** t of `count` rows and two queries. */
@inline
function compareTwo<Metric>(
  out: usize,
  step: u32,
  query: usize,
  rows: usize,
  count: u32,
  line: u32,
): void {
  let j: u32 = 0;
  for (; j + 4 <= count; j += 4) {
    for (let from: u32 = 0; from < line; from += STRETCH) {
      const bytes = min(STRETCH, line - from);
      const to = out + (j << 2);
      const q = query + from;
      const row = rows + j * line + from;
      fourRowsTwice<Metric>(to, step, q, row, line, bytes, from == 0);
      fourRowsTwice<Metric>(to, step, q + 16, row + 16, line, bytes, false);
    }
  }
  const to = out + (j << 2);
  compareOne<Metric>(to, query, rows + j * line, count - j, line);
  compareOne<Metric>(to + step, query + line, rows + j * line, count - j, line);
}

/** t of `count` rows with each query. The first query fetches the rows, the others find them in the second cache. */
@inline
function compare<Metric>(
  out: usize,
  step: u32,
  queries: usize,
  rows: usize,
  count: u32,
  line: u32,
  batch: u32,
): void {
  const block = max(4, min(64, (CACHED / line) & ~3));
  for (let from: u32 = 0; from < count; from += block) {
    const size = min(block, count - from);
    const row = rows + from * line;
    let to = out + (from << 2);
    let query = queries;
    for (let b: u32 = 0; b < batch; ) {
      if (b > 0 && b + 2 <= batch) {
        compareTwo<Metric>(to, step, query, row, size, line);
        to += step << 1;
        query += line << 1;
        b += 2;
      } else {
        compareOne<Metric>(to, query, row, size, line);
        to += step;
        query += line;
        b++;
      }
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

/** Scores of `count` rows with each query; the next query's scores are `step` bytes on. */
export function scoreRows(
  out: usize,
  step: u32,
  queries: usize,
  rows: usize,
  factors: usize,
  scale: f32,
  metric: u32,
  count: u32,
  width: u32,
  batch: u32,
): void {
  const line = width << 2;
  if (metric == 0) compare<Product>(out, step, queries, rows, count, line, batch);
  else compare<Distance>(out, step, queries, rows, count, line, batch);
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
