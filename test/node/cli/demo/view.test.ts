/** Pictures of the demo: what stands where. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barChart, gallery, overlapTable, strip, WIDTH } from '../../../../src/cli/demo/view.ts';
import { brailleLines, crop } from '../../../../src/cli/demo/braille.ts';
import { picture } from '../../../../src/cli/picture.ts';
import { coloursFor } from '../../../../src/cli/terminal.ts';
import { Random } from '../../../../src/index.ts';
import { paper } from '../workplace.ts';

const plain = coloursFor(paper(), {});
const bright = coloursFor(paper(80), { TERM: 'xterm' });
const random = new Random(12);
const digits = Array.from({ length: 10 }, () => random.signs(28 * 28));

test('ten digits in two rows of five, without their margins', () => {
  const lines = strip({ patterns: digits, shape: [28, 28] } as never);
  expect(lines).toHaveLength(13);
  expect(lines[6]).toBe('');
  for (const [k, digit] of digits.entries()) {
    const top = 7 * Math.floor(k / 5);
    const left = 2 + 16 * (k % 5);
    const shown = lines.slice(top, top + 6).map((line) => line.slice(left, left + 10).padEnd(10));
    // Rows 3 to 26 and columns 4 to 23.
    expect(shown).toEqual(brailleLines(crop(digit, 28, [3, 4, 24, 20]), 20));
  }
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(WIDTH);
});

test('the cue, an arrow, and what became of it; green where all is right', () => {
  const states = digits.slice(0, 4);
  const overlaps = [0.4, 1, 0.99, -0.2];
  const exhibits = states.map((state, k) => ({ title: `t${k}`, overlap: overlaps[k], state }));
  const lines = gallery(exhibits, 28, plain);
  expect(lines).toHaveLength(14);
  const blocks = states.map((state) =>
    picture(crop(state, 28, [2, 5, 26, 18]), { columns: 18, colours: plain }),
  );
  for (const [y, line] of lines.entries()) {
    const cells = [0, 21, 41, 61].map((at) => line.slice(at, at + 18).padEnd(18));
    const expected =
      y === 0
        ? exhibits.map(({ title, overlap }) => `${title} ${overlap.toFixed(2)}`.padEnd(18))
        : blocks.map((block) => block[y - 1].padEnd(18));
    expect(cells).toEqual(expected);
    expect(line.slice(18, 21).trim()).toBe(y === 7 ? '→' : '');
    expect(line.length).toBeLessThanOrEqual(WIDTH);
  }
  const green = '\u001b[32m';
  const painted = gallery(exhibits, 28, bright);
  for (const line of painted) expect(line.split(green)).toHaveLength(2);
});

test('a row of overlaps has a column a digit, green where it is 1', () => {
  const rows = [{ title: 'Hebb', overlaps: [1, 0.996, -1, 0.123] }];
  expect(overlapTable(rows, plain)).toEqual(['  Hebb            1.00  1.00 -1.00  0.12']);
  expect(overlapTable(rows, bright)[0].split('\u001b[32m')).toHaveLength(2);
});

test('bars are as long as their numbers, to an eighth of a column', () => {
  const eighths = '▏▎▍▌▋▊▉█';
  const values = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(values, (all) => {
      const rows = all.map((value, k) => ({ title: `t${k}`, value, text: `= ${value}` }));
      const largest = Math.max(...all);
      for (const [k, line] of barChart(rows, plain).entries()) {
        const { title, value, text } = rows[k];
        expect(line.slice(0, 24)).toBe(`  ${title}`.padEnd(24));
        const [bar] = line.slice(24).split(' ');
        const length = Array.from(bar).reduce((sum, c) => sum + 1 + eighths.indexOf(c), 0);
        expect(Math.abs(length - (256 * value) / largest)).toBeLessThanOrEqual(1);
        if (value > largest / 512) {
          expect(Math.abs(length - (256 * value) / largest)).toBeLessThanOrEqual(0.5);
        }
        expect(line.endsWith(`${bar} ${text}`)).toBe(true);
      }
    }),
  );
});
