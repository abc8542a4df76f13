/** Codes of one byte a number, and how large scores can be as far as codes tell. */

/** Bytes of a row of codes before the codes. */
const HEAD: u32 = 16;
/** Vectors of no larger number have codes of 0. */
const SMALLEST: f32 = 1.262177448353619e-29;

@inline
function square(x: v128, c: v128, scale: v128): v128 {
  const rest = f64x2.sub(f64x2.promote_low_f32x4(x), f64x2.mul(scale, f64x2.promote_low_f32x4(c)));
  return f64x2.mul(rest, rest);
}

@inline
function high(x: v128): v128 {
  return i32x4.shuffle(x, x, 2, 3, 0, 1);
}

export function encodeI8(codes: usize, rows: usize, count: u32, rowWidth: u32, width: u32): void {
  for (let r: u32 = 0; r < count; r++) {
    const end = rows + (rowWidth << 2);
    let most = f32x4.splat(0);
    for (let at = rows; at < end; at += 16) most = f32x4.pmax(most, f32x4.abs(v128.load(at)));
    most = f32x4.pmax(most, high(most));
    const largest = max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1));
    const coded = largest >= SMALLEST;
    const scale: f32 = coded ? largest / 127 : 0;
    const inverse = f32x4.splat(coded ? 127 / largest : 0);
    const factor = f64x2.splat(<f64>scale);
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let to = codes + HEAD;
    for (; rows < end; rows += 32) {
      const x = v128.load(rows);
      const y = v128.load(rows, 16);
      const c = f32x4.nearest(f32x4.mul(x, inverse));
      const d = f32x4.nearest(f32x4.mul(y, inverse));
      const pairs = i16x8.narrow_i32x4_s(
        i32x4.trunc_sat_f32x4_s(c),
        i32x4.trunc_sat_f32x4_s(d),
      );
      v128.store64_lane(to, i8x16.narrow_i16x8_s(pairs, pairs), 0);
      s0 = f64x2.add(s0, square(x, c, factor));
      s1 = f64x2.add(s1, square(high(x), high(c), factor));
      s0 = f64x2.add(s0, square(y, d, factor));
      s1 = f64x2.add(s1, square(high(y), high(d), factor));
      to += 8;
    }
    for (const last = codes + HEAD + width; to < last; to += 8) store<u64>(to, 0);
    store<f32>(codes, scale);
    store<f32>(codes, 0, 4);
    const sum = f64x2.add(s0, s1);
    store<f64>(codes, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1), 8);
    codes += HEAD + width;
  }
}

/** Σ c·n of a row of codes, in four lanes. */
function oneRow(row: usize, query: usize, width: u32): v128 {
  let s0 = i32x4.splat(0);
  let s1 = i32x4.splat(0);
  const end = row + width;
  const whole = row + (width & ~31);
  while (row < whole) {
    s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load8x8_s(row), v128.load(query)));
    s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load8x8_s(row, 8), v128.load(query, 16)));
    s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load8x8_s(row, 16), v128.load(query, 32)));
    s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load8x8_s(row, 24), v128.load(query, 48)));
    row += 32;
    query += 64;
  }
  if (row < end) {
    s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load8x8_s(row), v128.load(query)));
    s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load8x8_s(row, 8), v128.load(query, 16)));
  }
  return i32x4.add(s0, s1);
}

/** The sums over the lanes of a, b, c and d. */
function lanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
  const cd = i32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7));
  return i32x4.add(i32x4.shuffle(ab, cd, 0, 1, 4, 5), i32x4.shuffle(ab, cd, 2, 3, 6, 7));
}

/** From i32[4] at `out` the bounds of four rows, of which those in `taking` take part. */
function bound(
  out: usize,
  stat: usize,
  terms: usize,
  scale: v128,
  residual: v128,
  size: v128,
  taking: v128,
  row: u32,
): void {
  const product = f32x4.mul(
    f32x4.mul(f32x4.convert_i32x4_s(v128.load(out)), scale),
    v128.load32_splat(terms),
  );
  const t = f32x4.add(
    f32x4.add(product, f32x4.mul(v128.load32_splat(terms, 4), size)),
    v128.load32_splat(terms, 8),
  );
  const e = f32x4.add(
    f32x4.add(
      f32x4.mul(v128.load32_splat(terms, 16), residual),
      f32x4.mul(v128.load32_splat(terms, 20), size),
    ),
    v128.load32_splat(terms, 12),
  );
  const none = f32x4.splat(-Infinity);
  const lower = v128.bitselect(f32x4.sub(t, e), none, taking);
  if (v128.any_true(f32x4.gt(lower, f32x4.splat(<f32>load<f64>(stat))))) {
    // The bounds' own place, before they are there.
    v128.store(out, lower);
    for (let j: u32 = 0; j < 4; j++) {
      const found = <f64>load<f32>(out + (j << 2));
      if (!(found > load<f64>(stat))) continue;
      store<f64>(stat, found);
      store<f64>(stat, <f64>(row + j), 8);
    }
  }
  v128.store(out, v128.bitselect(f32x4.add(t, e), none, taking));
}

/** Which of four rows, of which so many are there, take part: lanes of ones. */
@inline
function takingOf(mask: usize, many: u32): v128 {
  const there = i32x4.gt_s(i32x4.splat(<i32>many), i32x4(0, 1, 2, 3));
  if (mask == 0) return there;
  const bytes = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(mask)));
  return v128.and(there, i32x4.ne(bytes, i32x4.splat(0)));
}

/** Widens four rows of codes, to be met by many queries. */
function widen(scratch: usize, row0: usize, row1: usize, row2: usize, row3: usize, width: u32): void {
  const line = width << 1;
  for (let k: u32 = 0; k < width; k += 8) {
    v128.store(scratch, v128.load8x8_s(row0 + k));
    v128.store(scratch + line, v128.load8x8_s(row1 + k));
    v128.store(scratch + 2 * line, v128.load8x8_s(row2 + k));
    v128.store(scratch + 3 * line, v128.load8x8_s(row3 + k));
    scratch += 16;
  }
}

/** i32[4] sums of four widened rows with each query, `stride` bytes apart. */
function manySums(
  out: usize,
  scratch: usize,
  q0: usize,
  stride: u32,
  line: u32,
  batch: u32,
): void {
  for (let b: u32 = 0; b < batch; b += 2) {
    // The last of an odd number is met twice.
    const other = b + 1 < batch ? 1 : 0;
    let q1 = q0 + other * line;
    let s0 = i32x4.splat(0);
    let s1 = i32x4.splat(0);
    let s2 = i32x4.splat(0);
    let s3 = i32x4.splat(0);
    let t0 = i32x4.splat(0);
    let t1 = i32x4.splat(0);
    let t2 = i32x4.splat(0);
    let t3 = i32x4.splat(0);
    let x0 = scratch;
    let x1 = x0 + line;
    let x2 = x1 + line;
    let x3 = x2 + line;
    for (const end = x1; x0 < end; x0 += 16) {
      const p = v128.load(q0);
      const q = v128.load(q1);
      let x = v128.load(x0);
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(x, p));
      t0 = i32x4.add(t0, i32x4.dot_i16x8_s(x, q));
      x = v128.load(x1);
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(x, p));
      t1 = i32x4.add(t1, i32x4.dot_i16x8_s(x, q));
      x = v128.load(x2);
      s2 = i32x4.add(s2, i32x4.dot_i16x8_s(x, p));
      t2 = i32x4.add(t2, i32x4.dot_i16x8_s(x, q));
      x = v128.load(x3);
      s3 = i32x4.add(s3, i32x4.dot_i16x8_s(x, p));
      t3 = i32x4.add(t3, i32x4.dot_i16x8_s(x, q));
      q0 += 16;
      q1 += 16;
      x1 += 16;
      x2 += 16;
      x3 += 16;
    }
    v128.store(out, lanes(s0, s1, s2, s3));
    v128.store(out + other * stride, lanes(t0, t1, t2, t3));
    out += stride << 1;
    q0 += line;
  }
}

export function scanI8(
  uppers: usize,
  stats: usize,
  codes: usize,
  queries: usize,
  terms: usize,
  mask: usize,
  scratch: usize,
  step: u32,
  count: u32,
  width: u32,
  batch: u32,
): void {
  const row = HEAD + width;
  const line = width << 1;
  const stride = step << 2;
  for (let b: u32 = 0; b < batch; b++) {
    store<f64>(stats + (b << 4), -Infinity);
    store<f64>(stats + (b << 4), 0, 8);
  }
  for (let r: u32 = 0; r < count; r += 4) {
    const many = min(4, count - r);
    const row0 = codes + r * row;
    // Rows that are not there are the last one again, and take no part.
    const row1 = row0 + min(1, many - 1) * row;
    const row2 = row0 + min(2, many - 1) * row;
    const row3 = row0 + min(3, many - 1) * row;
    const outs = uppers + (r << 2);
    // First the sums, where bounds will be.
    if (batch == 1) {
      const sums = lanes(
        oneRow(row0 + HEAD, queries, width),
        oneRow(row1 + HEAD, queries, width),
        oneRow(row2 + HEAD, queries, width),
        oneRow(row3 + HEAD, queries, width),
      );
      v128.store(outs, sums);
    } else {
      widen(scratch, row0 + HEAD, row1 + HEAD, row2 + HEAD, row3 + HEAD, width);
      manySums(outs, scratch, queries, stride, line, batch);
    }
    const h0 = v128.load(row0);
    const h1 = v128.load(row1);
    const h2 = v128.load(row2);
    const h3 = v128.load(row3);
    const h01 = i32x4.shuffle(h0, h1, 0, 4, 1, 5);
    const h23 = i32x4.shuffle(h2, h3, 0, 4, 1, 5);
    const scale = i32x4.shuffle(h01, h23, 0, 1, 4, 5);
    const residual = i32x4.shuffle(h01, h23, 2, 3, 6, 7);
    const h0145 = i32x4.shuffle(h0, h1, 2, 6, 2, 6);
    const size = i32x4.shuffle(h0145, i32x4.shuffle(h2, h3, 2, 6, 2, 6), 0, 1, 4, 5);
    const taking = takingOf(mask == 0 ? 0 : mask + r, many);
    for (let b: u32 = 0; b < batch; b++) {
      bound(outs + b * stride, stats + (b << 4), terms + (b << 5), scale, residual, size, taking, r);
    }
  }
}
