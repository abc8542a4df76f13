/**
 * Sizes of what kernels work on, in bytes unless said: each stands here and nowhere else.
 *
 * `N` neurons, `P` patterns; what the blocks hold stands in src/kernels/abi.
 *
 * | block      | elements              | bytes             |
 * | ---------- | --------------------- | ----------------- |
 * | signs      | i8[padded(N)]         | padded(N)         |
 * | fields     | i32[padded(N)]        | 4·padded(N)       |
 * | couplings  | N rows of padded(N)   | N·padded(N)·size  |
 * | bits       | one row of N bits     | rowBytes(N)       |
 * | overlaps   | i32[8·⌈P/8⌉]          | overlapBytes(P)   |
 * | blocks     | ⌈N/16⌉ × stride × 16  | blockBytes(N, 8·stride) |
 */

/** Columns of couplings, fields and masks for N neurons: N rounded up to 64. */
export function padded(neurons: number): number {
  return Math.ceil(neurons / 64) * 64;
}

/** One row of N bits. */
export function rowBytes(neurons: number): number {
  return Math.ceil(neurons / 128) * 16;
}

/** Overlaps with P patterns. */
export function overlapBytes(patterns: number): number {
  return Math.ceil(patterns / 8) * 32;
}

/** Blocks that have room for P patterns, a multiple of 8. */
export function blockBytes(neurons: number, patterns: number): number {
  return Math.ceil(neurons / 16) * 2 * patterns;
}

/** Bytes of one coupling of each kind. */
export const SIZES = { i8: 1, i16: 2, i32: 4 } as const;

/** A matrix of N×N couplings. */
export function matrixBytes(neurons: number, kind: keyof typeof SIZES): number {
  return neurons * padded(neurons) * SIZES[kind];
}

/** Singles of a row that vectors of `dimension` numbers are kept in. */
export function widthOf(dimension: number): number {
  return Math.ceil(dimension / 8) * 8;
}

/** Codes of a row of vectors of `dimension` numbers. */
export function codeWidth(dimension: number): number {
  return Math.ceil(dimension / 16) * 16;
}

/** Bytes of a row of codes, with what stands before them. */
export function codeBytes(dimension: number): number {
  return 16 + codeWidth(dimension);
}

/** Integer fields stay below this, whatever the state. */
export const FIELD_LIMIT = 1073741824;

// Scratch, named after the kernels that it is for.

export const HEBBIAN_SCRATCH = 30_720;

export function outerScratch(neurons: number): number {
  return 8 * padded(neurons);
}

export function fieldsBlocksScratch(patterns: number): number {
  return 68 * Math.ceil(patterns / 8) + 160;
}

/** Copies of the fields in i16. */
export function sweepI8Scratch(neurons: number): number {
  return 2 * padded(neurons);
}

/** For all kernels of dense memories. */
export function denseScratch(neurons: number, patterns: number): number {
  return 112 * Math.ceil(patterns / 8) + 30 * neurons + 640;
}

export function simplicesScratch(neurons: number): number {
  return 8 * neurons;
}

export const ANNEAL_SCRATCH = 32;

/** Six tables of 128 bytes. */
export const LANES_SCRATCH = 768;

export const ATTEND_SCRATCH = 2320;

/** Four rows of codes in i16. */
export function scanScratch(width: number): number {
  return 8 * width;
}

export function productScratch(inner: number): number {
  return 32 * Math.min(inner, 512);
}

/** The scratch of products, totals of a state, and 16 members' products and scores. */
export function pairsScratch(stored: number, width: number): number {
  return productScratch(Infinity) + 8 * width + 64 * (3 * width + 2 * stored);
}
