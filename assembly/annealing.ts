/**
 * Simulated annealing of spins with fields kept up to date (Metropolis et al. 1953, Glauber 1963, Kirkpatrick et al. 1983).
 *
 * Most visits end in a refusal, so eight spins are looked at together: a bound on −ln u, read from the exponent of the
 * draw, rules most of them out. Those that are left are decided one by one with `accepts`, as src/kernels/abi/annealing.ts says.
 */
import { accepts, below, drawn, FREE, limits, rotl4 } from "./acceptance";
import { leading } from "./couplings";

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

/** f_j −= s·2J_ij along a row. Rows are padded to 64: at least four vectors. The sign is a mask: a branch on it would be a guess. */
@inline
function addRow<T>(fields: usize, row: usize, s: i32, lda: u32): void {
  const end = row + lda * <u32>sizeof<T>();
  const minus = i8x16.splat(<i8>((s >> 1) & 255));
  for (; row < end; row += 64, fields += 64) {
    addVector<T>(fields, row, minus, 0);
    addVector<T>(fields, row, minus, 16);
    addVector<T>(fields, row, minus, 32);
    addVector<T>(fields, row, minus, 48);
  }
}

/** f − (r ^ m) + m is f − r for m = 0, f + r for m = −1. */
@inline
function addVector<T>(fields: usize, row: usize, minus: v128, offset: usize): void {
  const r = v128.xor(v128.load(row + offset), minus);
  v128.store(fields + offset, v128.add<T>(v128.sub<T>(v128.load(fields + offset), r), minus));
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
@inline
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
  const half = 0.34657359027997264 * max<f64>(min<f64>(temperature, 1e18), 1e-30);
  const a = f32x4.splat(<f32>(158.001 * half));
  const b = f32x4.splat(<f32>(half / 8388608.0));
  // Up to here no exponential has to be asked whether u < e^(−y). Not so for the heat bath.
  const gap = f32x4.splat(<f32>(0.089 * half));
  const most = f32x4.splat(rule == 0 ? <f32>(20.0 * half) : <f32>-Infinity);
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
    const s = v128.load8x8_s(signs + i);
    const there: u32 = neurons - i < 8 ? (1 << (neurons - i)) - 1 : 255;
    let bits = below<T>(s, fields, i, limit0, limit1, gap, most);
    let open = bits & there;
    if (open == 0) continue;
    v128.store(scratch, words0);
    v128.store(scratch, words1, 16);
    do {
      const k = ctz(open);
      const x = <i32>load<i8>(signs + i + k) * fieldAt<T>(fields, i + k);
      // Of this group, only spins after this one are still to be visited: their signs are as they were.
      const left: u32 = there & (254 << k);
      const word = load<u32>(scratch + (k << 2));
      const sure = ((bits >> (8 + k)) & 1) != 0;
      if (sure ? x != 0 || word < FREE : accepts(rule, x, slope, word)) {
        energy += 2.0 * <f64>x;
        flips++;
        flip<T>(signs, fields, starts, couplings, i + k, lda);
        bits = below<T>(s, fields, i, limit0, limit1, gap, most);
        open = bits & left;
      } else {
        open &= left;
      }
    } while (open != 0);
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
    const s = v128.load8x8_s(signs + i);
    const there: u32 = neurons - i < 8 ? (1 << (neurons - i)) - 1 : 255;
    let open = below<T>(s, fields, i, limit, limit, limit, limit) & there;
    while (open != 0) {
      const k = ctz(open);
      energy += 2.0 * <f64>(<i32>load<i8>(signs + i + k) * fieldAt<T>(fields, i + k));
      flips++;
      flip<T>(signs, fields, starts, couplings, i + k, lda);
      open = below<T>(s, fields, i, limit, limit, limit, limit) & there & (254 << k);
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
