/** Dense associative memories: E = −Σ_μ F(m_μ); the definitions stand in the reference. */
import { FEW, open, prepare } from "./dense-integers";
import { Dense, at } from "./dense-layout";
import { heatBath } from "./heat-bath";
import { exponential, logarithm } from "./exponential";
import { fieldsBlocks, laneSum } from "./fields";
import { blockColumn } from "./patterns";

/** With levels, a cost that is no more than this part of the sizes of its terms, 2⁻⁴⁴, is rounding. */
const ROUNDING: f64 = 5.684341886080802e-14;

/** What `exact` adds up: F(m) − F(m ∓ 2), F(m), F(m ∓ 2) or |F(m) − F(m ∓ 2)|. */
const COST: u32 = 0;
const BEFORE: u32 = 1;
const AFTER: u32 = 2;
const SIZE: u32 = 3;

/** The sum over the patterns that matter, in eight lanes; the others would add zeros. */
function exact(own: Dense, column: usize, s: i32, what: u32): f64 {
  memory.fill(own.lanes, 0, 64);
  const flip: u32 = s > 0 ? 0 : 255;
  for (let k: u32 = 0; k < own.listed; k++) {
    const group = load<u32>(own.list + (k << 2));
    let bits = <u32>load<u8>(column + (group << 4)) ^ flip;
    const count = min<u32>(8, own.P - (group << 3));
    const from = own.overlapsAt + (group << 5);
    for (let p: u32 = 0; p < count; p++) {
      const f = at(own, load<i32>(from + (p << 2)));
      const other = load<f64>(f + 8 - ((bits & 1) << 4));
      let term = what == BEFORE ? load<f64>(f) : other;
      if (what == COST || what == SIZE) term = load<f64>(f) - other;
      if (what == SIZE) term = abs(term);
      const lane = own.lanes + (p << 3);
      store<f64>(lane, load<f64>(lane) + term);
      bits >>= 1;
    }
  }
  const even =
    load<f64>(own.lanes) + load<f64>(own.lanes, 32) + (load<f64>(own.lanes, 16) + load<f64>(own.lanes, 48));
  const odd =
    load<f64>(own.lanes, 8) + load<f64>(own.lanes, 40) + (load<f64>(own.lanes, 24) + load<f64>(own.lanes, 56));
  return even + odd;
}

/** Σ ξ g of the neuron whose bytes start at `column`. */
@inline
function integerSum(own: Dense, column: usize): i32 {
  const low = i32x4(0x01010101, 0x02020202, 0x04040404, 0x08080808);
  const high = i32x4(0x10101010, 0x20202020, 0x40404040, <i32>0x80808080);
  let even = i32x4.splat(0);
  let odd = i32x4.splat(0);
  const end = own.list + (own.listed << 2);
  for (let next = own.list; next < end; next += 4) {
    const group = load<u32>(next);
    const byte = v128.load8_splat(column + (group << 4));
    const weight = own.weights + (group << 5);
    const lowSet = i32x4.eq(v128.and(byte, low), low);
    const highSet = i32x4.eq(v128.and(byte, high), high);
    even = i32x4.add(even, v128.and(v128.load(weight), lowSet));
    odd = i32x4.add(odd, v128.and(v128.load(weight, 16), highSet));
  }
  return 2 * laneSum(i32x4.add(even, odd)) - own.sumG;
}

/** Whether a flip costs less than nothing, or nothing where ties are positive. */
@inline
function movesExactly(own: Dense, column: usize, s: i32, tie: u32): bool {
  const cost = exact(own, column, s, COST);
  const tied = tie != 0 && s < 0;
  if (cost == 0) return tied;
  // Its size matters only where it would change the answer.
  if (own.withLevels && cost < 0 != tied) {
    const size = exact(own, column, s, SIZE);
    if (size < Infinity && abs(cost) <= size * ROUNDING) return tied;
  }
  return cost < 0;
}

@inline
function moves(own: Dense, column: usize, s: i32, tie: u32): bool {
  if (own.listed > FEW && own.slack != i32.MAX_VALUE) {
    const cost = own.sumD + s * integerSum(own, column);
    if (cost > own.slack) return false;
    if (cost < -own.slack) return true;
  }
  return movesExactly(own, column, s, tie);
}

/** What a flip adds to E, in units of −Σ F or of −ln Σ F. */
@inline
function change(own: Dense, column: usize, s: i32): f64 {
  if (own.P == 0) return 0;
  if (!own.withLevels) return exact(own, column, s, COST);
  const before = exact(own, column, s, BEFORE);
  const after = exact(own, column, s, AFTER);
  if (after >= before * 1e-6 && after < 1e300) return logarithm(before / after);
  return own.top + logarithm(before) - logarithmAfter(own, column, s);
}

/** ln Σ F after the flip, relative to its own largest term: for steep F, which leave the range of the table. */
function logarithmAfter(own: Dense, column: usize, s: i32): f64 {
  const flip: u32 = s > 0 ? 0 : 1;
  let most = -Infinity;
  for (let p: u32 = 0; p < own.P; p++) most = max(most, levelAfter(own, column, flip, p));
  let sum: f64 = 0;
  for (let p: u32 = 0; p < own.P; p++) sum += exponential(levelAfter(own, column, flip, p) - most);
  return most + logarithm(sum);
}

@inline
function levelAfter(own: Dense, column: usize, flip: u32, p: u32): f64 {
  const agrees = ((<u32>load<u8>(column + ((p >> 3) << 4)) >> (p & 7)) & 1) ^ flip;
  const k = <u32>((load<i32>(own.overlapsAt + (p << 2)) + <i32>own.N) >> 1);
  return load<f64>(own.tableAt + ((k + 2 - 2 * agrees) << 3));
}

function movable(
  own: Dense,
  signs: usize,
  blocks: usize,
  mobile: usize,
  tie: u32,
  stride: u32,
  turn: bool,
): u32 {
  const integers = own.listed > FEW && own.slack != i32.MAX_VALUE;
  if (integers) fieldsBlocks(own.fields, own.weights, blocks, own.tables, stride, own.P, own.N);
  let count: u32 = 0;
  for (let i: u32 = 0; i < own.N; i++) {
    if (load<u8>(mobile + i) == 0) continue;
    const s = <i32>load<i8>(signs + i);
    if (integers) {
      const cost = own.sumD + s * load<i32>(own.fields + (i << 2));
      if (cost > own.slack) continue;
      if (cost >= -own.slack && !movesExactly(own, blockColumn(blocks, stride, i), s, tie)) continue;
    } else if (!movesExactly(own, blockColumn(blocks, stride, i), s, tie)) {
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
  const own = open(overlaps, table, scratch, levels, patterns, neurons);
  return movable(own, signs, blocks, mobile, tie, stride, false);
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
  const own = open(overlaps, table, scratch, levels, patterns, neurons);
  return movable(own, signs, blocks, mobile, tie, stride, true);
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
  const own = open(overlaps, table, scratch, levels, patterns, neurons);
  for (let i: u32 = 0; i < neurons; i++) {
    const column = blockColumn(blocks, stride, i);
    store<f64>(changes + (i << 3), change(own, column, <i32>load<i8>(signs + i)));
  }
}

/** Turns a neuron over: m_μ −= 2 s_i ξ_i^μ, eight patterns at a time. */
function flip(own: Dense, sign: usize, column: usize): void {
  const s = load<i8>(sign);
  store<i8>(sign, -s);
  const low = i32x4(0x01010101, 0x02020202, 0x04040404, 0x08080808);
  const high = i32x4(0x10101010, 0x20202020, 0x40404040, <i32>0x80808080);
  const step = i32x4.splat(2 * <i32>s);
  const back = i32x4.splat(-4 * <i32>s);
  const whole = own.P >> 3;
  let m = own.overlapsAt;
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
  for (let p: u32 = 0; p < (own.P & 7); p++) {
    const set = <i32>(load<u8>(column) >> <u8>p) & 1;
    store<i32>(m, load<i32>(m) + 2 * s - 4 * s * set);
    m += 4;
  }
  prepare(own);
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
  const own = open(overlaps, table, scratch, levels, patterns, neurons);
  let flips: u32 = 0;
  let next = load<u32>(cursor);
  while (next < count && flips < limit) {
    const i = load<u32>(order + (next << 2));
    next++;
    const column = blockColumn(blocks, stride, i);
    if (!moves(own, column, <i32>load<i8>(signs + i), tie)) continue;
    flip(own, signs + i, column);
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
  const own = open(overlaps, table, scratch, levels, patterns, neurons);
  let flips: u32 = 0;
  let next = load<u32>(cursor);
  while (next < count && flips < limit) {
    const i = load<u32>(order + (next << 2));
    next++;
    const column = blockColumn(blocks, stride, i);
    const s = <i32>load<i8>(signs + i);
    if (heatBath(generator, <f64>s * change(own, column, s), gain) == s) continue;
    flip(own, signs + i, column);
    flips++;
  }
  store<u32>(cursor, next);
  return flips;
}
