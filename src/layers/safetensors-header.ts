/**
 * The header of a safetensors file, read strictly (https://github.com/huggingface/safetensors, README "Format"): its
 * length, u64 little-endian, then JSON in UTF-8 that starts with `{`, perhaps padded with spaces:
 * `{"__metadata__": {"key": "text", …}, "name": {"dtype": "F32", "shape": […], "data_offsets": [begin, end]}, …}`.
 * Offsets count from the end of the header; the tensors cover all bytes from there, without holes or overlaps.
 */
import { describe } from '../checks.ts';
import { quote } from '../quote.ts';
import { NUMBER_FORMATS, OTHER_TYPES, type NumberFormat } from './number-formats.ts';
import { countOf, shapeText } from './tensor.ts';

/** Where a tensor stands in the file. */
interface Entry {
  readonly name: string;
  readonly dtype: string;
  /** How its numbers are read; undefined for integers, booleans and other types that are not read. */
  readonly format: NumberFormat | undefined;
  readonly shape: readonly number[];
  /** Its first byte, and the one after its last, from the start of the file. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly entries: readonly Entry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The entry that is not a tensor. */
export const METADATA = '__metadata__';
/** The header's first byte, `{`. */
const OPENING = 0x7b;
/** The longest header, in bytes; that of the format's own library. */
const LONGEST = 100_000_000;

/** @throws TypeError for the wrong kind of thing in the header, RangeError for lengths and offsets that do not fit */
export function readHeader(bytes: Uint8Array): Header {
  if (bytes.length < 8) {
    throw new RangeError(
      `the file has ${bytes.length} bytes, expected at least 8 (the header's length)`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true) + 4294967296 * view.getUint32(4, true);
  // `PK\3\4`, with no header where one would begin.
  if (view.getUint32(0) === 0x504b0304 && bytes[8] !== OPENING) {
    throw new TypeError(
      'the file is a zip archive (.npz, or .pt of PyTorch), expected safetensors',
    );
  }
  if (length > LONGEST) {
    throw new RangeError(`the header has ${length} bytes, expected at most ${LONGEST}`);
  }
  const start = 8 + length;
  if (bytes.length < start) {
    throw new RangeError(
      `the file has ${bytes.length} bytes, expected at least ${start} (where its header ends)`,
    );
  }
  const { [METADATA]: metadata, ...rest } = parsed(bytes.subarray(8, start));
  const entries = Object.entries(rest).map(([name, entry]) => readEntry(name, entry, start));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCover(entries, start, bytes.length);
  return { entries, metadata: metadata === undefined ? {} : readMetadata(metadata) };
}

function parsed(text: Uint8Array): Record<string, unknown> {
  if (text[0] !== OPENING) {
    throw new TypeError(
      `the header starts with byte ${text[0] ?? 'none (it is empty)'}, expected 123 ("{")`,
    );
  }
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return JSON.parse(decoder.decode(text)) as Record<string, unknown>;
  } catch (error) {
    const start = quote(new TextDecoder().decode(text.subarray(0, 40)));
    throw new TypeError(`the header is not JSON in UTF-8; it starts with ${start}`, {
      cause: error,
    });
  }
}

function readMetadata(metadata: unknown): Record<string, string> {
  if (!isRecord(metadata)) {
    throw new TypeError(`${METADATA} is ${describe(metadata)}, expected an object of strings`);
  }
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') {
      throw new TypeError(`${METADATA} has ${key}: ${describe(value)}, expected a string`);
    }
  }
  return metadata as Record<string, string>;
}

function readEntry(name: string, entry: unknown, start: number): Entry {
  const what = `tensor ${JSON.stringify(name)}`;
  if (!isRecord(entry)) throw new TypeError(`${what} is ${describe(entry)}, expected an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  const format = NUMBER_FORMATS.get(dtype as string);
  const width = format?.bytes ?? OTHER_TYPES.get(dtype as string);
  if (width === undefined) {
    const known = [...NUMBER_FORMATS.keys(), ...OTHER_TYPES.keys()].join(', ');
    throw new TypeError(`${what} has dtype ${describe(dtype)}, expected one of ${known}`);
  }
  checkIntegers(shape, `the shape of ${what}`);
  checkIntegers(offsets, `data_offsets of ${what}`);
  if (offsets.length !== 2) {
    throw new RangeError(`data_offsets of ${what} has length ${offsets.length}, expected 2`);
  }
  const [begin, end] = offsets;
  const size = countOf(shape) * width;
  if (end - begin !== size) {
    throw new RangeError(
      `${what} has data_offsets ${shapeText(offsets)}, that is ${end - begin} bytes, ` +
        `expected ${size} (${String(dtype)} of shape ${shapeText(shape)})`,
    );
  }
  return { name, dtype: dtype as string, format, shape, begin: start + begin, end: start + end };
}

/** The tensors, in order of their places, follow one another from `start` to `length`. */
function checkCover(entries: readonly Entry[], start: number, length: number): void {
  let end = start;
  for (const entry of entries) {
    if (entry.begin !== end) {
      throw new RangeError(
        `tensor ${JSON.stringify(entry.name)} starts at offset ${entry.begin - start}, ` +
          `expected ${end - start} (where what is before it ends)`,
      );
    }
    end = entry.end;
  }
  if (end !== length) {
    throw new RangeError(`the file has ${length} bytes, expected ${end} (where its tensors end)`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkIntegers(value: unknown, name: string): asserts value is number[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`${name} is ${describe(value)}, expected an array of integers from 0 up`);
  }
  for (const item of value) {
    if (typeof item !== 'number') {
      throw new TypeError(`${name} has ${describe(item)}, expected integers from 0 up`);
    }
    if (!Number.isSafeInteger(item) || item < 0) {
      throw new RangeError(`${name} has ${item}, expected integers from 0 up`);
    }
  }
}
