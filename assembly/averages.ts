/** Averages of spins in the field of each other's averages, V_i = tanh(h_i/T) (Peterson & Anderson 1987). */
import { hyperbolicTangent } from "./exponential";

/** The averages of the neighbours listed at `list` and `list` + 4, as two lanes. */
@inline
function pair(averages: usize, list: usize): v128 {
  const first = v128.load64_zero(averages + (load<u32>(list) << 3));
  return v128.load64_lane(averages + (load<u32>(list, 4) << 3), first, 1);
}

@inline
function field(averages: usize, neighbours: usize, weights: usize, count: u32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (; count >= 4; count -= 4) {
    const w0 = f64x2.convert_low_i32x4_s(v128.load64_zero(weights));
    const w1 = f64x2.convert_low_i32x4_s(v128.load64_zero(weights, 8));
    low = f64x2.add(low, f64x2.mul(w0, pair(averages, neighbours)));
    high = f64x2.add(high, f64x2.mul(w1, pair(averages, neighbours + 8)));
    neighbours += 16;
    weights += 16;
  }
  let s0 = f64x2.extract_lane(low, 0);
  let s1 = f64x2.extract_lane(low, 1);
  let s2 = f64x2.extract_lane(high, 0);
  if (count > 0) s0 += product(averages, neighbours, weights);
  if (count > 1) s1 += product(averages, neighbours + 4, weights + 4);
  if (count > 2) s2 += product(averages, neighbours + 8, weights + 8);
  return s0 + s2 + (s1 + f64x2.extract_lane(high, 1));
}

@inline
function product(averages: usize, list: usize, weight: usize): f64 {
  return <f64>load<i32>(weight) * load<f64>(averages + (load<u32>(list) << 3));
}

export function averageSweeps(
  averages: usize,
  starts: usize,
  neighbours: usize,
  weights: usize,
  extra: usize,
  temperatures: usize,
  sweeps: u32,
  spins: u32,
): void {
  for (let sweep: u32 = 0; sweep < sweeps; sweep++) {
    const t = load<f64>(temperatures + (sweep << 3));
    let from = load<u32>(starts);
    for (let i: u32 = 0; i < spins; i++) {
      const to = load<u32>(starts + (i << 2), 4);
      const at = from << 2;
      const sum = field(averages, neighbours + at, weights + at, to - from);
      const h = sum + <f64>load<i32>(extra + (i << 2));
      store<f64>(averages + (i << 3), h == 0.0 ? 0.0 : hyperbolicTangent(h / t));
      from = to;
    }
  }
}
