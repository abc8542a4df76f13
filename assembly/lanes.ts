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
/** The chance of a move that costs nothing; see src/kernels/abi/lanes.ts. */
const FREE: f64 = 0.96875;
/** Bytes of a table of 128 entries: there are three for even fields, one for each byte of a chance, highest first, then three for odd. */
const TABLE: usize = 128;

/** E += 2x in all lanes for x = 2z + c: sums of z in i16, of −c in i8. */
@inline
function addEnergies(run: usize, low: v128, high: v128, odds: v128): void {
  const x = i16x8.sub(i16x8.shl(low, 1), i16x8.extend_low_i8x16_s(odds));
  addFour(run, i32x4.extend_low_i16x8_s(x));
  addFour(run + 16, i32x4.extend_high_i16x8_s(x));
  const y = i16x8.sub(i16x8.shl(high, 1), i16x8.extend_high_i8x16_s(odds));
  addFour(run + 32, i32x4.extend_low_i16x8_s(y));
  addFour(run + 48, i32x4.extend_high_i16x8_s(y));
}

@inline
function addFour(run: usize, x: v128): void {
  v128.store(run, i32x4.add(v128.load(run, ENERGY), i32x4.shl(x, 1)), ENERGY);
}

/** F_j += J_ij d for all neighbours j of spin i, in all lanes. */
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

/** What spin i spreads when it flips in the lanes of `take`: −s there, 0 elsewhere. */
@inline
function turned(masks: v128, take: v128): v128 {
  return v128.and(take, v128.or(v128.not(masks), i8x16.splat(1)));
}

/** z for which x = s·f is 2z + c: s·F where f is even; where it is odd, s = −1 makes −F − 1 of F. */
@inline
function stability(masks: v128, f: v128, odd: v128): v128 {
  return i8x16.sub(v128.xor(f, masks), v128.andnot(masks, odd));
}

export function turnLanes(
  run: usize,
  masks: usize,
  fields: usize,
  odd: usize,
  starts: usize,
  links: usize,
  wanted: usize,
  spins: u32,
): void {
  for (let i: u32 = 0; i < spins; i++) {
    const m = v128.load(masks + (i << 4));
    const take = v128.xor(m, v128.load(wanted + (i << 4)));
    if (!v128.any_true(take)) continue;
    const c = v128.load8_splat(odd + i);
    const z = stability(m, v128.load(fields + (i << 4)), c);
    flip(run, masks, fields, starts, links, i, m, z, c, take);
  }
}

/** Flips spin i in the lanes of `take` and adds to the energies what that costs. */
@inline
function flip(
  run: usize,
  masks: usize,
  fields: usize,
  starts: usize,
  links: usize,
  i: u32,
  m: v128,
  z: v128,
  c: v128,
  take: v128,
): void {
  v128.store(masks + (i << 4), v128.xor(m, take));
  const cost = v128.and(z, take);
  const low = i16x8.extend_low_i8x16_s(cost);
  addEnergies(run, low, i16x8.extend_high_i8x16_s(cost), v128.and(c, take));
  spread(fields, starts, links, i, turned(m, take));
}

/** The three bytes of each chance into three tables, zeros beyond; returns the largest x that has one. */
function tabulate(tables: usize, temperature: f64, rule: u32): u32 {
  memory.fill(tables, 0, 6 * TABLE);
  const q = exponential(-2.0 / temperature);
  let power: f64 = 1.0;
  let x: u32 = 0;
  for (; x < 256; x++) {
    const chance = rule == 1 ? power / (1.0 + power) : x == 0 ? FREE : power;
    const parts = <u32>min<f64>(16777215.0, 16777216.0 * chance);
    if (parts == 0) break;
    const at = tables + <usize>(x & 1) * 3 * TABLE + (x >> 1);
    store<u8>(at, <u8>(parts >> 16));
    store<u8>(at, <u8>(parts >> 8), TABLE);
    store<u8>(at, <u8>parts, 2 * TABLE);
    power *= q;
  }
  return max<u32>(x, 1) - 1;
}

/** The entries of a table for sixteen z of at most `most`; 0 for those that are negative or above. */
@inline
function lookUp(table: usize, z: v128, most: u32): v128 {
  let p = i8x16.swizzle(v128.load(table), z);
  for (let k: u32 = 16; k <= most; k += 16) {
    z = i8x16.sub(z, i8x16.splat(16));
    p = v128.or(p, i8x16.swizzle(v128.load(table + k), z));
  }
  return p;
}

/** One sweep at a temperature above 0; returns how many spins flipped in some lane. */
function hotSweep(
  run: usize,
  masks: usize,
  fields: usize,
  odd: usize,
  starts: usize,
  links: usize,
  tables: usize,
  temperature: f64,
  rule: u32,
  spins: u32,
): u32 {
  const largest = tabulate(tables, temperature, rule);
  const most = largest >> 1;
  // The largest z that is not refused for certain; of odd fields, 2z + 1 has to be at most `largest`.
  const even = i8x16.splat(<i8>most);
  const less = i8x16.splat(<i8>((largest & 1) - 1));
  const zero = i8x16.splat(0);
  let s0 = v128.load(run);
  let s1 = v128.load(run, 16);
  let s2 = v128.load(run, 32);
  let s3 = v128.load(run, 48);
  let low = zero;
  let high = zero;
  let odds = zero;
  let flips: u32 = 0;
  for (let i: u32 = 0; i < spins; i++) {
    const m = v128.load(masks + (i << 4));
    const c = v128.load8_splat(odd + i);
    const z = stability(m, v128.load(fields + (i << 4)), c);
    const limit = i8x16.add(even, v128.and(c, less));
    if (!v128.any_true(i8x16.le_s(z, limit))) continue;
    const negative = i8x16.lt_s(z, zero);
    // |x| is 2y + c.
    const y = rule == 1 ? i8x16.sub(v128.xor(z, negative), v128.andnot(negative, c)) : z;
    let open = v128.andnot(i8x16.le_s(y, limit), i8x16.lt_s(y, zero));
    let under = zero;
    const first = tables + <usize>(load<u8>(odd + i) & 1) * 3 * TABLE;
    for (let table = first; table < first + 3 * TABLE; table += TABLE) {
      const bytes = drawn(s1);
      s2 = v128.xor(s2, s0);
      s3 = v128.xor(s3, s1);
      s0 = v128.xor(s0, s3);
      const t = i32x4.shl(s1, 9);
      s1 = v128.xor(s1, s2);
      s2 = v128.xor(s2, t);
      s3 = rotl4(s3, 11);
      const wanted = lookUp(table, y, most);
      under = v128.or(under, v128.and(open, i8x16.lt_u(bytes, wanted)));
      open = v128.and(open, i8x16.eq(bytes, wanted));
      if (!v128.any_true(open)) break;
    }
    const take = rule == 1 ? v128.xor(under, negative) : v128.or(under, negative);
    if (!v128.any_true(take)) continue;
    flips++;
    v128.store(masks + (i << 4), v128.xor(m, take));
    const cost = v128.and(z, take);
    low = i16x8.add(low, i16x8.extend_low_i8x16_s(cost));
    high = i16x8.add(high, i16x8.extend_high_i8x16_s(cost));
    odds = i8x16.add(odds, v128.and(c, take));
    // 64 times 2·128 still fits sixteen bits.
    if ((flips & 63) == 0) {
      addEnergies(run, low, high, odds);
      low = zero;
      high = zero;
      odds = zero;
    }
    spread(fields, starts, links, i, turned(m, take));
  }
  addEnergies(run, low, high, odds);
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
  odd: usize,
  starts: usize,
  links: usize,
  spins: u32,
): u32 {
  let flips: u32 = 0;
  for (let i: u32 = 0; i < spins; i++) {
    const m = v128.load(masks + (i << 4));
    const c = v128.load8_splat(odd + i);
    const z = stability(m, v128.load(fields + (i << 4)), c);
    const take = i8x16.lt_s(z, i8x16.splat(0));
    if (!v128.any_true(take)) continue;
    flips++;
    flip(run, masks, fields, starts, links, i, m, z, c, take);
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
  odd: usize,
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
        ? hotSweep(run, masks, fields, odd, starts, links, scratch, temperature, rule, spins)
        : coldSweep(run, masks, fields, odd, starts, links, spins);
    store<u32>(run, k + 1, SWEEPS);
    made++;
    const reached = keep(run, masks, best, spins);
    if (reached || (k >= count && flips == 0)) store<u32>(run, 1, OVER);
  }
  return made;
}
