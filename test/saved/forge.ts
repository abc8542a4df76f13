/** Saved models by hand: the format written a second time, with a checksum computed bit by bit. */

/** The file of a description, given as a value or as its text, whatever it says. */
export function forge(
  version: number,
  description: unknown,
  sections: readonly Uint8Array[],
): Uint8Array {
  const text = typeof description === 'string' ? description : JSON.stringify(description);
  const json = new TextEncoder().encode(text ?? '');
  const length = sections.reduce((sum, section) => sum + section.length, 20 + json.length);
  const file = new Uint8Array(length);
  file.set(new TextEncoder().encode('HOPFIELD'));
  const view = new DataView(file.buffer);
  view.setUint32(8, version, true);
  view.setUint32(12, json.length, true);
  file.set(json, 20);
  let at = 20 + json.length;
  for (const section of sections) {
    file.set(section, at);
    at += section.length;
  }
  let crc = -1;
  const feed = (byte: number) => {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  };
  file.subarray(0, 16).forEach(feed);
  file.subarray(20).forEach(feed);
  view.setUint32(16, ~crc >>> 0, true);
  return file;
}
