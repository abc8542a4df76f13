/** Pictures in grey and colour on a terminal. */
import { describe, expect, test } from 'vitest';
import { tones } from '../../../src/cli/tones.ts';
import type { Picture } from '../../../src/io/index.ts';

const grey = (rows: number, columns: number, ...data: number[]): Picture => {
  return { data: Float32Array.from(data), shape: [rows, columns] };
};

test('without colours, a character is as dense as its two pixels are light', () => {
  expect(tones(grey(2, 3, 0, 1, 0, 0, 1, 1), 3, 0)).toEqual([' @=']);
  expect(tones(grey(1, 2, 0, 1), 2, 0)).toEqual([' @']);
  const ramp = Array.from({ length: 20 }, (_, k) => k / 19);
  const [line] = tones(grey(1, 20, ...ramp), 20, 0);
  const order = Array.from(line, (character) => ' .:-=+*#%@'.indexOf(character));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(new Set(order).size).toBe(10);
  // Green is lighter than red, and red than blue, which is nearly black.
  const rgb: Picture = { data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), shape: [1, 3, 3] };
  expect(tones(rgb, 3, 0)).toEqual([':# ']);
});

describe('with colours', () => {
  test('every pixel has its own, in 24 bits; codes stand where they change', () => {
    const data = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1);
    expect(tones({ data, shape: [2, 2, 3] }, 2, 24)).toEqual([
      '\u001b[38;2;255;0;0;48;2;0;0;255m▀\u001b[38;2;0;255;0;48;2;255;255;255m▀\u001b[0m',
    ]);
    expect(tones(grey(1, 2, 0.2, 0.2), 2, 24)).toEqual(['\u001b[38;2;51;51;51;49m▀▀\u001b[0m']);
  });

  test('of the palette of 256, the nearest', () => {
    // The palette of xterm: 16 to 231 a cube, 232 to 255 greys.
    const levels = [0, 95, 135, 175, 215, 255];
    const palette = (n: number) =>
      n >= 232
        ? Array(3).fill(8 + 10 * (n - 232))
        : [Math.floor((n - 16) / 36), Math.floor((n - 16) / 6) % 6, (n - 16) % 6].map(
            (k) => levels[k],
          );
    const away = (n: number, tone: number[]) =>
      palette(n).reduce((sum, x, k) => sum + (x - tone[k]) ** 2, 0);
    const codes = Array.from({ length: 240 }, (_, k) => k + 16);
    for (let k = 0; k < 400; k++) {
      const isGrey = k % 2 === 0;
      const tone = isGrey
        ? Array(3).fill((k * 7) % 256)
        : [(k * 37) % 256, (k * 91) % 256, (k * 53) % 256];
      const data = Float32Array.from(tone, (x) => x / 255);
      const [line] = tones({ data, shape: [1, 1, 3] }, 1, 8);
      const code = Number(/38;5;(\d+)/.exec(line)![1]);
      const least = Math.min(
        ...codes.filter((n) => (isGrey ? n >= 231 || n === 16 : n < 232)).map((n) => away(n, tone)),
      );
      expect(away(code, tone)).toBe(least);
    }
  });
});

test('wider pictures are made smaller, in proportion', () => {
  const wide = grey(40, 80, ...Array.from({ length: 3200 }, (_, i) => (i % 80 < 40 ? 0 : 1)));
  const lines = tones(wide, 20, 0);
  expect(lines).toEqual(Array(5).fill(`${' '.repeat(10)}${'@'.repeat(10)}`));
});
