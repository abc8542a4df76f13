/** Kernels on matrices of integer couplings. */

import { check } from '../equal.mjs';

/** Above this a matrix is not what the package would use. */
const MOST_NEURONS = 4096;

/**
 * @param {ReturnType<import('../kernel-desk.mjs').openKernels>} desk
 * @param {Int8Array} patterns
 * @param {number} neurons
 * @param {import('../limits.mjs').Limits} limits
 */
export function* couplingKernels(desk, patterns, neurons, limits) {
  if (neurons > MOST_NEURONS) return;
  const { kernels, take, putSigns, putPatterns } = desk;
  const count = patterns.length / neurons;
  const signs = putSigns(patterns.subarray(0, neurons));
  const other = putSigns(patterns.subarray(neurons, 2 * neurons));
  const { blocks, stride } = putPatterns(patterns, neurons);
  const tables = take(30720);
  const work = take(8 * neurons);
  const J8 = take(neurons * neurons);
  const J16 = take(2 * neurons * neurons);
  const J32 = take(4 * neurons * neurons);
  // Pages that were never written to are all one and the same.
  new Int32Array(desk.memory.buffer, J32, neurons * neurons).fill(1);
  const fields = take(4 * neurons);
  const matrix = { size: `N = ${neurons}`, products: neurons * neurons };

  // Hebbian couplings: operations on bytes in L1. For half of the N² couplings, per 4 patterns and 16
  // couplings one look-up of 16 bytes and one addition; then N² couplings are written.
  const vectors = (neurons * neurons * Math.ceil(count / 4)) / 2 / 16;
  for (const [kernel, J, bytes] of [
    ['addHebbianI8', J8, 1],
    ['addHebbianI16', J16, 2],
  ]) {
    const run = () => kernels[kernel](J, blocks, tables, stride, 0, count, 1, 1, 0, neurons);
    if (run() >= 128 ** bytes) continue;
    yield {
      kernel,
      size: `N = ${neurons}, P = ${count}`,
      products: neurons * neurons * count,
      run,
      bound: 'load and add per 64 bits; half of J',
      limit:
        Math.max(limits.reading(vectors * 16, 16384), vectors / limits.adds) +
        limits.updating(bytes * neurons * neurons),
    };
  }

  const J = new Int16Array(desk.memory.buffer, J16, 2);
  let own = 0;
  for (let p = 0; p < patterns.length; p += neurons) own += patterns[p] * patterns[p + 1];
  check(J[0] === 0 && J[1] === own, 'J_00 and J_01 are what they should be');

  // Fields from couplings: bytes. The matrix is read once.
  yield {
    ...matrix,
    kernel: 'fieldsI8',
    run: () => kernels.fieldsI8(fields, signs, J8, neurons),
    bound: '1 byte a coupling',
    limit: limits.reading(neurons * neurons),
  };
  yield {
    ...matrix,
    kernel: 'fieldsI16',
    run: () => kernels.fieldsI16(fields, signs, J16, neurons),
    bound: '2 bytes a coupling',
    limit: limits.reading(2 * neurons * neurons),
  };
  yield {
    ...matrix,
    kernel: 'fieldsI32',
    run: () => kernels.fieldsI32(fields, signs, J32, neurons),
    bound: '4 bytes a coupling',
    limit: limits.reading(4 * neurons * neurons),
  };

  // Steps of learning by dreaming: bytes. The matrix is read and written once.
  yield {
    ...matrix,
    kernel: 'addOuterI32',
    run: () => kernels.addOuterI32(J32, signs, other, work, 1, neurons),
    bound: '4 bytes a coupling, read and written',
    limit: limits.updating(4 * neurons * neurons),
  };
}
