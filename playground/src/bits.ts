/** ±1 values as text: eight a byte, base64 as addresses have it. */
export function packed(values: ArrayLike<number>): string {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (let i = 0; i < values.length; i++) if (values[i] > 0) bytes[i >> 3] |= 1 << (i & 7);
  return toBase64(bytes);
}

/** @throws RangeError unless the text holds that many */
export function unpacked(text: string, count: number): Int8Array {
  const bytes = fromBase64(text, Math.ceil(count / 8));
  return Int8Array.from({ length: count }, (_, i) => ((bytes[i >> 3] >> (i & 7)) & 1 ? 1 : -1));
}

/** Greys from 0 to 15, two a byte. */
export function packedGreys(greys: Uint8Array): string {
  return toBase64(
    Uint8Array.from({ length: greys.length / 2 }, (_, i) => greys[2 * i] | (greys[2 * i + 1] << 4)),
  );
}

/** @throws RangeError unless the text holds that many */
export function unpackedGreys(text: string, count: number): Uint8Array {
  const bytes = fromBase64(text, count / 2);
  return Uint8Array.from({ length: count }, (_, i) => (bytes[i >> 1] >> (4 * (i & 1))) & 15);
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64(text: string, count: number): Uint8Array {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
    c.charCodeAt(0),
  );
  if (bytes.length === count) return bytes;
  throw new RangeError(`${bytes.length} bytes of neurons, expected ${count}`);
}
