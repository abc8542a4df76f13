/** F out of its logarithms: relative to the loudest pattern, and only as far as patterns can have it. */
import { Dense, extent, firstEntry, lastEntry } from "./dense-layout";
import { exponential } from "./exponential";

/** Where ln F is this far below its reference, F counts as 0. */
const TAIL: f64 = 96;
/** The reference is a multiple of this, so that it seldom changes. */
const STEP: f64 = 32;

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

/** How far entry k of the table is above a reference. */
@inline
function above(own: Dense, k: i32, reference: f64): f64 {
  return load<f64>(own.tableAt + (<usize>k << 3)) - reference;
}

/**
 * Chooses the entries that matter while the largest level is no more than `now`. Where levels fall and then rise, overlaps
 * have entries of an interval, those between its two ends too far down to matter: no more than a few are made, however
 * many neurons there are.
 */
function choose(own: Dense, now: f64): void {
  const last = <i32>own.N + 2;
  let first = own.made ? own.from : 0;
  let end = own.made ? max(own.to, own.to2) : last;
  while (first > 0 && above(own, first, now) <= 0) first--;
  while (first < end && above(own, first, now) > 0 && above(own, first + 1, now) > 0) first++;
  while (end < last && above(own, end, now) <= 0) end++;
  while (end > first && above(own, end, now) > 0 && above(own, end - 1, now) > 0) end--;
  let to = first;
  while (to < end && above(own, to + 1, now) >= -TAIL) to++;
  let from2 = end;
  while (from2 - 1 > to && above(own, from2 - 1, now) >= -TAIL) from2--;
  own.from = first;
  own.to = to;
  own.from2 = from2;
  own.to2 = end;
  // What is made of an entry has to do with those beside it.
  if (from2 - to > 3) return;
  own.to = end;
  own.from2 = 1;
  own.to2 = 0;
}

/** Forgets what has been made: all of it at first. */
function clear(own: Dense): void {
  if (!own.made) {
    memory.fill(own.F, 0, (own.N + 3) << 3);
    memory.fill(own.entries, 0, (own.N + 1) << 4);
    return;
  }
  clearRange(own, own.from, own.to);
  clearRange(own, own.from2, own.to2);
}

function clearRange(own: Dense, from: i32, to: i32): void {
  if (to < from) return;
  memory.fill(own.F + (<usize>from << 3), 0, (to - from + 1) << 3);
  const first = firstEntry(from);
  memory.fill(own.entries + (<usize>first << 4), 0, (lastEntry(own, to) - first + 1) << 4);
}

/** Whether F was made anew, relative to the largest level of an overlap, rounded up. */
export function raise(own: Dense): bool {
  if (!own.made) own.valley = fallsThenRises(own);
  const loudest = loudestLevel(own);
  const now = ceil(loudest / STEP) * STEP;
  if (own.made && now == own.top) return false;
  if (own.valley) {
    clear(own);
    choose(own, now);
  }
  own.top = now;
  own.made = true;
  own.loud = exponential(loudest - now);
  fill(own, own.from, own.to);
  fill(own, own.from2, own.to2);
  return true;
}

/** What suits every overlap the state can have: the largest extent of entries that are no larger than the loudest. */
export function largestExtent(own: Dense): f64 {
  const apart = own.to2 >= own.from2;
  const most = mostUpTo(own, own.from, own.to + i32(apart));
  return apart ? max(most, mostUpTo(own, own.from2 - 1, own.to2)) : most;
}

function fill(own: Dense, from: i32, to: i32): void {
  for (let k = from; k <= to; k++) {
    const x = above(own, k, own.top);
    store<f64>(own.F + (<usize>k << 3), x < -TAIL ? 0 : exponential(x));
  }
}

function mostUpTo(own: Dense, from: i32, to: i32): f64 {
  let most: f64 = 0;
  for (let k = max(1, from); k <= min(<i32>own.N + 1, to); k++) {
    const f = own.F + (<usize>k << 3);
    if (load<f64>(f) <= own.loud) most = max(most, extent(f));
  }
  return most;
}
