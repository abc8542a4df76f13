/**
 * The header of a `.npy` file, read strictly (NumPy enhancement proposal 1 and `numpy.lib.format`):
 * the bytes 93 "NUMPY", a version, the length of the dictionary (16 bits in version 1, 32 in 2 and
 * 3, little-endian), then the dictionary `{'descr': …, 'fortran_order': …, 'shape': (…)}`.
 */

import { describeFile } from './file-kind.ts';

export interface NpyHeader {
  /** As in the file: byte order, kind, and bytes a value, such as `<f8`. */
  descr: string;
  fortranOrder: boolean;
  shape: number[];
  /** Where the values start. */
  offset: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const ENTRIES = {
  descr: /'descr'\s*:\s*'([^']+)'/g,
  fortranOrder: /'fortran_order'\s*:\s*(True|False)/g,
  shape: /'shape'\s*:\s*\(\s*((?:\d+\s*,\s*)*(?:\d+\s*)?)\)/g,
};

/** The longest header read, in bytes; NumPy's own limit. */
const LONGEST = 10000;

/**
 * Reads the header.
 *
 * @throws TypeError when the magic, the version or the dictionary is not that of the format;
 *   RangeError when the header is longer than 10000 bytes or than the file
 */
export function readNpyHeader(bytes: Uint8Array): NpyHeader {
  const wrong = MAGIC.findIndex((byte, i) => i < bytes.length && bytes[i] !== byte);
  if (wrong >= 0) {
    throw new TypeError(
      `not a .npy file but ${describeFile(bytes)}: byte ${wrong} is ${bytes[wrong]}, expected ${MAGIC[wrong]}`,
    );
  }
  requireBytes(bytes, 10);
  const [major, minor] = bytes.subarray(6, 8);
  if (major < 1 || major > 3 || minor !== 0) {
    throw new TypeError(`.npy format version ${major}.${minor}, expected 1.0, 2.0 or 3.0`);
  }
  const start = major === 1 ? 10 : 12;
  requireBytes(bytes, start);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const offset = start + (major === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (offset - start > LONGEST) {
    throw new RangeError(`.npy header of ${offset - start} bytes, expected at most ${LONGEST}`);
  }
  requireBytes(bytes, offset);
  return { ...readDictionary(new TextDecoder().decode(bytes.subarray(start, offset))), offset };
}

function readDictionary(text: string): Omit<NpyHeader, 'offset'> {
  const [descr, fortranOrder, shape] = Object.values(ENTRIES).map((entry) => [
    ...text.matchAll(entry),
  ]);
  const rest = Object.values(ENTRIES).reduce((left, entry) => left.replace(entry, ''), text);
  if (
    descr.length !== 1 ||
    fortranOrder.length !== 1 ||
    shape.length !== 1 ||
    !/^\{[\s,]*\}\s*$/.test(rest)
  ) {
    throw new TypeError(
      `.npy header ${JSON.stringify(text.trimEnd().slice(0, 200))}, ` +
        `expected {'descr': '…', 'fortran_order': True or False, 'shape': (…)}`,
    );
  }
  return {
    descr: descr[0][1],
    fortranOrder: fortranOrder[0][1] === 'True',
    shape: shape[0][1]
      .split(',')
      .filter((n) => n.trim() !== '')
      .map(Number),
  };
}

function requireBytes(bytes: Uint8Array, needed: number): void {
  if (bytes.length < needed) {
    throw new RangeError(
      `truncated .npy file: ${bytes.length} bytes, expected ${needed} or more for its header`,
    );
  }
}
