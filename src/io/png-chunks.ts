/**
 * The chunks of a PNG file (W3C PNG specification, third edition, sections 5 and 11): what IHDR says,
 * and that the file is whole from its signature to the end of IEND.
 *
 * fast-png checks none of this: it reads forbidden depths and small interlaced ones into something
 * else, stops at IEND, and takes the last IHDR of several. Checksums are left to it.
 */

/** What the header chunk says about the picture. */
export interface PngHeader {
  width: number;
  height: number;
  /** Bits a sample: 1, 2, 4, 8 or 16. */
  depth: number;
  colour: Colour;
}

export type Colour = 'grey' | 'rgb' | 'palette' | 'grey-alpha' | 'rgba';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** By the number of the colour type: its name, samples a pixel, and the depths allowed. */
const COLOURS: Record<number, { colour: Colour; samples: number; depths: number[] }> = {
  0: { colour: 'grey', samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { colour: 'rgb', samples: 3, depths: [8, 16] },
  3: { colour: 'palette', samples: 1, depths: [1, 2, 4, 8] },
  4: { colour: 'grey-alpha', samples: 2, depths: [8, 16] },
  6: { colour: 'rgba', samples: 4, depths: [8, 16] },
};

/** Deflate turns a byte into at most 1032 (258 for every 2 bits). */
const DEFLATE_RATIO = 1032;

/**
 * Walks over the chunks and reads the header.
 *
 * @throws TypeError when the bytes are not a PNG file or one of a kind that is not read; RangeError
 *   when the file is truncated, goes on after IEND, or cannot hold as many pixels as it says
 */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  const wrong = SIGNATURE.findIndex((byte, i) => i < bytes.length && bytes[i] !== byte);
  if (wrong >= 0) {
    throw new TypeError(
      `not a PNG file: byte ${wrong} is ${bytes[wrong]}, expected ${SIGNATURE[wrong]}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const types: string[] = [];
  let at = SIGNATURE.length;
  while (types.at(-1) !== 'IEND') {
    requireBytes(bytes, at + 12);
    const length = view.getUint32(at);
    requireBytes(bytes, at + 12 + length);
    types.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)));
    at += 12 + length;
  }
  if (bytes.length > at) {
    throw new RangeError(
      `overlong PNG file: ${bytes.length} bytes, expected ${at}, the end of IEND`,
    );
  }
  if (types.lastIndexOf('IHDR') !== 0 || view.getUint32(8) !== 13) {
    throw new TypeError(
      `PNG chunks ${types.slice(0, 8).join(' ')}, expected one IHDR of 13 bytes first`,
    );
  }
  if (!types.includes('IDAT')) throw new TypeError('PNG file without image data, expected IDAT');
  return readHeaderChunk(view);
}

function readHeaderChunk(view: DataView): PngHeader {
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, type, , , interlace] = new Uint8Array(view.buffer, view.byteOffset + 24, 5);
  const known = COLOURS[type];
  if (!known?.depths.includes(depth)) {
    throw new TypeError(
      `PNG of colour type ${type} with ${depth} bits, which the format does not have`,
    );
  }
  if (interlace !== 0 && depth < 8) {
    throw new TypeError(
      `interlaced PNG of ${depth} bits a sample, expected 8 or 16 or no interlacing`,
    );
  }
  if (width === 0 || height === 0) {
    throw new RangeError(`PNG of ${width} × ${height} pixels, expected at least 1 × 1`);
  }
  const needed = height * (1 + Math.ceil((width * depth * known.samples) / 8));
  if (needed > view.byteLength * DEFLATE_RATIO) {
    throw new RangeError(
      `PNG of ${width} × ${height} pixels, expected no more than fit into ${view.byteLength} bytes of file`,
    );
  }
  return { width, height, depth, colour: known.colour };
}

function requireBytes(bytes: Uint8Array, needed: number): void {
  if (bytes.length < needed) {
    throw new RangeError(`truncated PNG file: ${bytes.length} bytes, expected ${needed} or more`);
  }
}
