/** The `.npy` format: files of NumPy 2.4.6 are read as what they hold, and altered ones refused. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNpy, readNpyCouplings, readNpyPatterns, writeNpyPatterns } from '../src/io/index.ts';
import { dictionary, npy, numpy } from './npy-file.ts';
import { decoded } from './png-file.ts';

/** Written by numpy.save and numpy.lib.format.write_array: [[1, -1, 1], [-1, -1, 1]] in many types. */
const GOLDEN = {
  i1: 'k05VTVBZAQB2AHsnZGVzY3InOiAnfGkxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoB/wH//wE=',
  'i2 version 2':
    'k05VTVBZAgB0AAAAeydkZXNjcic6ICc8aTInLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAP//AQD/////AQA=',
  'i4 version 3':
    'k05VTVBZAwB0AAAAeydkZXNjcic6ICc8aTQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAAA/////wEAAAD//////////wEAAAA=',
  i8: 'k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAAAAAAAAP//////////AQAAAAAAAAD/////////////////////AQAAAAAAAAA=',
  f4: 'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AACAvwAAgD8AAIC/AACAvwAAgD8=',
  b1: 'k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMsIDEpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAEAAAE=',
  'u1 vector':
    'k05VTVBZAQB2AHsnZGVzY3InOiAnfHUxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDQsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAAB',
  'f8 couplings':
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAAAAAAAAOA/AAAAAAAA0L8AAAAAAADgPwAAAAAAAAAAVVVVVVVV1T8AAAAAAADQv1VVVVVVVdU/AAAAAAAAAAA=',
  'f4 couplings':
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAPwAAgL4AAAA/AAAAAKuqqj4AAIC+q6qqPgAAAAA=',
  'i4 couplings':
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGk0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAA+f////n///8AAAAA',
};

describe('the files of NumPy', () => {
  test.each(['i1', 'i2 version 2', 'i4 version 3', 'i8', 'f4'] as const)('%s', (name) => {
    const { data, shape, dtype } = readNpy(decoded(GOLDEN[name]));
    expect(Array.from(data)).toEqual([1, -1, 1, -1, -1, 1]);
    expect(shape).toEqual([2, 3]);
    expect(dtype).toBe(name.slice(0, 2));
    expect(readNpyPatterns(decoded(GOLDEN[name]))).toEqual({
      patterns: [Int8Array.of(1, -1, 1), Int8Array.of(-1, -1, 1)],
      shape: [3],
    });
  });

  test('booleans of shape (2, 3, 1) are pictures', () => {
    expect(readNpyPatterns(decoded(GOLDEN.b1))).toEqual({
      patterns: [Int8Array.of(1, -1, 1), Int8Array.of(-1, -1, 1)],
      shape: [3, 1],
    });
  });

  test('a vector is one pattern', () => {
    expect(readNpyPatterns(decoded(GOLDEN['u1 vector']))).toEqual({
      patterns: [Int8Array.of(1, -1, -1, 1)],
      shape: [4],
    });
  });

  test('couplings keep their type and bits', () => {
    const matrix = [0, 0.5, -0.25, 0.5, 0, 1 / 3, -0.25, 1 / 3, 0];
    expect(readNpyCouplings(decoded(GOLDEN['f8 couplings']))).toEqual({
      couplings: Float64Array.from(matrix),
      neurons: 3,
    });
    expect(readNpyCouplings(decoded(GOLDEN['f4 couplings']))).toEqual({
      couplings: Float32Array.from(matrix),
      neurons: 3,
    });
    expect(readNpyCouplings(decoded(GOLDEN['i4 couplings']))).toEqual({
      couplings: Float64Array.of(0, -7, -7, 0),
      neurons: 2,
    });
  });

  test('every truncation and an appended byte are noticed', () => {
    for (const base64 of Object.values(GOLDEN)) {
      const bytes = decoded(base64);
      for (let end = 0; end < bytes.length; end++) {
        expect(() => readNpy(bytes.subarray(0, end)), `${end} bytes`).toThrow(RangeError);
      }
      expect(() => readNpy(Uint8Array.of(...bytes, 0))).toThrow('overlong .npy file');
    }
  });

  test('a view into a larger buffer is read as itself', () => {
    const bytes = decoded(GOLDEN.i8);
    const shifted = new Uint8Array(bytes.length + 6).fill(170);
    shifted.set(bytes, 3);
    expect(readNpy(shifted.subarray(3, 3 + bytes.length))).toEqual(readNpy(bytes));
  });
});

describe('a header', () => {
  const VALUES = [1, 0, 0, 1];

  test('with its keys in another order, and its own spacing, says the same', () => {
    const shuffled = "{'shape':(2,2,) ,'fortran_order':False,'descr':'|u1'}";
    expect(readNpy(npy(shuffled, VALUES))).toEqual({
      data: Uint8Array.from(VALUES),
      shape: [2, 2],
      dtype: 'u1',
    });
  });

  test.each([
    [dictionary('|i2', '(2,)'), TypeError, "type '|i2', expected one of b1 i1 u1 i2"],
    [dictionary('i2', '(2,)'), TypeError, "type 'i2'"],
    [dictionary('<i3', '(1,)'), TypeError, "type '<i3'"],
    [dictionary('<c8', '(0,)'), TypeError, "type '<c8'"],
    [dictionary('<U1', '(1,)'), TypeError, "type '<U1'"],
    [dictionary('constructor', '(4,)'), TypeError, "type 'constructor'"],
    [
      "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }",
      TypeError,
      '.npy header',
    ],
    ["{'descr': '|u1', 'fortran_order': False, }", TypeError, '.npy header'],
    ["{'descr': '|u1', 'shape': (4,), }", TypeError, '.npy header'],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (4,), 'x': 1}", TypeError, '.npy header'],
    [dictionary('|u1', "(4,), 'shape': (2, 2)"), TypeError, '.npy header'],
    [dictionary('|u1', '(-4,)'), TypeError, '.npy header'],
    [dictionary('|u1', '(4e0,)'), TypeError, '.npy header'],
    [dictionary('|u1', '(4,').slice(0, -1), TypeError, '.npy header'],
    [dictionary('|u1', '(5,)'), RangeError, "expected 133 for shape (5) of '|u1'"],
    [dictionary('|u1', '(3,)'), RangeError, 'overlong .npy file: 132 bytes, expected 131'],
    [dictionary('|u1', `(${'9'.repeat(20)}, 0)`), RangeError, 'overlong'],
    [dictionary('|u1', `(${'9'.repeat(40)},)`), RangeError, 'truncated'],
  ])('%s is a %o', (header, kind, message) => {
    expect(() => readNpy(numpy(header, VALUES))).toThrow(kind);
    expect(() => readNpy(numpy(header, VALUES))).toThrow(message);
  });

  test('of version 1.0, 2.0 or 3.0 is read, of any other not', () => {
    for (const version of [
      [1, 0],
      [2, 0],
      [3, 0],
    ]) {
      expect(readNpy(numpy(dictionary('|u1', '(4,)'), VALUES, version)).shape).toEqual([4]);
    }
    for (const version of [
      [0, 0],
      [1, 1],
      [4, 0],
      [255, 0],
    ]) {
      expect(() => readNpy(numpy(dictionary('|u1', '(4,)'), VALUES, version))).toThrow(
        `version ${version.join('.')}, expected 1.0, 2.0 or 3.0`,
      );
    }
  });

  test('longer than 10000 bytes is refused, up to there it is read', () => {
    const header = dictionary('|u1', '(4,)');
    expect(readNpy(npy(header.padEnd(10000), VALUES)).shape).toEqual([4]);
    expect(() => readNpy(npy(header.padEnd(10001), VALUES))).toThrow(
      '10001 bytes, expected at most',
    );
  });

  test('may leave the values unaligned', () => {
    const header = dictionary('<i2', '(2,)');
    for (const length of [61, 62]) {
      expect(Array.from(readNpy(npy(header.padEnd(length), VALUES)).data)).toEqual([1, 256]);
    }
  });

  test('of another kind of file is named', () => {
    expect(() => readNpy(Uint8Array.of(0x50, 0x4b, 3, 4))).toThrow(
      'not a .npy file but a zip archive (.npz and the .pt of PyTorch are such): byte 0 is 80',
    );
    expect(() => readNpy('x' as unknown as Uint8Array)).toThrow('bytes are String');
  });
});

describe('values', () => {
  test('a boolean that is neither 0 nor 1 is refused', () => {
    expect(() => readNpy(numpy(dictionary('|b1', '(3,)'), [0, 1, 2]))).toThrow(
      'byte 2 at boolean 2, expected 0 or 1',
    );
  });

  test('64-bit integers are exact or refused', () => {
    const bytes = (value: bigint) => new Uint8Array(BigInt64Array.of(value).buffer);
    const read = (value: bigint, descr = '<i8') =>
      readNpy(numpy(dictionary(descr, '(1,)'), bytes(value))).data[0];
    expect(read(-9007199254740991n)).toBe(-9007199254740991);
    expect(read(9007199254740991n, '<u8')).toBe(9007199254740991);
    expect(() => read(9007199254740993n)).toThrow('9007199254740993 at value 0, expected');
    expect(() => read(-1n, '<u8')).toThrow('18446744073709551615 at value 0, expected');
  });

  test('unsigned integers keep their highest bit', () => {
    expect(readNpy(numpy(dictionary('<u2', '(1,)'), [255, 255])).data[0]).toBe(65535);
    expect(readNpy(numpy(dictionary('<u4', '(1,)'), [0, 0, 0, 128])).data[0]).toBe(2147483648);
    expect(readNpy(numpy(dictionary('|u1', '(1,)'), [200])).data[0]).toBe(200);
    expect(readNpy(numpy(dictionary('|i1', '(1,)'), [200])).data[0]).toBe(-56);
  });
});

describe('patterns', () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 2 });
  const sets = fc.tuple(shapes, fc.integer({ min: 1, max: 5 })).chain(([shape, count]) => {
    const neurons = shape.reduce((product, n) => product * n, 1);
    const signs = fc.array(fc.constantFrom(-1, 1), { minLength: neurons, maxLength: neurons });
    const pattern = signs.map((values) => Int8Array.from(values));
    return fc.record({
      patterns: fc.array(pattern, { minLength: count, maxLength: count }),
      shape: fc.constant(shape as [number] | [number, number]),
    });
  });

  test('written then read are the same', () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(readNpyPatterns(writeNpyPatterns(set))).toEqual(set);
      }),
    );
  });

  test('every truncation of what is written is refused', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const bytes = writeNpyPatterns(set);
        for (let end = 0; end < bytes.length; end++) {
          expect(() => readNpyPatterns(bytes.subarray(0, end))).toThrow(RangeError);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('0 and 1, or -1 and 1, or 1 alone, but no mixture and nothing else', () => {
    const read = (values: number[], shape = '(2, 1, 2)') =>
      readNpyPatterns(numpy(dictionary('|i1', shape), values)).patterns.map((p) => Array.from(p));
    expect(read([0, 1, 1, 0])).toEqual([
      [-1, 1],
      [1, -1],
    ]);
    expect(read([255, 1, 1, 255])).toEqual([
      [-1, 1],
      [1, -1],
    ]);
    expect(read([1, 1, 1, 1])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(() => read([1, 0, 0, 255])).toThrow(
      'value -1 at index [1, 0, 1], expected 1 or 0, like those before',
    );
    expect(() => read([1, 255, 0, 1])).toThrow(
      'value 0 at index [1, 0, 0], expected 1 or -1, like those before',
    );
    expect(() => read([1, 0, 0, 2], '(2, 2)')).toThrow('value 2 at index [1, 1], expected');
    expect(() => read([1, 7, 0, 1], '(4,)')).toThrow('value 7 at index [1], expected 1, -1 or 0');
    const nan = new Uint8Array(Float32Array.of(NaN).buffer);
    expect(() => readNpyPatterns(numpy(dictionary('<f4', '(1,)'), nan))).toThrow('value NaN at');
    const minusZero = new Uint8Array(Float32Array.of(-0).buffer);
    expect(readNpyPatterns(numpy(dictionary('<f4', '(1,)'), minusZero)).patterns[0][0]).toBe(-1);
  });

  test.each([
    ['()', [1]],
    ['(1, 1, 1, 1)', [1]],
    ['(0,)', []],
    ['(0, 3)', []],
    ['(2, 0)', []],
  ])('of shape %s are refused', (shape, values) => {
    expect(() => readNpyPatterns(numpy(dictionary('|i1', shape), values))).toThrow(
      'expected (neurons), (patterns, neurons) or (patterns, rows, columns)',
    );
  });
});
