/** eˣ, ln x and tanh x from additions, multiplications and divisions only; the definitions stand in the reference. */

const LOG2_E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const ROUNDER: f64 = 6755399441055744.0;
/** Adding and subtracting 1.5·2²³ rounds a small single to the nearest integer, ties to even. */
const ROUNDER_F32: f32 = 12582912.0;
const SQRT2: f64 = 1.4142135623730951;
/** Below this tanh x is a quotient of polynomials. */
export const TANH_NEAR: f64 = 0.55;

export function exponential(x: f64): f64 {
  if (!(x >= -708.0)) return x < -708.0 ? 0.0 : x;
  if (x > 709.0) return Infinity;
  const k = x * LOG2_E + ROUNDER - ROUNDER;
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let p: f64 = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 1.0 / 2.0;
  p = p * r + 1.0;
  p = p * r + 1.0;
  return p * reinterpret<f64>((<i64>k + 1023) << 52);
}

export function logarithm(x: f64): f64 {
  if (!(x > 0.0)) return x == 0.0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  let k: i64 = -1023;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984.0;
    k -= 54;
  }
  const bits = reinterpret<u64>(x);
  k += <i64>(bits >> 52);
  let m = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  if (m > SQRT2) {
    m *= 0.5;
    k++;
  }
  const s = (m - 1.0) / (m + 1.0);
  const z = s * s;
  let p: f64 = 1.0 / 23.0;
  p = p * z + 1.0 / 21.0;
  p = p * z + 1.0 / 19.0;
  p = p * z + 1.0 / 17.0;
  p = p * z + 1.0 / 15.0;
  p = p * z + 1.0 / 13.0;
  p = p * z + 1.0 / 11.0;
  p = p * z + 1.0 / 9.0;
  p = p * z + 1.0 / 7.0;
  p = p * z + 1.0 / 5.0;
  p = p * z + 1.0 / 3.0;
  const t = s + s;
  return <f64>k * LN2_HIGH + (<f64>k * LN2_LOW + (t + t * (z * p)));
}

export function hyperbolicTangent(x: f64): f64 {
  const y = abs(x);
  if (y < TANH_NEAR) {
    const z = y * y;
    const p = ((36.0 * z + 6930.0) * z + 270270.0) * z + 2027025.0;
    const q = (((z + 630.0) * z + 51975.0) * z + 945945.0) * z + 2027025.0;
    return copysign<f64>((y * p) / q, x);
  }
  if (x != x) return x;
  return copysign<f64>(1.0 - 2.0 / (exponential(y + y) + 1.0), x);
}

/** Twice eˣ, −708 ≤ x ≤ 709. */
@inline
export function exponentialF64x2(x: v128): v128 {
  const n = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2_E)), f64x2.splat(ROUNDER));
  const k = f64x2.sub(n, f64x2.splat(ROUNDER));
  const rest = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  const r = f64x2.sub(rest, f64x2.mul(k, f64x2.splat(LN2_LOW)));
  let p = f64x2.splat(1.0 / 6227020800.0);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 479001600.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 39916800.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 3628800.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 362880.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 40320.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 5040.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 720.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 120.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 24.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 6.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 2.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0));
  // The lowest bits of n are those of k.
  return f64x2.mul(p, i64x2.shl(i64x2.add(n, i64x2.splat(1023)), 52));
}

/** Twice tanh x, of numbers. */
@inline
export function hyperbolicTangentF64x2(x: v128): v128 {
  const y = f64x2.abs(x);
  const z = f64x2.mul(y, y);
  let p = f64x2.add(f64x2.mul(f64x2.splat(36.0), z), f64x2.splat(6930.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(270270.0));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2027025.0));
  let q = f64x2.add(f64x2.mul(f64x2.add(z, f64x2.splat(630.0)), z), f64x2.splat(51975.0));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(945945.0));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(2027025.0));
  const near = f64x2.div(f64x2.mul(y, p), q);
  // From 20 on tanh rounds to 1.
  const e = exponentialF64x2(f64x2.pmin(f64x2.add(y, y), f64x2.splat(40.0)));
  const one = f64x2.splat(1.0);
  const far = f64x2.sub(one, f64x2.div(f64x2.splat(2.0), f64x2.add(e, one)));
  const t = v128.bitselect(near, far, f64x2.lt(y, f64x2.splat(TANH_NEAR)));
  return v128.bitselect(x, t, i64x2.splat(0x8000000000000000));
}

/** Four times eˣ in single precision. */
@inline
export function exponentialF32x4(x: v128): v128 {
  const high = f32x4.gt(x, f32x4.splat(88.0));
  return v128.bitselect(f32x4.splat(<f32>Infinity), fallingExponentialF32x4(x), high);
}

/** The same where no x is above 88. */
@inline
export function fallingExponentialF32x4(x: v128): v128 {
  const n = rounded(x);
  const r = reduced(x, n);
  let p = f32x4.splat(<f32>(1.0 / 5040.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(<f32>(1.0 / 720.0)));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(<f32>(1.0 / 120.0)));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(<f32>(1.0 / 24.0)));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(<f32>(1.0 / 6.0)));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.5));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0));
  return scaled(x, n, p);
}

/** 1.5·2²³ + k, with k the integer nearest to x/ln 2. */
@inline
function rounded(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, f32x4.splat(<f32>LOG2_E)), f32x4.splat(ROUNDER_F32));
}

/** r = x − k·ln 2 */
@inline
function reduced(x: v128, n: v128): v128 {
  const k = f32x4.sub(n, f32x4.splat(ROUNDER_F32));
  const rest = f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693359375)));
  return f32x4.sub(rest, f32x4.mul(k, f32x4.splat(-0.00021219444005469057)));
}

/** p·2ᵏ; 0 for x below −87. Where x is NaN no comparison holds, and p is NaN. */
@inline
function scaled(x: v128, n: v128, p: v128): v128 {
  // The lowest bits of n are those of k; moved up, its lowest nine are all that is left.
  const power = i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, power), f32x4.lt(x, f32x4.splat(-87.0)));
}

/**
 * exp(x − less) for 16 numbers, none above 88: four vectors in turn at each step, since the steps of one wait
 * for each other. Returns `sums` plus the four, in order.
 */
@inline
export function sixteenExponentials(out: usize, x: usize, less: v128, sums: v128): v128 {
  const x0 = f32x4.sub(v128.load(x), less);
  const x1 = f32x4.sub(v128.load(x, 16), less);
  const x2 = f32x4.sub(v128.load(x, 32), less);
  const x3 = f32x4.sub(v128.load(x, 48), less);
  const n0 = rounded(x0);
  const n1 = rounded(x1);
  const n2 = rounded(x2);
  const n3 = rounded(x3);
  const r0 = reduced(x0, n0);
  const r1 = reduced(x1, n1);
  const r2 = reduced(x2, n2);
  const r3 = reduced(x3, n3);
  let c = f32x4.splat(<f32>(1.0 / 5040.0));
  let p0 = f32x4.mul(c, r0);
  let p1 = f32x4.mul(c, r1);
  let p2 = f32x4.mul(c, r2);
  let p3 = f32x4.mul(c, r3);
  c = f32x4.splat(<f32>(1.0 / 720.0));
  p0 = f32x4.mul(f32x4.add(p0, c), r0);
  p1 = f32x4.mul(f32x4.add(p1, c), r1);
  p2 = f32x4.mul(f32x4.add(p2, c), r2);
  p3 = f32x4.mul(f32x4.add(p3, c), r3);
  c = f32x4.splat(<f32>(1.0 / 120.0));
  p0 = f32x4.mul(f32x4.add(p0, c), r0);
  p1 = f32x4.mul(f32x4.add(p1, c), r1);
  p2 = f32x4.mul(f32x4.add(p2, c), r2);
  p3 = f32x4.mul(f32x4.add(p3, c), r3);
  c = f32x4.splat(<f32>(1.0 / 24.0));
  p0 = f32x4.mul(f32x4.add(p0, c), r0);
  p1 = f32x4.mul(f32x4.add(p1, c), r1);
  p2 = f32x4.mul(f32x4.add(p2, c), r2);
  p3 = f32x4.mul(f32x4.add(p3, c), r3);
  c = f32x4.splat(<f32>(1.0 / 6.0));
  p0 = f32x4.mul(f32x4.add(p0, c), r0);
  p1 = f32x4.mul(f32x4.add(p1, c), r1);
  p2 = f32x4.mul(f32x4.add(p2, c), r2);
  p3 = f32x4.mul(f32x4.add(p3, c), r3);
  c = f32x4.splat(0.5);
  p0 = f32x4.mul(f32x4.add(p0, c), r0);
  p1 = f32x4.mul(f32x4.add(p1, c), r1);
  p2 = f32x4.mul(f32x4.add(p2, c), r2);
  p3 = f32x4.mul(f32x4.add(p3, c), r3);
  c = f32x4.splat(1.0);
  p0 = f32x4.mul(f32x4.add(p0, c), r0);
  p1 = f32x4.mul(f32x4.add(p1, c), r1);
  p2 = f32x4.mul(f32x4.add(p2, c), r2);
  p3 = f32x4.mul(f32x4.add(p3, c), r3);
  p0 = scaled(x0, n0, f32x4.add(p0, c));
  p1 = scaled(x1, n1, f32x4.add(p1, c));
  p2 = scaled(x2, n2, f32x4.add(p2, c));
  p3 = scaled(x3, n3, f32x4.add(p3, c));
  v128.store(out, p0);
  v128.store(out, p1, 16);
  v128.store(out, p2, 32);
  v128.store(out, p3, 48);
  return f32x4.add(f32x4.add(f32x4.add(f32x4.add(sums, p0), p1), p2), p3);
}

export function exponentialF32(out: usize, x: usize, count: u32): void {
  let i: u32 = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(out + (i << 2), exponentialF32x4(v128.load(x + (i << 2))));
  }
  for (; i < count; i++) {
    const value = exponentialF32x4(v128.load32_splat(x + (i << 2)));
    v128.store_lane<f32>(out + (i << 2), value, 0);
  }
}
