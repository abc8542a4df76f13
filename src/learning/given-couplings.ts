/** Reads the couplings a caller gives as an N×N matrix; says what is wrong with them. */
import { checkNeurons, checkNumber, describe } from '../checks.ts';

/** A matrix of couplings as it was given, row after row. */
export interface GivenCouplings {
  readonly neurons: number;
  /** N×N, entry i·N + j is what neuron j does to neuron i. */
  readonly values: Float64Array;
  /** Whether W_ij = W_ji for all i and j. */
  readonly symmetric: boolean;
  /** Whether some W_ii is not zero. */
  readonly selfActing: boolean;
}

/**
 * Couplings from N×N numbers, flat or as rows.
 *
 * @throws TypeError, RangeError when they are no square of finite numbers; names the first bad entry
 */
export function readCouplings(
  matrix: ArrayLike<number> | readonly ArrayLike<number>[],
): GivenCouplings {
  const values = flattenSquare(matrix);
  const neurons = Math.round(Math.sqrt(values.length));
  let symmetric = true;
  let selfActing = false;
  for (let i = 0; i < neurons; i++) {
    if (values[i * neurons + i] !== 0) selfActing = true;
    for (let j = 0; j < i; j++) {
      if (values[i * neurons + j] !== values[j * neurons + i]) symmetric = false;
    }
  }
  return { neurons, values, symmetric, selfActing };
}

function flattenSquare(matrix: ArrayLike<number> | readonly ArrayLike<number>[]): Float64Array {
  if (typeof matrix !== 'object' || matrix === null || typeof matrix.length !== 'number') {
    throw new TypeError(`matrix is ${describe(matrix)}, expected N×N numbers`);
  }
  const nested = typeof matrix[0] === 'object' && matrix[0] !== null;
  const neurons = nested ? matrix.length : Math.round(Math.sqrt(matrix.length));
  checkNeurons(neurons, 'neurons of the matrix');
  if (!nested && matrix.length !== neurons * neurons) {
    throw new RangeError(`matrix has length ${matrix.length}, expected a square number N×N`);
  }
  const flat = new Float64Array(neurons * neurons);
  for (let i = 0; i < neurons; i++) {
    const row = nested ? (matrix as readonly ArrayLike<number>[])[i] : undefined;
    if (row && row.length !== neurons) {
      throw new RangeError(`matrix[${i}] has length ${row.length}, expected ${neurons}`);
    }
    for (let j = 0; j < neurons; j++) {
      const at = i * neurons + j;
      const value = row ? row[j] : (matrix as ArrayLike<number>)[at];
      flat[at] = Number.isFinite(value) ? value : fail(value, row ? `[${i}][${j}]` : `[${at}]`);
    }
  }
  return flat;
}

function fail(value: unknown, place: string): number {
  return checkNumber(value, `matrix${place}`, 'a finite number', () => true);
}
