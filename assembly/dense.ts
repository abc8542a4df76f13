/** Dense associative memories: E = −Σ_μ F(m_μ); the definitions stand in the reference. */
import { heatBath } from "./dynamics";
import { exponential, logarithm } from "./exponential";
import { fieldsBlocks, laneSum } from "./fields";
import { blockColumn } from "./patterns";

/*
 * What a flip costs is a sum over all patterns, in doubles. Most decisions need only its sign, so it is computed in
 * integers first: with A = F(m) − F(m−2), B = F(m+2) − F(m), the cost is Σ (A − B)/2 + s_i Σ ξ_i (A + B)/2. Both halves
 * are divided by a common unit and rounded away from 0 (d, g), so a pattern that matters at all is off by less than
 * two units, and the integer sum by less than 2·(patterns that matter). When it is further from zero than that its
 * sign is the right one; when not, the sum in doubles decides. Rounding of that sum itself is below two units: it is
 * made of at most 2³⁰ units, in lanes of at most 2²⁴.
 */

/** Where ln F is this far below its reference, F counts as 0. */
const TAIL: f64 = 96;
/** The reference is a multiple of this, so that it seldom changes. */
const STEP: f64 = 32;
/** The largest |g|, |d| and the largest sum of both, in units, when the unit is chosen. */
const LARGEST: f64 = 1048576;
const LARGEST_SUM: f64 = 536870912;
/** What they may grow to before the unit is chosen again. */
const MOST: f64 = 2000000;
const MOST_SUM: i64 = 1073741824;
/** Stands in the count of patterns that matter where an integer is too large. */
const TOO_LARGE: i32 = 1 << 24;
/** With no more groups of patterns that matter than this, the integers are not worth their making. */
const FEW: u32 = 6;

/** With levels, a cost that is no more than this part of the sizes of its terms, 2⁻⁴⁴, is rounding. */
const ROUNDING: f64 = 5.684341886080802e-14;

/** Everything a dense kernel knows about its memory and has made of the state; one call at a time. */
let F: usize = 0;
let entries: usize = 0;
let weights: usize = 0;
let list: usize = 0;
let lanes: usize = 0;
let tables: usize = 0;
let fields: usize = 0;
let overlapsAt: usize = 0;
let tableAt: usize = 0;
let withLevels: bool = false;
let P: u32 = 0;
let N: u32 = 0;
let groups: u32 = 0;
/** The reference of the levels, and whether F has been made for it. */
let top: f64 = 0;
let made: bool = false;
/** Whether the levels fall and then rise. */
let valley: bool = false;
/** Overlaps from here to there do not matter: the longest such run. */
let quietFrom: i32 = 0;
let quietTo: i32 = 0;
/** Groups of 8 patterns that matter; sums of g and d; how far the integer cost can be off. */
let listed: u32 = 0;
let sumG: i32 = 0;
let sumD: i32 = 0;
let slack: i32 = 0;

function open(
  overlaps: usize,
  table: usize,
  scratch: usize,
  levels: u32,
  patterns: u32,
  neurons: u32,
): void {
  overlapsAt = overlaps;
  tableAt = table;
  withLevels = levels != 0;
  P = patterns;
  N = neurons;
  groups = (patterns + 7) >> 3;
  made = false;
  lanes = scratch;
  entries = lanes + 64;
  weights = entries + ((neurons + 1) << 4);
  tables = weights + (groups << 5);
  F = tables + ((68 * groups + 160 + 15) & ~15);
  fields = F + (((neurons + 3) << 3) + 15 & ~15);
  list = fields + (((neurons + 15) & ~15) << 2);
  prepare();
}

/** Entry k of F for m = 2k − N. */
@inline
function at(m: i32): usize {
  return F + (((m + <i32>N) >> 1) << 3) + 8;
}

/** Makes F and the integers for the overlaps as they are. */
function prepare(): void {
  if (P == 0) {
    F = tableAt;
    listed = 0;
    return;
  }
  if (!withLevels) {
    F = tableAt;
    if (!made) chooseUnit();
    made = true;
  } else {
    raise();
  }
  // Few groups are summed in doubles anyway.
  if (!gather() && listed > FEW) {
    chooseUnit();
    gather();
  }
}

/** Whether the levels fall and then rise: the largest of a range is then at one of its ends. */
function fallsThenRises(): bool {
  let rising = false;
  let last = load<f64>(tableAt + 8);
  for (let k: u32 = 2; k < N + 2; k++) {
    const level = load<f64>(tableAt + (k << 3));
    if (rising && level < last) return false;
    rising = rising || level > last;
    last = level;
  }
  return true;
}

/** ln F(m). */
@inline
function level(m: i32): f64 {
  return load<f64>(tableAt + 8 + (((m + <i32>N) >> 1) << 3));
}

/** The largest level of an overlap. */
function loudestLevel(): f64 {
  if (!valley) {
    let loudest = -Infinity;
    for (let p: u32 = 0; p < P; p++) {
      loudest = max(loudest, level(load<i32>(overlapsAt + (p << 2))));
    }
    return loudest;
  }
  let least = <i32>N;
  let largest = -<i32>N;
  let low = i32x4.splat(least);
  let high = i32x4.splat(largest);
  let p: u32 = 0;
  for (; p + 4 <= P; p += 4) {
    const m = v128.load(overlapsAt + (p << 2));
    low = i32x4.min_s(low, m);
    high = i32x4.max_s(high, m);
  }
  for (; p < P; p++) {
    const m = v128.load32_splat(overlapsAt + (p << 2));
    low = i32x4.min_s(low, m);
    high = i32x4.max_s(high, m);
  }
  low = i32x4.min_s(low, i32x4.shuffle(low, low, 2, 3, 0, 1));
  high = i32x4.max_s(high, i32x4.shuffle(high, high, 2, 3, 0, 1));
  least = min(i32x4.extract_lane(low, 0), i32x4.extract_lane(low, 1));
  largest = max(i32x4.extract_lane(high, 0), i32x4.extract_lane(high, 1));
  return max(level(least), level(largest));
}

/** F relative to the largest level of an overlap, rounded up. */
function raise(): void {
  if (!made) valley = fallsThenRises();
  const loudest = loudestLevel();
  const now = ceil(loudest / STEP) * STEP;
  if (made && now == top) return;
  top = now;
  made = true;
  for (let k: u32 = 0; k < N + 3; k++) {
    const x = load<f64>(tableAt + (k << 3)) - now;
    store<f64>(F + (k << 3), x < -TAIL ? 0 : exponential(x));
  }
  // A unit that suits every overlap the state can have; `gather` says when the sum is too large for it.
  const loud = exponential(loudest - now);
  let most: f64 = 0;
  for (let k: u32 = 1; k < N + 2; k++) {
    const f = load<f64>(F + (k << 3));
    if (f <= loud) most = max(most, extent(F + (k << 3)));
  }
  fillEntries(most / LARGEST);
}

/** The larger of |A + B|/2 and |A − B|/2, which is (|A| + |B|)/2. */
@inline
function extent(f: usize): f64 {
  const middle = load<f64>(f);
  return 0.5 * (abs(middle - load<f64>(f - 8)) + abs(load<f64>(f, 8) - middle));
}

/** The unit by which the weights of this state, and their sum, become integers of a good size. */
function chooseUnit(): void {
  let most: f64 = 0;
  let sum: f64 = 0;
  for (let p: u32 = 0; p < P; p++) {
    const x = extent(at(load<i32>(overlapsAt + (p << 2))));
    most = max(most, x);
    sum += x;
  }
  fillEntries(max(most / LARGEST, (2 * sum) / LARGEST_SUM));
}

/** x rounded away from 0. */
@inline
function away(x: f64): f64 {
  return x < 0 ? floor(x) : ceil(x);
}

/** For each m: g, d, |g| + |d| and whether such a pattern matters, i32x4. */
function fillEntries(unit: f64): void {
  const scale = unit > 0 && unit < Infinity ? 0.5 / unit : 0;
  let run: u32 = 0;
  quietFrom = 1;
  quietTo = 0;
  for (let k: u32 = 0; k <= N; k++) {
    const f = F + (k << 3) + 8;
    const middle = load<f64>(f);
    const below = load<f64>(f - 8);
    const above = load<f64>(f, 8);
    const a = middle - below;
    const b = above - middle;
    const g = away((a + b) * scale);
    const d = away((a - b) * scale);
    const entry = entries + (k << 4);
    const matters = withLevels ? below != 0 || middle != 0 || above != 0 : a != 0 || b != 0;
    run = matters ? 0 : run + 1;
    if (2 * <i32>run - 2 > quietTo - quietFrom) {
      quietTo = 2 * <i32>k - <i32>N;
      quietFrom = quietTo - 2 * <i32>run + 2;
    }
    // Not a number when a and b are infinite, or the unit is.
    if (scale > 0 && abs(g) <= MOST && abs(d) <= MOST) {
      store<i32>(entry, <i32>g);
      store<i32>(entry, <i32>d, 4);
      store<i32>(entry, <i32>(abs(g) + abs(d)), 8);
      store<i32>(entry, matters ? 1 : 0, 12);
    } else {
      v128.store(entry, i32x4(0, 0, 0, matters ? TOO_LARGE : 0));
    }
  }
}

/**
 * Looks the integers of all patterns up and lists the groups that matter; false when the integers have grown too
 * large, unless there is no unit that would do.
 */
function gather(): bool {
  let total: i64 = 0;
  let active: i64 = 0;
  let g: i32 = 0;
  let d: i32 = 0;
  listed = 0;
  const from = i32x4.splat(quietFrom);
  const to = i32x4.splat(quietTo);
  const base = entries + (<usize>(N >> 1) << 4);
  const odd = <i32>(N & 1);
  for (let group: u32 = 0; group < groups; group++) {
    const m = overlapsAt + (group << 5);
    const w = weights + (group << 5);
    const low = v128.load(m);
    const high = v128.load(m, 16);
    const least = i32x4.min_s(low, high);
    const most = i32x4.max_s(low, high);
    const loud = v128.or(i32x4.lt_s(least, from), i32x4.gt_s(most, to));
    const first = group << 3;
    let sum = i32x4.splat(0);
    if (!v128.any_true(loud) || first + 8 > P) {
      v128.store(w, sum);
      v128.store(w, sum, 16);
      if (!v128.any_true(loud)) continue;
      for (let p = first; p < P; p++) {
        sum = i32x4.add(sum, look(m, w, base, odd, (p & 7) << 2));
      }
    } else {
      sum = i32x4.add(look(m, w, base, odd, 0), look(m, w, base, odd, 4));
      sum = i32x4.add(sum, i32x4.add(look(m, w, base, odd, 8), look(m, w, base, odd, 12)));
      sum = i32x4.add(sum, i32x4.add(look(m, w, base, odd, 16), look(m, w, base, odd, 20)));
      sum = i32x4.add(sum, i32x4.add(look(m, w, base, odd, 24), look(m, w, base, odd, 28)));
    }
    const matter = i32x4.extract_lane(sum, 3);
    if (matter != 0) {
      store<u32>(list + (listed << 2), group);
      listed++;
      active += matter;
      g += i32x4.extract_lane(sum, 0);
      d += i32x4.extract_lane(sum, 1);
      total += <i64>(<u32>i32x4.extract_lane(sum, 2));
    }
  }
  sumG = g;
  sumD = d;
  const fits = total <= MOST_SUM && active < TOO_LARGE;
  slack = fits ? 2 * <i32>active + 4 : i32.MAX_VALUE;
  return fits;
}

/** Looks one pattern's integers up. */
@inline
function look(from: usize, to: usize, base: usize, odd: i32, offset: usize): v128 {
  const m = load<i32>(from + offset);
  const entry = v128.load(base + (((m + odd) >> 1) << 4));
  v128.store_lane<i32>(to + offset, entry, 0);
  return entry;
}

/** What `exact` adds up: F(m) − F(m ∓ 2), F(m), F(m ∓ 2) or |F(m) − F(m ∓ 2)|. */
const COST: u32 = 0;
const BEFORE: u32 = 1;
const AFTER: u32 = 2;
const SIZE: u32 = 3;

/** The sum over the patterns that matter, in eight lanes; the others would add zeros. */
function exact(column: usize, s: i32, what: u32): f64 {
  memory.fill(lanes, 0, 64);
  const flip: u32 = s > 0 ? 0 : 255;
  for (let k: u32 = 0; k < listed; k++) {
    const group = load<u32>(list + (k << 2));
    let bits = <u32>load<u8>(column + (group << 4)) ^ flip;
    const count = min<u32>(8, P - (group << 3));
    const from = overlapsAt + (group << 5);
    for (let p: u32 = 0; p < count; p++) {
      const f = at(load<i32>(from + (p << 2)));
      const other = load<f64>(f + 8 - ((bits & 1) << 4));
      let term = what == BEFORE ? load<f64>(f) : other;
      if (what == COST || what == SIZE) term = load<f64>(f) - other;
      if (what == SIZE) term = abs(term);
      const lane = lanes + (p << 3);
      store<f64>(lane, load<f64>(lane) + term);
      bits >>= 1;
    }
  }
  const even =
    load<f64>(lanes) + load<f64>(lanes, 32) + (load<f64>(lanes, 16) + load<f64>(lanes, 48));
  const odd =
    load<f64>(lanes, 8) + load<f64>(lanes, 40) + (load<f64>(lanes, 24) + load<f64>(lanes, 56));
  return even + odd;
}

/** Σ ξ g of the neuron whose bytes start at `column`. */
@inline
function integerSum(column: usize): i32 {
  const low = i32x4(0x01010101, 0x02020202, 0x04040404, 0x08080808);
  const high = i32x4(0x10101010, 0x20202020, 0x40404040, <i32>0x80808080);
  let even = i32x4.splat(0);
  let odd = i32x4.splat(0);
  const end = list + (listed << 2);
  for (let next = list; next < end; next += 4) {
    const group = load<u32>(next);
    const byte = v128.load8_splat(column + (group << 4));
    const weight = weights + (group << 5);
    const lowSet = i32x4.eq(v128.and(byte, low), low);
    const highSet = i32x4.eq(v128.and(byte, high), high);
    even = i32x4.add(even, v128.and(v128.load(weight), lowSet));
    odd = i32x4.add(odd, v128.and(v128.load(weight, 16), highSet));
  }
  return 2 * laneSum(i32x4.add(even, odd)) - sumG;
}

/** Whether a flip costs less than nothing, or nothing where ties are positive. */
@inline
function movesExactly(column: usize, s: i32, tie: u32): bool {
  const cost = exact(column, s, COST);
  const tied = tie != 0 && s < 0;
  if (cost == 0) return tied;
  // Its size matters only where it would change the answer.
  if (withLevels && cost < 0 != tied) {
    const size = exact(column, s, SIZE);
    if (size < Infinity && abs(cost) <= size * ROUNDING) return tied;
  }
  return cost < 0;
}

@inline
function moves(column: usize, s: i32, tie: u32): bool {
  if (listed > FEW && slack != i32.MAX_VALUE) {
    const cost = sumD + s * integerSum(column);
    if (cost > slack) return false;
    if (cost < -slack) return true;
  }
  return movesExactly(column, s, tie);
}

/** What a flip adds to E, in units of −Σ F or of −ln Σ F. */
@inline
function change(column: usize, s: i32): f64 {
  if (P == 0) return 0;
  if (!withLevels) return exact(column, s, COST);
  const before = exact(column, s, BEFORE);
  const after = exact(column, s, AFTER);
  if (after >= before * 1e-6 && after < 1e300) return logarithm(before / after);
  return top + logarithm(before) - logarithmAfter(column, s);
}

/** ln Σ F after the flip, relative to its own largest term: for steep F, which leave the range of the table. */
function logarithmAfter(column: usize, s: i32): f64 {
  const flip: u32 = s > 0 ? 0 : 1;
  let most = -Infinity;
  for (let p: u32 = 0; p < P; p++) most = max(most, levelAfter(column, flip, p));
  let sum: f64 = 0;
  for (let p: u32 = 0; p < P; p++) sum += exponential(levelAfter(column, flip, p) - most);
  return most + logarithm(sum);
}

@inline
function levelAfter(column: usize, flip: u32, p: u32): f64 {
  const agrees = ((<u32>load<u8>(column + ((p >> 3) << 4)) >> (p & 7)) & 1) ^ flip;
  const k = <u32>((load<i32>(overlapsAt + (p << 2)) + <i32>N) >> 1);
  return load<f64>(tableAt + ((k + 2 - 2 * agrees) << 3));
}

function movable(
  signs: usize,
  blocks: usize,
  mobile: usize,
  tie: u32,
  stride: u32,
  turn: bool,
): u32 {
  const integers = listed > FEW && slack != i32.MAX_VALUE;
  if (integers) fieldsBlocks(fields, weights, blocks, tables, stride, P, N);
  let count: u32 = 0;
  for (let i: u32 = 0; i < N; i++) {
    if (load<u8>(mobile + i) == 0) continue;
    const s = <i32>load<i8>(signs + i);
    if (integers) {
      const cost = sumD + s * load<i32>(fields + (i << 2));
      if (cost > slack) continue;
      if (cost >= -slack && !movesExactly(blockColumn(blocks, stride, i), s, tie)) continue;
    } else if (!movesExactly(blockColumn(blocks, stride, i), s, tie)) {
      continue;
    }
    count++;
    if (turn) store<i8>(signs + i, <i8>-s);
  }
  return count;
}

export function countMovableDense(
  signs: usize,
  overlaps: usize,
  blocks: usize,
  table: usize,
  mobile: usize,
  scratch: usize,
  levels: u32,
  tie: u32,
  stride: u32,
  patterns: u32,
  neurons: u32,
): u32 {
  open(overlaps, table, scratch, levels, patterns, neurons);
  return movable(signs, blocks, mobile, tie, stride, false);
}

export function flipMovableDense(
  signs: usize,
  overlaps: usize,
  blocks: usize,
  table: usize,
  mobile: usize,
  scratch: usize,
  levels: u32,
  tie: u32,
  stride: u32,
  patterns: u32,
  neurons: u32,
): u32 {
  open(overlaps, table, scratch, levels, patterns, neurons);
  return movable(signs, blocks, mobile, tie, stride, true);
}

export function changesDense(
  changes: usize,
  signs: usize,
  overlaps: usize,
  blocks: usize,
  table: usize,
  scratch: usize,
  levels: u32,
  stride: u32,
  patterns: u32,
  neurons: u32,
): void {
  open(overlaps, table, scratch, levels, patterns, neurons);
  for (let i: u32 = 0; i < neurons; i++) {
    const column = blockColumn(blocks, stride, i);
    store<f64>(changes + (i << 3), change(column, <i32>load<i8>(signs + i)));
  }
}

/** Turns a neuron over: m_μ −= 2 s_i ξ_i^μ, eight patterns at a time. */
function flip(sign: usize, column: usize): void {
  const s = load<i8>(sign);
  store<i8>(sign, -s);
  const low = i32x4(0x01010101, 0x02020202, 0x04040404, 0x08080808);
  const high = i32x4(0x10101010, 0x20202020, 0x40404040, <i32>0x80808080);
  const step = i32x4.splat(2 * <i32>s);
  const back = i32x4.splat(-4 * <i32>s);
  const whole = P >> 3;
  let m = overlapsAt;
  for (let g: u32 = 0; g < whole; g++) {
    const byte = v128.load8_splat(column);
    const lowSet = i32x4.eq(v128.and(byte, low), low);
    const highSet = i32x4.eq(v128.and(byte, high), high);
    const first = i32x4.add(v128.load(m), i32x4.add(step, v128.and(back, lowSet)));
    const second = i32x4.add(v128.load(m, 16), i32x4.add(step, v128.and(back, highSet)));
    v128.store(m, first);
    v128.store(m, second, 16);
    column += 16;
    m += 32;
  }
  for (let p: u32 = 0; p < (P & 7); p++) {
    const set = <i32>(load<u8>(column) >> <u8>p) & 1;
    store<i32>(m, load<i32>(m) + 2 * s - 4 * s * set);
    m += 4;
  }
  prepare();
}

export function sweepDense(
  signs: usize,
  overlaps: usize,
  blocks: usize,
  table: usize,
  order: usize,
  cursor: usize,
  scratch: usize,
  count: u32,
  limit: u32,
  levels: u32,
  tie: u32,
  stride: u32,
  patterns: u32,
  neurons: u32,
): u32 {
  open(overlaps, table, scratch, levels, patterns, neurons);
  let flips: u32 = 0;
  let next = load<u32>(cursor);
  while (next < count && flips < limit) {
    const i = load<u32>(order + (next << 2));
    next++;
    const column = blockColumn(blocks, stride, i);
    if (!moves(column, <i32>load<i8>(signs + i), tie)) continue;
    flip(signs + i, column);
    flips++;
  }
  store<u32>(cursor, next);
  return flips;
}

export function glauberDense(
  signs: usize,
  overlaps: usize,
  blocks: usize,
  table: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  scratch: usize,
  count: u32,
  limit: u32,
  levels: u32,
  gain: f64,
  stride: u32,
  patterns: u32,
  neurons: u32,
): u32 {
  open(overlaps, table, scratch, levels, patterns, neurons);
  let flips: u32 = 0;
  let next = load<u32>(cursor);
  while (next < count && flips < limit) {
    const i = load<u32>(order + (next << 2));
    next++;
    const column = blockColumn(blocks, stride, i);
    const s = <i32>load<i8>(signs + i);
    if (heatBath(generator, <f64>s * change(column, s), gain) == s) continue;
    flip(signs + i, column);
    flips++;
  }
  store<u32>(cursor, next);
  return flips;
}
