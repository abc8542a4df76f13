/**
 * The file format of saved models.
 *
 * | bytes | content |
 * |---|---|
 * | 8 | magic: `HOPFIELD` |
 * | 4 | format version, u32 little-endian: 1, or 2 when there are labels |
 * | 4 | length L of the description, u32 little-endian |
 * | 4 | CRC-32 (IEEE 802.3) of everything else in the file |
 * | L | description: JSON in UTF-8; `sections` gives the lengths of what follows, `labels` (version 2) those of the patterns |
 * | … | the sections, one after the other |
 *
 * A CRC-32 finds every change of up to four neighbouring bytes, so no altered byte goes unnoticed; but anyone can write
 * one. What a file says of itself is checked in saved-model.ts. As JSON, a model is its description, its version and
 * `data`, the sections in base64.
 */
import { describe } from '../checks.ts';
import type { Labels } from '../patterns/labels.ts';
import { quote } from '../quote.ts';

/** Where bytes may come from: a buffer, or any view of one. */
export type Bytes = ArrayBufferLike | ArrayBufferView;

/** A file taken apart: nothing of it is to be trusted. */
export interface OpenedFile {
  readonly version: number;
  readonly description: unknown;
  /** All sections, one after the other: a view of the file. */
  readonly body: Uint8Array;
}

const MAGIC = 'HOPFIELD';
const HEADER = 20;

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

/** The file of a model. It has the lowest version that can say what is in it. */
export function encodeModel(
  description: Record<string, unknown>,
  sections: readonly Uint8Array[],
  labels: Labels = [],
): Uint8Array {
  const given = labels.some((label) => label !== undefined);
  return writeFile(
    given ? 2 : 1,
    {
      ...description,
      sections: sections.map((s) => s.length),
      labels: given ? Array.from(labels) : undefined,
    },
    sections,
  );
}

function writeFile(
  version: number,
  description: object,
  sections: readonly Uint8Array[],
): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(description));
  const length = sections.reduce((sum, s) => sum + s.length, HEADER + json.length);
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  for (let i = 0; i < 8; i++) file[i] = MAGIC.charCodeAt(i);
  view.setUint32(8, version, true);
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

/** @throws TypeError when `bytes` are none, Error when they are no intact file of this format */
export function openSaved(bytes: Bytes): OpenedFile {
  const file = bytesOf(bytes);
  const magic = String.fromCharCode(...file.subarray(0, 8));
  if (magic !== MAGIC) {
    throw new Error(`not a saved model: it starts with ${quote(magic)}, expected "${MAGIC}"`);
  }
  if (file.length < HEADER) {
    throw new Error(
      `the saved model is cut short: ${file.length} bytes, its header alone has ${HEADER}`,
    );
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = checkVersion(view.getUint32(8, true));
  const expected = view.getUint32(16, true);
  const found = checksum(file);
  const end = HEADER + view.getUint32(12, true);
  if (found !== expected || end > file.length) {
    const cut = end > file.length ? `: ${file.length} bytes, its description ends at ${end}` : '';
    throw new Error(
      `the saved model is damaged or cut short${cut} ` +
        `(checksum ${found.toString(16)}, expected ${expected.toString(16)})`,
    );
  }
  // Copied: of memory that is shared nothing can be decoded.
  return { version, description: parse(file.slice(HEADER, end)), body: file.subarray(end) };
}

function checkVersion(version: unknown): number {
  if (version !== 1 && version !== 2) {
    throw new Error(`the saved model has format version ${describe(version)}, expected 1 or 2`);
  }
  return version;
}

function parse(utf8: Uint8Array): unknown {
  const text = new TextDecoder().decode(utf8);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`the saved model's description is ${quote(text)}, expected JSON`);
  }
}

/** Whatever realm they are of. */
function bytesOf(given: Bytes): Uint8Array {
  if (ArrayBuffer.isView(given)) {
    return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  }
  if (/^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(given))) {
    return new Uint8Array(given);
  }
  throw new TypeError(
    `a saved model is ${describe(given)}, expected bytes as save() returns them: an ArrayBuffer or a view of one`,
  );
}

/** A file as a value for JSON. */
export function jsonOf(file: Uint8Array): Record<string, unknown> {
  const { version, description, body } = openSaved(file);
  let text = '';
  for (let i = 0; i < body.length; i += 8192) {
    text += String.fromCharCode(...body.subarray(i, i + 8192));
  }
  return { version, ...(description as object), data: btoa(text) };
}

/** The file of such a value. @throws TypeError, Error when it has no version and data */
export function fileOf(json: unknown): Uint8Array {
  if (typeof json !== 'object' || json === null) {
    throw new TypeError(
      `a saved model is ${describe(json)}, expected an object as toJSON() returns`,
    );
  }
  const { version, data, ...description } = json as Record<string, unknown>;
  const body = Uint8Array.from(decodeBase64(data), (c) => c.charCodeAt(0));
  return writeFile(checkVersion(version), description, [body]);
}

function decodeBase64(data: unknown): string {
  try {
    if (typeof data === 'string') return atob(data);
  } catch {
    // Said below.
  }
  throw new TypeError(`data is ${describe(data)}, expected the sections in base64`);
}
