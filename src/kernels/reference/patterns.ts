/** Stored patterns as bits: rows for overlaps, blocks for fields and couplings. */
import type { Views } from '../../memory.ts';

/** The byte of blocks that holds patterns 8g … 8g+7 of neuron i. */
export function blockByte(blocks: number, stride: number, i: number, g: number): number {
  return blocks + ((i >>> 4) * stride + g) * 16 + (i & 15);
}

/** ξ_i^μ from blocks. */
export function signInBlocks(
  m: Views,
  blocks: number,
  stride: number,
  i: number,
  pattern: number,
): number {
  const byte = m.u8[blockByte(blocks, stride, i, pattern >>> 3)];
  return (byte >> (pattern & 7)) & 1 ? 1 : -1;
}

export function blocksFromRows(
  m: Views,
  blocks: number,
  rows: number,
  fromGroup: number,
  stride: number,
  patterns: number,
  neurons: number,
): void {
  const rowBytes = ((neurons + 127) >>> 7) * 16;
  const groups = (patterns + 7) >>> 3;
  for (let i = 0; i < ((neurons + 15) & ~15); i++) {
    for (let g = fromGroup; g < groups; g++) {
      let byte = 0;
      for (let k = 0; k < 8 && 8 * g + k < patterns; k++) {
        const bit = (m.u8[rows + (8 * g + k) * rowBytes + (i >>> 3)] >> (i & 7)) & 1;
        byte |= bit << k;
      }
      m.u8[blockByte(blocks, stride, i, g)] = byte;
    }
  }
}

export function widenBlocks(
  m: Views,
  out: number,
  blocks: number,
  outStride: number,
  stride: number,
  neurons: number,
): void {
  for (let block = 0; block < (neurons + 15) >>> 4; block++) {
    const to = out + block * outStride * 16;
    const from = blocks + block * stride * 16;
    m.u8.copyWithin(to, from, from + stride * 16);
    m.u8.fill(0, to + stride * 16, to + outStride * 16);
  }
}

function bitCount(x: number): number {
  x -= (x >>> 1) & 0x55555555;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function overlaps(
  m: Views,
  overlaps: number,
  bits: number,
  rows: number,
  patterns: number,
  neurons: number,
): void {
  const words = ((neurons + 127) >>> 7) * 4;
  const out = overlaps >>> 2;
  const state = bits >>> 2;
  for (let pattern = 0; pattern < patterns; pattern++) {
    const row = (rows >>> 2) + pattern * words;
    let different = 0;
    for (let k = 0; k < words; k++) different += bitCount(m.i32[row + k] ^ m.i32[state + k]);
    m.i32[out + pattern] = neurons - 2 * different;
  }
  m.i32.fill(0, out + patterns, out + ((patterns + 7) & ~7));
}
