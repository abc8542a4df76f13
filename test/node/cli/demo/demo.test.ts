/** The demo, from end to end, and the textbook code that it times. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brailleLines, crop } from '../../../../src/cli/demo/braille.ts';
import { demo } from '../../../../src/cli/demo/demo.ts';
import { textbookRecall, textbookWeights } from '../../../../src/cli/demo/textbook.ts';
import { HopfieldNetwork, Random } from '../../../../src/index.ts';
import { paper } from '../workplace.ts';

test('textbook code has the couplings and reaches the states of the package', () => {
  const random = new Random(1);
  const patterns = Array.from({ length: 10 }, () => random.signs(128));
  const network = new HopfieldNetwork(128).store(patterns);
  const weights = textbookWeights(patterns);
  expect(Float32Array.from(weights, (w) => w / 128)).toEqual(network.couplings);
  for (let k = 0; k < 20; k++) {
    const cue = random.signs(128);
    expect(textbookRecall(weights, cue)).toEqual(network.recall(cue, { order: 'index' }).state);
  }
});

/** Dots 1 to 8 of braille, row by row (Unicode 2800 and following: the bits in the order of the dots). */
const DOTS = [0, 3, 1, 4, 2, 5, 6, 7];

test('every neuron that is up is a dot where it stands, and none besides; a rectangle is cut out', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 7 }), fc.nat());
  fc.assert(
    fc.property(sizes, fc.nat(3), fc.nat(3), ([rows, columns, seed], top, left) => {
      const state = new Random(seed).signs(rows * columns);
      const lines = brailleLines(state, columns);
      expect(lines).toHaveLength(Math.ceil(rows / 4));
      for (const line of lines) expect(line).toHaveLength(Math.ceil(columns / 2));
      for (let y = 0; y < 4 * lines.length; y++) {
        for (let x = 0; x < 2 * lines[0].length; x++) {
          const character = lines[y >> 2].charCodeAt(x >> 1);
          const dots = character === 32 ? 0 : character - 0x2800;
          const up = y < rows && x < columns && state[y * columns + x] > 0;
          expect((dots >> DOTS[2 * (y % 4) + (x % 2)]) & 1).toBe(Number(up));
        }
      }
      fc.pre(top < rows && left < columns);
      const [height, width] = [rows - top, columns - left];
      const cut = crop(state, columns, [top, left, height, width]);
      const expected = Array.from({ length: height }, (_, y) => {
        const at = (top + y) * columns + left;
        return [...state.subarray(at, at + width)];
      });
      expect([...cut]).toEqual(expected.flat());
    }),
  );
});

test('the demo brings the digits back, within 80 columns', async () => {
  const [stdout, stderr] = [paper(), paper()];
  await demo({ stdout, stderr, env: {} }, { patience: 1 });
  expect(stderr.text).toBe('');
  const lines = stdout.text.split('\n');
  for (const line of lines) expect(Array.from(line).length).toBeLessThan(80);
  const exact = ' 1.00'.repeat(10);
  const rows = lines.map((line) => line.trim().replace(/ +/g, ' '));
  for (const title of ['projection', 'daydreaming']) {
    expect(rows.filter((row) => row === title + exact)).toHaveLength(2);
  }
  const hebb = rows.filter((row) => /^Hebb( 0\.\d\d){10}$/.test(row));
  expect(hebb).toHaveLength(2);
  // One answer to everything: the table says the same of noise and of covered halves.
  expect(hebb[0]).toBe(hebb[1]);
  expect(stdout.text).toMatch(/textbook JavaScript.* µs\n.*reference.* µs.*\n.*WebAssembly.* µs/);
});
