/** Tensors in and out of safetensors files; safetensors-header.ts tells the format. */
import { describe } from '../checks.ts';
import type { NamedTensors } from './module.ts';
import { METADATA, readHeader } from './safetensors-header.ts';
import { checkTensor, zeros, type Tensor } from './tensor.ts';

/** What a file holds. */
export interface SafetensorsFile {
  /** By name, in the order of their places in the file. */
  readonly tensors: Record<string, Tensor>;
  /** Texts by name; empty when the file has none. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The types of the tensors that were left out, by name: integers, booleans and the like. */
  readonly skipped: Readonly<Record<string, string>>;
}

/**
 * A safetensors file of single-precision tensors, in the order given; the same tensors give the same bytes. The header
 * is padded with spaces so that the numbers start at a multiple of 8.
 *
 * @param tensors - by name; `__metadata__` is not a name for a tensor
 * @param metadata - texts to go with them
 * @throws TypeError, RangeError when the arguments are none
 */
export function writeSafetensors(
  tensors: NamedTensors,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  if (typeof tensors !== 'object' || tensors === null) {
    throw new TypeError(`tensors is ${describe(tensors)}, expected tensors by name`);
  }
  const header: [string, unknown][] = [];
  if (metadata !== undefined) header.push([METADATA, checkedMetadata(metadata)]);
  let size = 0;
  for (const [name, value] of Object.entries(tensors)) {
    if (name === METADATA) {
      throw new RangeError(`a tensor is named ${METADATA}, expected another name`);
    }
    const { data, shape } = checkTensor(value, name);
    const begin = size;
    size += 4 * data.length;
    header.push([name, { dtype: 'F32', shape, data_offsets: [begin, size] }]);
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const start = 8 + 8 * Math.ceil(text.length / 8);
  const file = new Uint8Array(start + size).fill(0x20, 8, start);
  file.set(text, 8);
  const view = new DataView(file.buffer);
  view.setUint32(0, start - 8, true);
  let at = start;
  for (const { data } of Object.values(tensors)) {
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return file;
}

/**
 * Reads a safetensors file. Tensors of F64, F16 and BF16 become single precision (F64 is rounded); those of other types
 * are left out and named, as the count of batches that batch normalisation keeps.
 *
 * @throws TypeError when `bytes` is no Uint8Array, a zip archive, or the header is not of the format, RangeError when lengths, shapes and
 *   offsets do not fit one another or the file
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`bytes is ${describe(bytes)}, expected a Uint8Array`);
  }
  const { entries, metadata } = readHeader(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tensors: [string, Tensor][] = [];
  const skipped: [string, string][] = [];
  for (const { name, dtype, format, shape, begin } of entries) {
    if (!format) {
      skipped.push([name, dtype]);
      continue;
    }
    const value = zeros(shape);
    for (let i = 0; i < value.data.length; i++) {
      value.data[i] = format.read(view, begin + i * format.bytes);
    }
    tensors.push([name, value]);
  }
  return {
    tensors: Object.fromEntries(tensors),
    metadata,
    skipped: Object.fromEntries(skipped),
  };
}

function checkedMetadata(metadata: unknown): unknown {
  if (typeof metadata !== 'object' || metadata === null) {
    throw new TypeError(`metadata is ${describe(metadata)}, expected an object of strings`);
  }
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') {
      throw new TypeError(`metadata has ${key}: ${describe(value)}, expected a string`);
    }
  }
  return metadata;
}
