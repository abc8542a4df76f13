/** JPEG pictures are read as what was drawn, and refused when cut short or of a kind that is not read. */

import { describe, expect, test } from 'vitest';
import { readPatterns, readPicture } from '../src/io/index.ts';
import { decoded } from './png-file.ts';

/** The same letter, drawn once; the JPEG was written by libjpeg. */
const LETTER_JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAAQABABAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APbtc1OTSdKe5gtftdwXSOG337PMdmCgZwcDnJODgA1ZsLyLUdPtr2Akw3ESyoT/AHWAI/Q1U1bRbfWZbIXqRTWlvI0rW0sQdZW2lVznjA3E4wecHtUmjaYNH01bFJA0MckhiATaI42csqAZ6KCFHsBX/9k=';
const LETTER_PBM = 'UDQKMTYgMTYKAAAAAAAAAAABAAMAAoAAgAeABEAEQAhAAAAAAAAAAAA=';

/** A picture of 24 × 16 pixels, red growing to the right, green downwards, written by Chromium (libjpeg-turbo). */
const GRADIENT_JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAAEBAQEBAQEBAQEBAQEBAQICAQEBAQMCAgICAwMEBAMDAwMEBAYFBAQFBAMDBQcFBQYGBgYGBAUHBwcGBwYGBgb/2wBDAQEBAQEBAQMCAgMGBAMEBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgb/wAARCAAQABgDASIAAhEBAxEB/8QAFwAAAwEAAAAAAAAAAAAAAAAAAAgJCv/EAB0QAAEEAwEBAAAAAAAAAAAAAAEABggjJUFDJDH/xAAWAQEBAQAAAAAAAAAAAAAAAAAIBwr/xAAlEQAAAwQLAAAAAAAAAAAAAAAAAQgFIyShAgMGByEmM0FRYXH/2gAMAwEAAhEDEQA/AM3zIi+KfAdck37Ji8KccT85KurIi8acaNcU4DIi8acaNcVcbfK1xpPpgvpIXLoRHG/gkSyIvCnGnXFC0aMiL5p8A1yQiK3FaGbQN9MaJrrFy5Sq4ifRD//Z';

function gradient(): { bytes: Uint8Array; colours: number[] } {
  const colours = Array.from({ length: 24 * 16 }, (_, i) => [
    10 * (i % 24),
    15 * Math.floor(i / 24),
    128,
  ]).flat();
  return { bytes: decoded(GRADIENT_JPEG), colours };
}

describe('JPEG', () => {
  test('of a letter gives the pattern of its bitmap', () => {
    expect(readPatterns(decoded(LETTER_JPEG))).toEqual(readPatterns(decoded(LETTER_PBM)));
  });

  // Colours stand in blocks of 2 × 2 pixels: half a step of 10 and of 15, and what compression takes.
  test('in colour is what was drawn, to six in a hundred', () => {
    const { bytes, colours } = gradient();
    const { data, shape } = readPicture(bytes, { colour: true });
    expect(shape).toEqual([16, 24, 3]);
    const worst = Math.max(...colours.map((value, i) => Math.abs(value / 255 - data[i])));
    expect(worst).toBeLessThan(0.06);
  });

  test('in grey is the luminance of its colours', () => {
    const { bytes } = gradient();
    const { data } = readPicture(bytes, { colour: true });
    readPicture(bytes).data.forEach((grey, i) => {
      const [red, green, blue] = data.subarray(3 * i, 3 * i + 3);
      expect(grey).toBeCloseTo(0.2126 * red + 0.7152 * green + 0.0722 * blue, 4);
    });
  });

  test('cut short is refused; what follows the end is ignored', () => {
    for (const bytes of [decoded(LETTER_JPEG), gradient().bytes]) {
      const whole = readPicture(bytes);
      for (let end = 3; end < bytes.length; end++) {
        expect(() => readPicture(bytes.subarray(0, end)), `${end}`).toThrow('truncated JPEG file');
      }
      expect(readPicture(Uint8Array.of(...bytes, 255, 0, 7))).toEqual(whole);
    }
  });

  test('of other processes, depths and sizes is refused by what its frame says', () => {
    const bytes = decoded(LETTER_JPEG);
    const frame = bytes.findIndex((byte, i) => byte === 255 && bytes[i + 1] === 0xc0);
    const changed = (at: number, ...values: number[]) => {
      const other = bytes.slice();
      other.set(values, frame + at);
      return () => readPicture(other);
    };
    expect(changed(1, 0xc3)).toThrow('JPEG of process 3 with 8 bits a sample, expected 0, 1 or 2');
    expect(changed(1, 0xc9)).toThrow('JPEG of process 9');
    expect(changed(4, 12)).toThrow('JPEG of process 0 with 12 bits');
    expect(changed(5, 0, 0)).toThrow('JPEG of 16 × 0 pixels');
    expect(changed(5, 255, 255, 255, 255)).toThrow('JPEG of 65535 × 65535 pixels');
    expect(changed(5, 16, 0, 16, 0)).toThrow(
      '4096 × 4096 pixels, expected no more than fit into 443',
    );
  });

  test('of endless scans is refused', () => {
    const bytes = decoded(LETTER_JPEG);
    const scan = bytes.findIndex((byte, i) => byte === 255 && bytes[i + 1] === 0xda);
    const scans = Array.from({ length: 70 }, () => [...bytes.subarray(scan, -2)]).flat();
    expect(() =>
      readPicture(Uint8Array.of(...bytes.subarray(0, scan), ...scans, 255, 217)),
    ).toThrow('more than 64 scans');
  });
});
