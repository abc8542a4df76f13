/**
 * The file of a memory: a head, and records behind it that are only ever added. All numbers are little-endian.
 *
 *     head     1,024 bytes: the mark, u32 length and CRC-32 of a JSON text, the text, 0 up to byte 960; two slots
 *              f64 end, u32 CRC-32 of that, 0: where the last batch ended, as far as is known
 *     record   64 bytes: u32 kind, u32 CRC-32 of the other 56 bytes; f64 first row, u32 count, u32 bytes of labels,
 *              u32 CRC-32 of what follows, u32 CRC-32 of the codes, f64 the record's own place, 0; what follows, in multiples
 *              of 8 bytes
 *
 *     ROWS     rows of one block: f64[count] squared norms, f32[count×width] vectors with their padding,
 *              f32[count×valueWidth] values likewise, labels as JSON (nothing where there are none); where the file has
 *              codes, a row of them for each (src/kernels/abi/codes.ts), the four bytes that are nobody's there: CRC-32 of
 *              the vector, and of the value, if there is one, combined by exclusive or
 *     GONE     f64[count] rows that are forgotten
 *     DONE     the end of a batch: what stands before it has happened
 */
import { codeBytes, widthOf } from '../kernels/layout.ts';
import { checksum } from './checksum.ts';
import { describe } from '../checks.ts';
import { BLOCK_ROWS } from '../models/modern/blocks.ts';
import { planModern, type ModernPlan } from '../models/modern/options.ts';
import { MAX_DIMENSION } from '../models/modern/vectors.ts';

export const HEAD = 1024;
export const RECORD = 64;
const SLOTS = 960;
const SLOT = 32;
const MARK = 'HOPFROWS';
const VERSION = 1;

export const ROWS = 0x53574f52;
export const GONE = 0x454e4f47;
export const DONE = 0x454e4f44;

/** What a file says of itself. */
export interface FilePlan {
  readonly network: ModernPlan;
  /** Undefined where vectors have no values. */
  readonly valueDimension: number | undefined;
  readonly codes?: 'int8';
}

/** A record, without what follows it. */
export interface Entry {
  readonly kind: number;
  /** Where it begins. */
  readonly at: number;
  readonly first: number;
  readonly count: number;
  readonly labelBytes: number;
  /** CRC-32 of what follows. */
  readonly crc: number;
  /** CRC-32 of the codes in it, 0 where there are none. */
  readonly codesCrc: number;
}

export function encodeHead({ network, valueDimension, codes }: FilePlan): Uint8Array {
  const { dimension, beta, similarity, nothing } = network;
  const plan = {
    dimension,
    valueDimension,
    beta,
    similarity,
    nothing,
    codes,
    blockRows: BLOCK_ROWS,
  };
  const said = { version: VERSION, ...plan };
  const text = new TextEncoder().encode(JSON.stringify(said));
  const head = new Uint8Array(HEAD);
  head.set(new TextEncoder().encode(MARK));
  const view = new DataView(head.buffer);
  view.setUint32(8, text.length, true);
  view.setUint32(12, checksum(text), true);
  head.set(text, 16);
  head.set(encodeSlot(HEAD), SLOTS);
  return head;
}

/** @throws Error, TypeError, RangeError saying what is wrong with it */
export function decodeHead(head: Uint8Array): FilePlan & { end: number } {
  const mark = String.fromCharCode(...head.subarray(0, 8));
  if (head.length < HEAD || mark !== MARK) {
    throw new Error(
      `the file begins with ${describe(mark)}, expected the head of a memory (${MARK})`,
    );
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const length = view.getUint32(8, true);
  const text = head.subarray(16, 16 + Math.min(length, SLOTS - 16));
  if (checksum(text) !== view.getUint32(12, true)) {
    throw new Error('the head of the file is damaged: its checksum differs');
  }
  let said: Record<string, unknown>;
  try {
    said = Object(JSON.parse(new TextDecoder().decode(text))) as Record<string, unknown>;
  } catch {
    throw new Error('the head of the file is damaged: it is no JSON');
  }
  const { version, dimension, valueDimension, beta, similarity, nothing, codes, blockRows } = said;
  if (version !== VERSION) {
    throw new RangeError(`the file is of version ${describe(version)}, expected ${VERSION}`);
  }
  if (blockRows !== BLOCK_ROWS) {
    throw new RangeError(
      `the file has blocks of ${describe(blockRows)} rows, expected ${BLOCK_ROWS}`,
    );
  }
  if (codes !== undefined && codes !== 'int8') {
    throw new RangeError(`the file has codes ${describe(codes)}, expected 'int8' or none`);
  }
  const network = planModern(dimension as number, { beta, similarity, nothing } as object);
  const plan = { network, valueDimension: checkValueDimension(valueDimension), codes };
  return { ...plan, end: endOf(head) } as FilePlan & { end: number };
}

/** @throws TypeError, RangeError */
export function checkValueDimension(v: unknown): number | undefined {
  if (v === undefined) return undefined;
  if (typeof v === 'number' && Number.isInteger(v) && v >= 1 && v <= MAX_DIMENSION) return v;
  const Kind = typeof v === 'number' ? RangeError : TypeError;
  throw new Kind(
    `valueDimension is ${describe(v)}, expected an integer from 1 to ${MAX_DIMENSION}`,
  );
}

export function encodeSlot(end: number): Uint8Array {
  const slot = new Uint8Array(SLOT);
  const view = new DataView(slot.buffer);
  view.setFloat64(0, end, true);
  view.setUint32(8, checksum(slot.subarray(0, 8)), true);
  return slot;
}

/** Where the slot of batch number k is: never the one that holds the last end. */
export function slotAt(batch: number): number {
  return SLOTS + (batch % 2) * SLOT;
}

/** The largest end that a slot tells. */
function endOf(head: Uint8Array): number {
  let end = HEAD;
  for (const at of [SLOTS, SLOTS + SLOT]) {
    const view = new DataView(head.buffer, head.byteOffset + at, SLOT);
    const told = view.getFloat64(0, true);
    if (view.getUint32(8, true) === checksum(head.subarray(at, at + 8)) && told > end) end = told;
  }
  return end;
}

export function encodeEntry(entry: Entry): Uint8Array {
  const record = new Uint8Array(RECORD);
  const view = new DataView(record.buffer);
  view.setUint32(0, entry.kind, true);
  view.setFloat64(8, entry.first, true);
  view.setUint32(16, entry.count, true);
  view.setUint32(20, entry.labelBytes, true);
  view.setUint32(24, entry.crc, true);
  view.setUint32(28, entry.codesCrc, true);
  view.setFloat64(32, entry.at, true);
  view.setUint32(4, checksum(record.subarray(8)), true);
  return record;
}

/** The record at a place; undefined where there is none that fits there. */
export function decodeEntry(record: Uint8Array, at: number): Entry | undefined {
  const view = new DataView(record.buffer, record.byteOffset, RECORD);
  const entry: Entry = {
    kind: view.getUint32(0, true),
    at: view.getFloat64(32, true),
    first: view.getFloat64(8, true),
    count: view.getUint32(16, true),
    labelBytes: view.getUint32(20, true),
    crc: view.getUint32(24, true),
    codesCrc: view.getUint32(28, true),
  };
  const whole = view.getUint32(4, true) === checksum(record.subarray(8, RECORD)) && entry.at === at;
  return whole ? entry : undefined;
}

/** Where what follows a record of rows is, in bytes from the end of the record. */
export function layoutOf(
  { count, labelBytes }: Pick<Entry, 'count' | 'labelBytes'>,
  { network, valueDimension = 0, codes: kind }: FilePlan,
) {
  const vectors = count * 8;
  const values = vectors + count * widthOf(network.dimension) * 4;
  const labels = values + count * widthOf(valueDimension) * 4;
  const codes = labels + Math.ceil(labelBytes / 8) * 8;
  const end = codes + (kind ? count * codeBytes(network.dimension) : 0);
  return { vectors, values, labels, codes, end };
}

/** Bytes that follow a record. */
export function bodyBytes(entry: Entry, plan: FilePlan): number {
  if (entry.kind === ROWS) return layoutOf(entry, plan).end;
  return entry.kind === GONE ? entry.count * 8 : 0;
}
