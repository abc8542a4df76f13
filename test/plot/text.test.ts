/** Figures in a terminal: the size asked for, marks at their places, nothing that acts on the terminal. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { anyFigure, plain, plane } from './figures.ts';
import { figureToText } from '../../src/plot/index.ts';

test('a figure drawn by hand', () => {
  const text = figureToText(
    {
      title: 'Title',
      x: { label: 'x', min: 0, max: 10 },
      y: { label: 'y', min: 0, max: 10 },
      series: [
        {
          name: 'measured',
          kind: 'points',
          points: [
            { x: 0, y: 0 },
            { x: 10, y: 10, low: 5 },
          ],
        },
      ],
    },
    { columns: 40, rows: 5 },
  );
  expect(text.split('\n')).toEqual([
    'Title',
    '● measured',
    '',
    'y',
    ' 10 ┤                                ●',
    '    │                                ⢸',
    '  5 ┤                                ⠸',
    '    │',
    '  0 ┤●',
    '    └┬───────────────┬───────────────┬',
    '     0               5              10',
    '                     x',
    '',
  ]);
});

test('any figure: no line longer than asked for if its words are not, no control characters but line feeds', () => {
  const sizes = fc.record({
    columns: fc.integer({ min: 40, max: 120 }),
    rows: fc.integer({ min: 5, max: 30 }),
  });
  fc.assert(
    fc.property(anyFigure, sizes, (figure, options) => {
      const text = figureToText(figure, options);
      // oxlint-disable-next-line no-control-regex
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      const axis = text
        .split('\n')
        .filter((line) => /[│┤└]/.test(line) && /^[\d.,·⁰-⁹⁻¹²³−\s]*[│┤└]/.test(line));
      expect(axis.length).toBeGreaterThanOrEqual(options.rows);
      for (const line of axis) expect([...line].length).toBeLessThanOrEqual(options.columns);
    }),
    { seed: 11, numRuns: 100 },
  );
});

test('colours only where they are asked for; taken away, the same text is left', () => {
  const coloured = figureToText(plain, { colour: true });
  expect(coloured).toContain('\u001b[36m');
  // oxlint-disable-next-line no-control-regex
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(figureToText(plain));
});

test('marks tell series apart, theories are broken lines, planes are shaded', () => {
  const text = figureToText(plain);
  expect(text).toContain('● N = 500   ─■─ N = 1000   ╌╌╌ theory');
  expect(text.match(/●/g)).toHaveLength(3);
  expect(text.match(/■/g)).toHaveLength(4);
  const shaded = figureToText(plane);
  expect(shaded).toContain('0 ░▒▓█ 1 overlap   ╌╌╌ edge');
  expect(shaded).toMatch(/█+[\u2800-\u28ff]/u);
});

test('sizes are checked', () => {
  expect(() => figureToText(plain, { columns: 10 })).toThrow(
    new RangeError('columns is 10, expected an integer from 40 to 500'),
  );
  expect(() => figureToText(plain, { rows: 1.5 })).toThrow(RangeError);
});
