/** Stored patterns as bits: rows for overlaps, blocks for fields and couplings. */

/** The byte of blocks that holds patterns 0 … 7 of neuron i; those of group g follow 16·g bytes on. */
@inline
export function blockColumn(blocks: usize, stride: u32, i: u32): usize {
  return blocks + (((i >> 4) * stride) << 4) + (i & 15);
}

export function blocksFromRows(
  blocks: usize,
  rows: usize,
  fromGroup: u32,
  stride: u32,
  patterns: u32,
  neurons: u32,
): void {
  const rowBytes = ((neurons + 127) >> 7) << 4;
  const groups = (patterns + 7) >> 3;
  const select = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  for (let g = fromGroup; g < groups; g++) {
    const count = min<u32>(8, patterns - 8 * g);
    const first = rows + 8 * g * rowBytes;
    for (let i: u32 = 0; i < neurons; i += 16) {
      let bytes = i8x16.splat(0);
      let row = first + (i >> 3);
      for (let k: u32 = 0; k < count; k++) {
        const pair = v128.load16_splat(row);
        const spread = i8x16.shuffle(pair, pair, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        const set = i8x16.eq(v128.and(spread, select), select);
        bytes = v128.or(bytes, v128.and(set, i8x16.splat(<i8>(<u32>1 << k))));
        row += rowBytes;
      }
      v128.store(blocks + (((i >> 4) * stride + g) << 4), bytes);
    }
  }
}

export function widenBlocks(
  out: usize,
  blocks: usize,
  outStride: u32,
  stride: u32,
  neurons: u32,
): void {
  for (let i: u32 = 0; i < neurons; i += 16) {
    for (let g: u32 = 0; g < stride; g++) {
      v128.store(out + (g << 4), v128.load(blocks + (g << 4)));
    }
    for (let g = stride; g < outStride; g++) v128.store(out + (g << 4), i8x16.splat(0));
    out += outStride << 4;
    blocks += stride << 4;
  }
}

/** Byte counters hold 31 vectors of at most 8 ones a byte. */
const FULL: u32 = 31 << 4;

@inline
function widen(counts: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(counts));
}

@inline
function total(counts: v128): u32 {
  return (
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3)
  );
}

export function overlaps(
  overlaps: usize,
  bits: usize,
  rows: usize,
  patterns: u32,
  neurons: u32,
): void {
  const rowBytes = ((neurons + 127) >> 7) << 4;
  let pattern: u32 = 0;
  for (; pattern + 4 <= patterns; pattern += 4) {
    const row0 = rows + pattern * rowBytes;
    const row1 = row0 + rowBytes;
    const row2 = row1 + rowBytes;
    const row3 = row2 + rowBytes;
    let sum0 = i32x4.splat(0);
    let sum1 = i32x4.splat(0);
    let sum2 = i32x4.splat(0);
    let sum3 = i32x4.splat(0);
    let k: u32 = 0;
    while (k < rowBytes) {
      const end = min(rowBytes, k + FULL);
      let count0 = i8x16.splat(0);
      let count1 = i8x16.splat(0);
      let count2 = i8x16.splat(0);
      let count3 = i8x16.splat(0);
      for (; k < end; k += 16) {
        const state = v128.load(bits + k);
        count0 = i8x16.add(count0, i8x16.popcnt(v128.xor(v128.load(row0 + k), state)));
        count1 = i8x16.add(count1, i8x16.popcnt(v128.xor(v128.load(row1 + k), state)));
        count2 = i8x16.add(count2, i8x16.popcnt(v128.xor(v128.load(row2 + k), state)));
        count3 = i8x16.add(count3, i8x16.popcnt(v128.xor(v128.load(row3 + k), state)));
      }
      sum0 = i32x4.add(sum0, widen(count0));
      sum1 = i32x4.add(sum1, widen(count1));
      sum2 = i32x4.add(sum2, widen(count2));
      sum3 = i32x4.add(sum3, widen(count3));
    }
    const out = overlaps + (pattern << 2);
    store<i32>(out, neurons - 2 * total(sum0));
    store<i32>(out, neurons - 2 * total(sum1), 4);
    store<i32>(out, neurons - 2 * total(sum2), 8);
    store<i32>(out, neurons - 2 * total(sum3), 12);
  }
  for (; pattern < patterns; pattern++) {
    const row = rows + pattern * rowBytes;
    let different: u32 = 0;
    for (let k: u32 = 0; k < rowBytes; k += 16) {
      const changed = v128.xor(v128.load(row + k), v128.load(bits + k));
      different += total(widen(i8x16.popcnt(changed)));
    }
    store<i32>(overlaps + (pattern << 2), neurons - 2 * different);
  }
  for (; (pattern & 7) != 0; pattern++) store<i32>(overlaps + (pattern << 2), 0);
}
