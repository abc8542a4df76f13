/** CRC-32: Node's own where it has one, several times as fast as a loop of ours. */
import { builtinNow } from '../builtin.ts';
import { crc32 } from '../io/crc32.ts';

export function checksum(bytes: Uint8Array): number {
  return builtinNow('node:zlib')?.crc32?.(bytes) ?? crc32(bytes);
}
