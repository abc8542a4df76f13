/**
 * The integers by which dense memories decide: what each overlap weighs, made again where the state has outgrown them, and
 * the patterns that matter.
 */
import { exponential } from "./exponential";

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
export const FEW: u32 = 6;

/**
 * What a kernel knows about its memory and has made of the state. It stands at the beginning of the scratch, and what its
 * addresses name behind it:
 *
 * | address | holds                                                                 |
 * | ------- | --------------------------------------------------------------------- |
 * | lanes   | f64[8], the lanes of a sum in doubles                                 |
 * | entries | i32x4[N + 1], what `fillEntries` makes for each m                     |
 * | weights | i32[8·groups], g of each pattern                                      |
 * | tables  | scratch of `fieldsBlocks`                                             |
 * | F       | f64[N + 3], where levels are made into F; without levels the table    |
 * | fields  | i32[N], Σ ξ g of every neuron                                         |
 * | list    | u32[groups], those groups of 8 patterns that matter                   |
 */
@unmanaged
export class Dense {
  lanes!: usize;
  entries!: usize;
  weights!: usize;
  tables!: usize;
  F!: usize;
  fields!: usize;
  list!: usize;
  overlapsAt!: usize;
  tableAt!: usize;
  withLevels!: bool;
  P!: u32;
  N!: u32;
  groups!: u32;
  /** The reference of the levels, and whether F has been made for it. */
  top!: f64;
  made!: bool;
  /** Whether the levels fall and then rise. */
  valley!: bool;
  /** Overlaps from here to there do not matter: the longest such run. */
  quietFrom!: i32;
  quietTo!: i32;
  /** Groups of 8 patterns that matter; sums of g and d; how far the integer cost can be off. */
  listed!: u32;
  sumG!: i32;
  sumD!: i32;
  slack!: i32;
}

/** Bytes of `Dense`, rounded up. */
const BYTES: usize = 128;

/** Lays the scratch out and makes everything for the overlaps as they are. */
export function open(
  overlaps: usize,
  table: usize,
  scratch: usize,
  levels: u32,
  patterns: u32,
  neurons: u32,
): Dense {
  const own = changetype<Dense>(scratch);
  own.overlapsAt = overlaps;
  own.tableAt = table;
  own.withLevels = levels != 0;
  own.P = patterns;
  own.N = neurons;
  own.groups = (patterns + 7) >> 3;
  own.made = false;
  own.lanes = scratch + BYTES;
  own.entries = own.lanes + 64;
  own.weights = own.entries + ((neurons + 1) << 4);
  own.tables = own.weights + (own.groups << 5);
  own.F = own.tables + ((68 * own.groups + 160 + 15) & ~15);
  own.fields = own.F + (((neurons + 3) << 3) + 15 & ~15);
  own.list = own.fields + (((neurons + 15) & ~15) << 2);
  prepare(own);
  return own;
}

/** Entry k of F for m = 2k − N. */
@inline
export function at(own: Dense, m: i32): usize {
  return own.F + (((m + <i32>own.N) >> 1) << 3) + 8;
}

/** Makes F and the integers for the overlaps as they are. */
export function prepare(own: Dense): void {
  if (own.P == 0) {
    own.F = own.tableAt;
    own.listed = 0;
    return;
  }
  if (!own.withLevels) {
    own.F = own.tableAt;
    if (!own.made) chooseUnit(own);
    own.made = true;
  } else {
    raise(own);
  }
  // Few groups are summed in doubles anyway.
  if (!gather(own) && own.listed > FEW) {
    chooseUnit(own);
    gather(own);
  }
}

/** Whether the levels fall and then rise: the largest of a range is then at one of its ends. */
function fallsThenRises(own: Dense): bool {
  let rising = false;
  let last = load<f64>(own.tableAt + 8);
  for (let k: u32 = 2; k < own.N + 2; k++) {
    const level = load<f64>(own.tableAt + (k << 3));
    if (rising && level < last) return false;
    rising = rising || level > last;
    last = level;
  }
  return true;
}

/** ln F(m). */
@inline
function level(own: Dense, m: i32): f64 {
  return load<f64>(own.tableAt + 8 + (((m + <i32>own.N) >> 1) << 3));
}

/** The largest level of an overlap. */
function loudestLevel(own: Dense): f64 {
  if (!own.valley) {
    let loudest = -Infinity;
    for (let p: u32 = 0; p < own.P; p++) {
      loudest = max(loudest, level(own, load<i32>(own.overlapsAt + (p << 2))));
    }
    return loudest;
  }
  let least = <i32>own.N;
  let largest = -<i32>own.N;
  let low = i32x4.splat(least);
  let high = i32x4.splat(largest);
  let p: u32 = 0;
  for (; p + 4 <= own.P; p += 4) {
    const m = v128.load(own.overlapsAt + (p << 2));
    low = i32x4.min_s(low, m);
    high = i32x4.max_s(high, m);
  }
  for (; p < own.P; p++) {
    const m = v128.load32_splat(own.overlapsAt + (p << 2));
    low = i32x4.min_s(low, m);
    high = i32x4.max_s(high, m);
  }
  low = i32x4.min_s(low, i32x4.shuffle(low, low, 2, 3, 0, 1));
  high = i32x4.max_s(high, i32x4.shuffle(high, high, 2, 3, 0, 1));
  least = min(i32x4.extract_lane(low, 0), i32x4.extract_lane(low, 1));
  largest = max(i32x4.extract_lane(high, 0), i32x4.extract_lane(high, 1));
  return max(level(own, least), level(own, largest));
}

/** F relative to the largest level of an overlap, rounded up. */
function raise(own: Dense): void {
  if (!own.made) own.valley = fallsThenRises(own);
  const loudest = loudestLevel(own);
  const now = ceil(loudest / STEP) * STEP;
  if (own.made && now == own.top) return;
  own.top = now;
  own.made = true;
  for (let k: u32 = 0; k < own.N + 3; k++) {
    const x = load<f64>(own.tableAt + (k << 3)) - now;
    store<f64>(own.F + (k << 3), x < -TAIL ? 0 : exponential(x));
  }
  // A unit that suits every overlap the state can have; `gather` says when the sum is too large for it.
  const loud = exponential(loudest - now);
  let most: f64 = 0;
  for (let k: u32 = 1; k < own.N + 2; k++) {
    const f = load<f64>(own.F + (k << 3));
    if (f <= loud) most = max(most, extent(own.F + (k << 3)));
  }
  fillEntries(own, most / LARGEST);
}

/** The larger of |A + B|/2 and |A − B|/2, which is (|A| + |B|)/2. */
@inline
function extent(f: usize): f64 {
  const middle = load<f64>(f);
  return 0.5 * (abs(middle - load<f64>(f - 8)) + abs(load<f64>(f, 8) - middle));
}

/** The unit by which the weights of this state, and their sum, become integers of a good size. */
function chooseUnit(own: Dense): void {
  let most: f64 = 0;
  let sum: f64 = 0;
  for (let p: u32 = 0; p < own.P; p++) {
    const x = extent(at(own, load<i32>(own.overlapsAt + (p << 2))));
    most = max(most, x);
    sum += x;
  }
  fillEntries(own, max(most / LARGEST, (2 * sum) / LARGEST_SUM));
}

/** x rounded away from 0. */
@inline
function away(x: f64): f64 {
  return x < 0 ? floor(x) : ceil(x);
}

/** For each m: g, d, |g| + |d| and whether such a pattern matters, i32x4. */
function fillEntries(own: Dense, unit: f64): void {
  const scale = unit > 0 && unit < Infinity ? 0.5 / unit : 0;
  let run: u32 = 0;
  own.quietFrom = 1;
  own.quietTo = 0;
  for (let k: u32 = 0; k <= own.N; k++) {
    const f = own.F + (k << 3) + 8;
    const middle = load<f64>(f);
    const below = load<f64>(f - 8);
    const above = load<f64>(f, 8);
    const a = middle - below;
    const b = above - middle;
    const g = away((a + b) * scale);
    const d = away((a - b) * scale);
    const entry = own.entries + (k << 4);
    const matters = own.withLevels ? below != 0 || middle != 0 || above != 0 : a != 0 || b != 0;
    run = matters ? 0 : run + 1;
    if (2 * <i32>run - 2 > own.quietTo - own.quietFrom) {
      own.quietTo = 2 * <i32>k - <i32>own.N;
      own.quietFrom = own.quietTo - 2 * <i32>run + 2;
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
function gather(own: Dense): bool {
  let total: i64 = 0;
  let active: i64 = 0;
  let g: i32 = 0;
  let d: i32 = 0;
  own.listed = 0;
  const from = i32x4.splat(own.quietFrom);
  const to = i32x4.splat(own.quietTo);
  const base = own.entries + (<usize>(own.N >> 1) << 4);
  const odd = <i32>(own.N & 1);
  for (let group: u32 = 0; group < own.groups; group++) {
    const m = own.overlapsAt + (group << 5);
    const w = own.weights + (group << 5);
    const low = v128.load(m);
    const high = v128.load(m, 16);
    const least = i32x4.min_s(low, high);
    const most = i32x4.max_s(low, high);
    const loud = v128.or(i32x4.lt_s(least, from), i32x4.gt_s(most, to));
    const first = group << 3;
    let sum = i32x4.splat(0);
    if (!v128.any_true(loud) || first + 8 > own.P) {
      v128.store(w, sum);
      v128.store(w, sum, 16);
      if (!v128.any_true(loud)) continue;
      for (let p = first; p < own.P; p++) {
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
      store<u32>(own.list + (own.listed << 2), group);
      own.listed++;
      active += matter;
      g += i32x4.extract_lane(sum, 0);
      d += i32x4.extract_lane(sum, 1);
      total += <i64>(<u32>i32x4.extract_lane(sum, 2));
    }
  }
  own.sumG = g;
  own.sumD = d;
  const fits = total <= MOST_SUM && active < TOO_LARGE;
  own.slack = fits ? 2 * <i32>active + 4 : i32.MAX_VALUE;
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
