/** Simplicial networks by lists of simplices; the definitions stand in the reference. */
import { heatBath } from "./heat-bath";
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
 * Inside a kernel fields are kept as 2 s_i h_i, twice the sum of w_σ s_σ over the simplices of neuron i, with the lowest
 * bit set where s_i = −1. So one word is all there is to know of a neuron, and a simplex adds the same to all its own.
 */

/** Fields to such words. */
function fold(fields: usize, signs: usize, neurons: u32): void {
  for (let i: u32 = 0; i < neurons; i++) {
    const at = fields + (i << 2);
    const s = <i32>load<i8>(signs + i);
    store<i32>(at, (2 * s * load<i32>(at)) | ((s >> 1) & 1));
  }
}

/** And back. */
function unfold(fields: usize, neurons: u32): void {
  for (let i: u32 = 0; i < neurons; i++) {
    const at = fields + (i << 2);
    const word = load<i32>(at);
    store<i32>(at, signed(word >> 1, word));
  }
}

/** x, or −x where the lowest bit of `signs` is set. */
@inline
function signed(x: i32, signs: i32): i32 {
  const mask = -(signs & 1);
  return (x ^ mask) - mask;
}

/** The address of the word of the neuron named at `at`. */
@inline
function word(fields: usize, at: usize): usize {
  return fields + (load<u32>(at) << 2);
}

/**
 * Adds factor·w_σ·s_σ to the words of all but neuron i, whose own is `own`, for the records from `at` to `end`; returns
 * the sum of factor·w_σ·s_σ.
 */
@inline
function spread(fields: usize, at: usize, end: usize, size: u32, own: i32, factor: i32): i32 {
  let sum: i32 = 0;
  if (size == 2) {
    for (; at < end; at += 8) {
      const a = word(fields, at + 4);
      const x = load<i32>(a);
      const term = factor * signed(load<i32>(at), own ^ x);
      sum += term;
      store<i32>(a, x + term);
    }
  } else if (size == 3) {
    for (; at < end; at += 12) {
      const a = word(fields, at + 4);
      const b = word(fields, at + 8);
      const x = load<i32>(a);
      const y = load<i32>(b);
      const term = factor * signed(load<i32>(at), own ^ x ^ y);
      sum += term;
      store<i32>(a, x + term);
      store<i32>(b, y + term);
    }
  } else {
    const step = size << 2;
    for (; at < end; at += step) {
      let signs = own;
      for (let k = at + 4; k < at + step; k += 4) signs ^= load<i32>(word(fields, k));
      const term = factor * signed(load<i32>(at), signs);
      sum += term;
      for (let k = at + 4; k < at + step; k += 4) {
        const a = word(fields, k);
        store<i32>(a, load<i32>(a) + term);
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
  fold(fields, signs, neurons);
  let all: f64 = 0;
  for (let i: u32 = 0; i < neurons; i++) {
    let at = records + (load<u32>(starts + (i << 2)) << 2);
    const last = records + (load<u32>(starts + (i << 2), 4) << 2);
    const field = fields + (i << 2);
    const own = load<i32>(field);
    let sum: i32 = 0;
    while (at < last) {
      const size = load<u32>(at);
      const first = load<u32>(at, 4);
      const count = load<u32>(at, 8);
      at += HEAD;
      // Each simplex once, with its smallest neuron.
      sum += spread(fields, at, at + ((first * size) << 2), size, own, 2);
      at += (count * size) << 2;
    }
    store<i32>(field, own + sum);
    all += <f64>(sum >> 1);
  }
  store<f64>(total, all);
  unfold(fields, neurons);
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
  let at = records + (load<u32>(starts + (i << 2)) << 2);
  const last = records + (load<u32>(starts + (i << 2), 4) << 2);
  const field = fields + (i << 2);
  const own = load<i32>(field);
  while (at < last) {
    const size = load<u32>(at);
    const end = at + HEAD + ((load<u32>(at, 8) * size) << 2);
    spread(fields, at + HEAD, end, size, own, -4);
    at = end;
  }
  // The other sign, and the field that belongs to it: both halves of the word change.
  store<i32>(field, (-(own & ~1)) | (~own & 1));
  store<f64>(total, load<f64>(total) - <f64>(own & ~1));
  store<i8>(signs + i, -load<i8>(signs + i));
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
  fold(fields, signs, neurons);
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    const word = load<i32>(fields + (i << 2));
    // Negative, or with ties zero and s_i = −1.
    if (word >= 0 && (tie == 0 || word != 1)) continue;
    flip(signs, fields, total, records, starts, i);
    flips++;
  }
  store<u32>(cursor, at);
  unfold(fields, neurons);
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
  fold(fields, signs, neurons);
  let flips: u32 = 0;
  let at = load<u32>(cursor);
  while (at < count && flips < limit) {
    const i = load<u32>(order + (at << 2));
    at++;
    const word = load<i32>(fields + (i << 2));
    if (heatBath(generator, <f64>signed(word >> 1, word), gain) == load<i8>(signs + i)) continue;
    flip(signs, fields, total, records, starts, i);
    flips++;
  }
  store<u32>(cursor, at);
  unfold(fields, neurons);
  return flips;
}
