/**
 * The pictures of netpbm, PBM, PGM and PPM, as text (P1, P2, P3) and as bytes (P4, P5, P6): a header
 * `P5 columns rows most` with white space and comments from `#` to the end of a line between its fields,
 * then the samples, of which `most` is white; in PBM there is no `most`, and 1 is black.
 *
 * A file of bytes may hold several pictures, one after the other.
 */

import { describeFile, fileKind } from './file-kind.ts';
import { checkPixels, lightOf, type Light } from './light.ts';
import { checkBytes, checkedNeurons, type PatternSet } from './pattern-set.ts';

interface Header {
  columns: number;
  rows: number;
  most: number;
}

/** @throws TypeError at what is no netpbm file or has other text in it, RangeError at what does not fit */
export function readNetpbmLights(bytes: Uint8Array, colour: boolean): Light[] {
  checkBytes(bytes);
  if (fileKind(bytes) !== 'netpbm') {
    throw new TypeError(`not a netpbm file but ${describeFile(bytes)}, expected P1 to P6`);
  }
  const lights: Light[] = [];
  const reader = new Reader(bytes);
  while (reader.skipSpace() < bytes.length) {
    if (lights.length > 0 && fileKind(bytes.subarray(reader.at)) !== 'netpbm') {
      const rest = bytes.length - reader.at;
      throw new RangeError(
        `netpbm file with ${rest} bytes after picture ${lights.length}, expected another`,
      );
    }
    const kind = bytes[reader.at + 1] - 48;
    reader.at += 2;
    const bitmap = kind % 3 === 1;
    const header = {
      columns: reader.number('columns'),
      rows: reader.number('rows'),
      most: bitmap ? 1 : reader.number('the sample that is white'),
    };
    checkPixels('netpbm picture', header.columns, header.rows);
    if (header.most < 1 || header.most > 65535) {
      throw new RangeError(`netpbm picture with ${header.most} for white, expected 1 to 65535`);
    }
    const each = kind % 3 === 0 ? 3 : 1;
    const samples =
      kind < 4 ? reader.text(header, each, bitmap) : reader.bytesOf(header, each, bitmap);
    lights.push(lightOf(samples, { ...header, each }, colour));
    // What follows a picture as text is not looked at.
    if (kind < 4) break;
  }
  return lights;
}

/** Fields and samples, from `at` on. */
class Reader {
  at = 0;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Goes on to what is neither white space nor a comment. */
  skipSpace(): number {
    const { bytes } = this;
    for (; this.at < bytes.length; this.at++) {
      if (bytes[this.at] === 35) {
        while (this.at < bytes.length && bytes[this.at] !== 10 && bytes[this.at] !== 13) this.at++;
      } else if (!isSpace(bytes[this.at])) break;
    }
    return this.at;
  }

  number(what: string): number {
    const start = this.skipSpace();
    let value = 0;
    while (isDigit(this.bytes[this.at])) value = value * 10 + this.bytes[this.at++] - 48;
    if (this.at === start || !(this.at === this.bytes.length || isSpace(this.bytes[this.at]))) {
      throw this.wrong(`a number for ${what}`);
    }
    return value;
  }

  text({ columns, rows, most }: Header, each: number, bitmap: boolean): Uint16Array {
    const count = rows * columns * each;
    // A sample takes a character, and white space after it but in PBM and at the end.
    const needed = bitmap ? count : 2 * count - 1;
    this.skipSpace();
    this.require(needed);
    const samples = new Uint16Array(count);
    for (let i = 0; i < count; i++) {
      if (bitmap) {
        const digit = this.bytes[this.skipSpace()];
        if (digit !== 48 && digit !== 49) throw this.wrong('0 or 1');
        samples[i] = 49 - digit;
        this.at++;
      } else {
        samples[i] = this.checked(this.number('a sample'), most);
      }
    }
    return samples;
  }

  bytesOf(
    { columns, rows, most }: Header,
    each: number,
    bitmap: boolean,
  ): Uint8Array | Uint16Array {
    const count = rows * columns * each;
    const width = most > 255 ? 2 : 1;
    const rowBytes = bitmap ? Math.ceil(columns / 8) : columns * each * width;
    // One character of white space ends the header.
    this.at++;
    this.require(rows * rowBytes);
    const body = this.bytes.subarray(this.at, this.at + rows * rowBytes);
    const samples = new (width === 2 ? Uint16Array : Uint8Array)(count);
    for (let i = 0; i < count; i++) {
      if (bitmap) {
        const column = i % columns;
        const byte = body[Math.floor(i / columns) * rowBytes + (column >> 3)];
        samples[i] = 1 - ((byte >> (7 - (column & 7))) & 1);
      } else {
        const sample = width === 2 ? body[2 * i] * 256 + body[2 * i + 1] : body[i];
        samples[i] = this.checked(sample, most);
      }
    }
    this.at += body.length;
    return samples;
  }

  checked(sample: number, most: number): number {
    if (sample <= most) return sample;
    throw new RangeError(`netpbm sample ${sample}, expected at most ${most}`);
  }

  require(needed: number): void {
    const left = Math.max(0, this.bytes.length - this.at);
    if (left < needed) {
      throw new RangeError(
        `truncated netpbm file: ${left} bytes of samples, expected ${needed} or more`,
      );
    }
  }

  wrong(expected: string): Error {
    if (this.at >= this.bytes.length) {
      return new RangeError(`truncated netpbm file: expected ${expected} at byte ${this.at}`);
    }
    return new TypeError(
      `netpbm file with byte ${this.bytes[this.at]} at ${this.at}, expected ${expected}`,
    );
  }
}

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/**
 * Writes patterns as PBM pictures (P4), one after the other: white for +1, black for −1.
 *
 * Patterns of shape `[neurons]` become pictures of one row.
 *
 * @throws TypeError or RangeError when `set` is not a {@link PatternSet}
 */
export function writePbm(set: PatternSet): Uint8Array {
  const neurons = checkedNeurons(set);
  const columns = set.shape.at(-1)!;
  const rowBytes = Math.ceil(columns / 8);
  const header = new TextEncoder().encode(`P4\n${columns} ${neurons / columns}\n`);
  const each = header.length + (neurons / columns) * rowBytes;
  const bytes = new Uint8Array(each * set.patterns.length);
  set.patterns.forEach((pattern, k) => {
    bytes.set(header, k * each);
    const start = k * each + header.length;
    pattern.forEach((sign, i) => {
      const column = i % columns;
      const at = start + Math.floor(i / columns) * rowBytes + (column >> 3);
      if (sign < 0) bytes[at] |= 128 >> (column & 7);
    });
  });
  return bytes;
}
