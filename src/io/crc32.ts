/** CRC-32 as PNG, gzip and zip have it: the polynomial 0xedb88320, reflected (PNG specification, annex D). */

/** By byte, and in the second, third and fourth 256 by a byte that 1, 2 or 3 others follow. */
let table: Uint32Array | undefined;

export function crc32(bytes: Uint8Array): number {
  table ??= makeTable();
  let crc = 0xffffffff;
  let i = 0;
  for (const end = bytes.length - 3; i < end; i += 4) {
    crc =
      table[768 + ((crc ^ bytes[i]) & 255)] ^
      table[512 + (((crc >>> 8) ^ bytes[i + 1]) & 255)] ^
      table[256 + (((crc >>> 16) ^ bytes[i + 2]) & 255)] ^
      table[(crc >>> 24) ^ bytes[i + 3]];
  }
  for (; i < bytes.length; i++) crc = table[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

function makeTable(): Uint32Array {
  const made = new Uint32Array(1024);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    made[byte] = crc;
  }
  for (let i = 256; i < 1024; i++) made[i] = made[made[i - 256] & 255] ^ (made[i - 256] >>> 8);
  return made;
}
