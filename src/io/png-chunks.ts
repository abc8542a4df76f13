/**
 * The chunks of a PNG file (W3C PNG specification, third edition, sections 5, 11 and 13.2): IHDR, PLTE,
 * tRNS and the image data.
 *
 * Of the other chunks only their lengths are looked at: an ancillary chunk with a wrong checksum is as
 * good as none, and so are surplus transparency and whatever follows IEND.
 */

import { describeFile, fileKind } from './file-kind.ts';
import { crc32 } from './crc32.ts';
import { DEFLATE_RATIO } from './inflate.ts';
import { checkPixels } from './light.ts';

export interface PngChunks {
  width: number;
  height: number;
  /** Bits a sample: 1, 2, 4, 8 or 16. */
  depth: number;
  /** Samples a pixel: grey 1, grey and alpha 2, RGB 3, RGBA 4; a palette picture has 1. */
  samples: number;
  /** Red, green and blue of each entry; undefined where colours are not taken from a palette. */
  palette?: Uint8Array;
  /** Of tRNS: an alpha for each entry, or the samples of the colour that is transparent. */
  transparency?: Uint8Array;
  interlaced: boolean;
  /** The zlib stream. */
  data: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** By the number of the colour type: samples a pixel, and the depths allowed. */
const COLOURS: Record<number, { samples: number; depths: number[] }> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

const PALETTE = 3;

/**
 * Walks over the chunks to IEND.
 *
 * @throws TypeError when the bytes are not a PNG file, or one with a damaged, unknown, missing or
 *   misplaced critical chunk; RangeError when the file is truncated or cannot hold as many pixels as it says
 */
export function readPngChunks(bytes: Uint8Array): PngChunks {
  checkSignature(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let header: (Omit<PngChunks, 'data'> & { type: number }) | undefined;
  let at = SIGNATURE.length;
  for (let type = ''; type !== 'IEND';) {
    requireBytes(bytes, at + 12);
    const length = view.getUint32(at);
    const end = at + 12 + length;
    requireBytes(bytes, end);
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const body = bytes.subarray(at + 8, end - 4);
    at = end;
    if (header === undefined && type !== 'IHDR') {
      throw new TypeError(`PNG file with ${name(type)} first, expected IHDR`);
    }
    const critical = (type.charCodeAt(0) & 32) === 0;
    if (!critical && type !== 'tRNS') continue;
    if (crc32(bytes.subarray(end - 8 - length, end - 4)) !== view.getUint32(end - 4)) {
      if (critical)
        throw new TypeError(`PNG chunk ${name(type)} is damaged: its checksum is wrong`);
      continue;
    }
    if (type === 'IHDR') {
      if (header) throw new TypeError('PNG file with IHDR twice, expected one');
      header = readHeader(body, bytes.length);
    } else if (type === 'PLTE') {
      if (header!.type === PALETTE) header!.palette = readPalette(body);
    } else if (type === 'IDAT') {
      parts.push(body);
    } else if (type === 'tRNS') {
      header!.transparency = body;
    } else if (type !== 'IEND') {
      throw new TypeError(`PNG file with a chunk ${name(type)}, which the format does not have`);
    }
  }
  if (parts.length === 0) throw new TypeError('PNG file without image data, expected IDAT');
  const { type, ...rest } = header!;
  if (type === PALETTE && !rest.palette) {
    throw new TypeError('PNG file of palette colours without a palette, expected PLTE');
  }
  return { ...rest, data: joined(parts) };
}

function checkSignature(bytes: Uint8Array): void {
  const wrong = SIGNATURE.findIndex((byte, i) => i < bytes.length && bytes[i] !== byte);
  if (wrong < 0) return;
  const found = fileKind(bytes) === 'png' ? 'a damaged one' : describeFile(bytes);
  throw new TypeError(
    `not a PNG file but ${found}: byte ${wrong} is ${bytes[wrong]}, expected ${SIGNATURE[wrong]}`,
  );
}

function readHeader(body: Uint8Array, fileBytes: number) {
  if (body.length !== 13) {
    throw new TypeError(`PNG chunk IHDR of ${body.length} bytes, expected 13`);
  }
  const view = new DataView(body.buffer, body.byteOffset);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, type, compression, filter, interlace] = body.subarray(8);
  const known = COLOURS[type];
  if (!known?.depths.includes(depth)) {
    throw new TypeError(
      `PNG of colour type ${type} with ${depth} bits, which the format does not have`,
    );
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw new TypeError(
      `PNG of compression ${compression}, filters ${filter} and interlacing ${interlace}, ` +
        'expected 0, 0 and 0 or 1',
    );
  }
  checkPixels('PNG', width, height);
  const needed = height * (1 + Math.ceil((width * depth * known.samples) / 8));
  if (needed > fileBytes * DEFLATE_RATIO) {
    throw new RangeError(
      `PNG of ${width} × ${height} pixels, expected no more than fit into ${fileBytes} bytes of file`,
    );
  }
  return { width, height, depth, type, samples: known.samples, interlaced: interlace === 1 };
}

function readPalette(body: Uint8Array): Uint8Array {
  if (body.length % 3 !== 0 || body.length > 768) {
    throw new TypeError(
      `PNG palette of ${body.length} bytes, expected 3 for each of 1 to 256 colours`,
    );
  }
  return body;
}

function joined(parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const data = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return data;
}

/** The four letters of a chunk's type, or their codes when they are none. */
function name(type: string): string {
  return /^[A-Za-z]{4}$/.test(type) ? type : `[${Array.from(type, (c) => c.charCodeAt(0))}]`;
}

function requireBytes(bytes: Uint8Array, needed: number): void {
  if (bytes.length < needed) {
    throw new RangeError(`truncated PNG file: ${bytes.length} bytes, expected ${needed} or more`);
  }
}
