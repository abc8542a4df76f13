/** Kosko's bidirectional memory against W = Σ x yᵀ written out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BidirectionalMemory } from '../../src/index.ts';

const signs = (n: number) => fc.array(fc.constantFrom(-1, 1), { minLength: n, maxLength: n });

const memories = fc
  .record({ nx: fc.integer({ min: 1, max: 70 }), ny: fc.integer({ min: 1, max: 70 }) })
  .chain(({ nx, ny }) =>
    fc.record({
      nx: fc.constant(nx),
      ny: fc.constant(ny),
      pairs: fc.array(fc.tuple(signs(nx), signs(ny)), { minLength: 1, maxLength: 12 }),
      x: signs(nx),
      y: signs(ny),
    }),
  );

/** W, x × y, by its definition. */
function weights(pairs: [number[], number[]][], nx: number, ny: number): number[][] {
  return Array.from({ length: nx }, (_, i) =>
    Array.from({ length: ny }, (__, j) => pairs.reduce((w, [x, y]) => w + x[i] * y[j], 0)),
  );
}

const transposed = (w: number[][]) => w[0].map((_, j) => w.map((row) => row[j]));
const fields = (w: number[][], s: number[]) =>
  w.map((row) => row.reduce((h, value, j) => h + value * s[j], 0));
const follow = (before: number[], h: number[]) => before.map((s, i) => Math.sign(h[i]) || s);
const energy = (w: number[][], x: number[], y: number[]) =>
  0 - fields(w, y).reduce((e, h, i) => e + h * x[i], 0);

/** The textbook's recall from x, as far as so many sweeps go. */
function recallFromX(w: number[][], cue: number[], most = Infinity) {
  let x = cue;
  let y = w[0].map(() => 1);
  for (let sweeps = 1; ; sweeps++) {
    y = follow(y, fields(transposed(w), x));
    const next = follow(x, fields(w, y));
    const converged = next.every((s, i) => s === x[i]);
    x = next;
    if (converged || sweeps === most) return { x, y, sweeps, converged };
  }
}

describe.each(['wasm', 'reference'] as const)('BidirectionalMemory (%s)', (backend) => {
  it('recalls and weighs as the definition says, from either side', () => {
    fc.assert(
      fc.property(memories, ({ nx, ny, pairs, x, y }) => {
        const memory = new BidirectionalMemory(nx, ny, { backend }).store(pairs);
        const w = weights(pairs, nx, ny);
        const fromX = memory.recall(x);
        const expected = recallFromX(w, x);
        expect([...fromX.x]).toEqual(expected.x);
        expect([...fromX.y]).toEqual(expected.y);
        expect(fromX.sweeps).toBe(expected.sweeps);
        expect(fromX.converged).toBe(true);
        expect(fromX.energy).toBe(energy(w, expected.x, expected.y));
        const fromY = memory.recall(y, { from: 'y' });
        const mirrored = recallFromX(transposed(w), y);
        expect([...fromY.y]).toEqual(mirrored.x);
        expect([...fromY.x]).toEqual(mirrored.y);
        expect(memory.energy(x, y)).toBe(energy(w, x, y));
      }),
      { numRuns: 60 },
    );
  });

  it('is given up after as many sweeps as are allowed, from either side', () => {
    let cut = 0;
    fc.assert(
      fc.property(memories, ({ nx, ny, pairs, x, y }) => {
        const memory = new BidirectionalMemory(nx, ny, { backend }).store(pairs);
        const w = weights(pairs, nx, ny);
        for (const from of ['x', 'y'] as const) {
          const [own, cue] = from === 'x' ? [w, x] : [transposed(w), y];
          const whole = recallFromX(own, cue);
          for (let maxSweeps = 1; maxSweeps <= whole.sweeps + 1; maxSweeps++) {
            const found = memory.recall(cue, { from, maxSweeps });
            const expected = recallFromX(own, cue, maxSweeps);
            const [given, other] = from === 'x' ? [found.x, found.y] : [found.y, found.x];
            expect([[...given], [...other]]).toEqual([expected.x, expected.y]);
            const { converged, sweeps } = expected;
            expect([found.converged, found.sweeps]).toEqual([converged, sweeps]);
            expect(found.energy).toBe(energy(own, expected.x, expected.y));
            if (!converged) cut++;
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(cut).toBeGreaterThan(20);
  });

  it('does not end higher than a cue with the other part at its best', () => {
    fc.assert(
      fc.property(memories, ({ nx, ny, pairs, x }) => {
        const memory = new BidirectionalMemory(nx, ny, { backend }).store(pairs);
        const first = memory.recall(x, { maxSweeps: 1 });
        expect(memory.recall(x).energy).toBeLessThanOrEqual(first.energy);
        expect(first.energy).toBe(memory.energy(first.x, first.y));
      }),
      { numRuns: 40 },
    );
  });

  it('brings back a stored pair from a disturbed part, and names it', () => {
    const random = (n: number, seed: number) =>
      Array.from({ length: n }, (_, i) => (Math.sin(seed * 997 + i * i * 7.3 + i) > 0 ? 1 : -1));
    const pairs = [1, 2, 3].map((k) => [random(200, k), random(120, k + 50)] as const);
    const memory = new BidirectionalMemory(200, 120, { backend }).store(pairs);
    const cue = pairs[1][0].map((s, i) => (i % 10 === 0 ? -s : s));
    const { x, y, match } = memory.recall(cue);
    expect([...x]).toEqual(pairs[1][0]);
    expect([...y]).toEqual(pairs[1][1]);
    expect(match).toEqual({ index: 1, overlap: 1, correlation: 1 });
    expect(memory.pairs.map(([a, b]) => [[...a], [...b]])).toEqual(pairs);
  });

  it('stores nothing when a part is wrong', () => {
    const memory = new BidirectionalMemory(3, 2, { backend }).store([
      [
        [1, -1, 1],
        [1, 1],
      ],
    ]);
    const bad = [
      [
        [
          [1, 1, 1],
          [1, 1],
        ],
        [[1, 1, 1], [1]],
      ],
      [
        [
          [1, 1, 1],
          [1, 1],
        ],
        [
          [1, 1],
          [1, 1],
        ],
      ],
      [
        [
          [1, 1, 1],
          [1, 2],
        ],
      ],
      [],
    ] as [number[], number[]][][];
    for (const pairs of bad) expect(() => memory.store(pairs)).toThrow(RangeError);
    expect(() => memory.store([[1, 1, 1]] as never)).toThrow(TypeError);
    expect(() =>
      memory.store([
        [
          [1, 1, 1],
          [1, 1],
          [1, 1],
        ],
      ] as never),
    ).toThrow('expected [x, y]');
    expect(memory.pairCount).toBe(1);
    expect(memory.recall([1, -1, 1]).match).toEqual({ index: 0, overlap: 1, correlation: 1 });
    expect(() => memory.recall([1, -1])).toThrow('x has length 2, expected 3');
    expect(() => memory.recall([1, -1], { from: 'z' as never })).toThrow("'x', 'y'");
  });
});

describe('an empty BidirectionalMemory', () => {
  it('leaves the cue as it is and the other part at +1', () => {
    const { x, y, energy: e, match, converged } = new BidirectionalMemory(3, 2).recall([1, -1, 1]);
    expect([[...x], [...y], e, match, converged]).toEqual([[1, -1, 1], [1, 1], 0, undefined, true]);
    const turned = new BidirectionalMemory(3, 2).recall([-1, 1], { from: 'y' });
    expect([[...turned.x], [...turned.y], turned.sweeps]).toEqual([[1, 1, 1], [-1, 1], 1]);
  });
});
