/**
 * Simulated annealing of spins with fields kept up to date (Metropolis et al. 1953, Glauber 1963, Kirkpatrick et al. 1983).
 *
 * Most visits end in a refusal, so eight spins are looked at together: a bound on −ln u, read from the exponent of the
 * draw, rules most of them out. Those that are left are decided one by one with `exponential`, as abi.ts says.
 */
import { leading } from "./couplings";
import { exponential } from "./exponential";

/** Bytes into a run. */
const LOWEST: usize = 8;
const TARGET: usize = 16;
const SWEEPS: usize = 24;
const OVER: usize = 28;
const GENERATORS: usize = 32;

@inline
function fieldAt<T>(fields: usize, i: u32): i32 {
  return <i32>load<T>(fields + i * <u32>sizeof<T>());
}

/** f_j −= s·2J_ij along a row. Rows are padded to 64: at least four vectors. */
@inline
function addRow<T>(fields: usize, row: usize, s: i32, lda: u32): void {
  const end = row + lda * <u32>sizeof<T>();
  if (s > 0) {
    for (; row < end; row += 64, fields += 64) {
      v128.store(fields, subtract<T>(v128.load(fields), v128.load(row)));
      v128.store(fields, subtract<T>(v128.load(fields, 16), v128.load(row, 16)), 16);
      v128.store(fields, subtract<T>(v128.load(fields, 32), v128.load(row, 32)), 32);
      v128.store(fields, subtract<T>(v128.load(fields, 48), v128.load(row, 48)), 48);
    }
  } else {
    for (; row < end; row += 64, fields += 64) {
      v128.store(fields, add<T>(v128.load(fields), v128.load(row)));
      v128.store(fields, add<T>(v128.load(fields, 16), v128.load(row, 16)), 16);
      v128.store(fields, add<T>(v128.load(fields, 32), v128.load(row, 32)), 32);
      v128.store(fields, add<T>(v128.load(fields, 48), v128.load(row, 48)), 48);
    }
  }
}

@inline
function subtract<T>(a: v128, b: v128): v128 {
  return v128.sub<T>(a, b);
}

@inline
function add<T>(a: v128, b: v128): v128 {
  return v128.add<T>(a, b);
}

/** The same along a list of links. */
@inline
function addLinks(fields: usize, link: usize, end: usize, s: i32): void {
  for (; link < end; link += 8) {
    const at = fields + (load<u32>(link) << 2);
    store<i32>(at, load<i32>(at) - s * load<i32>(link, 4));
  }
}

/** Flips spin i. Couplings are links when there are starts, rows when that is 0. */
function flip<T>(signs: usize, fields: usize, starts: usize, couplings: usize, i: u32, lda: u32): void {
  const s = <i32>load<i8>(signs + i);
  store<i8>(signs + i, <i8>-s);
  if (starts != 0) {
    const first = starts + (i << 2);
    addLinks(fields, couplings + (load<u32>(first) << 3), couplings + (load<u32>(first, 4) << 3), s);
  } else {
    addRow<T>(fields, couplings + i * lda * <u32>sizeof<T>(), s, lda);
  }
}

function turn<T>(
  run: usize,
  signs: usize,
  fields: usize,
  starts: usize,
  couplings: usize,
  wanted: usize,
  neurons: u32,
): void {
  const lda = leading(neurons);
  let energy = load<f64>(run);
  for (let i: u32 = 0; i < neurons; i++) {
    const s = <i32>load<i8>(signs + i);
    if (s == <i32>load<i8>(wanted + i)) continue;
    energy += 2.0 * <f64>(s * fieldAt<T>(fields, i));
    flip<T>(signs, fields, starts, couplings, i, lda);
  }
  store<f64>(run, energy);
}

/** Bit k is set when s·f of spin i + k, k < 8, is not above its limit. */
@inline
function below<T>(signs: usize, fields: usize, i: u32, limit0: v128, limit1: v128): u32 {
  const s = v128.load8x8_s(signs + i);
  let x0: v128;
  let x1: v128;
  if (sizeof<T>() == 4) {
    const minus = i32x4.splat(0x80000000);
    const at = fields + (i << 2);
    x0 = v128.xor(f32x4.convert_i32x4_s(v128.load(at)), v128.and(i32x4.extend_low_i16x8_s(s), minus));
    x1 = v128.xor(f32x4.convert_i32x4_s(v128.load(at, 16)), v128.and(i32x4.extend_high_i16x8_s(s), minus));
  } else {
    const f = sizeof<T>() == 1 ? v128.load8x8_s(fields + i) : v128.load(fields + (i << 1));
    const x = i16x8.mul(s, f);
    x0 = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(x));
    x1 = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(x));
  }
  return i16x8.bitmask(i16x8.narrow_i32x4_s(f32x4.le(x0, limit0), f32x4.le(x1, limit1)));
}

@inline
function rotl4(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** The draw of a generator whose second word is s1: rotl(5·s1, 7)·9. */
@inline
function drawn(s1: v128): v128 {
  const t = rotl4(i32x4.add(s1, i32x4.shl(s1, 2)), 7);
  return i32x4.add(t, i32x4.shl(t, 3));
}

/**
 * No x above this can be accepted: x ≤ −ln(u)·T/2. The bits of v = ⌊word/2⌋ as a single are 2²³·(127 + L) with L at most
 * log₂ v (linear between powers of two), so −log₂ u ≤ 158 − bits·2⁻²³. `a` and `b` hold T/2·ln 2, and room for rounding.
 */
@inline
function limits(words: v128, a: v128, b: v128): v128 {
  const bits = f32x4.convert_i32x4_s(i32x4.shr_u(words, 1));
  return f32x4.sub(a, f32x4.mul(f32x4.convert_i32x4_s(bits), b));
}

@inline
function accepts(rule: u32, x: i32, slope: f64, word: u32): bool {
  const u = <f64>word / 4294967296.0;
  const y = 2.0 * <f64>x * slope;
  if (rule == 1) return u < 1.0 / (1.0 + exponential(y));
  return x <= 0 || u < exponential(-y);
}

/** One sweep at a temperature above 0; returns the number of flips. */
function hotSweep<T>(
  run: usize,
  signs: usize,
  fields: usize,
  starts: usize,
  couplings: usize,
  scratch: usize,
  temperature: f64,
  rule: u32,
  neurons: u32,
): u32 {
  const lda = leading(neurons);
  const slope = 1.0 / temperature;
  const half = 0.34657359027997264 * min<f64>(temperature, 1e18);
  const a = f32x4.splat(<f32>(158.001 * half));
  const b = f32x4.splat(<f32>(half / 8388608.0));
  let energy = load<f64>(run);
  let flips: u32 = 0;
  let s0 = v128.load(run, GENERATORS);
  let s1 = v128.load(run, GENERATORS + 16);
  let s2 = v128.load(run, GENERATORS + 32);
  let s3 = v128.load(run, GENERATORS + 48);
  for (let i: u32 = 0; i < neurons; i += 8) {
    const words0 = drawn(s1);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s0 = v128.xor(s0, s3);
    let t = i32x4.shl(s1, 9);
    s1 = v128.xor(s1, s2);
    s2 = v128.xor(s2, t);
    s3 = rotl4(s3, 11);
    const words1 = drawn(s1);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s0 = v128.xor(s0, s3);
    t = i32x4.shl(s1, 9);
    s1 = v128.xor(s1, s2);
    s2 = v128.xor(s2, t);
    s3 = rotl4(s3, 11);
    const limit0 = limits(words0, a, b);
    const limit1 = limits(words1, a, b);
    let open = below<T>(signs, fields, i, limit0, limit1);
    if (open == 0) continue;
    v128.store(scratch, words0);
    v128.store(scratch, words1, 16);
    // What may still be visited of this group.
    let left: u32 = neurons - i < 8 ? (1 << (neurons - i)) - 1 : 255;
    open &= left;
    while (open != 0) {
      const k = ctz(open);
      const x = <i32>load<i8>(signs + i + k) * fieldAt<T>(fields, i + k);
      left = 254 << k;
      if (accepts(rule, x, slope, load<u32>(scratch + (k << 2)))) {
        energy += 2.0 * <f64>x;
        flips++;
        flip<T>(signs, fields, starts, couplings, i + k, lda);
        open = below<T>(signs, fields, i, limit0, limit1);
        if (neurons - i < 8) open &= (1 << (neurons - i)) - 1;
      }
      open &= left;
    }
  }
  v128.store(run, s0, GENERATORS);
  v128.store(run, s1, GENERATORS + 16);
  v128.store(run, s2, GENERATORS + 32);
  v128.store(run, s3, GENERATORS + 48);
  store<f64>(run, energy);
  return flips;
}

/** One sweep at temperature 0; returns the number of flips. */
function coldSweep<T>(
  run: usize,
  signs: usize,
  fields: usize,
  starts: usize,
  couplings: usize,
  neurons: u32,
): u32 {
  const lda = leading(neurons);
  const limit = f32x4.splat(-1.0);
  let energy = load<f64>(run);
  let flips: u32 = 0;
  for (let i: u32 = 0; i < neurons; i += 8) {
    const there: u32 = neurons - i < 8 ? (1 << (neurons - i)) - 1 : 255;
    let open = below<T>(signs, fields, i, limit, limit) & there;
    while (open != 0) {
      const k = ctz(open);
      energy += 2.0 * <f64>(<i32>load<i8>(signs + i + k) * fieldAt<T>(fields, i + k));
      flips++;
      flip<T>(signs, fields, starts, couplings, i + k, lda);
      open = below<T>(signs, fields, i, limit, limit) & there & (254 << k);
    }
  }
  store<f64>(run, energy);
  return flips;
}

function anneal<T>(
  run: usize,
  signs: usize,
  best: usize,
  fields: usize,
  starts: usize,
  couplings: usize,
  temperatures: usize,
  scratch: usize,
  count: u32,
  rule: u32,
  sweeps: u32,
  neurons: u32,
): u32 {
  let made: u32 = 0;
  while (made < sweeps && load<u32>(run, OVER) == 0) {
    const k = load<u32>(run, SWEEPS);
    const temperature = k < count ? load<f64>(temperatures + (k << 3)) : 0.0;
    const flips =
      temperature > 0.0
        ? hotSweep<T>(run, signs, fields, starts, couplings, scratch, temperature, rule, neurons)
        : coldSweep<T>(run, signs, fields, starts, couplings, neurons);
    store<u32>(run, k + 1, SWEEPS);
    made++;
    const energy = load<f64>(run);
    if (energy < load<f64>(run, LOWEST)) {
      store<f64>(run, energy, LOWEST);
      copy(best, signs, neurons);
    }
    const quiet = k >= count && flips == 0;
    if (quiet || load<f64>(run, LOWEST) <= load<f64>(run, TARGET)) store<u32>(run, 1, OVER);
  }
  return made;
}

function copy(to: usize, from: usize, bytes: u32): void {
  let i: u32 = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
  for (; i < bytes; i++) store<u8>(to + i, load<u8>(from + i));
}

export function turnI8(
  run: usize,
  signs: usize,
  fields: usize,
  couplings: usize,
  wanted: usize,
  neurons: u32,
): void {
  turn<i8>(run, signs, fields, 0, couplings, wanted, neurons);
}

export function turnI16(
  run: usize,
  signs: usize,
  fields: usize,
  couplings: usize,
  wanted: usize,
  neurons: u32,
): void {
  turn<i16>(run, signs, fields, 0, couplings, wanted, neurons);
}

export function turnI32(
  run: usize,
  signs: usize,
  fields: usize,
  couplings: usize,
  wanted: usize,
  neurons: u32,
): void {
  turn<i32>(run, signs, fields, 0, couplings, wanted, neurons);
}

export function turnSparse(
  run: usize,
  signs: usize,
  fields: usize,
  starts: usize,
  links: usize,
  wanted: usize,
  neurons: u32,
): void {
  turn<i32>(run, signs, fields, starts, links, wanted, neurons);
}

export function annealI8(
  run: usize,
  signs: usize,
  best: usize,
  fields: usize,
  couplings: usize,
  temperatures: usize,
  scratch: usize,
  count: u32,
  rule: u32,
  sweeps: u32,
  neurons: u32,
): u32 {
  return anneal<i8>(
    run, signs, best, fields, 0, couplings, temperatures, scratch, count, rule, sweeps, neurons,
  );
}

export function annealI16(
  run: usize,
  signs: usize,
  best: usize,
  fields: usize,
  couplings: usize,
  temperatures: usize,
  scratch: usize,
  count: u32,
  rule: u32,
  sweeps: u32,
  neurons: u32,
): u32 {
  return anneal<i16>(
    run, signs, best, fields, 0, couplings, temperatures, scratch, count, rule, sweeps, neurons,
  );
}

export function annealI32(
  run: usize,
  signs: usize,
  best: usize,
  fields: usize,
  couplings: usize,
  temperatures: usize,
  scratch: usize,
  count: u32,
  rule: u32,
  sweeps: u32,
  neurons: u32,
): u32 {
  return anneal<i32>(
    run, signs, best, fields, 0, couplings, temperatures, scratch, count, rule, sweeps, neurons,
  );
}

export function annealSparse(
  run: usize,
  signs: usize,
  best: usize,
  fields: usize,
  starts: usize,
  links: usize,
  temperatures: usize,
  scratch: usize,
  count: u32,
  rule: u32,
  sweeps: u32,
  neurons: u32,
): u32 {
  return anneal<i32>(
    run, signs, best, fields, starts, links, temperatures, scratch, count, rule, sweeps, neurons,
  );
}
