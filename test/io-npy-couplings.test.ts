/** Coupling matrices in `.npy` files: squares of finite numbers, the same bits back. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNpyCouplings, writeNpyCouplings } from '../src/io/index.ts';
import { dictionary, numpy } from './npy-file.ts';

describe('couplings', () => {
  const matrix = (element: fc.Arbitrary<number>) =>
    fc.integer({ min: 1, max: 5 }).chain((neurons) => {
      const size = { minLength: neurons ** 2, maxLength: neurons ** 2 };
      return fc.record({ neurons: fc.constant(neurons), values: fc.array(element, size) });
    });
  const finite = { noNaN: true, noDefaultInfinity: true };

  test('written then read are the same bits', () => {
    fc.assert(
      fc.property(matrix(fc.double(finite)), ({ neurons, values }) => {
        const couplings = Float64Array.from(values);
        const bytes = writeNpyCouplings(couplings, neurons);
        expect(readNpyCouplings(bytes)).toEqual({ couplings, neurons });
      }),
    );
    fc.assert(
      fc.property(matrix(fc.float(finite)), ({ neurons, values }) => {
        const couplings = Float32Array.from(values);
        const bytes = writeNpyCouplings(couplings, neurons);
        expect(readNpyCouplings(bytes)).toEqual({ couplings, neurons });
        expect(() => readNpyCouplings(bytes.subarray(0, -4))).toThrow('truncated');
      }),
    );
  });

  test('a part of a larger array is written as itself', () => {
    const part = Float32Array.of(9, 0, 1, 2, 3, 9).subarray(1, 5);
    expect(readNpyCouplings(writeNpyCouplings(part, 2)).couplings).toEqual(
      Float32Array.of(0, 1, 2, 3),
    );
  });

  test.each(['(4,)', '(1, 4)', '(4, 1)', '(2, 2, 1)'])('of shape %s are refused', (shape) => {
    expect(() => readNpyCouplings(numpy(dictionary('|i1', shape), [0, 1, 1, 0]))).toThrow(
      `couplings of shape ${shape.replace(',)', ')')}, expected (neurons, neurons)`,
    );
  });

  test('booleans, nothing, and values that are not finite are refused', () => {
    expect(() => readNpyCouplings(numpy(dictionary('|b1', '(1, 1)'), [1]))).toThrow("type 'b1'");
    expect(() => readNpyCouplings(numpy(dictionary('|i1', '(0, 0)'), []))).toThrow('shape (0, 0)');
    const infinite = new Uint8Array(Float32Array.of(0, 1, -Infinity, 0).buffer);
    expect(() => readNpyCouplings(numpy(dictionary('<f4', '(2, 2)'), infinite))).toThrow(
      'coupling -Infinity at index [1, 0], expected a finite number',
    );
  });

  test('only a square of finite floats is written', () => {
    expect(() => writeNpyCouplings(new Float32Array(5), 2)).toThrow('5 couplings for 2 neurons');
    expect(() => writeNpyCouplings(new Float32Array(0), 0)).toThrow('0 neurons, expected');
    expect(() => writeNpyCouplings(Float64Array.of(NaN), 1)).toThrow(
      'coupling NaN at index [0, 0]',
    );
    const integers = Int32Array.of(1) as unknown as Float32Array;
    expect(() => writeNpyCouplings(integers, 1)).toThrow('couplings are Int32Array');
  });
});
