/** Figures that tests draw. */
import fc from 'fast-check';
import type { Figure } from '../../src/plot/index.ts';

export const plain: Figure = {
  title: 'Overlap against load',
  x: { label: 'load', min: 0, max: 0.2 },
  y: { label: 'overlap', min: 0, max: 1 },
  series: [
    {
      name: 'N = 500',
      kind: 'points',
      points: [
        { x: 0.05, y: 1, low: 0.9, high: 1 },
        { x: 0.15, y: 0.5, low: 0.4, high: 0.6 },
      ],
    },
    { name: 'N = 1000', kind: 'line', points: [0.05, 0.1, 0.2].map((x) => ({ x, y: 1 - 4 * x })) },
    {
      name: 'theory',
      kind: 'theory',
      of: 'N = 500',
      points: [0, 0.1, 0.138].map((x) => ({ x, y: 1 - x })),
    },
  ],
  notes: ['Seed 1.'],
};

export const plane: Figure = {
  title: 'A plane',
  x: { label: 'load' },
  y: { label: 'temperature' },
  heat: { label: 'overlap', min: 0, max: 1 },
  series: [
    {
      name: 'measured',
      kind: 'heat',
      points: [0, 1, 2, 3].flatMap((i) =>
        [0, 1, 2].map((j) => ({ x: 0.02 + 0.02 * i, y: 0.1 + 0.2 * j, value: i === 0 ? 1 : 0 })),
      ),
    },
    {
      name: 'edge',
      kind: 'theory',
      points: [0, 1].map((k) => ({ x: 0.09 * k, y: 0.6 - 0.6 * k })),
    },
  ],
};

/** Labels with everything that means something to XML or to a terminal. */
const label = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('</text><script>alert(1)</script>', ']]>&amp;"\'', '\u001b[31mred', '', '\ud800'),
);
const coordinate = fc.oneof(
  fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  fc.constantFrom(0, -1, 1e-300, 1e300, NaN, Infinity),
);
const point = fc.record(
  { x: coordinate, y: coordinate, low: coordinate, high: coordinate, value: coordinate },
  { requiredKeys: ['x', 'y'] },
);
const scale = fc.constantFrom('linear' as const, 'log' as const);

export const anyFigure: fc.Arbitrary<Figure> = fc.record({
  title: label,
  x: fc.record({ label, scale }),
  y: fc.record({ label, scale }),
  series: fc.array(
    fc.record({
      name: label,
      kind: fc.constantFrom('points' as const, 'line' as const, 'theory' as const, 'heat' as const),
      points: fc.array(point, { maxLength: 6 }),
    }),
    { maxLength: 5 },
  ),
  notes: fc.array(label, { maxLength: 2 }),
});
