/** Kernels of continuous memories: scores of queries with stored vectors, and averages of those vectors. */
import { Random } from '../../dist/index.js';
import { SEED } from '../inputs.mjs';

/** Queries in a batch. */
const BATCH = 64;
/** Rows in a block. */
const BLOCK = 4096;

/** Inverse temperatures at which one row has nearly all the weight, and at which all have nearly the same. */
const PEAKED = 10;
const FLAT = 1e-3;

/** Numbers of vectors and their dimension: 256 kB, and what only the memory of the machine holds. */
export const VECTOR_SIZES = [
  [1000, 64],
  [100_000, 384],
];

/**
 * @param {ReturnType<import('../kernel-desk.mjs').openKernels>} desk
 * @param {number} count
 * @param {number} width the dimension, a multiple of 8
 * @param {import('../limits.mjs').Limits} limits
 */
export function* attentionKernels(desk, count, width, limits) {
  const { kernels, memory, take } = desk;
  const bytes = 4 * count * width;
  const [rows, queries] = [take(bytes), take(4 * BATCH * width)];
  const [scores, states] = [take(4 * BATCH * Math.max(count, BLOCK)), take(8 * BATCH * width)];
  const [stats, scratch] = [take(48 * BATCH), take(2320)];
  const [squares, weights, indices] = [take(8 * count), take(8 * count), take(4 * count)];
  const random = new Random(SEED, 0);
  new Float32Array(memory.buffer, rows, count * width).forEach((_, i, x) => {
    x[i] = 2 * random.real() - 1;
  });
  for (let b = 0; b < BATCH; b++) {
    const row = rows + 4 * width * Math.floor((b * count) / BATCH);
    new Uint8Array(memory.buffer).copyWithin(queries + 4 * width * b, row, row + 4 * width);
  }
  new Float64Array(memory.buffer, weights, count).fill(1 / count);
  new Uint32Array(memory.buffer, indices, count).forEach((_, i, all) => {
    all[i] = i;
  });

  const floors = new Float64Array(memory.buffer, stats, 6 * BATCH);

  const once = limits.reading(bytes);
  /** The rows are read once; per 4 products one multiplication and one addition, as with doubles per 2. */
  const work = (products) => ({
    products,
    bound: 'bytes of the rows, or mul and add per 4 products',
    limit: Math.max(once, products / 4 / limits.products),
  });
  for (const batch of [1, BATCH]) {
    const size = `${count}×${width}, ${batch} quer${batch === 1 ? 'y' : 'ies'}`;
    const products = count * width * batch;
    yield {
      ...work(products),
      kernel: 'scoresF32',
      size,
      run: () => kernels.scoresF32(scores, queries, rows, 0, FLAT, 0, count, width, batch),
    };
    // Scores, then the sum of the rows that have a weight: none to speak of, or all.
    const attend = (scale) => () => {
      // As recall has it: block by block, and a floor that rises.
      for (let b = 0; b < BATCH; b++) floors.fill(-Infinity, 6 * b, 6 * b + 1);
      for (let from = 0; from < count; from += BLOCK) {
        const many = Math.min(BLOCK, count - from);
        const inputs = [queries, rows + 4 * width * from, 0, 0, 0, scratch, scale, 0, many, width];
        kernels.attendF32(states, 0, stats, scores, ...inputs, 0, batch);
      }
    };
    yield { ...work(products), kernel: 'attendF32, peaked', size, run: attend(PEAKED) };
    yield { ...work(2 * products), kernel: 'attendF32, flat', size, run: attend(FLAT) };
  }

  // Sums in doubles: one multiplication and one addition per 2 products.
  const size = `${count}×${width}`;
  const products = count * width;
  const doubles = {
    size,
    products,
    bound: 'bytes of the rows, or mul and add per 2 products',
    limit: Math.max(once, products / 2 / limits.products),
  };
  yield {
    ...doubles,
    kernel: 'squaresF32',
    run: () => kernels.squaresF32(squares, rows, count, width),
  };
  yield {
    ...doubles,
    kernel: 'combineF32',
    run: () => kernels.combineF32(states, rows, indices, weights, count, width),
  };

  // Passes over scores: bytes.
  const pass = { size: `${count}`, bytes: 4 * count, bound: 'bytes of the scores' };
  const read = limits.reading(4 * count);
  yield {
    ...pass,
    kernel: 'largestF32',
    run: () => kernels.largestF32(scores, count),
    limit: read,
  };
  yield {
    ...pass,
    kernel: 'selectF32, none',
    run: () => kernels.selectF32(indices, scores, Infinity, count),
    limit: read,
  };
}
