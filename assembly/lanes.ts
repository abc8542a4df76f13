/**
 * Sixteen annealed states of one model, side by side in the lanes of i8x16.
 *
 * One visit of a spin decides all lanes: what is drawn is a byte a lane, looked up and compared as bytes; a neighbour costs one
 * addition for all lanes. Fewer than one lane in 256 needs its second byte.
 */
import { drawn, rotl4 } from "./acceptance";
import { exponential } from "./exponential";

/** Bytes into a run. */
const ENERGY: usize = 64;
const LOWEST: usize = 128;
const TARGET: usize = 192;
const SWEEPS: usize = 256;
const OVER: usize = 260;
/** Bytes of a table of 128 entries: one for each byte of a chance, highest first. */
const TABLE: usize = 128;

/** E += 2x in all lanes, where x is there in i16. */
@inline
function addEnergies(run: usize, low: v128, high: v128): void {
  addFour(run, i32x4.extend_low_i16x8_s(low));
  addFour(run + 16, i32x4.extend_high_i16x8_s(low));
  addFour(run + 32, i32x4.extend_low_i16x8_s(high));
  addFour(run + 48, i32x4.extend_high_i16x8_s(high));
}

@inline
function addFour(run: usize, x: v128): void {
  v128.store(run, i32x4.add(v128.load(run, ENERGY), i32x4.shl(x, 1)), ENERGY);
}

/** f_j += J_ij d for all neighbours j of spin i, in all lanes. */
@inline
function spread(fields: usize, starts: usize, links: usize, i: u32, d: v128): void {
  const at = starts + (i << 3);
  let p = links + (load<u32>(at) << 2);
  const middle = links + (load<u32>(at, 4) << 2);
  const end = links + (load<u32>(at, 8) << 2);
  for (; p + 16 <= middle; p += 16) {
    const f0 = fields + load<u32>(p);
    const f1 = fields + load<u32>(p, 4);
    const f2 = fields + load<u32>(p, 8);
    const f3 = fields + load<u32>(p, 12);
    v128.store(f0, i8x16.add(v128.load(f0), d));
    v128.store(f1, i8x16.add(v128.load(f1), d));
    v128.store(f2, i8x16.add(v128.load(f2), d));
    v128.store(f3, i8x16.add(v128.load(f3), d));
  }
  for (; p < middle; p += 4) {
    const f = fields + load<u32>(p);
    v128.store(f, i8x16.add(v128.load(f), d));
  }
  for (; p + 16 <= end; p += 16) {
    const f0 = fields + load<u32>(p);
    const f1 = fields + load<u32>(p, 4);
    const f2 = fields + load<u32>(p, 8);
    const f3 = fields + load<u32>(p, 12);
    v128.store(f0, i8x16.sub(v128.load(f0), d));
    v128.store(f1, i8x16.sub(v128.load(f1), d));
    v128.store(f2, i8x16.sub(v128.load(f2), d));
    v128.store(f3, i8x16.sub(v128.load(f3), d));
  }
  for (; p < end; p += 4) {
    const f = fields + load<u32>(p);
    v128.store(f, i8x16.sub(v128.load(f), d));
  }
}

/** s of masks: 0 is 1, −1 is −1. */
@inline
function signsOf(masks: v128): v128 {
  return v128.or(masks, i8x16.splat(1));
}

/** What spin i spreads when it flips in the lanes of `take`: −2s there, 0 elsewhere. */
@inline
function turned(masks: v128, take: v128): v128 {
  const s = signsOf(masks);
  return v128.and(take, i8x16.neg(i8x16.add(s, s)));
}

/** s·f, with s as a mask. */
@inline
function stability(masks: v128, f: v128): v128 {
  return i8x16.sub(v128.xor(f, masks), masks);
}

export function placeLanes(
  run: usize,
  fields: usize,
  masks: usize,
  own: usize,
  starts: usize,
  links: usize,
  spins: u32,
): void {
  for (let i: u32 = 0; i < spins; i++) v128.store(fields + (i << 4), v128.load8_splat(own + i));
  for (let i: u32 = 0; i < spins; i++) {
    spread(fields, starts, links, i, signsOf(v128.load(masks + (i << 4))));
  }
  // −Σ s_i (f_i + h_i) is twice the energy.
  const zero = i32x4.splat(0);
  let a = zero;
  let b = zero;
  let c = zero;
  let d = zero;
  for (let i: u32 = 0; i < spins; i++) {
    const m = v128.load(masks + (i << 4));
    const f = v128.load(fields + (i << 4));
    const h = v128.load8_splat(own + i);
    const low = i16x8.add(
      i16x8.extend_low_i8x16_s(stability(m, f)),
      i16x8.extend_low_i8x16_s(stability(m, h)),
    );
    const high = i16x8.add(
      i16x8.extend_high_i8x16_s(stability(m, f)),
      i16x8.extend_high_i8x16_s(stability(m, h)),
    );
    a = i32x4.sub(a, i32x4.extend_low_i16x8_s(low));
    b = i32x4.sub(b, i32x4.extend_high_i16x8_s(low));
    c = i32x4.sub(c, i32x4.extend_low_i16x8_s(high));
    d = i32x4.sub(d, i32x4.extend_high_i16x8_s(high));
  }
  v128.store(run, i32x4.shr_s(a, 1), ENERGY);
  v128.store(run, i32x4.shr_s(b, 1), ENERGY + 16);
  v128.store(run, i32x4.shr_s(c, 1), ENERGY + 32);
  v128.store(run, i32x4.shr_s(d, 1), ENERGY + 48);
}

/** The three bytes of each chance into three tables, zeros beyond; returns the largest x that has one. */
function tabulate(table: usize, temperature: f64, rule: u32): u32 {
  memory.fill(table, 0, 3 * TABLE);
  const q = exponential(-2.0 / temperature);
  let power: f64 = 1.0;
  let x: u32 = 0;
  for (; x < 128; x++) {
    const chance = rule == 1 ? power / (1.0 + power) : power;
    const parts = <u32>min<f64>(16777215.0, 16777216.0 * chance);
    if (parts == 0) break;
    store<u8>(table + x, <u8>(parts >> 16));
    store<u8>(table + x, <u8>(parts >> 8), TABLE);
    store<u8>(table + x, <u8>parts, 2 * TABLE);
    power *= q;
  }
  return max<u32>(x, 1) - 1;
}

/** The entries of a table for sixteen x of at most `most`; 0 for those that are negative or above. */
@inline
function lookUp(table: usize, x: v128, most: u32): v128 {
  const sixteen = i8x16.splat(16);
  let y = i8x16.sub(x, sixteen);
  let p = v128.or(i8x16.swizzle(v128.load(table), x), i8x16.swizzle(v128.load(table, 16), y));
  for (let k: u32 = 32; k <= most; k += 16) {
    y = i8x16.sub(y, sixteen);
    p = v128.or(p, i8x16.swizzle(v128.load(table + k), y));
  }
  return p;
}

/** One sweep at a temperature above 0; returns how many spins flipped in some lane. */
function hotSweep(
  run: usize,
  masks: usize,
  fields: usize,
  starts: usize,
  links: usize,
  table: usize,
  temperature: f64,
  rule: u32,
  spins: u32,
): u32 {
  const most = tabulate(table, temperature, rule);
  const limit = i8x16.splat(<i8>most);
  const zero = i8x16.splat(0);
  let s0 = v128.load(run);
  let s1 = v128.load(run, 16);
  let s2 = v128.load(run, 32);
  let s3 = v128.load(run, 48);
  let low = zero;
  let high = zero;
  let flips: u32 = 0;
  for (let i: u32 = 0; i < spins; i++) {
    const m = v128.load(masks + (i << 4));
    const x = stability(m, v128.load(fields + (i << 4)));
    if (!v128.any_true(i8x16.le_s(x, limit))) continue;
    const size = rule == 1 ? i8x16.abs(x) : x;
    let open = rule == 1 ? i8x16.le_s(size, limit) : v128.and(i8x16.gt_s(x, zero), i8x16.le_s(x, limit));
    let under = zero;
    for (let plane = table; plane < table + 3 * TABLE; plane += TABLE) {
      const bytes = drawn(s1);
      s2 = v128.xor(s2, s0);
      s3 = v128.xor(s3, s1);
      s0 = v128.xor(s0, s3);
      const t = i32x4.shl(s1, 9);
      s1 = v128.xor(s1, s2);
      s2 = v128.xor(s2, t);
      s3 = rotl4(s3, 11);
      const wanted = lookUp(plane, size, most);
      under = v128.or(under, v128.and(open, i8x16.lt_u(bytes, wanted)));
      open = v128.and(open, i8x16.eq(bytes, wanted));
      if (!v128.any_true(open)) break;
    }
    const take = rule == 1 ? v128.xor(under, i8x16.lt_s(x, zero)) : v128.or(under, i8x16.le_s(x, zero));
    if (!v128.any_true(take)) continue;
    flips++;
    v128.store(masks + (i << 4), v128.xor(m, take));
    const cost = v128.and(x, take);
    low = i16x8.add(low, i16x8.extend_low_i8x16_s(cost));
    high = i16x8.add(high, i16x8.extend_high_i8x16_s(cost));
    // 128 times 127 still fits sixteen bits.
    if ((flips & 127) == 0) {
      addEnergies(run, low, high);
      low = zero;
      high = zero;
    }
    spread(fields, starts, links, i, turned(m, take));
  }
  addEnergies(run, low, high);
  v128.store(run, s0);
  v128.store(run, s1, 16);
  v128.store(run, s2, 32);
  v128.store(run, s3, 48);
  return flips;
}

/** One sweep at temperature 0. */
function coldSweep(
  run: usize,
  masks: usize,
  fields: usize,
  starts: usize,
  links: usize,
  spins: u32,
): u32 {
  const zero = i8x16.splat(0);
  let flips: u32 = 0;
  for (let i: u32 = 0; i < spins; i++) {
    const m = v128.load(masks + (i << 4));
    const x = stability(m, v128.load(fields + (i << 4)));
    const take = i8x16.lt_s(x, zero);
    if (!v128.any_true(take)) continue;
    flips++;
    v128.store(masks + (i << 4), v128.xor(m, take));
    const cost = v128.and(x, take);
    addEnergies(run, i16x8.extend_low_i8x16_s(cost), i16x8.extend_high_i8x16_s(cost));
    spread(fields, starts, links, i, turned(m, take));
  }
  return flips;
}

/** Keeps the states with an energy lower than ever; returns whether a target was reached. */
function keep(run: usize, masks: usize, best: usize, spins: u32): bool {
  const l0 = i32x4.lt_s(v128.load(run, ENERGY), v128.load(run, LOWEST));
  const l1 = i32x4.lt_s(v128.load(run, ENERGY + 16), v128.load(run, LOWEST + 16));
  const l2 = i32x4.lt_s(v128.load(run, ENERGY + 32), v128.load(run, LOWEST + 32));
  const l3 = i32x4.lt_s(v128.load(run, ENERGY + 48), v128.load(run, LOWEST + 48));
  const lower = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(l0, l1), i16x8.narrow_i32x4_s(l2, l3));
  let reached = i32x4.splat(0);
  for (let k: usize = 0; k < 64; k += 16) {
    const lowest = i32x4.min_s(v128.load(run + k, ENERGY), v128.load(run + k, LOWEST));
    v128.store(run + k, lowest, LOWEST);
    reached = v128.or(reached, i32x4.le_s(lowest, v128.load(run + k, TARGET)));
  }
  if (v128.any_true(lower)) {
    const end = masks + (spins << 4);
    for (; masks < end; masks += 16, best += 16) {
      v128.store(best, v128.bitselect(v128.load(masks), v128.load(best), lower));
    }
  }
  return v128.any_true(reached);
}

export function annealLanes(
  run: usize,
  masks: usize,
  best: usize,
  fields: usize,
  starts: usize,
  links: usize,
  temperatures: usize,
  scratch: usize,
  count: u32,
  rule: u32,
  sweeps: u32,
  spins: u32,
): u32 {
  let made: u32 = 0;
  while (made < sweeps && load<u32>(run, OVER) == 0) {
    const k = load<u32>(run, SWEEPS);
    const temperature = k < count ? load<f64>(temperatures + (k << 3)) : 0.0;
    const flips =
      temperature > 0.0
        ? hotSweep(run, masks, fields, starts, links, scratch, temperature, rule, spins)
        : coldSweep(run, masks, fields, starts, links, spins);
    store<u32>(run, k + 1, SWEEPS);
    made++;
    const reached = keep(run, masks, best, spins);
    if (reached || (k >= count && flips == 0)) store<u32>(run, 1, OVER);
  }
  return made;
}
