/** Coupling matrices in `.npy` files: square arrays, row i holding what neuron i receives. */

import { readNpy, writeNpy } from './npy.ts';
import { kindOf } from './pattern-set.ts';

/**
 * Reads a coupling matrix from a `.npy` file of integers or floats, of shape (neurons, neurons).
 *
 * Symmetry is not asked for here: that is for the network that takes the matrix.
 *
 * @returns the matrix row after row, as Float32Array when the file holds 32-bit floats and as
 *   Float64Array otherwise
 * @throws TypeError or RangeError as {@link readNpy} does; TypeError when the values are booleans;
 *   RangeError when the array is not square or empty, or a value is not finite
 */
export function readNpyCouplings(bytes: Uint8Array): {
  couplings: Float32Array | Float64Array;
  neurons: number;
} {
  const { data, shape, dtype } = readNpy(bytes);
  if (dtype === 'b1') throw new TypeError("couplings of type 'b1', expected integers or floats");
  const [neurons] = shape;
  if (shape.length !== 2 || shape[1] !== neurons || neurons === 0) {
    throw new RangeError(`couplings of shape (${shape.join(', ')}), expected (neurons, neurons)`);
  }
  const couplings = data instanceof Float32Array ? data : Float64Array.from(data);
  checkFinite(couplings, neurons);
  return { couplings, neurons };
}

/**
 * Writes a coupling matrix as a `.npy` file of 32-bit or 64-bit floats, as the array's type is.
 *
 * @param couplings - neurons × neurons finite values, row after row
 * @throws TypeError when `couplings` is another kind of array; RangeError when its length is not
 *   neurons² or a value is not finite
 */
export function writeNpyCouplings(
  couplings: Float32Array | Float64Array,
  neurons: number,
): Uint8Array {
  if (!(couplings instanceof Float32Array || couplings instanceof Float64Array)) {
    throw new TypeError(
      `couplings are ${kindOf(couplings)}, expected Float32Array or Float64Array`,
    );
  }
  if (!Number.isInteger(neurons) || neurons < 1) {
    throw new RangeError(`${neurons} neurons, expected a positive integer`);
  }
  if (couplings.length !== neurons * neurons) {
    throw new RangeError(
      `${couplings.length} couplings for ${neurons} neurons, expected ${neurons * neurons}`,
    );
  }
  checkFinite(couplings, neurons);
  return writeNpy(couplings, [neurons, neurons]);
}

function checkFinite(couplings: Float32Array | Float64Array, neurons: number): void {
  const bad = couplings.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const at = `[${Math.floor(bad / neurons)}, ${bad % neurons}]`;
    throw new RangeError(`coupling ${couplings[bad]} at index ${at}, expected a finite number`);
  }
}
