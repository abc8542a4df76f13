/** Graded neurons (Hopfield 1984): outputs, fields, steps of the flow and the energy. */
import { exponentialF64x2, hyperbolicTangentF64x2, TANH_NEAR } from "./exponential";

@inline
function output(x: v128, low: i32): v128 {
  const t = hyperbolicTangentF64x2(x);
  if (low != 0) return t;
  const half = f64x2.splat(0.5);
  return f64x2.add(f64x2.mul(half, t), half);
}

export function gradedOutputs(outputs: usize, u: usize, gain: f64, low: i32, count: u32): void {
  const factor = f64x2.splat(gain);
  let i: u32 = 0;
  for (; i + 2 <= count; i += 2) {
    v128.store(outputs, output(f64x2.mul(factor, v128.load(u)), low));
    outputs += 16;
    u += 16;
  }
  if (i < count) {
    const v = output(f64x2.mul(factor, v128.load64_splat(u)), low);
    v128.store64_lane(outputs, v, 0);
  }
}

/** (s₀, s₁) + (s₂, s₃), and the two lanes together. */
@inline
function total(low: v128, high: v128): f64 {
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** One row after its whole groups of four: adding +0 changes no sum that began at +0. */
@inline
function finishRow(low: v128, high: v128, row: usize, v: usize, rest: u32): f64 {
  if (rest == 1) low = f64x2.add(low, f64x2.mul(v128.load64_zero(row), v128.load64_zero(v)));
  if (rest >= 2) low = f64x2.add(low, f64x2.mul(v128.load(row), v128.load(v)));
  if (rest == 3) {
    const product = f64x2.mul(v128.load64_zero(row, 16), v128.load64_zero(v, 16));
    high = f64x2.add(high, product);
  }
  return total(low, high);
}

export function gradedFields(
  fields: usize,
  outputs: usize,
  matrix: usize,
  inputs: usize,
  neurons: u32,
): void {
  const line = neurons << 3;
  const whole = neurons & ~3;
  const rest = neurons & 3;
  const zero = f64x2.splat(0);
  let i: u32 = 0;
  // Four rows at a time share what is loaded of V, and their sums wait for nothing.
  for (; i + 4 <= neurons; i += 4) {
    let row0 = matrix + i * line;
    let row1 = row0 + line;
    let row2 = row1 + line;
    let row3 = row2 + line;
    let v = outputs;
    let low0 = zero;
    let low1 = zero;
    let low2 = zero;
    let low3 = zero;
    let high0 = zero;
    let high1 = zero;
    let high2 = zero;
    let high3 = zero;
    for (let j: u32 = 0; j < whole; j += 4) {
      const a = v128.load(v);
      const b = v128.load(v, 16);
      low0 = f64x2.add(low0, f64x2.mul(v128.load(row0), a));
      high0 = f64x2.add(high0, f64x2.mul(v128.load(row0, 16), b));
      low1 = f64x2.add(low1, f64x2.mul(v128.load(row1), a));
      high1 = f64x2.add(high1, f64x2.mul(v128.load(row1, 16), b));
      low2 = f64x2.add(low2, f64x2.mul(v128.load(row2), a));
      high2 = f64x2.add(high2, f64x2.mul(v128.load(row2, 16), b));
      low3 = f64x2.add(low3, f64x2.mul(v128.load(row3), a));
      high3 = f64x2.add(high3, f64x2.mul(v128.load(row3, 16), b));
      v += 32;
      row0 += 32;
      row1 += 32;
      row2 += 32;
      row3 += 32;
    }
    const out = fields + (i << 3);
    const add = inputs + (i << 3);
    store<f64>(out, finishRow(low0, high0, row0, v, rest) + load<f64>(add));
    store<f64>(out, finishRow(low1, high1, row1, v, rest) + load<f64>(add, 8), 8);
    store<f64>(out, finishRow(low2, high2, row2, v, rest) + load<f64>(add, 16), 16);
    store<f64>(out, finishRow(low3, high3, row3, v, rest) + load<f64>(add, 24), 24);
  }
  for (; i < neurons; i++) {
    let row = matrix + i * line;
    let v = outputs;
    let low = zero;
    let high = zero;
    for (let j: u32 = 0; j < whole; j += 4) {
      low = f64x2.add(low, f64x2.mul(v128.load(row), v128.load(v)));
      high = f64x2.add(high, f64x2.mul(v128.load(row, 16), v128.load(v, 16)));
      v += 32;
      row += 32;
    }
    const sum = finishRow(low, high, row, v, rest);
    store<f64>(fields + (i << 3), sum + load<f64>(inputs + (i << 3)));
  }
}

export function gradedPredict(
  ahead: usize,
  u: usize,
  fields: usize,
  rise: f64,
  timeConstant: f64,
  count: u32,
): void {
  for (let i: u32 = 0; i < count; i++) {
    const at = i << 3;
    const from = load<f64>(u + at);
    store<f64>(ahead + at, from + rise * (timeConstant * load<f64>(fields + at) - from));
  }
}

export function gradedCorrect(
  ahead: usize,
  fieldsAhead: usize,
  fields: usize,
  weight: f64,
  gain: f64,
  count: u32,
): f64 {
  let largest: f64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const at = i << 3;
    const e = weight * (load<f64>(fieldsAhead + at) - load<f64>(fields + at));
    const to = load<f64>(ahead + at) + e;
    store<f64>(ahead + at, to);
    largest = max(largest, (gain * abs(e)) / (1 + gain * abs(to)));
  }
  return largest;
}

export function gradedSlope(u: usize, fields: usize, rate: f64, count: u32): f64 {
  let largest: f64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const at = i << 3;
    largest = max(largest, abs(load<f64>(fields + at) - rate * load<f64>(u + at)));
  }
  return largest;
}

/** s + s³/3 + … + s¹⁹/19 */
@inline
function areaTangent(s: v128): v128 {
  const z = f64x2.mul(s, s);
  let p = f64x2.splat(1.0 / 19.0);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 17.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 15.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 13.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 11.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 9.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 7.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 5.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0 / 3.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(1.0));
  return f64x2.mul(s, p);
}

/** y·tanh y − ln cosh y, for 0 ≤ y ≤ 350 */
@inline
function outputCost(y: v128): v128 {
  const two = f64x2.splat(2.0);
  const near = f64x2.lt(y, f64x2.splat(TANH_NEAR));
  const t = hyperbolicTangentF64x2(y);
  const z = f64x2.mul(t, t);
  const e = exponentialF64x2(f64x2.mul(f64x2.splat(-2.0), y));
  const part = v128.bitselect(z, e, near);
  const rest = v128.bitselect(f64x2.sub(two, z), f64x2.add(two, e), near);
  const area = areaTangent(f64x2.div(part, rest));
  const low = f64x2.sub(f64x2.mul(y, t), area);
  const share = f64x2.div(e, f64x2.add(f64x2.splat(1.0), e));
  const loss = f64x2.mul(f64x2.mul(two, y), share);
  const most = f64x2.sub(f64x2.splat(0.6931471805599453), f64x2.mul(two, area));
  return v128.bitselect(low, f64x2.sub(most, loss), near);
}

export function gradedEnergy(
  sums: usize,
  u: usize,
  outputs: usize,
  fields: usize,
  inputs: usize,
  gain: f64,
  scale: f64,
  count: u32,
): void {
  let energies = f64x2.splat(0);
  let sizes = f64x2.splat(0);
  const half = f64x2.splat(-0.5);
  const factor = f64x2.splat(gain);
  const most = f64x2.splat(350.0);
  for (let i: u32 = 0; i < count; i += 2) {
    const at = i << 3;
    const last = i + 1 == count;
    const x = last ? v128.load64_zero(u + at) : v128.load(u + at);
    const v = last ? v128.load64_zero(outputs + at) : v128.load(outputs + at);
    const h = last ? v128.load64_zero(fields + at) : v128.load(fields + at);
    const more = last ? v128.load64_zero(inputs + at) : v128.load(inputs + at);
    const a = f64x2.mul(f64x2.mul(half, v), f64x2.add(h, more));
    const y = f64x2.pmin(most, f64x2.abs(f64x2.mul(factor, x)));
    const c = f64x2.mul(f64x2.splat(scale), outputCost(y));
    energies = f64x2.add(energies, f64x2.add(a, c));
    sizes = f64x2.add(sizes, f64x2.add(f64x2.abs(a), c));
  }
  store<f64>(sums, f64x2.extract_lane(energies, 0) + f64x2.extract_lane(energies, 1));
  store<f64>(sums, f64x2.extract_lane(sizes, 0) + f64x2.extract_lane(sizes, 1), 8);
}
