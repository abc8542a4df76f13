/** ±1 values as text: eight a byte, base64 as addresses have it. */
export function packed(values: ArrayLike<number>): string {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (let i = 0; i < values.length; i++) if (values[i] > 0) bytes[i >> 3] |= 1 << (i & 7);
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws RangeError unless the text holds that many */
export function unpacked(text: string, count: number): Int8Array {
  const bytes = fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
  if (bytes.length !== Math.ceil(count / 8)) {
    throw new RangeError(`${bytes.length} bytes of neurons, expected ${Math.ceil(count / 8)}`);
  }
  return Int8Array.from({ length: count }, (_, i) => ((bytes[i >> 3] >> (i & 7)) & 1 ? 1 : -1));
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}
