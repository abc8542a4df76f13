/** Matrices of singles, of which layers are made. */

/** Terms of a sum that are added in one go. */
const DEPTH: u32 = 512;
/** Bytes that stay in the innermost cache while others pass. */
const NEAR: u32 = 16384;

/** The first `count` < 4 elements, then zeros. */
@inline
export function loadPart(at: usize, count: u32): v128 {
  let part = f32x4.splat(0);
  if (count & 2) part = v128.load64_zero(at);
  if (count == 1) part = v128.load32_zero(at);
  if (count == 3) part = v128.load_lane<f32>(at + 8, part, 2);
  return part;
}

/** Stores the first `count` < 4 elements. */
@inline
export function storePart(at: usize, part: v128, count: u32): void {
  if (count & 2) v128.store_lane<f64>(at, part, 0);
  if (count == 1) v128.store_lane<f32>(at, part, 0);
  if (count == 3) v128.store_lane<f32>(at + 8, part, 2);
}

/** (l₀ + l₂) + (l₁ + l₃) */
@inline
export function sumOfLanes(lanes: v128): f32 {
  const pairs = f32x4.add(lanes, i32x4.shuffle(lanes, lanes, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Four elements of four columns of b, each column lying in one piece, as parts of four rows of the panel. */
@inline
function turn(panel: usize, b: usize, column: usize): void {
  const r0 = v128.load(b);
  const r1 = v128.load(b + column);
  const r2 = v128.load(b + 2 * column);
  const r3 = v128.load(b + 3 * column);
  const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
  const low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(panel, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(panel, i64x2.shuffle(low01, low23, 1, 3), 32);
  v128.store(panel, i64x2.shuffle(high01, high23, 0, 2), 64);
  v128.store(panel, i64x2.shuffle(high01, high23, 1, 3), 96);
}

/** Eight columns of b side by side, inner rows of 32 bytes; where b has fewer, zeros. Steps in bytes. */
function pack(panel: usize, b: usize, inner: u32, step: u32, column: u32, width: u32): void {
  let k: u32 = 0;
  if (width == 8 && column == 4) {
    for (; k < inner; k++) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
      panel += 32;
      b += step;
    }
  } else if (width == 8 && step == 4) {
    for (; k + 4 <= inner; k += 4) {
      turn(panel, b, column);
      turn(panel + 16, b + 4 * column, column);
      panel += 128;
      b += 16;
    }
  }
  for (; k < inner; k++) {
    let from = b;
    for (let j: u32 = 0; j < 8; j++) {
      store<f32>(panel, j < width ? load<f32>(from) : 0);
      panel += 4;
      from += column;
    }
    b += step;
  }
}

/** The first four of `width` ≤ 8 elements. */
@inline
function lowOf(at: usize, width: u32): v128 {
  return width < 4 ? loadPart(at, width) : v128.load(at);
}

/** The rest of `width` ≤ 8 elements. */
@inline
function highOf(at: usize, width: u32): v128 {
  if (width == 8) return v128.load(at, 16);
  return loadPart(at + 16, width < 4 ? 0 : width & 3);
}

/** Stores `width` ≤ 8 elements. */
@inline
function put(out: usize, low: v128, high: v128, width: u32): void {
  if (width == 8) {
    v128.store(out, low);
    v128.store(out, high, 16);
  } else if (width & 4) {
    v128.store(out, low);
    storePart(out + 16, high, width & 3);
  } else {
    storePart(out, low, width);
  }
}

/** sum + x·y */
@inline
function plus(sum: v128, x: v128, y: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, y));
}

/**
 * Four rows of out, eight columns.
 *
 * Four terms a round with a way out after each, which keeps them apart: without, V8 makes the four additions of a sum in a row,
 * and runs out of registers. A round saves 1/4 of the time of four single terms. Inlined, since a call costs as much as two.
 */
@inline
function fourRows(
  out: usize,
  a: usize,
  b: usize,
  inner: u32,
  outStep: u32,
  aRow: u32,
  aInner: u32,
  bInner: u32,
  width: u32,
  add: u32,
): void {
  let low0 = f32x4.splat(0);
  let low1 = f32x4.splat(0);
  let low2 = f32x4.splat(0);
  let low3 = f32x4.splat(0);
  let high0 = f32x4.splat(0);
  let high1 = f32x4.splat(0);
  let high2 = f32x4.splat(0);
  let high3 = f32x4.splat(0);
  if (add) {
    low0 = lowOf(out, width);
    high0 = highOf(out, width);
    low1 = lowOf(out + outStep, width);
    high1 = highOf(out + outStep, width);
    low2 = lowOf(out + 2 * outStep, width);
    high2 = highOf(out + 2 * outStep, width);
    low3 = lowOf(out + 3 * outStep, width);
    high3 = highOf(out + 3 * outStep, width);
  }
  const row2 = 2 * aRow;
  const row3 = 3 * aRow;
  while (inner) {
    let low = v128.load(b);
    let high = v128.load(b, 16);
    let x = v128.load32_splat(a);
    low0 = plus(low0, x, low);
    high0 = plus(high0, x, high);
    x = v128.load32_splat(a + aRow);
    low1 = plus(low1, x, low);
    high1 = plus(high1, x, high);
    x = v128.load32_splat(a + row2);
    low2 = plus(low2, x, low);
    high2 = plus(high2, x, high);
    x = v128.load32_splat(a + row3);
    low3 = plus(low3, x, low);
    high3 = plus(high3, x, high);
    a += aInner;
    b += bInner;
    if (inner == 1) break;
    low = v128.load(b);
    high = v128.load(b, 16);
    x = v128.load32_splat(a);
    low0 = plus(low0, x, low);
    high0 = plus(high0, x, high);
    x = v128.load32_splat(a + aRow);
    low1 = plus(low1, x, low);
    high1 = plus(high1, x, high);
    x = v128.load32_splat(a + row2);
    low2 = plus(low2, x, low);
    high2 = plus(high2, x, high);
    x = v128.load32_splat(a + row3);
    low3 = plus(low3, x, low);
    high3 = plus(high3, x, high);
    a += aInner;
    b += bInner;
    if (inner == 2) break;
    low = v128.load(b);
    high = v128.load(b, 16);
    x = v128.load32_splat(a);
    low0 = plus(low0, x, low);
    high0 = plus(high0, x, high);
    x = v128.load32_splat(a + aRow);
    low1 = plus(low1, x, low);
    high1 = plus(high1, x, high);
    x = v128.load32_splat(a + row2);
    low2 = plus(low2, x, low);
    high2 = plus(high2, x, high);
    x = v128.load32_splat(a + row3);
    low3 = plus(low3, x, low);
    high3 = plus(high3, x, high);
    a += aInner;
    b += bInner;
    if (inner == 3) break;
    low = v128.load(b);
    high = v128.load(b, 16);
    x = v128.load32_splat(a);
    low0 = plus(low0, x, low);
    high0 = plus(high0, x, high);
    x = v128.load32_splat(a + aRow);
    low1 = plus(low1, x, low);
    high1 = plus(high1, x, high);
    x = v128.load32_splat(a + row2);
    low2 = plus(low2, x, low);
    high2 = plus(high2, x, high);
    x = v128.load32_splat(a + row3);
    low3 = plus(low3, x, low);
    high3 = plus(high3, x, high);
    a += aInner;
    b += bInner;
    inner -= 4;
  }
  put(out, low0, high0, width);
  put(out + outStep, low1, high1, width);
  put(out + 2 * outStep, low2, high2, width);
  put(out + 3 * outStep, low3, high3, width);
}

/** One row of out, eight columns. */
function oneRow(
  out: usize,
  a: usize,
  b: usize,
  inner: u32,
  aInner: u32,
  bInner: u32,
  width: u32,
  add: u32,
): void {
  let low = f32x4.splat(0);
  let high = f32x4.splat(0);
  if (add) {
    low = lowOf(out, width);
    high = highOf(out, width);
  }
  for (let k: u32 = 0; k < inner; k++) {
    const x = v128.load32_splat(a);
    low = f32x4.add(low, f32x4.mul(x, v128.load(b)));
    high = f32x4.add(high, f32x4.mul(x, v128.load(b, 16)));
    a += aInner;
    b += bInner;
  }
  put(out, low, high, width);
}

/** The product with sums of up to DEPTH terms, panel by panel of b. Steps in bytes. */
function panels(
  out: usize,
  a: usize,
  b: usize,
  work: usize,
  rows: u32,
  columns: u32,
  inner: u32,
  outStep: u32,
  aRow: u32,
  aInner: u32,
  bInner: u32,
  bColumn: u32,
  add: u32,
): void {
  // Rows of b are read where they are when they stay in L1 or are not read often.
  const direct = bColumn == 4 && (rows <= 8 || inner * bInner <= NEAR);
  for (let j: u32 = 0; j < columns; j += 8) {
    const width = min<u32>(8, columns - j);
    let panel = b + j * bColumn;
    let step = bInner;
    if (!direct || width < 8) {
      pack(work, panel, inner, bInner, bColumn, width);
      panel = work;
      step = 32;
    }
    let target = out + (j << 2);
    let from = a;
    let i: u32 = 0;
    for (; i + 4 <= rows; i += 4) {
      fourRows(target, from, panel, inner, outStep, aRow, aInner, step, width, add);
      target += 4 * outStep;
      from += 4 * aRow;
    }
    for (; i < rows; i++) {
      oneRow(target, from, panel, inner, aInner, step, width, add);
      target += outStep;
      from += aRow;
    }
  }
}

export function productF32(
  out: usize,
  a: usize,
  b: usize,
  work: usize,
  rows: u32,
  columns: u32,
  inner: u32,
  outStep: u32,
  aRow: u32,
  aInner: u32,
  bInner: u32,
  bColumn: u32,
  add: u32,
): void {
  const toOut = outStep << 2;
  const toRow = aRow << 2;
  const toInner = aInner << 2;
  const toB = bInner << 2;
  const toColumn = bColumn << 2;
  // A sum taken up again is the same sum; the caches hold this much of both factors however far they reach.
  while (true) {
    const depth = min(DEPTH, inner);
    panels(out, a, b, work, rows, columns, depth, toOut, toRow, toInner, toB, toColumn, add);
    inner -= depth;
    if (inner == 0) return;
    a += depth * toInner;
    b += depth * toB;
    add = 1;
  }
}

export function addRowF32(x: usize, row: usize, rows: u32, columns: u32): void {
  const rest = columns & 3;
  const whole = row + ((columns - rest) << 2);
  for (let i: u32 = 0; i < rows; i++) {
    for (let y = row; y < whole; y += 16) {
      v128.store(x, f32x4.add(v128.load(x), v128.load(y)));
      x += 16;
    }
    storePart(x, f32x4.add(loadPart(x, rest), loadPart(whole, rest)), rest);
    x += rest << 2;
  }
}

export function sumRowsF32(sums: usize, x: usize, rows: u32, columns: u32): void {
  const step = columns << 2;
  let j: u32 = 0;
  for (; j + 16 <= columns; j += 16) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let at = x + (j << 2);
    for (let i: u32 = 0; i < rows; i++) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
      at += step;
    }
    const to = sums + (j << 2);
    v128.store(to, f32x4.add(v128.load(to), s0));
    v128.store(to, f32x4.add(v128.load(to, 16), s1), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), s2), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), s3), 48);
  }
  for (; j < columns; j++) {
    let sum: f32 = 0;
    let at = x + (j << 2);
    for (let i: u32 = 0; i < rows; i++) {
      sum += load<f32>(at);
      at += step;
    }
    const to = sums + (j << 2);
    store<f32>(to, load<f32>(to) + sum);
  }
}

export function squaredDistanceF32(a: usize, b: usize, count: u32): f32 {
  let lanes = f32x4.splat(0);
  const rest = count & 3;
  const whole = a + ((count - rest) << 2);
  for (; a < whole; a += 16) {
    const difference = f32x4.sub(v128.load(a), v128.load(b));
    lanes = f32x4.add(lanes, f32x4.mul(difference, difference));
    b += 16;
  }
  const difference = f32x4.sub(loadPart(a, rest), loadPart(b, rest));
  return sumOfLanes(f32x4.add(lanes, f32x4.mul(difference, difference)));
}
