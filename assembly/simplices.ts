/** Simplicial networks by lists of simplices; the definitions stand in the reference. */
import { heatBath } from "./dynamics";
import { blockColumn } from "./patterns";

/** Bytes of a group's size, first and count. */
const HEAD: usize = 12;

/** The signs of up to 64 patterns, 8·groups of them from group `group` on, as one word a neuron. */
function fillColumns(
  columns: usize,
  blocks: usize,
  stride: u32,
  group: u32,
  groups: u32,
  neurons: u32,
): void {
  for (let i: u32 = 0; i < neurons; i++) {
    let byte = blockColumn(blocks, stride, i) + (group << 4);
    let word: u64 = 0;
    for (let g: u32 = 0; g < groups; g++) {
      word |= <u64>load<u8>(byte) << (8 * g);
      byte += 16;
    }
    store<u64>(columns + (i << 3), word);
  }
}

@inline
function column(columns: usize, at: usize): u64 {
  return load<u64>(columns + (load<u32>(at) << 3));
}

/** w_σ += sign·(patterns − 2·those whose product is −1), over the patterns in the mask. */
function addColumns(
  records: usize,
  starts: usize,
  columns: usize,
  mask: u64,
  sign: i32,
  neurons: u32,
): void {
  const most = sign * <i32>popcnt<u64>(mask);
  const twice = 2 * sign;
  for (let i: u32 = 0; i < neurons; i++) {
    let at = records + (load<u32>(starts + (i << 2)) << 2);
    const last = records + (load<u32>(starts + (i << 2), 4) << 2);
    const own = load<u64>(columns + (i << 3));
    // A product of signs is −1 when the number of +1 among them has another parity than their number.
    const odd = own ^ -1;
    while (at < last) {
      const size = load<u32>(at);
      const end = at + HEAD + ((load<u32>(at, 8) * size) << 2);
      at += HEAD;
      if (size == 2) {
        for (; at < end; at += 8) {
          const minus = <i32>popcnt<u64>((own ^ column(columns, at + 4)) & mask);
          store<i32>(at, load<i32>(at) + most - twice * minus);
        }
      } else if (size == 3) {
        for (; at < end; at += 12) {
          const all = odd ^ column(columns, at + 4) ^ column(columns, at + 8);
          store<i32>(at, load<i32>(at) + most - twice * <i32>popcnt<u64>(all & mask));
        }
      } else {
        while (at < end) {
          const weight = at;
          let all = (size & 1) != 0 ? odd : own;
          at += 4;
          for (let k: u32 = 1; k < size; k++) {
            all ^= column(columns, at);
            at += 4;
          }
          store<i32>(weight, load<i32>(weight) + most - twice * <i32>popcnt<u64>(all & mask));
        }
      }
    }
  }
}

export function addSimplices(
  records: usize,
  starts: usize,
  blocks: usize,
  columns: usize,
  stride: u32,
  from: u32,
  to: u32,
  sign: i32,
  neurons: u32,
): void {
  while (from < to) {
    const group = from >> 3;
    const first = group << 3;
    const count = min<u32>(to - first, 64);
    fillColumns(columns, blocks, stride, group, (count + 7) >> 3, neurons);
    const below = (<u64>1 << (from - first)) - 1;
    const upTo: u64 = count == 64 ? -1 : (<u64>1 << count) - 1;
    addColumns(records, starts, columns, upTo & ~below, sign, neurons);
    from = first + count;
  }
}

@inline
function signAt(signs: usize, at: usize): i32 {
  return <i32>load<i8>(signs + load<u32>(at));
}

/** h_j += amount for the neuron j named at `at`. */
@inline
function addTo(fields: usize, at: usize, amount: i32): void {
  const field = fields + (load<u32>(at) << 2);
  store<i32>(field, load<i32>(field) + amount);
}

/** The product of the signs of the neurons named from `at` to `end`. */
@inline
function product(signs: usize, at: usize, end: usize): i32 {
  let product: i32 = 1;
  for (; at < end; at += 4) product *= signAt(signs, at);
  return product;
}

/**
 * Adds factor·w_σ·s_{σ∖i}, times s_j to the field of every other neuron j, for the records from `at` to `end`;
 * returns the sum of w_σ·s_{σ∖i}.
 */
@inline
function spread(fields: usize, signs: usize, at: usize, end: usize, size: u32, factor: i32): i32 {
  let sum: i32 = 0;
  if (size == 2) {
    for (; at < end; at += 8) {
      const weight = load<i32>(at);
      sum += weight * signAt(signs, at + 4);
      addTo(fields, at + 4, factor * weight);
    }
  } else if (size == 3) {
    for (; at < end; at += 12) {
      const weight = load<i32>(at);
      const first = weight * signAt(signs, at + 4);
      const second = signAt(signs, at + 8);
      sum += first * second;
      addTo(fields, at + 4, factor * weight * second);
      addTo(fields, at + 8, factor * first);
    }
  } else {
    const step = size << 2;
    for (; at < end; at += step) {
      const term = load<i32>(at) * product(signs, at + 4, at + step);
      sum += term;
      for (let other = at + 4; other < at + step; other += 4) {
        addTo(fields, other, factor * term * signAt(signs, other));
      }
    }
  }
  return sum;
}

export function fieldsSimplices(
  fields: usize,
  total: usize,
  signs: usize,
  records: usize,
  starts: usize,
  neurons: u32,
): void {
  memory.fill(fields, 0, neurons << 2);
  let all: f64 = 0;
  for (let i: u32 = 0; i < neurons; i++) {
    let at = records + (load<u32>(starts + (i << 2)) << 2);
    const last = records + (load<u32>(starts + (i << 2), 4) << 2);
    const s = <i32>load<i8>(signs + i);
    let own: i32 = 0;
    while (at < last) {
      const size = load<u32>(at);
      const first = load<u32>(at, 4);
      const count = load<u32>(at, 8);
      at += HEAD;
      // Each simplex once, with its smallest neuron.
      own += spread(fields, signs, at, at + ((first * size) << 2), size, s);
      at += (count * size) << 2;
    }
    const field = fields + (i << 2);
    store<i32>(field, load<i32>(field) + own);
    all += <f64>(s * own);
  }
  store<f64>(total, all);
}

/** Turns neuron i over and brings fields and total up to date. */
function flip(
  signs: usize,
  fields: usize,
  total: usize,
  records: usize,
  starts: usize,
  i: u32,
): void {
  const s = <i32>load<i8>(signs + i);
  let at = records + (load<u32>(starts + (i << 2)) << 2);
  const last = records + (load<u32>(starts + (i << 2), 4) << 2);
  while (at < last) {
    const size = load<u32>(at);
    const end = at + HEAD + ((load<u32>(at, 8) * size) << 2);
    spread(fields, signs, at + HEAD, end, size, -2 * s);
    at = end;
  }
  store<f64>(total, load<f64>(total) - 2 * <f64>(s * load<i32>(fields + (i << 2))));
  store<i8>(signs + i, <i8>-s);
}

export function sweepSimplices(
  signs: usize,
  fields: usize,
  total: usize,
  records: usize,
  starts: usize,
  order: usize,
  cursor: usize,
  count: u32,
  limit: u32,
  tie: i32,
): u32 {
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    const s = <i32>load<i8>(signs + i);
    if (s * (2 * load<i32>(fields + (i << 2)) + tie) >= 0) continue;
    flip(signs, fields, total, records, starts, i);
    flips++;
  }
  store<u32>(cursor, at);
  return flips;
}

export function glauberSimplices(
  signs: usize,
  fields: usize,
  total: usize,
  records: usize,
  starts: usize,
  order: usize,
  cursor: usize,
  generator: usize,
  count: u32,
  limit: u32,
  gain: f64,
): u32 {
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    if (heatBath(generator, <f64>load<i32>(fields + (i << 2)), gain) == load<i8>(signs + i)) continue;
    flip(signs, fields, total, records, starts, i);
    flips++;
  }
  store<u32>(cursor, at);
  return flips;
}
