/**
 * Arrays of numbers, whatever the format: every type, byte order and order of the indices is read as NumPy
 * reads it, and what is written is read by npyjs, which is not of this package.
 */

import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { parse } from 'npyjs';
import { describe, expect, test } from 'vitest';
import { readIdx, readNpy, readNpyPatterns, readNpz, writeNpy, writeNpz } from '../src/io/index.ts';
import { dictionary, numpy } from './npy-file.ts';
import { decoded } from './png-file.ts';

/** Written by NumPy 2.4.6. */
const FORTRAN =
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPGkyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAUAAAD5/wMACQD//wYAAgAIAPz/CgA=';
const BIG_ENDIAN =
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/8AAAAAAAAL/wAAAAAAAAAAAAAAAAAABAAAAAAAAAAEAIAAAAAAAAwBAAAAAAAAA=';
const HALF =
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAOP/7ADwAfACAAQA=';
/** numpy.savez and numpy.savez_compressed of patterns [[1, -1, 1]] (int8) and w [0.5, 2] (big-endian float32). */
const ARCHIVES = [
  'UEsDBC0AAAAAAAAAIQA67W2v//////////8MABQAcGF0dGVybnMubnB5AQAQAIMAAAAAAAAAgwAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICd8aTEnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgH/AVBLAwQtAAAAAAAAACEA63Vg7f//////////BQAUAHcubnB5AQAQAIgAAAAAAAAAiAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc+ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCj8AAABAAAAAUEsBAi0DLQAAAAAAAAAhADrtba+DAAAAgwAAAAwAAAAAAAAAAAAAAIABAAAAAHBhdHRlcm5zLm5weVBLAQItAy0AAAAAAAAAIQDrdWDtiAAAAIgAAAAFAAAAAAAAAAAAAACAAcEAAAB3Lm5weVBLBQYAAAAAAgACAG0AAACAAQAAAAA=',
  'UEsDBC0AAAAIAAAAIQA67W2v//////////8MABQAcGF0dGVybnMubnB5AQAQAIMAAAAAAAAASQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBek2morqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOgrGmjoKtQpkAy7G/4wAUEsDBC0AAAAIAAAAIQDrdWDt//////////8FABQAdy5ucHkBABAAiAAAAAAAAABLAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6XZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC57BgYGByAGAFBLAQItAy0AAAAIAAAAIQA67W2vSQAAAIMAAAAMAAAAAAAAAAAAAACAAQAAAABwYXR0ZXJucy5ucHlQSwECLQMtAAAACAAAACEA63Vg7UsAAACIAAAABQAAAAAAAAAAAAAAgAGHAAAAdy5ucHlQSwUGAAAAAAIAAgBtAAAACQEAAAAA',
];

const TYPES = {
  i1: [Int8Array, 'setInt8'],
  u1: [Uint8Array, 'setUint8'],
  i2: [Int16Array, 'setInt16'],
  u2: [Uint16Array, 'setUint16'],
  i4: [Int32Array, 'setInt32'],
  u4: [Uint32Array, 'setUint32'],
  f4: [Float32Array, 'setFloat32'],
  f8: [Float64Array, 'setFloat64'],
} as const;
type Dtype = keyof typeof TYPES;

const arrays = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
    fc.constantFrom(...(Object.keys(TYPES) as Dtype[])),
  )
  .chain(([shape, dtype]) => {
    const count = shape.reduce((product, n) => product * n, 1);
    const size = { minLength: count, maxLength: count };
    return fc
      .array(dtype[0] === 'f' ? fc.float({ noNaN: true }) : fc.integer(), size)
      .map((values) => ({ shape, dtype, data: TYPES[dtype][0].from(values) }));
  });

type Drawn = typeof arrays extends fc.Arbitrary<infer T> ? T : never;

function bytesOf({ data, dtype }: Pick<Drawn, 'data' | 'dtype'>, little: boolean): Uint8Array {
  const bytes = new Uint8Array(data.byteLength);
  const view = new DataView(bytes.buffer);
  data.forEach((value, i) => view[TYPES[dtype][1]](i * data.BYTES_PER_ELEMENT, value, little));
  return bytes;
}

/** The values with the first index running fastest, by walking over all indices. */
function inFortranOrder({ data, shape }: Drawn): number[] {
  const walk = (k: number, offset: number): number[] =>
    k < 0
      ? [data[offset]]
      : Array.from({ length: shape[k] }, (_, i) => {
          const stride = shape.slice(k + 1).reduce((product, n) => product * n, 1);
          return walk(k - 1, offset + i * stride);
        }).flat();
  return walk(shape.length - 1, 0);
}

const tuple = (shape: number[]) => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;

describe('.npy', () => {
  test('files of NumPy in Fortran order, big-endian, of 16-bit floats', () => {
    expect(readNpy(decoded(FORTRAN))).toEqual({
      data: Int16Array.of(1, -1, 0, 2, 3, -4, 5, 6, -7, 8, 9, 10),
      shape: [2, 3, 2],
      dtype: 'i2',
    });
    expect(readNpy(decoded(BIG_ENDIAN))).toEqual({
      data: Float64Array.of(1, -1, 0, 2, 3, -4),
      shape: [3, 2],
      dtype: 'f8',
    });
    expect(readNpy(decoded(HALF))).toEqual({
      data: Float32Array.of(0.5, -65504, 1, Infinity, -0, 2 ** -24),
      shape: [2, 3],
      dtype: 'f2',
    });
  });

  test('of every type, byte order and order of indices', () => {
    fc.assert(
      fc.property(arrays, fc.boolean(), fc.boolean(), (array, little, fortran) => {
        const { dtype, shape } = array;
        const stored = fortran ? TYPES[dtype][0].from(inFortranOrder(array)) : array.data;
        const descr = `${little ? '<' : '>'}${dtype}`;
        const header = dictionary(descr, tuple(shape), fortran ? 'True' : 'False');
        expect(readNpy(numpy(header, bytesOf({ data: stored, dtype }, little)))).toEqual(array);
      }),
      { numRuns: 300 },
    );
  });

  test('written is read as the same, here and by npyjs', () => {
    fc.assert(
      fc.property(arrays, (array) => {
        const bytes = writeNpy(array.data, array.shape);
        expect(readNpy(bytes)).toEqual(array);
        const { data, shape, fortranOrder } = parse(bytes.slice().buffer);
        expect(shape).toEqual(array.shape);
        expect(fortranOrder).toBe(false);
        expect(data).toEqual(array.data);
      }),
    );
  });

  test('is not written with a shape that does not fit', () => {
    expect(() => writeNpy(Int8Array.of(1, 2), [3])).toThrow('shape (3) for 2 values');
    expect(() => writeNpy(Int8Array.of(1, 2), [-1, -2])).toThrow(RangeError);
    expect(() => writeNpy([1] as never, [1])).toThrow('values are Array, expected a typed array');
  });

  test('of grey values is patterns once there is a threshold', () => {
    const bytes = writeNpy(Uint8Array.of(255, 100, 99, 0), [2, 2]);
    expect(() => readNpyPatterns(bytes)).toThrow(
      'value 255 at index [0, 0], expected 1, -1 or 0; values of other kinds need a threshold',
    );
    const signs = [Int8Array.of(1, 1), Int8Array.of(-1, -1)];
    expect(readNpyPatterns(bytes, { threshold: 100 }).patterns).toEqual(signs);
    expect(readNpyPatterns(bytes, { threshold: 'otsu' }).patterns).toEqual([
      Int8Array.of(1, -1),
      Int8Array.of(-1, -1),
    ]);
    expect(readNpyPatterns(bytes, { threshold: 1, shape: [2, 2] })).toEqual({
      patterns: [Int8Array.of(1, 1, 1, -1)],
      shape: [2, 2],
    });
    const infinite = writeNpy(Float32Array.of(1, Infinity), [2]);
    expect(() => readNpyPatterns(infinite, { threshold: 1 })).toThrow(
      'value Infinity at index [1]',
    );
    expect(() => readNpyPatterns(bytes, { threshold: NaN })).toThrow('threshold is NaN');
    expect(() => readNpyPatterns(bytes, { threshold: 1, shape: [3] })).toThrow(
      '4 values, expected a multiple of 3',
    );
  });
});

describe('.npz', () => {
  test('of NumPy, stored and compressed', () => {
    for (const archive of ARCHIVES) {
      expect(readNpz(decoded(archive))).toEqual({
        patterns: { data: Int8Array.of(1, -1, 1), shape: [1, 3], dtype: 'i1' },
        w: { data: Float32Array.of(0.5, 2), shape: [2], dtype: 'f4' },
      });
    }
  });

  test('written is read as the same, and the same bytes again', () => {
    const names = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(names, arrays, { minKeys: 1, maxKeys: 3 }), (named) => {
        const bytes = writeNpz(named);
        expect(Object.entries(readNpz(bytes))).toEqual(Object.entries(named));
        expect(writeNpz(named)).toEqual(bytes);
      }),
    );
  });

  test('cut short, without arrays, or claiming more than it has, is refused', () => {
    for (const archive of ARCHIVES) {
      const bytes = decoded(archive);
      for (let end = 0; end < bytes.length; end++) {
        expect(() => readNpz(bytes.subarray(0, end)), `${end} bytes`).toThrow(TypeError);
      }
    }
    expect(() => readNpz(Uint8Array.of(1, 2, 3))).toThrow(
      'not an .npz file but a file that starts',
    );
    const renamed = decoded(ARCHIVES[0]);
    const text = String.fromCharCode(...renamed);
    for (let at = text.indexOf('.npy'); at >= 0; at = text.indexOf('.npy', at + 1)) {
      renamed[at + 3] = 120;
    }
    expect(() => readNpz(renamed)).toThrow('zip archive of "patterns.npx", "w.npx", expected .npy');
    // In the directory, the unpacked size of an entry and the number of entries.
    const bomb = decoded(ARCHIVES[1]);
    const entry = String.fromCharCode(...bomb).indexOf('PK\x01\x02');
    new DataView(bomb.buffer).setUint32(entry + 24, 0xfffffff0, true);
    expect(() => readNpz(bomb)).toThrow('unpacked, expected no more than fit into 396');
    const many = decoded(ARCHIVES[1]);
    new DataView(many.buffer).setUint16(many.length - 14, 65535, true);
    expect(() => readNpz(many)).toThrow('expected no more than fit into 396');
    expect(() => writeNpz({})).toThrow('0 arrays');
    expect(() => writeNpz({ '': { data: Int8Array.of(1), shape: [1] } })).toThrow('without a name');
  });

  test('with a damaged array names it', () => {
    const bytes = decoded(ARCHIVES[0]);
    const at = String.fromCharCode(...bytes).indexOf("'|i1'");
    bytes[at + 2] = 122;
    expect(() => readNpz(bytes)).toThrow(`array "patterns": .npy array of type '|z1'`);
  });
});

describe('idx', () => {
  const CODES = { u1: 8, i1: 9, i2: 11, i4: 12, f4: 13, f8: 14 } as const;
  const idx = (dtype: keyof typeof CODES, shape: number[], values: Uint8Array) =>
    Uint8Array.of(
      0,
      0,
      CODES[dtype],
      shape.length,
      ...shape.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]),
      ...values,
    );
  const files = arrays.filter(({ shape, dtype }) => dtype in CODES && shape.length > 0);

  test('of every type is read, also compressed', () => {
    fc.assert(
      fc.property(files, (array) => {
        const { dtype, shape } = array;
        const bytes = idx(dtype as keyof typeof CODES, shape, bytesOf(array, false));
        expect(readIdx(bytes)).toEqual(array);
        expect(readIdx(gzipSync(bytes))).toEqual(array);
      }),
    );
  });

  test('cut short or too long is refused, compressed or not', () => {
    const bytes = idx('u1', [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6));
    const zipped = gzipSync(bytes);
    for (let end = 0; end < bytes.length; end++) {
      expect(() => readIdx(bytes.subarray(0, end))).toThrow('truncated idx file');
    }
    for (let end = 0; end < zipped.length; end++) {
      expect(() => readIdx(zipped.subarray(0, end))).toThrow();
    }
    expect(() => readIdx(Uint8Array.of(...bytes, 0))).toThrow('overlong idx file: 19 bytes');
    expect(() => readIdx(idx('u1', [2 ** 31, 2 ** 31], bytes))).toThrow('truncated');
    expect(() => readIdx(Uint8Array.of(0, 0, 10, 1, 0, 0, 0, 0))).toThrow('not an idx file but');
  });

  test('with a changed byte is found by the checksum of gzip, or in its header', () => {
    const zipped = gzipSync(idx('u1', [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6)), { mtime: 1 });
    const plain = readIdx(zipped);
    for (let at = 0; at < zipped.length; at++) {
      const changed = zipped.slice();
      changed[at] ^= 16;
      // Time, flags that are not used, and the system.
      if (at >= 4 && at < 10) expect(readIdx(changed)).toEqual(plain);
      else expect(() => readIdx(changed), `byte ${at}`).toThrow();
    }
  });
});
