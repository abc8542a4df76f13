/**
 * JPEG pictures (ITU-T T.81), baseline and progressive, decoded by jpeg-js.
 *
 * The markers are walked over first: jpeg-js takes other kinds for damaged ones, reads on after the end
 * of a truncated file, and spends on a picture what its header asks for. The orientation that a camera
 * noted is ignored, as are colour profiles.
 */

import { decode } from './jpeg-decoder.ts';
import { describeFile, fileKind } from './file-kind.ts';
import { checkPixels, lightOf, type Light } from './light.ts';
import { checkBytes } from './pattern-set.ts';

/** A block of 8 × 8 takes at least a bit. */
const MOST_PIXELS_A_BYTE = 512;
/** Progressive pictures have about ten. */
const MOST_SCANS = 64;

/** @throws TypeError or RangeError at what is not a JPEG file, of a kind not read, damaged, or too large */
export function readJpegLight(bytes: Uint8Array, colour: boolean): Light {
  checkBytes(bytes);
  if (fileKind(bytes) !== 'jpeg') {
    throw new TypeError(`not a JPEG file but ${describeFile(bytes)}`);
  }
  const end = checkMarkers(bytes);
  let picture: ReturnType<typeof decode>;
  try {
    picture = decode(bytes.subarray(0, end), { useTArray: true, formatAsRGBA: false });
  } catch (error) {
    throw new TypeError(`JPEG file cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const { width: columns, height: rows, data } = picture;
  return lightOf(data, { rows, columns, each: 3, most: 255 }, colour);
}

/** Checks the frame, counts the scans; returns where the picture ends. */
function checkMarkers(bytes: Uint8Array): number {
  let scans = 0;
  let at = 2;
  for (;;) {
    while (at < bytes.length && bytes[at] !== 0xff) at++;
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++];
    // 0 is a byte 255 of the data, 1 and 0xd0 to 0xd8 stand alone.
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    if (marker === 0xd9) {
      if (scans > 0) return at;
      throw new TypeError('JPEG file without a scan');
    }
    const length = bytes[at] * 256 + bytes[at + 1];
    if (!(at + length <= bytes.length)) {
      throw new RangeError(`truncated JPEG file: ${bytes.length} bytes, expected more`);
    }
    // SOF0 to SOF15, but for DHT, JPG and DAC among them.
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) checkFrame(marker, bytes.subarray(at, at + length), bytes.length);
    if (marker === 0xda && ++scans > MOST_SCANS) {
      throw new RangeError(`JPEG file of more than ${MOST_SCANS} scans`);
    }
    at += Math.max(length, 2);
  }
}

function checkFrame(marker: number, body: Uint8Array, fileBytes: number): void {
  const bits = body[2];
  if (marker > 0xc2 || bits !== 8) {
    throw new TypeError(
      `JPEG of process ${marker - 0xc0} with ${bits} bits a sample, ` +
        'expected 0, 1 or 2 (Huffman-coded, not lossless) with 8',
    );
  }
  const [rows, columns] = [body[3] * 256 + body[4], body[5] * 256 + body[6]];
  checkPixels('JPEG', columns, rows);
  if (rows * columns > fileBytes * MOST_PIXELS_A_BYTE) {
    throw new RangeError(
      `JPEG of ${columns} × ${rows} pixels, expected no more than fit into ${fileBytes} bytes of file`,
    );
  }
}
