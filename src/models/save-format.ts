/**
 * The file format of saved models.
 *
 * | bytes | content |
 * |---|---|
 * | 8 | magic: `HOPFIELD` |
 * | 4 | format version, u32 little-endian: 1 |
 * | 4 | length L of the description, u32 little-endian |
 * | 4 | CRC-32 (IEEE 802.3) of everything else in the file |
 * | L | description: JSON in UTF-8; `sections` gives the lengths of what follows |
 * | … | the sections, one after the other |
 *
 * A CRC-32 finds every change of up to four neighbouring bytes, so no altered byte goes unnoticed.
 */

const MAGIC = 'HOPFIELD';
const VERSION = 1;
const HEADER = 20;

/** A file taken apart: its description and its sections. */
export interface SavedModel {
  readonly description: Record<string, unknown>;
  readonly sections: readonly Uint8Array[];
}

let table: Uint32Array | undefined;

function crcTable(): Uint32Array {
  if (table) return table;
  table = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    table[n] = c;
  }
  return table;
}

function crc32(bytes: Uint8Array, crc: number): number {
  const t = crcTable();
  for (let i = 0; i < bytes.length; i++) crc = t[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return crc;
}

/** The checksum of a file: over all of it but the four bytes where it stands. */
function checksum(file: Uint8Array): number {
  return (crc32(file.subarray(HEADER), crc32(file.subarray(0, 16), -1)) ^ -1) >>> 0;
}

export function encodeModel(
  description: Record<string, unknown>,
  sections: readonly Uint8Array[],
): Uint8Array {
  const text = JSON.stringify({ ...description, sections: sections.map((s) => s.length) });
  const json = new TextEncoder().encode(text);
  const length = sections.reduce((sum, s) => sum + s.length, HEADER + json.length);
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  for (let i = 0; i < 8; i++) file[i] = MAGIC.charCodeAt(i);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, json.length, true);
  file.set(json, HEADER);
  let at = HEADER + json.length;
  for (const section of sections) {
    file.set(section, at);
    at += section.length;
  }
  view.setUint32(16, checksum(file), true);
  return file;
}

/** @throws TypeError when `file` is no bytes, Error when it is no intact file of this format. */
export function decodeModel(file: Uint8Array): SavedModel {
  if (!(file instanceof Uint8Array)) {
    throw new TypeError('a saved model is a Uint8Array, as save() returns it');
  }
  const magic = String.fromCharCode(...file.subarray(0, 8));
  if (magic !== MAGIC) {
    throw new Error(
      `not a saved model: it starts with ${JSON.stringify(magic)}, expected "${MAGIC}"`,
    );
  }
  if (file.length < HEADER) {
    throw new Error(
      `the saved model is cut short: ${file.length} bytes, its header alone has ${HEADER}`,
    );
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    throw new Error(`the saved model has format version ${version}, expected ${VERSION}`);
  }
  const expected = view.getUint32(16, true);
  const found = checksum(file);
  const end = HEADER + view.getUint32(12, true);
  if (found !== expected) {
    const cut = end > file.length ? `: ${file.length} bytes, its description ends at ${end}` : '';
    throw new Error(
      `the saved model is damaged or cut short${cut} ` +
        `(checksum ${found.toString(16)}, expected ${expected.toString(16)})`,
    );
  }
  const description = JSON.parse(new TextDecoder().decode(file.subarray(HEADER, end)));
  const sections: Uint8Array[] = [];
  let at = end;
  for (const length of description.sections as number[]) {
    // A copy in a buffer of its own: the `slice` of Node's Buffer would share that of the file.
    sections.push(new Uint8Array(file.subarray(at, at + length)));
    at += length;
  }
  return { description, sections };
}
