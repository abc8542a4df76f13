import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/patterns.ts';
import { COUNTS, EDGES, GENERATED, SMALL, randomPatterns, range, seeds } from '../cases.ts';
import { roundUp } from '../desk.ts';
import { expectAllCompared, same } from '../twins.ts';

const GENERATED_NEURONS = fc.integer({ min: 1, max: 1500 });
const GENERATED_PATTERNS = fc.nat({ max: 60 });

describe('blocksFromRows', () => {
  function blocksFromRows(neurons: number, count: number, seed: number): void {
    same('blocksFromRows', seed, (desk) => {
      const groups = Math.ceil(count / 8);
      const fromGroup = desk.random.below(4) === 0 ? desk.integer(0, groups) : 0;
      const stride = groups + desk.integer(0, 3);
      const patterns = randomPatterns(desk, count, neurons);
      const rows = desk.rows(patterns, neurons);
      const blocks = desk.take(roundUp(neurons, 16) * stride, 1);
      return { args: [blocks, rows, fromGroup, stride, count, neurons], writes: [blocks] };
    });
  }

  test('every small size', () => {
    for (const neurons of SMALL) for (const count of COUNTS) blocksFromRows(neurons, count, count);
  });

  test('generated sizes', () => {
    fc.assert(fc.property(GENERATED_NEURONS, GENERATED_PATTERNS, seeds, blocksFromRows), GENERATED);
  });

  test('every first group', () => {
    for (const fromGroup of range(0, 6)) {
      same('blocksFromRows', fromGroup, (desk) => {
        const rows = desk.rows(randomPatterns(desk, 41, 150), 150);
        const blocks = desk.take(160 * 7, 1);
        return { args: [blocks, rows, fromGroup, 7, 41, 150], writes: [blocks] };
      });
    }
  });
});

describe('widenBlocks', () => {
  function widenBlocks(neurons: number, stride: number, more: number, seed: number): void {
    same('widenBlocks', seed, (desk) => {
      const outStride = stride + more;
      const blocks = desk.blocks(randomPatterns(desk, 8 * stride, neurons), neurons, stride);
      const out = desk.take(roundUp(neurons, 16) * outStride, 1);
      return { args: [out, blocks, outStride, stride, neurons], writes: [out] };
    });
  }

  test('every small size', () => {
    for (const neurons of SMALL) {
      for (const stride of range(0, 4)) {
        for (const more of range(0, 4)) widenBlocks(neurons, stride, more, neurons);
      }
    }
  });

  test('generated sizes', () => {
    const columns = fc.nat({ max: 12 });
    fc.assert(fc.property(GENERATED_NEURONS, columns, columns, seeds, widenBlocks), GENERATED);
  });
});

describe('overlaps', () => {
  function overlaps(neurons: number, count: number, seed: number, far = false): void {
    same('overlaps', seed, (desk) => {
      const state = desk.random.signs(neurons);
      const patterns = randomPatterns(desk, count, neurons);
      if (far) for (const pattern of patterns) pattern.set(state.map((s) => -s));
      const bits = desk.rows([state], neurons);
      const rows = desk.rows(patterns, neurons);
      const out = desk.take(roundUp(count, 8), 4);
      return { args: [out, bits, rows, count, neurons], writes: [out] };
    });
  }

  test('every small size', () => {
    for (const neurons of SMALL) for (const count of COUNTS) overlaps(neurons, count, count);
  });

  test('sizes around the lengths of rows', () => {
    for (const neurons of EDGES) for (const count of range(0, 9)) overlaps(neurons, count, 1);
  });

  test('all bits different, past what a byte can count', () => {
    for (const neurons of [3967, 3968, 3969, 4096, 4097, 7936, 8065, 20_000]) {
      for (const count of range(1, 9)) {
        overlaps(neurons, count, 1);
        overlaps(neurons, count, 2, true);
      }
    }
  });

  test('generated sizes', () => {
    fc.assert(fc.property(GENERATED_NEURONS, GENERATED_PATTERNS, seeds, overlapsOf), GENERATED);
    function overlapsOf(neurons: number, count: number, seed: number): void {
      overlaps(neurons, count, seed);
    }
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));
