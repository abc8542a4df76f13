/** Safetensors files: round trips, a file written by hand, number formats, and every way to be wrong. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/layers/safetensors.ts';
import { tensor, zeros, type Tensor } from '../../src/layers/tensor.ts';

/** A file of this header and these bytes, as the format describes it. */
function fileOf(header: unknown, data: ArrayLike<number>): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === 'string' ? header : JSON.stringify(header),
  );
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return Uint8Array.of(...length, ...text, ...Array.from(data));
}

const names = fc
  .oneof(fc.string(), fc.constantFrom('__proto__', '0', 'layer.weight', 'größe', '"\\\n'))
  .filter((name) => name !== '__metadata__');

const anyTensor = fc.array(fc.nat(4), { maxLength: 4 }).chain((shape) => {
  const count = shape.reduce((product, size) => product * size, 1);
  return fc.float32Array({ minLength: count, maxLength: count }).map((data) => tensor(data, shape));
});

const namedTensors = fc
  .array(fc.tuple(names, anyTensor), { maxLength: 5 })
  .map((entries) => Object.fromEntries(entries) as Record<string, Tensor>);

const texts = fc
  .array(fc.tuple(fc.string(), fc.string()), { maxLength: 3 })
  .map((entries) => Object.fromEntries(entries) as Record<string, string>);

describe('writing', () => {
  it('is undone by reading', () => {
    fc.assert(
      fc.property(namedTensors, texts, (tensors, metadata) => {
        const file = writeSafetensors(tensors, metadata);
        // Tensors need not stand at an aligned address to be read.
        const shifted = Uint8Array.of(0, 0, 0, ...file).subarray(3);
        for (const bytes of [file, shifted]) {
          const read = readSafetensors(bytes);
          expect(Object.entries(read.tensors)).toEqual(Object.entries(tensors));
          expect(Object.entries(read.metadata)).toEqual(Object.entries(metadata));
        }
      }),
    );
  });

  it('gives the bytes of the format, padded to a multiple of 8', () => {
    const tensors = { b: tensor([1, -2], [2]), a: tensor([0.5], []) };
    const header =
      '{"__metadata__":{"by":"me"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},' +
      '"a":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}';
    const padded = header.padEnd(8 * Math.ceil(header.length / 8));
    expect(padded.length).toBeGreaterThan(header.length);
    const data = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f];
    expect(writeSafetensors(tensors, { by: 'me' })).toEqual(fileOf(padded, data));
  });

  it('refuses what does not fit the format', () => {
    expect(() => writeSafetensors({ __metadata__: zeros([1]) })).toThrow(
      new RangeError('a tensor is named __metadata__, expected another name'),
    );
    expect(() => writeSafetensors({ a: [1] as never })).toThrow('a is an Array, expected a tensor');
    expect(() => writeSafetensors(null as never)).toThrow(TypeError);
    expect(() => writeSafetensors({}, { a: 1 as never })).toThrow(
      new TypeError('metadata has a: 1, expected a string'),
    );
    expect(() => writeSafetensors({}, null as never)).toThrow(TypeError);
  });
});

describe('number formats', () => {
  const read = (dtype: string, data: number[]) =>
    readSafetensors(fileOf({ x: { dtype, shape: [1], data_offsets: [0, data.length] } }, data))
      .tensors.x.data[0];
  const word = (bits: number) => [bits & 255, bits >>> 8];

  it('reads every F16 as IEEE 754 defines it', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const sign = bits >>> 15 ? -1 : 1;
      const exponent = (bits >>> 10) & 31;
      const fraction = (bits & 1023) / 1024;
      let value = sign * 2 ** (exponent - 15) * (1 + fraction);
      if (exponent === 0) value = sign * 2 ** -14 * fraction;
      if (exponent === 31) value = fraction ? NaN : sign * Infinity;
      if (!Object.is(read('F16', word(bits)), value)) {
        expect([bits, read('F16', word(bits))]).toEqual([bits, value]);
      }
    }
  });

  it('reads BF16 as the upper half of a single', () => {
    fc.assert(
      fc.property(fc.nat(65535), (bits) => {
        expect(read('BF16', word(bits))).toBe(read('F32', [0, 0, ...word(bits)]));
      }),
    );
    expect(read('BF16', word(0xc040))).toBe(-3);
  });

  it('rounds F64', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const bytes = new Uint8Array(8);
        new DataView(bytes.buffer).setFloat64(0, value, true);
        expect(read('F64', [...bytes])).toBe(Math.fround(value));
      }),
    );
  });
});

describe('reading', () => {
  const f32 = (begin: number, end: number, shape = [(end - begin) / 4]) => ({
    dtype: 'F32',
    shape,
    data_offsets: [begin, end],
  });

  it('takes tensors in any order, padding, and no tensor at all', () => {
    const data = [0, 0, 0, 64, 0, 0, 128, 63];
    const header = { b: f32(4, 8), a: f32(0, 4), empty: f32(0, 0) };
    const file = fileOf(JSON.stringify(header) + '     ', data);
    const { tensors, metadata } = readSafetensors(file);
    expect(Object.keys(tensors)).toEqual(['empty', 'a', 'b']);
    expect([tensors.a.data[0], tensors.b.data[0]]).toEqual([2, 1]);
    expect(metadata).toEqual({});
    expect(readSafetensors(fileOf('{}', []))).toEqual({ tensors: {}, metadata: {}, skipped: {} });
  });

  it('reads a file that the library of the format wrote (safetensors 0.8.0)', () => {
    const header =
      '{"__metadata__":{"format":"pt"},"d":{"dtype":"F64","shape":[],"data_offsets":[0,8]},' +
      '"layer.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]},' +
      '"bf":{"dtype":"BF16","shape":[1],"data_offsets":[32,34]},' +
      '"half":{"dtype":"F16","shape":[2],"data_offsets":[34,38]}}      ';
    const data = '9a9999999999b93f0000803f0000004000004040000080400000a0400000c04040c00038fffb';
    const bytes = data.match(/../g)!.map((byte) => parseInt(byte, 16));
    expect(readSafetensors(fileOf(header, bytes))).toEqual({
      tensors: {
        d: tensor([0.1], []),
        'layer.weight': tensor([1, 2, 3, 4, 5, 6], [2, 3]),
        bf: tensor([-3], [1]),
        half: tensor([0.5, -65504], [2]),
      },
      metadata: { format: 'pt' },
      skipped: {},
    });
  });

  it('leaves integers and booleans out and names them, as batch normalisation has one', () => {
    const header = {
      'bn.num_batches_tracked': { dtype: 'I64', shape: [], data_offsets: [0, 8] },
      mask: { dtype: 'BOOL', shape: [3], data_offsets: [8, 11] },
      'bn.weight': { dtype: 'F32', shape: [1], data_offsets: [11, 15] },
    };
    const { tensors, skipped } = readSafetensors(
      fileOf(header, [7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 64]),
    );
    expect(tensors).toEqual({ 'bn.weight': tensor([2], [1]) });
    expect(skipped).toEqual({ 'bn.num_batches_tracked': 'I64', mask: 'BOOL' });
  });

  it('does not keep the bytes', () => {
    const file = fileOf({ a: f32(0, 4) }, [0, 0, 0, 64]);
    const { a } = readSafetensors(file).tensors;
    file.fill(0);
    expect(a.data[0]).toBe(2);
  });

  it.each([
    ['no bytes', new Uint8Array(7), RangeError, 'the file has 7 bytes, expected at least 8'],
    [
      'a header that is cut short',
      fileOf('{}', []).subarray(0, 9),
      RangeError,
      'the file has 9 bytes, expected at least 10 (where its header ends)',
    ],
    [
      'an endless header',
      Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 123, 125),
      RangeError,
      'the header has 4294967296 bytes, expected at most 100000000',
    ],
    ['an empty header', fileOf('', []), TypeError, 'expected 123 ("{")'],
    ['an array', fileOf('[]', []), TypeError, 'the header starts with byte 91, expected 123 ("{")'],
    ['a space first', fileOf(' {}', []), TypeError, 'the header starts with byte 32'],
    [
      'broken JSON',
      fileOf('{"a":}', []),
      TypeError,
      'the header is not JSON in UTF-8; it starts with ',
    ],
    [
      'broken UTF-8',
      fileOf({ __metadata__: { a: '?' } }, []).map((byte) => (byte === 63 ? 255 : byte)),
      TypeError,
      'the header is not JSON in UTF-8; it starts with ',
    ],
    ['a number', fileOf({ a: 1 }, []), TypeError, 'tensor "a" is 1, expected an object'],
    ['null', fileOf({ a: null }, []), TypeError, 'tensor "a" is null, expected an object'],
    ['a list', fileOf({ a: [] }, []), TypeError, 'tensor "a" is an Array, expected an object'],
    [
      'an unknown type',
      fileOf({ a: { ...f32(0, 8), dtype: 'I65' } }, Array(8).fill(0)),
      TypeError,
      'tensor "a" has dtype \'I65\', expected one of F32, F64, F16, BF16, I64',
    ],
    [
      'integers of another size',
      fileOf({ a: { ...f32(0, 8, [2]), dtype: 'I64' } }, Array(8).fill(0)),
      RangeError,
      'that is 8 bytes, expected 16 (I64 of shape [2])',
    ],
    [
      'a zip archive',
      Uint8Array.of(80, 75, 3, 4, 20, 0, 0, 0, 8, 0, 33, 0),
      TypeError,
      'the file is a zip archive (.npz, or .pt of PyTorch), expected safetensors',
    ],
    [
      'no type',
      fileOf({ a: { shape: [], data_offsets: [0, 4] } }, [0, 0, 0, 0]),
      TypeError,
      'tensor "a" has dtype undefined, expected one of',
    ],
    [
      'no shape',
      fileOf({ a: { dtype: 'F32', data_offsets: [0, 4] } }, [0, 0, 0, 0]),
      TypeError,
      'the shape of tensor "a" is undefined, expected an array of integers from 0 up',
    ],
    [
      'a negative size',
      fileOf({ a: f32(0, 4, [-1]) }, [0, 0, 0, 0]),
      RangeError,
      'the shape of tensor "a" has -1, expected integers from 0 up',
    ],
    [
      'a size that is text',
      fileOf({ a: f32(0, 4, ['1' as never]) }, [0, 0, 0, 0]),
      TypeError,
      'the shape of tensor "a" has \'1\', expected integers from 0 up',
    ],
    [
      'no offsets',
      fileOf({ a: { dtype: 'F32', shape: [1] } }, [0, 0, 0, 0]),
      TypeError,
      'data_offsets of tensor "a" is undefined, expected an array of integers from 0 up',
    ],
    [
      'three offsets',
      fileOf({ a: { ...f32(0, 4), data_offsets: [0, 4, 4] } }, [0, 0, 0, 0]),
      RangeError,
      'data_offsets of tensor "a" has length 3, expected 2',
    ],
    [
      'a shape of another size',
      fileOf({ a: f32(0, 8, [3]) }, Array(8).fill(0)),
      RangeError,
      'tensor "a" has data_offsets [0, 8], that is 8 bytes, expected 12 (F32 of shape [3])',
    ],
    [
      'offsets that run backwards',
      fileOf({ a: { dtype: 'F32', shape: [1], data_offsets: [4, 0] } }, [0, 0, 0, 0]),
      RangeError,
      'that is -4 bytes, expected 4',
    ],
    [
      'a hole',
      fileOf({ a: f32(0, 4), b: f32(8, 12) }, Array(12).fill(0)),
      RangeError,
      'tensor "b" starts at offset 8, expected 4 (where what is before it ends)',
    ],
    [
      'a hole at the start',
      fileOf({ a: f32(4, 8) }, Array(8).fill(0)),
      RangeError,
      'tensor "a" starts at offset 4, expected 0',
    ],
    [
      'an overlap',
      fileOf({ a: f32(0, 8), b: f32(4, 12) }, Array(12).fill(0)),
      RangeError,
      'tensor "b" starts at offset 4, expected 8',
    ],
    ['bytes left over', fileOf({ a: f32(0, 4) }, Array(5).fill(0)), RangeError, 'bytes, expected'],
    [
      'bytes missing',
      fileOf({ a: f32(0, 8) }, Array(7).fill(0)),
      RangeError,
      '(where its tensors end)',
    ],
    [
      'an enormous shape',
      fileOf({ a: f32(0, 0, [2 ** 32, 2 ** 32]) }, []),
      RangeError,
      'that is 0 bytes, expected 73786976294838210000',
    ],
    [
      'metadata that are no object',
      fileOf({ __metadata__: [] }, []),
      TypeError,
      '__metadata__ is an Array, expected an object of strings',
    ],
    [
      'metadata that are no texts',
      fileOf({ __metadata__: { a: 1 } }, []),
      TypeError,
      '__metadata__ has a: 1, expected a string',
    ],
  ])('refuses %s', (_, file, kind, message) => {
    expect(() => readSafetensors(file)).toThrow(kind);
    expect(() => readSafetensors(file)).toThrow(message);
  });

  it('refuses what are no bytes', () => {
    expect(() => readSafetensors('{}' as never)).toThrow(
      new TypeError("bytes is '{}', expected a Uint8Array"),
    );
    expect(() => readSafetensors(new ArrayBuffer(16) as never)).toThrow(TypeError);
  });

  it('refuses every file that is cut short or has more at its end', () => {
    const file = writeSafetensors({ a: zeros([2, 3]), b: zeros([1]) });
    for (let length = 0; length < file.length; length++) {
      expect(() => readSafetensors(file.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => readSafetensors(Uint8Array.of(...file, 0))).toThrow(RangeError);
  });

  it('finds every changed byte of a header, or reads the same numbers', () => {
    const tensors = { a: tensor([1, 2, 3], [3]), 'b.c': tensor([4], [1, 1]) };
    const file = writeSafetensors(tensors, { by: 'test' });
    const start = file.length - 16;
    let taken = 0;
    for (let at = 0; at < start; at++) {
      for (let change = 1; change < 256; change++) {
        file[at] ^= change;
        try {
          // Names and texts can change unseen: nothing in the format says what they were.
          const { tensors, skipped } = readSafetensors(file);
          // F32 can become I32 or U32; that is said.
          if (Object.values(skipped).some((dtype) => /^[IU]32$/.test(dtype))) continue;
          const read = Object.values(tensors);
          if (read.flatMap(({ data }) => [...data]).join() !== '1,2,3,4') {
            throw new Error(`byte ${at} is ${file[at]}, and the numbers are others`);
          }
          taken++;
        } catch (error) {
          if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
        } finally {
          file[at] ^= change;
        }
      }
    }
    expect(taken).toBeGreaterThan(0);
  });
});
