/** PNG files of 8 bits a sample, grey or RGB: IHDR, one IDAT of unfiltered rows, IEND. */

import { zlibSync } from 'fflate';
import { crc32 } from './crc32.ts';

/** @param samples - rows × columns × channels of them */
export function encodePng(
  samples: Uint8Array,
  [rows, columns]: readonly [rows: number, columns: number],
  channels: 1 | 3,
): Uint8Array {
  const rowBytes = columns * channels;
  // Before each row its filter, 0.
  const data = new Uint8Array(rows * (1 + rowBytes));
  for (let row = 0; row < rows; row++) {
    data.set(samples.subarray(row * rowBytes, (row + 1) * rowBytes), row * (1 + rowBytes) + 1);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, columns);
  view.setUint32(4, rows);
  header.set([8, channels === 3 ? 2 : 0], 8);
  const chunks = [chunk('IHDR', header), chunk('IDAT', zlibSync(data)), chunk('IEND')];
  const file = new Uint8Array(8 + chunks.reduce((sum, { length }) => sum + length, 0));
  file.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  let at = 8;
  for (const bytes of chunks) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/** Length, type, data, and the checksum of the latter two. */
function chunk(type: string, data = new Uint8Array(0)): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
