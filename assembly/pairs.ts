/** Attention to pairs of stored patterns, and its gradient. */
import { exponential, fallingExponentialF32x4, sixteenExponentials } from "./exponential";
import { loadPart, productF32, storePart, sumOfLanes } from "./tensors";

/** Members that are taken together. */
const TILE: u32 = 16;
/** Bytes of scratch that products have. */
const PRODUCTS: usize = 16384;

// Scratch after that of products: totals, f64[width]; q∘k, g∘v and mixed partners, f32[TILE×width] each; scores and
// slopes, f32[TILE×stored] each.

@inline
function windowStart(i: u32, window: u32): u32 {
  return window == 0 || i + 1 < window ? 0 : i + 1 - window;
}

@inline
function windowEnd(i: u32, window: u32, stored: u32): u32 {
  return window == 0 ? stored : min(stored, i + 1);
}

/** All ones in the first `count` lanes, zeros in the rest. */
@inline
function first4(count: u32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** out_jd = x_d·y_jd for `members` rows y, `step` bytes apart. */
function timesRows(out: usize, x: usize, y: usize, members: u32, width: u32, step: u32): void {
  const rest = width & 3;
  const whole = (width - rest) << 2;
  for (let j: u32 = 0; j < members; j++) {
    for (let d: u32 = 0; d < whole; d += 16) {
      v128.store(out + d, f32x4.mul(v128.load(x + d), v128.load(y + d)));
    }
    storePart(out + whole, f32x4.mul(loadPart(x + whole, rest), loadPart(y + whole, rest)), rest);
    out += width << 2;
    y += step;
  }
}

/** to_jd += x_d·y_jd, rows of `to` `step` bytes apart, of y width·4. */
function addTimesRows(to: usize, x: usize, y: usize, members: u32, width: u32, step: u32): void {
  const rest = width & 3;
  const whole = (width - rest) << 2;
  for (let j: u32 = 0; j < members; j++) {
    for (let d: u32 = 0; d < whole; d += 16) {
      const product = f32x4.mul(v128.load(x + d), v128.load(y + d));
      v128.store(to + d, f32x4.add(v128.load(to + d), product));
    }
    const product = f32x4.mul(loadPart(x + whole, rest), loadPart(y + whole, rest));
    storePart(to + whole, f32x4.add(loadPart(to + whole, rest), product), rest);
    y += width << 2;
    to += step;
  }
}

/** Σ_j x_jd·y_jd for the four columns at x and y, or the `count` < 4 that there are. */
@inline
function columnSums(x: usize, y: usize, members: u32, width: u32, step: u32, count: u32): v128 {
  let sums = f32x4.splat(0);
  for (let j: u32 = 0; j < members; j++) {
    const a = count == 4 ? v128.load(x) : loadPart(x, count);
    const b = count == 4 ? v128.load(y) : loadPart(y, count);
    sums = f32x4.add(sums, f32x4.mul(a, b));
    x += step;
    y += width << 2;
  }
  return sums;
}

/** Writes t = scale·scores + (mask_j + mask_k); returns the largest t, or `most`. */
function maskScores(
  t: usize,
  ofMembers: usize,
  ofPartners: usize,
  scale: f32,
  members: u32,
  partners: u32,
  most: f32,
): f32 {
  const factor = f32x4.splat(scale);
  const rest = partners & 3;
  const whole = (partners - rest) << 2;
  let largest = f32x4.splat(most);
  for (let j: u32 = 0; j < members; j++) {
    const member = ofMembers ? v128.load32_splat(ofMembers + (j << 2)) : factor;
    for (let p: u32 = 0; p < whole; p += 16) {
      let score = f32x4.mul(factor, v128.load(t + p));
      if (ofMembers) {
        score = f32x4.add(score, f32x4.add(member, v128.load(ofPartners + p)));
      }
      v128.store(t + p, score);
      largest = f32x4.pmax(largest, score);
    }
    if (rest) {
      let score = f32x4.mul(factor, loadPart(t + whole, rest));
      if (ofMembers) {
        score = f32x4.add(score, f32x4.add(member, loadPart(ofPartners + whole, rest)));
      }
      storePart(t + whole, score, rest);
      const seen = v128.bitselect(score, f32x4.splat(-Infinity), first4(rest));
      largest = f32x4.pmax(largest, seen);
    }
    t += partners << 2;
  }
  largest = f32x4.pmax(largest, i32x4.shuffle(largest, largest, 2, 3, 0, 1));
  largest = f32x4.pmax(largest, i32x4.shuffle(largest, largest, 1, 0, 3, 2));
  return f32x4.extract_lane(largest, 0);
}

/** t ← e^(t − base) for one member; returns the sum. */
@inline
function weigh(t: usize, base: v128, partners: u32): f32 {
  const rest = partners & 3;
  const whole = t + ((partners - rest) << 2);
  let sums = f32x4.splat(0);
  for (; t + 64 <= whole; t += 64) sums = sixteenExponentials(t, t, base, sums);
  for (; t < whole; t += 16) {
    const e = fallingExponentialF32x4(f32x4.sub(v128.load(t), base));
    sums = f32x4.add(sums, e);
    v128.store(t, e);
  }
  if (rest) {
    const e = fallingExponentialF32x4(f32x4.sub(loadPart(whole, rest), base));
    sums = f32x4.add(sums, v128.and(e, first4(rest)));
    storePart(whole, e, rest);
  }
  return sumOfLanes(sums);
}

export function attendPairsF32(
  out: usize,
  stats: usize,
  q: usize,
  k: usize,
  l: usize,
  v: usize,
  u: usize,
  mask: usize,
  work: usize,
  scale: f32,
  blank: f32,
  states: u32,
  stored: u32,
  width: u32,
  step: u32,
  maskStep: u32,
  first: u32,
  second: u32,
): void {
  const totals = work + PRODUCTS;
  const qk = totals + (width << 3);
  const mixed = qk + ((2 * TILE * width) << 2);
  const t = mixed + ((TILE * width) << 2);
  const line = step << 2;
  for (let i: u32 = 0; i < states; i++) {
    let largest = blank;
    let z: f64 = blank == -Infinity ? 0 : 1;
    memory.fill(totals, 0, width << 3);
    const p0 = windowStart(i, second);
    const p1 = windowEnd(i, second, stored);
    const end = p0 < p1 ? windowEnd(i, first, stored) : 0;
    const partners = p1 - p0;
    for (let member = windowStart(i, first); member < end; member += TILE) {
      const members = min(TILE, end - member);
      timesRows(qk, q, k + member * line, members, width, line);
      productF32(t, qk, l + p0 * line, work, members, partners, width, partners, width, 1, 1, step, 0);
      const ofMembers: usize = mask ? mask + (member << 2) : 0;
      const most = maskScores(t, ofMembers, mask + (p0 << 2), scale, members, partners, largest);
      const c = most > largest ? exponential(<f64>largest - <f64>most) : 1;
      largest = most;
      const base = f32x4.splat(largest == -Infinity ? 0 : largest);
      z *= c;
      for (let j: u32 = 0; j < members; j++) z += <f64>weigh(t + ((j * partners) << 2), base, partners);
      productF32(mixed, t, u + p0 * line, work, members, width, partners, width, partners, 1, step, 1, 0);
      addTotals(totals, c, v + member * line, mixed, members, width, line);
    }
    const inverse = z == 0 ? 0 : 1 / z;
    for (let d: u32 = 0; d < width; d++) {
      store<f32>(out + (d << 2), <f32>(load<f64>(totals + (d << 3)) * inverse));
    }
    store<f32>(stats, largest == -Infinity ? 0 : largest + 0);
    store<f32>(stats, <f32>inverse, 4);
    stats += 12;
    out += line;
    q += line;
    if (mask) mask += maskStep << 2;
  }
}

/** totals_d ← totals_d·c + Σ_j v_jd·mixed_jd */
function addTotals(
  totals: usize,
  c: f64,
  v: usize,
  mixed: usize,
  members: u32,
  width: u32,
  step: u32,
): void {
  const factor = f64x2.splat(c);
  for (let d: u32 = 0; d < width; d += 4) {
    const count = min<u32>(4, width - d);
    const sums = columnSums(v + (d << 2), mixed + (d << 2), members, width, step, count);
    const to = totals + (d << 3);
    if (count == 4) {
      const low = f64x2.promote_low_f32x4(sums);
      const high = f64x2.promote_low_f32x4(i32x4.shuffle(sums, sums, 2, 3, 0, 1));
      v128.store(to, f64x2.add(f64x2.mul(v128.load(to), factor), low));
      v128.store(to, f64x2.add(f64x2.mul(v128.load(to, 16), factor), high), 16);
      continue;
    }
    store<f64>(to, load<f64>(to) * c + <f64>f32x4.extract_lane(sums, 0));
    if (count > 1) store<f64>(to, load<f64>(to, 8) * c + <f64>f32x4.extract_lane(sums, 1), 8);
    if (count > 2) store<f64>(to, load<f64>(to, 16) * c + <f64>f32x4.extract_lane(sums, 2), 16);
  }
}

/** w ← e^(w − largest)·inverse */
@inline
function weights(w: usize, largest: f32, inverse: f32, count: u32): void {
  const base = f32x4.splat(largest);
  const factor = f32x4.splat(inverse);
  const rest = count & 3;
  const whole = w + ((count - rest) << 2);
  for (; w < whole; w += 16) {
    const e = fallingExponentialF32x4(f32x4.sub(v128.load(w), base));
    v128.store(w, f32x4.mul(e, factor));
  }
  const e = fallingExponentialF32x4(f32x4.sub(loadPart(whole, rest), base));
  storePart(whole, f32x4.mul(e, factor), rest);
}

/** w ← (scale·w)·(slopes − mean) */
@inline
function throughSoftmax(w: usize, slopes: usize, scale: f32, mean: f32, count: u32): void {
  const factor = f32x4.splat(scale);
  const means = f32x4.splat(mean);
  const rest = count & 3;
  const whole = w + ((count - rest) << 2);
  for (; w < whole; w += 16) {
    const slope = f32x4.sub(v128.load(slopes), means);
    v128.store(w, f32x4.mul(f32x4.mul(factor, v128.load(w)), slope));
    slopes += 16;
  }
  const slope = f32x4.sub(loadPart(slopes, rest), means);
  storePart(whole, f32x4.mul(f32x4.mul(factor, loadPart(whole, rest)), slope), rest);
}

export function attendPairsBackwardF32(
  dq: usize,
  dk: usize,
  dl: usize,
  dv: usize,
  du: usize,
  stats: usize,
  g: usize,
  out: usize,
  q: usize,
  k: usize,
  l: usize,
  v: usize,
  u: usize,
  mask: usize,
  work: usize,
  scale: f32,
  states: u32,
  stored: u32,
  width: u32,
  step: u32,
  maskStep: u32,
  first: u32,
  second: u32,
): void {
  const qk = work + PRODUCTS + (width << 3);
  const gv = qk + ((TILE * width) << 2);
  const mixed = gv + ((TILE * width) << 2);
  const w = mixed + ((TILE * width) << 2);
  const slopes = w + ((TILE * stored) << 2);
  const line = step << 2;
  for (let i: u32 = 0; i < states; i++) {
    let along: f64 = 0;
    for (let d: u32 = 0; d < width; d++) {
      along += <f64>load<f32>(g + (d << 2)) * <f64>load<f32>(out + (d << 2));
    }
    const largest = load<f32>(stats);
    const inverse = load<f32>(stats, 4);
    const mean = <f32>along;
    store<f32>(stats, mean, 8);
    const p0 = windowStart(i, second);
    const p1 = windowEnd(i, second, stored);
    const end = p0 < p1 ? windowEnd(i, first, stored) : 0;
    const partners = p1 - p0;
    const from = p0 * line;
    for (let member = windowStart(i, first); member < end; member += TILE) {
      const members = min(TILE, end - member);
      const at = member * line;
      timesRows(qk, q, k + at, members, width, line);
      productF32(w, qk, l + from, work, members, partners, width, partners, width, 1, 1, step, 0);
      const ofMembers: usize = mask ? mask + (member << 2) : 0;
      maskScores(w, ofMembers, mask + (p0 << 2), scale, members, partners, 0);
      weights(w, largest, inverse, members * partners);
      timesRows(gv, g, v + at, members, width, line);
      productF32(slopes, gv, u + from, work, members, partners, width, partners, width, 1, 1, step, 0);
      productF32(mixed, w, u + from, work, members, width, partners, width, partners, 1, step, 1, 0);
      addTimesRows(dv + at, g, mixed, members, width, line);
      productF32(du + from, w, gv, work, partners, width, members, step, 1, partners, width, 1, 1);
      throughSoftmax(w, slopes, scale, mean, members * partners);
      productF32(mixed, w, l + from, work, members, width, partners, width, partners, 1, step, 1, 0);
      addColumnSums(dq, k + at, mixed, members, width, line);
      addTimesRows(dk + at, q, mixed, members, width, line);
      productF32(dl + from, w, qk, work, partners, width, members, step, 1, partners, width, 1, 1);
    }
    stats += 12;
    g += line;
    out += line;
    q += line;
    dq += line;
    if (mask) mask += maskStep << 2;
  }
}

/** to_d += Σ_j x_jd·y_jd, each sum complete before it is added. */
function addColumnSums(to: usize, x: usize, y: usize, members: u32, width: u32, step: u32): void {
  const rest = width & 3;
  const whole = (width - rest) << 2;
  for (let d: u32 = 0; d < whole; d += 16) {
    const sums = columnSums(x + d, y + d, members, width, step, 4);
    v128.store(to + d, f32x4.add(v128.load(to + d), sums));
  }
  if (!rest) return;
  const sums = columnSums(x + whole, y + whole, members, width, step, rest);
  storePart(to + whole, f32x4.add(loadPart(to + whole, rest), sums), rest);
}
