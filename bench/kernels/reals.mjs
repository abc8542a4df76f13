/** Kernels on doubles, in which the real-valued rules learn. */

const MOST_NEURONS = 1024;

/**
 * @param {ReturnType<import('../kernel-desk.mjs').openKernels>} desk
 * @param {Int8Array} patterns
 * @param {number} neurons
 * @param {import('../limits.mjs').Limits} limits
 */
export function* realKernels(desk, patterns, neurons, limits) {
  if (neurons > MOST_NEURONS) return;
  const { kernels, take, putSigns } = desk;
  const count = patterns.length / neurons;
  const signs = putSigns(patterns.subarray(0, neurons));
  const matrix = take(8 * neurons * neurons);
  const B = take(8 * count * neurons);
  const x = take(8 * neurons);
  const J = take(4 * neurons * neurons);
  for (let k = 0; k < count; k++) kernels.signsToF64(B + 8 * k * neurons, signs, neurons);

  // Products of matrices: operations, one multiplication and one addition per two products, with no fused
  // ones; the smaller factor stays in L1 or L2.
  const products = neurons * neurons * count;
  yield {
    kernel: 'addProductF64',
    size: `${neurons}×${count} × ${count}×${neurons}`,
    products,
    run: () => kernels.addProductF64(matrix, B, B, neurons, neurons, count, 1, neurons),
    bound: 'mul and add per 2 products',
    limit: products / 2 / limits.products,
  };

  // Learning rules on the whole matrix: bytes. Storkey reads it for the fields, then reads and writes it.
  yield {
    kernel: 'storkeyF64',
    size: `N = ${neurons}`,
    products: 2 * neurons * neurons,
    run: () => kernels.storkeyF64(matrix, signs, x, neurons),
    bound: '8 bytes a coupling, read, then updated',
    limit: limits.reading(8 * neurons * neurons) + limits.updating(8 * neurons * neurons),
  };
  yield {
    kernel: 'applyI32',
    size: `N = ${neurons}`,
    products: neurons * neurons,
    run: () => kernels.applyI32(x, x, J, neurons),
    bound: '4 bytes a coupling',
    limit: Math.max(
      limits.reading(4 * neurons * neurons),
      (neurons * neurons) / 2 / limits.products,
    ),
  };

  // Graded neurons: one product a coupling.
  const inputs = take(8 * neurons);
  const u = take(8 * neurons);
  yield {
    kernel: 'gradedFields',
    size: `N = ${neurons}`,
    products: neurons * neurons,
    run: () => kernels.gradedFields(x, u, matrix, inputs, neurons),
    bound: '8 bytes a coupling',
    limit: Math.max(
      limits.reading(8 * neurons * neurons),
      (neurons * neurons) / 2 / limits.products,
    ),
  };
  // tanh of two at a time: about 60 instructions with two divisions, no simple bound.
  yield {
    kernel: 'gradedOutputs',
    size: `N = ${neurons}`,
    products: neurons,
    run: () => kernels.gradedOutputs(x, u, 10, -1, neurons),
    bound: '',
  };
  yield {
    kernel: 'gradedEnergy',
    size: `N = ${neurons}`,
    products: neurons,
    run: () => kernels.gradedEnergy(B, u, x, x, inputs, 10, 0.1, neurons),
    bound: '',
  };
}
