/**
 * The integers by which dense memories decide: what each overlap weighs, made again where the state has outgrown them, and
 * the patterns that matter.
 */
import { BYTES, Dense, at, extent, firstEntry, lastEntry } from "./dense-layout";
import { largestExtent, raise } from "./dense-levels";

/*
 * What a flip costs is a sum over all patterns, in doubles. Most decisions need only its sign, so it is computed in
 * integers first: with A = F(m) − F(m−2), B = F(m+2) − F(m), the cost is Σ (A − B)/2 + s_i Σ ξ_i (A + B)/2. Both halves
 * are divided by a common unit and rounded away from 0 (d, g), so a pattern that matters at all is off by less than
 * two units, and the integer sum by less than 2·(patterns that matter). When it is further from zero than that its
 * sign is the right one; when not, the sum in doubles decides. Rounding of that sum itself is below two units: it is
 * made of at most 2³⁰ units, in lanes of at most 2²⁴.
 */

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
  own.from = 0;
  own.to = neurons + 2;
  own.from2 = 1;
  own.to2 = 0;
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
    // A unit for every overlap the state can have; `gather` says when the sum is too large for it.
    if (raise(own)) fillEntries(own, largestExtent(own) / LARGEST);
  }
  // Few groups are summed in doubles anyway.
  if (!gather(own) && own.listed > FEW) {
    chooseUnit(own);
    gather(own);
  }
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

/** For each m that can matter: g, d, |g| + |d| and whether such a pattern matters, i32x4. */
function fillEntries(own: Dense, unit: f64): void {
  const scale = unit > 0 && unit < Infinity ? 0.5 / unit : 0;
  own.quietFrom = 1;
  own.quietTo = 0;
  const end = lastEntry(own, own.to);
  let run = fillRange(own, scale, firstEntry(own.from), end, 0);
  if (own.to2 < own.from2) return;
  const next = firstEntry(own.from2);
  run += next - end - 1;
  quiet(own, next - 1, run);
  fillRange(own, scale, next, lastEntry(own, own.to2), run);
}

/** Remembers a run of entries that do not matter, up to `k`, if it is the longest. */
@inline
function quiet(own: Dense, k: i32, run: i32): void {
  if (2 * run - 2 <= own.quietTo - own.quietFrom) return;
  own.quietTo = 2 * k - <i32>own.N;
  own.quietFrom = own.quietTo - 2 * run + 2;
}

/** How many of the last do not matter, after `run` before the first. */
function fillRange(own: Dense, scale: f64, from: i32, to: i32, run: i32): i32 {
  for (let k = from; k <= to; k++) {
    const f = own.F + (<usize>k << 3) + 8;
    const middle = load<f64>(f);
    const below = load<f64>(f - 8);
    const above = load<f64>(f, 8);
    const a = middle - below;
    const b = above - middle;
    const g = away((a + b) * scale);
    const d = away((a - b) * scale);
    const entry = own.entries + (<usize>k << 4);
    const matters = own.withLevels ? below != 0 || middle != 0 || above != 0 : a != 0 || b != 0;
    run = matters ? 0 : run + 1;
    quiet(own, k, run);
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
  return run;
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
