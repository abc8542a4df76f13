/**
 * Whatever the bytes are, each reader returns or throws a TypeError or RangeError of this package: a message
 * that says what was found. No loop without end, and no memory but what the file can hold.
 */

import fc from 'fast-check';
import { gzipSync, zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import * as io from '../src/io/index.ts';
import { chunk, decoded, file, header } from './png-file.ts';

const set: io.PatternSet = {
  patterns: [Int8Array.of(1, -1, 1, 1), Int8Array.of(-1, -1, 1, 1)],
  shape: [2, 2],
};
const utf8 = (text: string) => new TextEncoder().encode(text);

/** A whole file of each kind, to be damaged. */
const SEEDS: Record<string, Uint8Array> = {
  png: io.writePng(set.patterns[0], [2, 2], { scale: 5 }),
  interlaced: file(
    header({ width: 9, height: 9, depth: 2, type: 3, interlace: 1 }),
    chunk('PLTE', [0, 0, 0, 9, 9, 9, 99, 99, 99, 255, 255, 255]),
    chunk('tRNS', [0, 128]),
    chunk('IDAT', zlibSync(new Uint8Array(46))),
    chunk('IEND'),
  ),
  jpeg: decoded(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAAQABABAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APbtc1OTSdKe5gtftdwXSOG337PMdmCgZwcDnJODgA1ZsLyLUdPtr2Akw3ESyoT/AHWAI/Q1U1bRbfWZbIXqRTWlvI0rW0sQdZW2lVznjA3E4wecHtUmjaYNH01bFJA0MckhiATaI42csqAZ6KCFHsBX/9k=',
  ),
  pbm: io.writePbm(set),
  pgm: io.writePgm({ data: Float32Array.of(0, 1, 0.5, 0.25), shape: [2, 2] }),
  text: utf8('P3 2 1 9 1 2 3 # x\n4 5 6\n'),
  npy: io.writeNpyPatterns(set),
  npz: io.writeNpz({ a: { data: Float32Array.of(1, 2), shape: [2] } }),
  idx: Uint8Array.of(0, 0, 11, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 255, 255),
  gzip: gzipSync(io.writeNpyPatterns(set)),
  grid: utf8(io.writeGrid(set)),
  csv: utf8(io.writeCsv(set)),
};

const READERS: Record<string, (bytes: Uint8Array) => unknown> = {
  readPatterns: (bytes) => io.readPatterns(bytes),
  'readPatterns, resized by Otsu': (bytes) =>
    io.readPatterns(bytes, { size: [3, 3], threshold: 'otsu' }),
  readPng: (bytes) => io.readPng(bytes),
  readPicture: (bytes) => io.readPicture(bytes, { colour: true }),
  readNpy: io.readNpy,
  readNpyCouplings: io.readNpyCouplings,
  readNpz: io.readNpz,
  readIdx: io.readIdx,
  readGrid: (bytes) => io.readGrid(new TextDecoder().decode(bytes)),
  readCsv: (bytes) => io.readCsv(new TextDecoder().decode(bytes), { shape: [2, 2], threshold: 1 }),
};

/** Refuses all but our errors: those of engines have other words for what was found. */
function attempt(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): void {
  try {
    read(bytes);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    if (
      !/expected|cannot be (read|unpacked)|damaged|truncated|without|more than|needs two/.test(
        error.message,
      )
    )
      throw error;
  }
}

/** Bytes overwritten, taken out or doubled, and the end cut off. */
const damage = fc.record({
  seed: fc.constantFrom(...Object.keys(SEEDS)),
  writes: fc.array(
    fc.tuple(fc.nat(2000), fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 127, 128, 255))),
    { maxLength: 6 },
  ),
  piece: fc.tuple(fc.nat(2000), fc.nat(20), fc.nat(2)),
  cut: fc.oneof(fc.constant(0), fc.nat(40)),
});

function damaged({
  seed,
  writes,
  piece,
  cut,
}: typeof damage extends fc.Arbitrary<infer T> ? T : never) {
  const bytes = SEEDS[seed].slice();
  for (const [at, value] of writes) bytes[at % bytes.length] = value;
  const [at, length, copies] = [piece[0] % bytes.length, piece[1], piece[2]];
  const part = Array.from({ length: copies }, () => [...bytes.subarray(at, at + length)]).flat();
  const whole = [...bytes.subarray(0, at), ...part, ...bytes.subarray(at + length)];
  return Uint8Array.from(whole.slice(0, Math.max(0, whole.length - cut)));
}

describe.each(Object.keys(READERS))('%s', (name) => {
  test('returns or throws an error of its own, whatever the damage', () => {
    fc.assert(
      fc.property(damage, (drawn) => attempt(READERS[name], damaged(drawn))),
      { numRuns: 1500 },
    );
  });

  test('returns or throws an error of its own, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => attempt(READERS[name], bytes)),
      { numRuns: 300 },
    );
  });
});

describe('a small file that unpacks to a large one', () => {
  const bomb = new Uint8Array(2e7);

  test('is refused as PNG when the header promises less', () => {
    const png = file(header({ width: 4, height: 2 }), chunk('IDAT', zlibSync(bomb)), chunk('IEND'));
    expect(() => io.readPng(png)).toThrow(
      'PNG image data unpacked: more than 10 bytes, expected 10',
    );
  });

  test('is refused as gzip when it says less, or more than deflate can do', () => {
    const bytes = gzipSync(bomb);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    view.setUint32(bytes.length - 4, 100, true);
    expect(() => io.readIdx(bytes)).toThrow(/gzip file/);
    view.setUint32(bytes.length - 4, 0xffffffff, true);
    expect(() => io.readIdx(bytes)).toThrow(
      'gzip file of 4294967295 bytes unpacked, expected no more',
    );
  });
});
