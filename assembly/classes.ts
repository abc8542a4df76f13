/** Class units of a dense memory: their fields and the gradients of these, with all class units at once and in the dual. */

@inline
function raised(base: f64, n: u32): f64 {
  let result: f64 = 1;
  for (; n > 0; n >>>= 1) {
    if (n & 1) result *= base;
    base *= base;
  }
  return result;
}

@inline
function raisedPair(base: v128, n: u32): v128 {
  let result = f64x2.splat(1);
  for (; n > 0; n >>>= 1) {
    if (n & 1) result = f64x2.mul(result, base);
    base = f64x2.mul(base, base);
  }
  return result;
}

/** max(0, x/T)ⁿ */
@inline
function rectified(x: f64, n: u32, temperature: f64): f64 {
  return raised(max<f64>(0, x / temperature), n);
}

/** The same of h + 2ξ for two classes. */
@inline
function rectifiedPair(h: v128, xi: v128, n: u32, temperature: v128): v128 {
  const x = f64x2.add(h, f64x2.add(xi, xi));
  return raisedPair(f64x2.max(f64x2.splat(0), f64x2.div(x, temperature)), n);
}

/** Two singles as doubles. */
@inline
function pairOf(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** A single as a double, then zero. */
@inline
function lastOf(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_zero(at));
}

@inline
function bothOf(lanes: v128): f64 {
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1);
}

@inline
function sumOf(weights: usize, classes: u32): f64 {
  let sum: f64 = 0;
  for (let j: u32 = 0; j < classes; j++) sum += <f64>load<f32>(weights + (j << 2));
  return sum;
}

export function dualFieldsF64(
  fields: usize,
  overlaps: usize,
  weights: usize,
  samples: u32,
  memories: u32,
  classes: u32,
  step: u32,
  power: u32,
  temperature: f64,
): void {
  const even = classes & ~1;
  memory.fill(fields, 0, (samples * classes) << 3);
  for (let k: u32 = 0; k < memories; k++) {
    let out = fields;
    for (let i: u32 = 0; i < samples; i++) {
      const a = load<f32>(overlaps);
      overlaps += 4;
      if (a > 0) {
        const r = rectified(<f64>a, power - 1, temperature);
        const both = f64x2.splat(r);
        let at = out;
        let xi = weights;
        for (let j: u32 = 0; j < even; j += 2) {
          v128.store(at, f64x2.add(v128.load(at), f64x2.mul(pairOf(xi), both)));
          at += 16;
          xi += 8;
        }
        if (classes & 1) store<f64>(at, load<f64>(at) + <f64>load<f32>(xi) * r);
      }
      out += classes << 3;
    }
    weights += step << 2;
  }
}

export function dualFieldsBackwardF64(
  overlapGradients: usize,
  weightGradients: usize,
  overlaps: usize,
  weights: usize,
  gradients: usize,
  samples: u32,
  memories: u32,
  classes: u32,
  step: u32,
  power: u32,
  temperature: f64,
): void {
  const even = classes & ~1;
  const rise = <f64>(power - 1) / temperature;
  memory.fill(weightGradients, 0, (memories * classes) << 3);
  for (let k: u32 = 0; k < memories; k++) {
    let g = gradients;
    for (let i: u32 = 0; i < samples; i++) {
      const a = load<f32>(overlaps);
      overlaps += 4;
      let da: f64 = 0;
      if (a > 0) {
        const r = rectified(<f64>a, power - 1, temperature);
        const both = f64x2.splat(r);
        const slope = rise * rectified(<f64>a, power - 2, temperature);
        let lanes = f64x2.splat(0);
        let from = g;
        let xi = weights;
        let at = weightGradients;
        for (let j: u32 = 0; j < even; j += 2) {
          const gradient = v128.load(from);
          v128.store(at, f64x2.add(v128.load(at), f64x2.mul(gradient, both)));
          lanes = f64x2.add(lanes, f64x2.mul(gradient, pairOf(xi)));
          from += 16;
          xi += 8;
          at += 16;
        }
        if (classes & 1) {
          const gradient = v128.load64_zero(from);
          store<f64>(at, load<f64>(at) + load<f64>(from) * r);
          lanes = f64x2.add(lanes, f64x2.mul(gradient, lastOf(xi)));
        }
        da = bothOf(lanes) * slope;
      }
      store<f32>(overlapGradients, <f32>da);
      overlapGradients += 4;
      g += classes << 3;
    }
    weights += step << 2;
    weightGradients += classes << 3;
  }
}

export function classFieldsF64(
  fields: usize,
  overlaps: usize,
  weights: usize,
  samples: u32,
  memories: u32,
  classes: u32,
  step: u32,
  power: u32,
  temperature: f64,
): void {
  const even = classes & ~1;
  const divisor = f64x2.splat(temperature);
  memory.fill(fields, 0, (samples * classes) << 3);
  for (let k: u32 = 0; k < memories; k++) {
    const all = sumOf(weights, classes);
    let at = fields;
    for (let i: u32 = 0; i < samples; i++) {
      const h = <f64>load<f32>(overlaps) - all;
      overlaps += 4;
      const low = rectified(h, power, temperature);
      const both = f64x2.splat(h);
      const lows = f64x2.splat(low);
      let xi = weights;
      for (let j: u32 = 0; j < even; j += 2) {
        const high = rectifiedPair(both, pairOf(xi), power, divisor);
        v128.store(at, f64x2.add(v128.load(at), f64x2.sub(high, lows)));
        at += 16;
        xi += 8;
      }
      if (classes & 1) {
        const high = rectified(h + 2 * <f64>load<f32>(xi), power, temperature);
        store<f64>(at, load<f64>(at) + (high - low));
        at += 8;
      }
    }
    weights += step << 2;
  }
}

export function classFieldsBackwardF64(
  overlapGradients: usize,
  weightGradients: usize,
  overlaps: usize,
  weights: usize,
  gradients: usize,
  samples: u32,
  memories: u32,
  classes: u32,
  step: u32,
  power: u32,
  temperature: f64,
): void {
  const even = classes & ~1;
  const divisor = f64x2.splat(temperature);
  const rise = <f64>power / temperature;
  const rises = f64x2.splat(rise);
  memory.fill(weightGradients, 0, (memories * classes) << 3);
  for (let k: u32 = 0; k < memories; k++) {
    const all = sumOf(weights, classes);
    let total: f64 = 0;
    let from = gradients;
    for (let i: u32 = 0; i < samples; i++) {
      const h = <f64>load<f32>(overlaps) - all;
      overlaps += 4;
      const low = rectified(h, power - 1, temperature) * rise;
      const both = f64x2.splat(h);
      const lows = f64x2.splat(low);
      let lanes = f64x2.splat(0);
      let xi = weights;
      let at = weightGradients;
      for (let j: u32 = 0; j < even; j += 2) {
        const gradient = v128.load(from);
        const high = f64x2.mul(rectifiedPair(both, pairOf(xi), power - 1, divisor), rises);
        v128.store(at, f64x2.add(v128.load(at), f64x2.mul(gradient, high)));
        lanes = f64x2.add(lanes, f64x2.mul(gradient, f64x2.sub(high, lows)));
        from += 16;
        xi += 8;
        at += 16;
      }
      if (classes & 1) {
        // The other lane of the gradient is zero.
        const gradient = load<f64>(from);
        const high = rectified(h + 2 * <f64>load<f32>(xi), power - 1, temperature) * rise;
        store<f64>(at, load<f64>(at) + gradient * high);
        const last = f64x2.replace_lane(f64x2.splat(0), 0, gradient * (high - low));
        lanes = f64x2.add(lanes, last);
        from += 8;
      }
      const sum = bothOf(lanes);
      store<f32>(overlapGradients, <f32>sum);
      overlapGradients += 4;
      total += sum;
    }
    for (let j: u32 = 0; j < classes; j++) {
      const at = weightGradients + (j << 3);
      store<f64>(at, 2 * load<f64>(at) - total);
    }
    weights += step << 2;
    weightGradients += classes << 3;
  }
}
