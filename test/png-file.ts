/** PNG files made chunk by chunk, as the specification describes them. */

export const decoded = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

/** CRC-32 as in the PNG specification, bit by bit. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

export function chunk(type: string, data: ArrayLike<number> = []): number[] {
  const body = Uint8Array.of(...Array.from(type, (c) => c.charCodeAt(0)), ...Array.from(data));
  const bytes = new Uint8Array(body.length + 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(body, 4);
  view.setInt32(4 + body.length, crc32(body));
  return [...bytes];
}

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

export function header({ width = 1, height = 1, depth = 8, type = 0, interlace = 0 }): number[] {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([depth, type, 0, 0, interlace], 8);
  return chunk('IHDR', data);
}

/** Image data of one row, stored without compression; the checksum at its end is left 0. */
export const stored = (row: number[]) => {
  const size = row.length + 1;
  return chunk('IDAT', [0x78, 1, 1, size, 0, 255 - size, 255, 0, ...row, 0, 0, 0, 0]);
};

export const file = (...chunks: number[][]) => Uint8Array.from([SIGNATURE, ...chunks].flat());
