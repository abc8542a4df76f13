/** Kernels that move a state. */
import { Random } from '../../dist/index.js';
import { check } from '../equal.mjs';
import { indices } from '../inputs.mjs';

const FLIPS = 64;
const MOST_NEURONS = 4096;

/**
 * @param {ReturnType<import('../kernel-desk.mjs').openKernels>} desk
 * @param {Int8Array} patterns
 * @param {number} neurons
 * @param {import('../limits.mjs').Limits} limits
 */
export function* dynamicsKernels(desk, patterns, neurons, limits) {
  const { kernels, take, putSigns, putPatterns } = desk;
  const count = patterns.length / neurons;
  const size = `N = ${neurons}, P = ${count}`;
  const state = patterns.subarray(0, neurons);
  const signs = putSigns(state);
  const order = take(4 * neurons);
  const cursor = take(16);
  const generator = take(16);
  const { blocks, rows, stride } = putPatterns(patterns, neurons);
  const overlaps = take(32 * stride);
  const withMatrix = neurons <= MOST_NEURONS;
  const fields = take(4 * neurons);
  const J8 = take(withMatrix ? neurons * neurons : 0);
  const J16 = take(withMatrix ? 2 * neurons * neurons : 0);
  const scratch = take(2 * neurons);
  const bits = take(Math.ceil(neurons / 128) * 16);
  kernels.packSigns(bits, signs, neurons);
  kernels.overlaps(overlaps, bits, rows, count, neurons);
  const tables = take(30720);
  const { buffer } = desk.memory;
  const i8 = new Int8Array(buffer);
  const i32 = new Int32Array(buffer);
  const u32 = new Uint32Array(buffer);
  u32.set(new Random(1).shuffle(indices(neurons)), order / 4);
  u32.set([1, 2, 3, 4], generator / 4);

  // Orders: operations. The chain of the generator, and a multiplication for the index.
  yield {
    kernel: 'shuffle, a neuron',
    size: `N = ${neurons}`,
    per: neurons,
    run: () => kernels.shuffle(order, neurons, generator),
    bound: 'draws one after the other',
    limit: 1 / limits.draws,
  };

  // Visits of a sweep over patterns: operations. Per 8 patterns 8 on 16 bytes (and, equal, and, add,
  // twice); and the block of 16 neurons is fetched for one of them: 2 bytes a pattern.
  yield {
    kernel: 'sweepBlocks, a quiet visit',
    size,
    products: count,
    per: neurons,
    run: () => {
      u32[cursor / 4] = 0;
      return kernels.sweepBlocks(
        signs,
        overlaps,
        blocks,
        0,
        order,
        cursor,
        neurons,
        neurons,
        count,
        0,
        0,
        stride,
        count,
      );
    },
    bound: '8 operations per 8 bits',
    limit: Math.max((8 * stride) / limits.adds, limits.reading(16 * stride, stride * neurons)),
  };
  if (!withMatrix) return;

  const hebbian = [blocks, tables, stride, 0, count, 1, 1, 0, neurons];
  const largest = kernels.addHebbianI16(J16, ...hebbian);
  const fits = kernels.addHebbianI8(J8, ...hebbian) <= 127;
  const walk = (end, flips) => {
    const steps = [end, flips, 0, 0, largest, neurons];
    return {
      sweepI8: () => kernels.sweepI8(signs, fields, J8, order, cursor, scratch, ...steps),
      sweepI16: () => kernels.sweepI16(signs, fields, J16, order, cursor, ...steps),
    };
  };
  for (const [kernel, bytes] of fits
    ? [
        ['sweepI8', 1],
        ['sweepI16', 2],
      ]
    : [['sweepI16', 2]]) {
    // Visits of a sweep over couplings: operations, O(1): the index, the sign and the field are loaded.
    i32.fill(0, fields / 4, fields / 4 + neurons);
    const quiet = walk(neurons, neurons)[kernel];
    yield {
      kernel: `${kernel}, a quiet visit`,
      size: `N = ${neurons}`,
      per: neurons,
      run: () => {
        u32[cursor / 4] = 0;
        return quiet();
      },
      bound: '3 loads',
      limit: limits.reading(3 * 16),
    };

    // Flips: bytes. One row of couplings from wherever the matrix lies, and all fields updated in L1. Every
    // visited neuron here wants to move, and rows are visited in random order.
    const wanting = Int32Array.from(state, (s) => -s * 2 ** 14);
    let at = 0;
    yield {
      kernel: `${kernel}, a flip`,
      size: `N = ${neurons}`,
      products: neurons,
      per: FLIPS,
      before: () => {
        i8.set(state, signs);
        i32.set(wanting, fields / 4);
        at = (at + FLIPS) % neurons;
        u32[cursor / 4] = at;
      },
      run: () => {
        const flips = walk(at + FLIPS, FLIPS)[kernel]();
        check(flips === FLIPS, `${flips} of ${FLIPS} neurons flip`);
      },
      bound: 'a row read, the fields updated',
      limit: Math.max(
        limits.reading(bytes * neurons, bytes * neurons * neurons),
        limits.updating(2 * bytes * neurons),
      ),
    };
  }

  // Heat bath: operations, one after the other: a draw, e^x and a division in doubles.
  i8.set(state, signs);
  i32.set(
    state.map((s) => 3 * s),
    fields / 4,
  );
  yield {
    kernel: 'glauberI8, a quiet visit',
    size: `N = ${neurons}`,
    per: neurons,
    run: () => {
      u32[cursor / 4] = 0;
      return kernels.glauberI8(
        signs,
        fields,
        J8,
        order,
        cursor,
        generator,
        neurons,
        neurons,
        0,
        10,
        neurons,
      );
    },
    bound: 'a draw, e^x and a division in turn',
  };
}
