/**
 * Zlib streams and gzip files by fflate, no further than was promised: what a header says is allocated,
 * and what goes on after that is refused before it takes memory or time.
 */

import { gunzipSync, Unzlib } from 'fflate';
import { crc32 } from './crc32.ts';

/** Deflate turns a byte into at most 1032 (258 for every 2 bits). */
export const DEFLATE_RATIO = 1032;

/** The most compressed bytes at a time. */
const LARGEST_STEP = 65536;

/**
 * The `length` bytes that a zlib stream holds (RFC 1950); its checksum is not looked at.
 *
 * @param what - what is unpacked, for messages: 'image data'
 * @throws TypeError when it is no such stream, RangeError when it holds fewer bytes or more
 */
export function inflated(stream: Uint8Array, length: number, what: string): Uint8Array {
  const out = new Uint8Array(length);
  let size = 0;
  const inflator = new Unzlib((part) => {
    if (size + part.length <= length) out.set(part, size);
    size += part.length;
  });
  // What a step makes that nobody asked for is at most 16 times what is asked for, or little.
  const step = Math.min(256 + Math.ceil(length / 64), LARGEST_STEP);
  unpacking(what, () => {
    for (let at = 0; at < stream.length; at += step) {
      inflator.push(stream.subarray(at, at + step), false);
      if (size > length) break;
    }
  });
  if (size !== length) {
    const found = size < length ? `${size} bytes` : `more than ${length} bytes`;
    throw new RangeError(`${what} unpacked: ${found}, expected ${length}`);
  }
  return out;
}

/**
 * What a gzip file of one member holds (RFC 1952): its last eight bytes are a checksum and the length.
 *
 * @throws TypeError when it is none or damaged, RangeError when it cannot hold as much as it says
 */
export function gunzipped(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 18) {
    throw new RangeError(`truncated gzip file: ${bytes.length} bytes, expected 18 or more`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(bytes.length - 4, true);
  if (length > bytes.length * DEFLATE_RATIO) {
    throw new RangeError(
      `gzip file of ${length} bytes unpacked, expected no more than fit into ${bytes.length} bytes`,
    );
  }
  const content = unpacking('gzip file', () => gunzipSync(bytes));
  const [found, expected] = [crc32(content), view.getUint32(bytes.length - 8, true)];
  if (content.length !== length || found !== expected) {
    throw new TypeError(
      `gzip file unpacked: ${content.length} bytes with checksum ${found}, ` +
        `expected ${length} with ${expected}`,
    );
  }
  return content;
}

/** What `run` returns; what it throws, as a TypeError that says what could not be unpacked. */
export function unpacking<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const { message } = error as Error;
    throw new TypeError(`${what} cannot be unpacked: ${message}`, { cause: error });
  }
}
