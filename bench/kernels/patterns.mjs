/** Kernels on patterns' bits, and on single states. */

/**
 * @param {ReturnType<import('../kernel-desk.mjs').openKernels>} desk
 * @param {Int8Array} patterns
 * @param {number} neurons
 * @param {import('../limits.mjs').Limits} limits
 */
export function* patternKernels(desk, patterns, neurons, limits) {
  const { kernels, take, putSigns, putPatterns } = desk;
  const count = patterns.length / neurons;
  const size = `N = ${neurons}, P = ${count}`;
  const products = neurons * count;
  const signs = putSigns(patterns.subarray(0, neurons));
  const { rows, blocks, stride } = putPatterns(patterns, neurons);
  const bits = take(Math.ceil(neurons / 128) * 16);
  const overlaps = take(32 * stride);
  const tables = take(68 * stride + 160);
  const fields = take(4 * neurons + 256);
  const mobile = take(neurons + 64);
  new Uint8Array(desk.memory.buffer).fill(1, mobile, mobile + neurons);
  kernels.packSigns(bits, signs, neurons);

  // Signs: a state is read once, byte by byte: bytes from L1 (and for packSigns one bitmask a vector).
  const state = { size: `N = ${neurons}`, bytes: neurons, bound: 'bytes of the state' };
  const once = limits.reading(neurons);
  yield {
    ...state,
    kernel: 'readSigns (in place)',
    run: () => kernels.readSigns(signs, signs, neurons),
    limit: once + limits.updating(neurons),
  };
  yield {
    ...state,
    kernel: 'packSigns',
    run: () => kernels.packSigns(bits, signs, neurons),
    limit: once,
  };

  // Overlaps: every bit of the patterns is read once; per 128 of them one xor, popcnt and add. In L1 and L2
  // the operations take longer, beyond that the bytes.
  const rowBytes = count * Math.ceil(neurons / 128) * 16;
  yield {
    kernel: 'overlaps',
    size,
    products,
    run: () => kernels.overlaps(overlaps, bits, rows, count, neurons),
    bound: 'xor, popcnt, add per 128 bits',
    limit: Math.max(rowBytes / 16 / limits.popcounts, limits.reading(rowBytes)),
  };

  // Fields from patterns: operations. Per 16 neurons and 8 patterns (128 bits) four look-ups: two nibbles,
  // each in a table of lower and one of upper bits.
  yield {
    kernel: 'fieldsBlocks',
    size,
    products,
    run: () => kernels.fieldsBlocks(fields, overlaps, blocks, tables, stride, count, neurons),
    bound: '4 swizzles per 128 bits',
    limit: Math.max((stride * neurons) / 4 / limits.swizzles, limits.reading(stride * neurons)),
  };

  // The passes over fields: bytes, i32 fields read (and written) once in L1.
  yield {
    ...state,
    kernel: 'finishFields',
    bytes: 4 * neurons,
    run: () => kernels.finishFields(fields, signs, 0, 0, 0, neurons),
    bound: 'bytes of the fields',
    limit: limits.updating(4 * neurons),
  };
  yield {
    ...state,
    kernel: 'countMovable',
    bytes: 6 * neurons,
    run: () => kernels.countMovable(signs, fields, mobile, 0, neurons),
    bound: 'bytes of fields, state, mask',
    limit: limits.reading(6 * neurons),
  };
  yield {
    ...state,
    kernel: 'signedSum',
    bytes: 5 * neurons,
    run: () => kernels.signedSum(signs, fields, neurons),
    bound: 'bytes of fields and state',
    limit: limits.reading(5 * neurons),
  };
}
