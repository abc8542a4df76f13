/** eˣ and ln x from additions, multiplications and divisions only; the definitions stand in the reference. */

const LOG2_E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const ROUNDER: f64 = 6755399441055744.0;
const SQRT2: f64 = 1.4142135623730951;

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

/** Four times eˣ in single precision. */
@inline
export function exponentialF32x4(x: v128): v128 {
  const high = f32x4.gt(x, f32x4.splat(88.0));
  return v128.bitselect(f32x4.splat(<f32>Infinity), fallingExponentialF32x4(x), high);
}

/** The same where no x is above 88. */
@inline
export function fallingExponentialF32x4(x: v128): v128 {
  // 1.5·2²³ + k: its lowest bits are those of k, and its lowest nine, moved up, all that an exponent holds.
  const rounder = f32x4.splat(12582912.0);
  const rounded = f32x4.add(f32x4.mul(x, f32x4.splat(<f32>LOG2_E)), rounder);
  const k = f32x4.sub(rounded, rounder);
  const r = f32x4.sub(
    f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693359375))),
    f32x4.mul(k, f32x4.splat(-0.00021219444005469057)),
  );
  let p = f32x4.splat(<f32>(1.0 / 5040.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(<f32>(1.0 / 720.0)));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(<f32>(1.0 / 120.0)));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(<f32>(1.0 / 24.0)));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(<f32>(1.0 / 6.0)));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.5));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.0));
  const exponent = i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23);
  // Where x is NaN no comparison holds, and the value is NaN.
  const low = f32x4.lt(x, f32x4.splat(-87.0));
  return v128.andnot(f32x4.mul(p, exponent), low);
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
