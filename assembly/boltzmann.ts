/** Chains of Boltzmann machines: what units are on average, drawn, and what is learnt from them. */
import { exponential, exponentialF32x4, exponentialF64x2, logarithm } from "./exponential";
import { loadPart, storePart } from "./tensors";

/** Factors from 1 to 2 that are multiplied before a logarithm is taken. */
const FACTORS: u32 = 512;

/** 1/(1 + e^(−x)), times `top`. */
@inline
function logistic(x: v128, top: f32): v128 {
  const e = exponentialF32x4(f32x4.neg(x));
  return f32x4.div(f32x4.splat(top), f32x4.add(f32x4.splat(1), e));
}

@inline
function meansOf(x: v128, bipolar: u32): v128 {
  if (bipolar == 0) return logistic(x, 1);
  return f32x4.sub(logistic(f32x4.add(x, x), 2), f32x4.splat(1));
}

export function binaryMeansF32(means: usize, inputs: usize, count: u32, bipolar: u32): void {
  const rest = count & 3;
  const end = inputs + ((count - rest) << 2);
  while (inputs < end) {
    v128.store(means, meansOf(v128.load(inputs), bipolar));
    inputs += 16;
    means += 16;
  }
  storePart(means, meansOf(loadPart(inputs, rest), bipolar), rest);
}

@inline
function rotl4(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** What four generators, whose second words are s1, draw next. */
@inline
function drawsOf(s1: v128): v128 {
  const once = rotl4(i32x4.add(s1, i32x4.shl(s1, 2)), 7);
  return i32x4.add(once, i32x4.shl(once, 3));
}

/** The four in memory draw once. */
@inline
function nextDraws(generators: usize): v128 {
  const s0 = v128.load(generators);
  const s1 = v128.load(generators, 16);
  const s2 = v128.xor(v128.load(generators, 32), s0);
  const s3 = v128.xor(v128.load(generators, 48), s1);
  v128.store(generators, v128.xor(s0, s3));
  v128.store(generators, v128.xor(s1, s2), 16);
  v128.store(generators, v128.xor(s2, i32x4.shl(s1, 9)), 32);
  v128.store(generators, rotl4(s3, 11), 48);
  return drawsOf(s1);
}

/** The singles in [0, 1) that draws stand for. */
@inline
function realsOf(draws: v128): v128 {
  const whole = f32x4.convert_i32x4_s(i32x4.shr_u(draws, 8));
  return f32x4.mul(whole, f32x4.splat(<f32>(1.0 / 16777216.0)));
}

export function drawBinaryF32(
  states: usize,
  means: usize,
  generators: usize,
  rows: u32,
  units: u32,
  bipolar: u32,
): void {
  const high = f32x4.splat(1);
  const low = f32x4.splat(bipolar ? -1 : 0);
  const half = f32x4.splat(0.5);
  const factor = bipolar ? half : high;
  const add = f32x4.splat(bipolar ? 0.5 : 0);
  const rest = units & 3;
  for (let r: u32 = 0; r < rows; r++) {
    let s0 = v128.load(generators);
    let s1 = v128.load(generators, 16);
    let s2 = v128.load(generators, 32);
    let s3 = v128.load(generators, 48);
    for (let i: u32 = 0; i < units; i += 4) {
      const whole = i + 4 <= units;
      const mean = whole ? v128.load(means) : loadPart(means, rest);
      const p = f32x4.add(f32x4.mul(mean, factor), add);
      const drawn = v128.bitselect(high, low, f32x4.lt(realsOf(drawsOf(s1)), p));
      const t = i32x4.shl(s1, 9);
      s2 = v128.xor(s2, s0);
      s3 = v128.xor(s3, s1);
      s1 = v128.xor(s1, s2);
      s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, t);
      s3 = rotl4(s3, 11);
      if (whole) {
        v128.store(states, drawn);
        states += 16;
        means += 16;
      } else {
        storePart(states, drawn, rest);
        states += rest << 2;
        means += rest << 2;
      }
    }
    v128.store(generators, s0);
    v128.store(generators, s1, 16);
    v128.store(generators, s2, 32);
    v128.store(generators, s3, 48);
    generators += 64;
  }
}

/** The normal number that a draw stands for: src/normal.ts has its definition. */
function normalOf(draw: u32): f64 {
  const p = (<f64>draw + 0.5) / 4294967296.0;
  const q = p - 0.5;
  if (abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    let a: f64 = 2509.0809287301227;
    a = a * r + 33430.57558358813;
    a = a * r + 67265.7709270087;
    a = a * r + 45921.95393154987;
    a = a * r + 13731.69376550946;
    a = a * r + 1971.5909503065513;
    a = a * r + 133.14166789178438;
    a = a * r + 3.3871328727963665;
    let b: f64 = 5226.495278852854;
    b = b * r + 28729.085735721943;
    b = b * r + 39307.89580009271;
    b = b * r + 21213.794301586597;
    b = b * r + 5394.196021424751;
    b = b * r + 687.1870074920579;
    b = b * r + 42.31333070160091;
    b = b * r + 1.0;
    return (q * a) / b;
  }
  const r = sqrt<f64>(-logarithm(q < 0.0 ? p : 1.0 - p)) - 1.6;
  let c: f64 = 0.0007745450142783414;
  c = c * r + 0.022723844989269184;
  c = c * r + 0.2417807251774506;
  c = c * r + 1.2704582524523684;
  c = c * r + 3.6478483247632045;
  c = c * r + 5.769497221460691;
  c = c * r + 4.630337846156546;
  c = c * r + 1.4234371107496835;
  let d: f64 = 1.0507500716444169e-09;
  d = d * r + 0.0005475938084995345;
  d = d * r + 0.015198666563616457;
  d = d * r + 0.14810397642748008;
  d = d * r + 0.6897673349851;
  d = d * r + 1.6763848301838038;
  d = d * r + 2.053191626637759;
  d = d * r + 1.0;
  const x = c / d;
  return q < 0.0 ? -x : x;
}

export function drawGaussianF32(
  states: usize,
  means: usize,
  generators: usize,
  rows: u32,
  units: u32,
): void {
  for (let r: u32 = 0; r < rows; r++) {
    for (let i: u32 = 0; i < units; i += 4) {
      let draws = nextDraws(generators);
      const count = min<u32>(4, units - i);
      for (let k: u32 = 0; k < count; k++) {
        store<f32>(states, load<f32>(means) + <f32>normalOf(i32x4.extract_lane(draws, 0)));
        draws = i32x4.shuffle(draws, draws, 1, 2, 3, 0);
        states += 4;
        means += 4;
      }
    }
    generators += 64;
  }
}

export function scaleF32(out: usize, x: usize, factor: f32, count: u32): void {
  const by = f32x4.splat(factor);
  const rest = count & 3;
  const end = x + ((count - rest) << 2);
  while (x < end) {
    v128.store(out, f32x4.mul(by, v128.load(x)));
    x += 16;
    out += 16;
  }
  storePart(out, f32x4.mul(by, loadPart(x, rest)), rest);
}

export function ascendF32(
  weights: usize,
  velocities: usize,
  gradients: usize,
  rate: f32,
  momentum: f32,
  decay: f32,
  count: u32,
): void {
  const eta = f32x4.splat(rate);
  const mu = f32x4.splat(momentum);
  const lambda = f32x4.splat(decay);
  for (let k: u32 = 0; k < count; k += 4) {
    const part = min<u32>(4, count - k);
    const whole = part == 4;
    const w = whole ? v128.load(weights) : loadPart(weights, part);
    const v = whole ? v128.load(velocities) : loadPart(velocities, part);
    const g = whole ? v128.load(gradients) : loadPart(gradients, part);
    const slope = f32x4.sub(g, f32x4.mul(lambda, w));
    const velocity = f32x4.add(f32x4.mul(mu, v), f32x4.mul(eta, slope));
    const next = f32x4.add(w, velocity);
    if (whole) {
      v128.store(velocities, velocity);
      v128.store(weights, next);
    } else {
      storePart(velocities, velocity, part);
      storePart(weights, next, part);
    }
    weights += 16;
    velocities += 16;
    gradients += 16;
  }
}

export function inputsF64(
  out: usize,
  x: usize,
  weights: usize,
  rows: u32,
  units: u32,
  inner: u32,
): void {
  const step = units << 2;
  for (let r: u32 = 0; r < rows; r++) {
    let j: u32 = 0;
    for (; j + 8 <= units; j += 8) {
      let s0 = f64x2.splat(0);
      let s1 = f64x2.splat(0);
      let s2 = f64x2.splat(0);
      let s3 = f64x2.splat(0);
      let w = weights + (j << 2);
      for (let i: u32 = 0; i < inner; i++) {
        const v = f64x2.splat(<f64>load<f32>(x + (i << 2)));
        const low = v128.load(w);
        const high = v128.load(w, 16);
        s0 = f64x2.add(s0, f64x2.mul(v, f64x2.promote_low_f32x4(low)));
        s1 = f64x2.add(s1, f64x2.mul(v, f64x2.promote_low_f32x4(i64x2.shuffle(low, low, 1, 0))));
        s2 = f64x2.add(s2, f64x2.mul(v, f64x2.promote_low_f32x4(high)));
        s3 = f64x2.add(s3, f64x2.mul(v, f64x2.promote_low_f32x4(i64x2.shuffle(high, high, 1, 0))));
        w += step;
      }
      const to = out + (j << 3);
      v128.store(to, s0);
      v128.store(to, s1, 16);
      v128.store(to, s2, 32);
      v128.store(to, s3, 48);
    }
    for (; j < units; j++) {
      let sum: f64 = 0;
      let w = weights + (j << 2);
      for (let i: u32 = 0; i < inner; i++) {
        sum += <f64>load<f32>(x + (i << 2)) * <f64>load<f32>(w);
        w += step;
      }
      store<f64>(out + (j << 3), sum);
    }
    out += units << 3;
    x += inner << 2;
  }
}

export function softplusSumsF64(
  sums: usize,
  offset: usize,
  x: usize,
  gain: f64,
  rows: u32,
  units: u32,
): void {
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  for (let r: u32 = 0; r < rows; r++) {
    let sum = zero;
    let product = one;
    let factors: u32 = 0;
    const pairs = units >> 1;
    let at = offset;
    for (let j: u32 = 0; j < pairs; j++) {
      const t = f64x2.mul(f64x2.splat(gain), f64x2.add(v128.load(at), v128.load(x)));
      sum = f64x2.add(sum, f64x2.pmax(zero, t));
      // Below −708 the exponential is nothing beside 1.
      const down = f64x2.pmax(f64x2.splat(-708), f64x2.neg(f64x2.abs(t)));
      product = f64x2.mul(product, f64x2.add(one, exponentialF64x2(down)));
      if (++factors == FACTORS) {
        sum = f64x2.add(
          sum,
          f64x2.replace_lane(
            f64x2.splat(logarithm(f64x2.extract_lane(product, 0))),
            1,
            logarithm(f64x2.extract_lane(product, 1)),
          ),
        );
        product = one;
        factors = 0;
      }
      at += 16;
      x += 16;
    }
    let even = f64x2.extract_lane(sum, 0);
    let rest = f64x2.extract_lane(product, 0);
    if (units & 1) {
      const t = gain * (load<f64>(at) + load<f64>(x));
      even += t > 0 ? t : 0;
      rest *= 1 + exponential(-abs(t));
      x += 8;
    }
    const odd = f64x2.extract_lane(sum, 1) + logarithm(f64x2.extract_lane(product, 1));
    store<f64>(sums + (r << 3), even + logarithm(rest) + odd);
  }
}

export function sweepUnitsF32(
  states: usize,
  fields: usize,
  couplings: usize,
  generators: usize,
  rows: u32,
  units: u32,
): void {
  const rest = units & 3;
  const bytes = units << 2;
  const whole = (units - rest) << 2;
  for (let r: u32 = 0; r < rows; r++) {
    let reals = f32x4.splat(0);
    for (let i: u32 = 0; i < units; i++) {
      if ((i & 3) == 0) reals = realsOf(nextDraws(generators));
      else reals = i32x4.shuffle(reals, reals, 1, 2, 3, 0);
      const at = i << 2;
      const h = load<f32>(fields + at);
      const p = f32x4.extract_lane(logistic(f32x4.splat(h + h), 1), 0);
      const state: f32 = f32x4.extract_lane(reals, 0) < p ? 1 : -1;
      if (state == load<f32>(states + at)) continue;
      store<f32>(states + at, state);
      const change = f32x4.splat(state + state);
      const row = couplings + i * bytes;
      for (let j: usize = 0; j < whole; j += 16) {
        const sum = f32x4.add(v128.load(fields + j), f32x4.mul(change, v128.load(row + j)));
        v128.store(fields + j, sum);
      }
      const last = f32x4.mul(change, loadPart(row + whole, rest));
      storePart(fields + whole, f32x4.add(loadPart(fields + whole, rest), last), rest);
    }
    states += bytes;
    fields += bytes;
    generators += 64;
  }
}
