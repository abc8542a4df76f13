/** Rows of singles, normalised: softmax and layer normalisation, each with its gradient. */
import { fallingExponentialF32x4, sixteenExponentials } from "./exponential";
import { loadPart, storePart, sumOfLanes } from "./tensors";

/** All ones in the first `count` lanes, zeros in the rest. */
@inline
function first(count: u32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** Writes t = scale·scores + mask and returns the largest t, or 0 when there is nothing above −infinity. */
@inline
function prepare(out: usize, scores: usize, mask: usize, scale: f32, columns: u32): f32 {
  const factor = f32x4.splat(scale);
  let most = f32x4.splat(-Infinity);
  let j: u32 = 0;
  for (; j + 4 <= columns; j += 4) {
    let t = f32x4.mul(factor, v128.load(scores));
    scores += 16;
    if (mask) {
      t = f32x4.add(t, v128.load(mask));
      mask += 16;
    }
    v128.store(out, t);
    out += 16;
    most = f32x4.pmax(most, t);
  }
  most = f32x4.pmax(most, i32x4.shuffle(most, most, 2, 3, 0, 1));
  most = f32x4.pmax(most, i32x4.shuffle(most, most, 1, 0, 3, 2));
  let largest = f32x4.extract_lane(most, 0);
  for (; j < columns; j++) {
    let t = scale * load<f32>(scores);
    scores += 4;
    if (mask) {
      t += load<f32>(mask);
      mask += 4;
    }
    store<f32>(out, t);
    out += 4;
    if (t > largest) largest = t;
  }
  return largest == -Infinity ? 0 : largest;
}

export function softmaxF32(
  out: usize,
  scores: usize,
  mask: usize,
  scale: f32,
  rows: u32,
  columns: u32,
  maskStep: u32,
): void {
  const bytes = columns << 2;
  const rest = columns & 3;
  for (let i: u32 = 0; i < rows; i++) {
    const largest = f32x4.splat(prepare(out, scores, mask, scale, columns));
    const whole = out + ((columns - rest) << 2);
    let sums = f32x4.splat(0);
    let at = out;
    for (; at + 64 <= whole; at += 64) sums = sixteenExponentials(at, at, largest, sums);
    for (; at < whole; at += 16) {
      const e = fallingExponentialF32x4(f32x4.sub(v128.load(at), largest));
      sums = f32x4.add(sums, e);
      v128.store(at, e);
    }
    if (rest) {
      const e = fallingExponentialF32x4(f32x4.sub(loadPart(whole, rest), largest));
      sums = f32x4.add(sums, v128.and(e, first(rest)));
      storePart(whole, e, rest);
    }
    const sum = sumOfLanes(sums);
    const inverse = f32x4.splat(sum == 0 ? 0 : 1 / sum);
    for (let at = out; at < whole; at += 16) v128.store(at, f32x4.mul(v128.load(at), inverse));
    storePart(whole, f32x4.mul(loadPart(whole, rest), inverse), rest);
    out += bytes;
    scores += bytes;
    if (mask) mask += maskStep << 2;
  }
}

export function softmaxBackwardF32(
  out: usize,
  weights: usize,
  gradient: usize,
  scale: f32,
  rows: u32,
  columns: u32,
): void {
  const factor = f32x4.splat(scale);
  const rest = columns & 3;
  const whole = (columns - rest) << 2;
  for (let i: u32 = 0; i < rows; i++) {
    let sums = f32x4.splat(0);
    for (let j: u32 = 0; j < whole; j += 16) {
      sums = f32x4.add(sums, f32x4.mul(v128.load(weights + j), v128.load(gradient + j)));
    }
    const w = loadPart(weights + whole, rest);
    const g = loadPart(gradient + whole, rest);
    const mean = f32x4.splat(sumOfLanes(f32x4.add(sums, f32x4.mul(w, g))));
    for (let j: u32 = 0; j < whole; j += 16) {
      const slope = f32x4.sub(v128.load(gradient + j), mean);
      v128.store(out + j, f32x4.mul(f32x4.mul(factor, v128.load(weights + j)), slope));
    }
    storePart(out + whole, f32x4.mul(f32x4.mul(factor, w), f32x4.sub(g, mean)), rest);
    out += columns << 2;
    weights += columns << 2;
    gradient += columns << 2;
  }
}

export function layerNormF32(
  out: usize,
  moments: usize,
  x: usize,
  gain: usize,
  bias: usize,
  epsilon: f32,
  rows: u32,
  columns: u32,
): void {
  const rest = columns & 3;
  const whole = (columns - rest) << 2;
  for (let i: u32 = 0; i < rows; i++) {
    let sums = f32x4.splat(0);
    for (let j: u32 = 0; j < whole; j += 16) sums = f32x4.add(sums, v128.load(x + j));
    const last = loadPart(x + whole, rest);
    const mean = <f32>(<f64>sumOfLanes(f32x4.add(sums, last)) / <f64>columns);
    const means = f32x4.splat(mean);
    let squares = f32x4.splat(0);
    for (let j: u32 = 0; j < whole; j += 16) {
      const distance = f32x4.sub(v128.load(x + j), means);
      squares = f32x4.add(squares, f32x4.mul(distance, distance));
    }
    const remote = v128.and(f32x4.sub(last, means), first(rest));
    squares = f32x4.add(squares, f32x4.mul(remote, remote));
    const variance = <f32>(<f64>sumOfLanes(squares) / <f64>columns);
    const inverse: f32 = 1 / sqrt<f32>(variance + epsilon);
    store<f32>(moments, mean);
    store<f32>(moments, inverse, 4);
    moments += 8;
    scale(out, x, means, f32x4.splat(inverse), gain, bias, whole, rest);
    out += columns << 2;
    x += columns << 2;
  }
}

/** One row of (x − mean)·inverse·gain + bias. */
@inline
function scale(
  out: usize,
  x: usize,
  means: v128,
  inverse: v128,
  gain: usize,
  bias: usize,
  whole: u32,
  rest: u32,
): void {
  for (let j: u32 = 0; j < whole; j += 16) {
    let y = normal(v128.load(x + j), means, inverse);
    if (gain) y = f32x4.mul(y, v128.load(gain + j));
    if (bias) y = f32x4.add(y, v128.load(bias + j));
    v128.store(out + j, y);
  }
  let y = normal(loadPart(x + whole, rest), means, inverse);
  if (gain) y = f32x4.mul(y, loadPart(gain + whole, rest));
  if (bias) y = f32x4.add(y, loadPart(bias + whole, rest));
  storePart(out + whole, y, rest);
}

/** x̂ = (x − mean)·inverse */
@inline
function normal(x: v128, mean: v128, inverse: v128): v128 {
  return f32x4.mul(f32x4.sub(x, mean), inverse);
}

export function layerNormBackwardF32(
  out: usize,
  x: usize,
  moments: usize,
  gain: usize,
  gradient: usize,
  rows: u32,
  columns: u32,
): void {
  const rest = columns & 3;
  const whole = (columns - rest) << 2;
  for (let i: u32 = 0; i < rows; i++) {
    const mean = v128.load32_splat(moments);
    const inverse = v128.load32_splat(moments + 4);
    let levels = f32x4.splat(0);
    let alongs = f32x4.splat(0);
    for (let j: u32 = 0; j < whole; j += 16) {
      const unit = normal(v128.load(x + j), mean, inverse);
      let g = v128.load(gradient + j);
      if (gain) g = f32x4.mul(g, v128.load(gain + j));
      levels = f32x4.add(levels, g);
      alongs = f32x4.add(alongs, f32x4.mul(g, unit));
    }
    const unit = normal(loadPart(x + whole, rest), mean, inverse);
    let g = loadPart(gradient + whole, rest);
    if (gain) g = f32x4.mul(g, loadPart(gain + whole, rest));
    levels = f32x4.add(levels, g);
    alongs = f32x4.add(alongs, v128.and(f32x4.mul(g, unit), first(rest)));
    const level = f32x4.splat(<f32>(<f64>sumOfLanes(levels) / <f64>columns));
    const along = f32x4.splat(<f32>(<f64>sumOfLanes(alongs) / <f64>columns));
    for (let j: u32 = 0; j < whole; j += 16) {
      const unit = normal(v128.load(x + j), mean, inverse);
      let g = v128.load(gradient + j);
      if (gain) g = f32x4.mul(g, v128.load(gain + j));
      v128.store(out + j, slope(unit, g, level, along, inverse));
    }
    storePart(out + whole, slope(unit, g, level, along, inverse), rest);
    out += columns << 2;
    x += columns << 2;
    gradient += columns << 2;
    moments += 8;
  }
}

/** inverse·((g − level) − x̂·along) */
@inline
function slope(unit: v128, g: v128, level: v128, along: v128, inverse: v128): v128 {
  return f32x4.mul(inverse, f32x4.sub(f32x4.sub(g, level), f32x4.mul(unit, along)));
}

export function layerNormGainF32(
  sums: usize,
  x: usize,
  moments: usize,
  gradient: usize,
  rows: u32,
  columns: u32,
): void {
  const step = columns << 2;
  let j: u32 = 0;
  for (; j + 16 <= columns; j += 16) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let at = x + (j << 2);
    let g = gradient + (j << 2);
    let moment = moments;
    for (let i: u32 = 0; i < rows; i++) {
      const mean = v128.load32_splat(moment);
      const inverse = v128.load32_splat(moment + 4);
      s0 = f32x4.add(s0, f32x4.mul(v128.load(g), normal(v128.load(at), mean, inverse)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(g, 16), normal(v128.load(at, 16), mean, inverse)));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(g, 32), normal(v128.load(at, 32), mean, inverse)));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(g, 48), normal(v128.load(at, 48), mean, inverse)));
      at += step;
      g += step;
      moment += 8;
    }
    const to = sums + (j << 2);
    v128.store(to, f32x4.add(v128.load(to), s0));
    v128.store(to, f32x4.add(v128.load(to, 16), s1), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), s2), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), s3), 48);
  }
  for (; j < columns; j++) {
    let sum: f32 = 0;
    for (let i: u32 = 0; i < rows; i++) {
      const from = i * step + (j << 2);
      const moment = moments + (i << 3);
      const unit = (load<f32>(x + from) - load<f32>(moment)) * load<f32>(moment, 4);
      sum += load<f32>(gradient + from) * unit;
    }
    const to = sums + (j << 2);
    store<f32>(to, load<f32>(to) + sum);
  }
}
