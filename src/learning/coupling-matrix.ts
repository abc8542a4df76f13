/**
 * Matrices of integer couplings in linear memory: their bytes, and copies of them in other forms.
 *
 * Row j is what neuron j does to the others, J_ij at j·lda + i, so that a flip of j adds one row to all
 * fields; lda is N rounded up to 64, and the padding holds zeros.
 */
import type { Address } from '../numbers.ts';
import { padded, matrixBytes, SIZES } from '../kernels/layout.ts';
import type { Matrix } from '../dynamics/quadratic-landscape.ts';
import type { LearningGroup } from '../kernels/groups/learning.ts';
import type { Machine } from '../kernels/open.ts';
import { smallKind } from './integer-couplings.ts';

/** Writes W_ij = scale·J_ij to the f64[N×N] at `out`. */
export function toDoubles(
  { kernels }: Machine<LearningGroup>,
  out: Address,
  { kind, address }: Matrix,
  scale: number,
  neurons: number,
): void {
  const convert = {
    i8: kernels.couplingsToF64I8,
    i16: kernels.couplingsToF64I16,
    i32: kernels.couplingsToF64I32,
  }[kind];
  convert(out, address, scale, neurons);
}

/** Rows and columns that are turned over together. */
const SQUARE = 32;

/** W_ij = scale·J_ij in single precision, N×N, entry i·N + j what neuron j does to neuron i. */
export function denseCopy(
  { memory }: Machine<unknown>,
  { kind, address }: Matrix,
  scale: number,
  neurons: number,
): Float32Array {
  const view = memory.views[kind];
  const start = address / SIZES[kind];
  const lda = padded(neurons);
  const out = new Float32Array(neurons * neurons);
  // Square by square: a cache that holds no whole column holds the lines of one square.
  for (let top = 0; top < neurons; top += SQUARE) {
    const bottom = Math.min(neurons, top + SQUARE);
    for (let left = 0; left < neurons; left += SQUARE) {
      const right = Math.min(neurons, left + SQUARE);
      for (let i = top; i < bottom; i++) {
        for (let j = left; j < right; j++) out[i * neurons + j] = view[start + j * lda + i] * scale;
      }
    }
  }
  return out;
}

/** The kind that files know a matrix as: they have no i8. */
export function savedKind({ kind }: Matrix): 'i16' | 'i32' {
  return kind === 'i8' ? 'i16' : kind;
}

/** The rows one after the other without their padding, as `savedKind` and little-endian, as files keep them. */
export function packMatrix(
  { memory }: Machine<unknown>,
  matrix: Matrix,
  neurons: number,
): Uint8Array {
  const { kind, address } = matrix;
  const size = SIZES[savedKind(matrix)];
  const out = new Uint8Array(neurons * neurons * size);
  const values = size === 2 ? new Int16Array(out.buffer) : new Int32Array(out.buffer);
  const view = memory.views[kind];
  for (let j = 0; j < neurons; j++) {
    const row = address / SIZES[kind] + j * padded(neurons);
    values.set(view.subarray(row, row + neurons), j * neurons);
  }
  return out;
}

/**
 * A matrix in linear memory from what `packMatrix` made.
 *
 * @param bound - no |J_ij| of a small matrix is above this
 */
export function unpackMatrix(
  { memory }: Machine<unknown>,
  saved: 'i16' | 'i32',
  bytes: Uint8Array,
  neurons: number,
  bound: number,
): Matrix {
  const size = SIZES[saved];
  const { buffer } = bytes;
  const values = size === 2 ? new Int16Array(buffer) : new Int32Array(buffer);
  const kind = saved === 'i16' ? smallKind(bound) : saved;
  const address = memory.allocate(matrixBytes(neurons, kind));
  const view = memory.views[kind];
  for (let j = 0; j < neurons; j++) {
    const row = values.subarray(j * neurons, (j + 1) * neurons);
    view.set(row, address / SIZES[kind] + j * padded(neurons));
  }
  return kind === 'i32' ? { kind, address } : { kind, address, largest: bound };
}
