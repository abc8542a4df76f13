/**
 * Matrices of integer couplings in linear memory: their bytes, and copies of them in other forms.
 *
 * Row j is what neuron j does to the others, J_ij at j·lda + i, so that a flip of j adds one row to all
 * fields; lda is N rounded up to 64, and the padding holds zeros.
 */
import { padded, matrixBytes } from '../kernels/layout.ts';
import type { Matrix } from '../dynamics/quadratic-landscape.ts';
import type { LearningGroup } from '../kernels/groups/learning.ts';
import type { Machine } from '../kernels/open.ts';

/** Bytes of one integer. */
export const SIZES = { i16: 2, i32: 4 } as const;

/** Writes W_ij = scale·J_ij to the f64[N×N] at `out`. */
export function toDoubles(
  { kernels }: Machine<LearningGroup>,
  out: number,
  { kind, address }: Matrix,
  scale: number,
  neurons: number,
): void {
  if (kind === 'i16') kernels.couplingsToF64I16(out, address, scale, neurons);
  else kernels.couplingsToF64I32(out, address, scale, neurons);
}

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
  for (let j = 0; j < neurons; j++) {
    for (let i = 0; i < neurons; i++) out[i * neurons + j] = view[start + j * lda + i] * scale;
  }
  return out;
}

/** The rows one after the other without their padding, little-endian, as files keep them. */
export function packMatrix(
  { memory }: Machine<unknown>,
  { kind, address }: Matrix,
  neurons: number,
): Uint8Array {
  const length = neurons * SIZES[kind];
  const out = new Uint8Array(neurons * length);
  for (let j = 0; j < neurons; j++) {
    const row = address + j * padded(neurons) * SIZES[kind];
    out.set(memory.views.u8.subarray(row, row + length), j * length);
  }
  return out;
}

/** A matrix in linear memory from what `packMatrix` made. */
export function unpackMatrix(
  { memory }: Machine<unknown>,
  kind: Matrix['kind'],
  bytes: Uint8Array,
  neurons: number,
): Matrix {
  const length = neurons * SIZES[kind];
  const address = memory.allocate(matrixBytes(neurons, SIZES[kind]));
  for (let j = 0; j < neurons; j++) {
    const row = bytes.subarray(j * length, (j + 1) * length);
    memory.views.u8.set(row, address + j * padded(neurons) * SIZES[kind]);
  }
  return { kind, address };
}
