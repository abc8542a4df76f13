/** Kernels on singles, of which layers are made. */
import { Random } from '../../dist/index.js';
import { SEED } from '../inputs.mjs';

/**
 * @param {ReturnType<import('../kernel-desk.mjs').openKernels>} desk
 * @param {import('../limits.mjs').Limits} limits
 */
export function* tensorKernels(desk, limits) {
  const { kernels, memory, take } = desk;
  const random = new Random(SEED);
  const singles = (count) => {
    const address = take(4 * count);
    const view = new Float32Array(memory.buffer, address, count);
    for (let k = 0; k < count; k++) view[k] = random.real() - 0.5;
    return address;
  };

  // Products: operations, one multiplication and one addition per four products, with no fused ones. A layer
  // of 8 heads of 32 on 32 samples of 64 states: projections, scores of one head, weights' gradients.
  const shapes = [
    { rows: 256, columns: 256, inner: 256 },
    { rows: 2048, columns: 256, inner: 64, b: 'ᵀ' },
    { rows: 64, columns: 64, inner: 32, b: 'ᵀ' },
    { rows: 64, columns: 32, inner: 64 },
    { rows: 256, columns: 64, inner: 2048, a: 'ᵀ' },
    { rows: 1, columns: 256, inner: 256, b: 'ᵀ' },
    { rows: 1024, columns: 1024, inner: 1024 },
  ];
  for (const { rows, columns, inner, a = '', b = '' } of shapes) {
    const products = rows * columns * inner;
    const left = singles(rows * inner);
    const right = singles(inner * columns);
    const out = singles(rows * columns);
    const work = take(32 * Math.min(inner, 512));
    const aSteps = a ? [1, rows] : [inner, 1];
    const bSteps = b ? [1, inner] : [columns, 1];
    const steps = [columns, ...aSteps, ...bSteps];
    yield {
      kernel: 'productF32',
      size: `${rows}×${inner}${a} × ${inner}×${columns}${b}`,
      products,
      run: () => kernels.productF32(out, left, right, work, rows, columns, inner, ...steps, 0),
      bound: 'mul and add per 4 products',
      limit: products / 4 / limits.products,
    };
  }

  const [rows, columns] = [2048, 64];
  const count = rows * columns;
  const size = `${rows}×${columns}`;
  const bytes = 4 * count;
  const [x, y, gradient] = [0, 1, 2].map(() => singles(count));
  const row = singles(columns);
  const moments = singles(2 * rows);
  const sums = singles(columns);
  const passes = (reads, updates) =>
    reads * limits.reading(bytes) + updates * limits.updating(bytes);

  // Rows: softmax by its exponentials, 12 multiplications and additions per four; the others by the bytes of
  // each pass they need: moments first, then the row.
  const rowwise = [
    {
      kernel: 'softmaxF32',
      run: () => kernels.softmaxF32(y, x, 0, 0.125, rows, columns, 0),
      bound: '12 mul and add per 4 exponentials',
      limit: (12 * count) / 4 / limits.products,
    },
    {
      kernel: 'softmaxBackwardF32',
      run: () => kernels.softmaxBackwardF32(y, x, gradient, 0.125, rows, columns),
      bound: 'two inputs read twice, one written',
      limit: passes(3, 1),
    },
    {
      kernel: 'layerNormF32',
      run: () => kernels.layerNormF32(y, moments, x, row, row, 1e-5, rows, columns),
      bound: 'one input read three times, one written',
      limit: passes(2, 1),
    },
    {
      kernel: 'layerNormBackwardF32',
      run: () => kernels.layerNormBackwardF32(y, x, moments, row, gradient, rows, columns),
      bound: 'two inputs read twice, one written',
      limit: passes(3, 1),
    },
    {
      kernel: 'layerNormGainF32',
      run: () => kernels.layerNormGainF32(sums, x, moments, gradient, rows, columns),
      bound: 'two inputs read',
      limit: passes(2, 0),
    },
    {
      kernel: 'sumRowsF32',
      run: () => kernels.sumRowsF32(sums, x, rows, columns),
      bound: 'bytes of the matrix',
      limit: passes(1, 0),
    },
    {
      kernel: 'addRowF32',
      run: () => kernels.addRowF32(y, row, rows, columns),
      bound: 'bytes of the matrix, updated',
      limit: passes(0, 1),
    },
    {
      kernel: 'squaredDistanceF32',
      run: () => kernels.squaredDistanceF32(x, gradient, count),
      bound: 'two inputs read',
      limit: passes(2, 0),
    },
  ];
  for (const one of rowwise) yield { size, bytes, ...one };
}
