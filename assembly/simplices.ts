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

/*
 * Inside a kernel fields are kept as s_i h_i, the sum of w_σ s_σ over the simplices of neuron i: a simplex then adds the
 * same to all its neurons. The sign bit of signs xored together is that of their product.
 */

/** Fields to s_i h_i, and back. */
function turn(fields: usize, signs: usize, neurons: u32): void {
  let i: u32 = 0;
  for (; i + 4 <= neurons; i += 4) {
    const s = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(signs + i)));
    const at = fields + (i << 2);
    v128.store(at, i32x4.mul(v128.load(at), s));
  }
  for (; i < neurons; i++) {
    const at = fields + (i << 2);
    store<i32>(at, load<i32>(at) * <i32>load<i8>(signs + i));
  }
}

@inline
function signAt(signs: usize, at: usize): i32 {
  return <i32>load<i8>(signs + load<u32>(at));
}

/** x with the sign of `product`. */
@inline
function signed(x: i32, product: i32): i32 {
  const mask = product >> 31;
  return (x ^ mask) - mask;
}

/** Adds to the neuron named at `at`. */
@inline
function addTo(fields: usize, at: usize, amount: i32): void {
  const field = fields + (load<u32>(at) << 2);
  store<i32>(field, load<i32>(field) + amount);
}

/**
 * Adds factor·w_σ·s_σ to all but neuron i, whose sign is s, for the records from `at` to `end`; returns the sum of
 * factor·w_σ·s_σ.
 */
@inline
function spread(
  fields: usize,
  signs: usize,
  at: usize,
  end: usize,
  size: u32,
  s: i32,
  factor: i32,
): i32 {
  let sum: i32 = 0;
  if (size == 2) {
    for (; at < end; at += 8) {
      const term = factor * signed(load<i32>(at), s ^ signAt(signs, at + 4));
      sum += term;
      addTo(fields, at + 4, term);
    }
  } else if (size == 3) {
    for (; at < end; at += 12) {
      const product = s ^ signAt(signs, at + 4) ^ signAt(signs, at + 8);
      const term = factor * signed(load<i32>(at), product);
      sum += term;
      addTo(fields, at + 4, term);
      addTo(fields, at + 8, term);
    }
  } else {
    const step = size << 2;
    for (; at < end; at += step) {
      let product = s;
      for (let other = at + 4; other < at + step; other += 4) product ^= signAt(signs, other);
      const term = factor * signed(load<i32>(at), product);
      sum += term;
      for (let other = at + 4; other < at + step; other += 4) addTo(fields, other, term);
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
      own += spread(fields, signs, at, at + ((first * size) << 2), size, s, 1);
      at += (count * size) << 2;
    }
    const field = fields + (i << 2);
    store<i32>(field, load<i32>(field) + own);
    all += <f64>own;
  }
  store<f64>(total, all);
  turn(fields, signs, neurons);
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
    spread(fields, signs, at + HEAD, end, size, s, -2);
    at = end;
  }
  const field = fields + (i << 2);
  const own = load<i32>(field);
  store<i32>(field, -own);
  store<f64>(total, load<f64>(total) - 2 * <f64>own);
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
  neurons: u32,
): u32 {
  turn(fields, signs, neurons);
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    if (2 * load<i32>(fields + (i << 2)) + tie * <i32>load<i8>(signs + i) >= 0) continue;
    flip(signs, fields, total, records, starts, i);
    flips++;
  }
  store<u32>(cursor, at);
  turn(fields, signs, neurons);
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
  neurons: u32,
): u32 {
  turn(fields, signs, neurons);
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    const s = <i32>load<i8>(signs + i);
    if (heatBath(generator, <f64>(s * load<i32>(fields + (i << 2))), gain) == s) continue;
    flip(signs, fields, total, records, starts, i);
    flips++;
  }
  store<u32>(cursor, at);
  turn(fields, signs, neurons);
  return flips;
}
