/** Log-sum-ReLU (Hoover et al. 2025): the mean of what is nearer than a radius; exact, and at rest after a few updates. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random, type ModernOptions } from '../../../src/index.ts';
import { BACKENDS, vector, vectors } from './cases.ts';
import { distance, type Row } from './oracle.ts';

const GENERATED = { seed: 20_260_712, numRuns: 40 };

function build(dimension: number, radius: number, rows: readonly Row[], backend: string) {
  const options = { separation: { name: 'log-sum-relu', radius }, backend } as ModernOptions;
  return new ModernHopfieldNetwork(dimension, options).store(rows.map((row) => Array.from(row)));
}

/** ‖x − q‖² in doubles. */
const squared = (a: Row, b: Row) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
};

/** E = −½r² ln Σ max(0, 1 − ‖x − q‖²/r²). */
const energy = (rows: readonly Row[], radius: number, query: Row) =>
  -0.5 *
  radius ** 2 *
  Math.log(rows.reduce((sum, x) => sum + Math.max(0, 1 - squared(x, query) / radius ** 2), 0));

const worlds = fc.record({
  dimension: fc.integer({ min: 1, max: 12 }),
  count: fc.integer({ min: 1, max: 60 }),
  seed: fc.nat(),
  radius: fc.double({ min: 0.1, max: 3, noNaN: true }),
});

describe.each(BACKENDS)('%s', (backend) => {
  test('an update is the mean of those nearer than the radius; energy is the formula and falls as proved', () => {
    fc.assert(
      fc.property(worlds, ({ dimension, count, seed, radius }) => {
        const random = new Random(seed);
        const rows = vectors(random, count, dimension);
        const memory = build(dimension, radius, rows, backend);
        const beta = 2 / radius ** 2;
        let state: Row = vector(random, dimension, 1.2);
        for (let step = 0; step < 4; step++) {
          const near = rows.flatMap((x, k) => (squared(x, state) < radius * radius ? [k] : []));
          const found = memory.recall(state, { energy: true });
          if (near.length === 0) {
            expect(found.state).toEqual(Float32Array.from(state));
            expect(found).toMatchObject({ converged: true, match: undefined, entropy: 0 });
            expect(found.energy).toBe(Infinity);
            expect(memory.attention(Array.from(state)).weights).toHaveLength(0);
            return;
          }
          const mean = Array.from(state, (_, i) =>
            near.reduce((sum, k) => sum + rows[k][i] / near.length, 0),
          );
          expect(distance(found.state, mean)).toBeLessThan(1e-6);
          expect(found.match).toEqual({ index: near[0], weight: 1 / near.length });
          expect(found.entropy).toBeCloseTo(Math.log(near.length), 12);
          expect([...memory.attention(Array.from(state)).indices]).toEqual(near);
          const before = memory.energy(Array.from(state));
          expect(before).toBeCloseTo(energy(rows, radius, state), 8);
          const moved = distance(state, found.state);
          expect(found.energy!).toBeLessThanOrEqual(
            before - Math.log(1 + 0.5 * beta * moved ** 2) / beta + 1e-6 * (1 + radius ** 2),
          );
          ({ state } = found);
        }
      }),
      GENERATED,
    );
  });

  test('rest is exact, after at most a dozen updates', () => {
    let most = 0;
    const random = new Random(21);
    for (let trial = 0; trial < 120; trial++) {
      const dimension = 1 + random.below(6);
      const rows = vectors(random, 40, dimension);
      const memory = build(dimension, 0.2 + random.real(), rows, backend);
      const found = memory.recall(vector(random, dimension), { steps: Infinity });
      expect(found.converged).toBe(true);
      expect(memory.recall(found.state).state).toEqual(found.state);
      most = Math.max(most, found.steps);
    }
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThanOrEqual(12);
  });

  test('within the smallest distance every memory is a fixed point, bit for bit, and found from nearby', () => {
    const random = new Random(22);
    const rows = vectors(random, 50, 20);
    const apart = Math.min(
      ...rows.flatMap((a, k) => rows.slice(k + 1).map((b) => Math.sqrt(squared(a, b)))),
    );
    const memory = build(20, apart, rows, backend);
    const shy = build(20, 0.6 * apart, rows, backend);
    for (const [k, row] of rows.entries()) {
      expect(memory.recall(row)).toMatchObject({ converged: true, match: { index: k, weight: 1 } });
      expect(memory.recall(row).state).toEqual(row);
      // r ≤ the distance − Δ: one update from anywhere within Δ.
      const off = vector(random, 20);
      const size = (0.39 * apart) / Math.sqrt(squared(off, new Float32Array(20)));
      const cue = row.map((x, i) => x + size * off[i]);
      expect(shy.recall(cue).state).toEqual(row);
    }
    const copies = build(
      3,
      0.5,
      [
        [0.1, 0.7, -3],
        [0.1, 0.7, -3],
        [0.1, 0.7, -3],
        [9, 9, 9],
      ],
      backend,
    );
    expect(copies.recall([0.1, 0.6, -3]).state).toEqual(Float32Array.of(0.1, 0.7, -3));
  });

  test('who lies on the sphere is left out: lattices, radii whose squares are integers', () => {
    const random = new Random(23);
    let boundary = 0;
    for (let trial = 0; trial < 60; trial++) {
      const dimension = 2 + random.below(12);
      const rows = Array.from({ length: 20 }, () => random.signs(dimension));
      // Signs differ by 2 in a coordinate: squared distances are 4, 8, 12 …; r = 2 and 4 meet them exactly.
      const radius = random.below(2) === 0 ? 2 : 4;
      const query = random.signs(dimension);
      const near = rows.flatMap((x, k) => (squared(x, query) < radius * radius ? [k] : []));
      boundary += rows.filter((x) => squared(x, query) === radius * radius).length;
      const memory = build(dimension, radius, rows, backend);
      expect([...memory.attention(query).indices]).toEqual(near);
      expect(memory.recall(query).match?.index).toBe(near[0]);
    }
    expect(boundary).toBeGreaterThan(50);
  });

  test('distances that single precision cannot tell apart are compared in doubles', () => {
    const random = new Random(24);
    let close = 0;
    for (let trial = 0; trial < 40; trial++) {
      const rows = vectors(random, 30, 17);
      const query = vector(random, 17);
      const chosen = rows[random.below(30)];
      const exact = Math.sqrt(squared(chosen, query));
      for (const radius of [exact * (1 - 1e-12), exact * (1 + 1e-12)]) {
        const near = rows.flatMap((x, k) => (squared(x, query) < radius * radius ? [k] : []));
        expect([...build(17, radius, rows, backend).attention(query).indices]).toEqual(near);
        close++;
      }
    }
    expect(close).toBe(80);
  });

  test('many are the same as one by one; values follow; a saved network is the same', () => {
    const random = new Random(25);
    const rows = vectors(random, 40, 4);
    const separation = { name: 'log-sum-relu', radius: 0.7 } as const;
    const memory = new ModernHopfieldNetwork(4, { separation, backend });
    memory.store(rows, vectors(random, 40, 2));
    const queries = vectors(random, 30, 4, 1.5);
    const many = memory.recallMany(queries, { steps: Infinity, energy: true, top: 2 });
    expect([...many.matches.indices]).toContain(-1);
    for (const [k, query] of queries.entries()) {
      const one = memory.recall(query, { steps: Infinity, energy: true, top: 2 });
      expect(many.states.slice(4 * k, 4 * k + 4)).toEqual(one.state);
      expect(many.values!.slice(2 * k, 2 * k + 2)).toEqual(one.value);
      expect(many.energies![k]).toBe(one.energy);
      expect(many.steps[k]).toBe(one.steps);
    }
    const copy = ModernHopfieldNetwork.load(memory.save(), { backend });
    expect(copy.separation).toEqual(separation);
    expect(copy.recallMany(queries, { steps: Infinity, energy: true, top: 2 })).toEqual(many);
  });
});

test('both backends give the same bits', () => {
  const random = new Random(26);
  const rows = vectors(random, 200, 33);
  const queries = vectors(random, 40, 33);
  const [a, b] = BACKENDS.map((backend) =>
    build(33, 3.7, rows, backend).recallMany(queries, { steps: Infinity, energy: true }),
  );
  expect(a).toEqual(b);
  expect(new Set(a.matches.indices).size).toBeGreaterThan(3);
});

test('it has the β and the similarity of its radius, and no others', () => {
  const of = (options: object) => () => new ModernHopfieldNetwork(3, options as ModernOptions);
  const separation = { name: 'log-sum-relu', radius: 0.5 };
  expect(of({ separation })()).toMatchObject({ beta: 8, similarity: 'euclidean', separation });
  expect(of({ separation, similarity: 'dot' })).toThrow("expected 'euclidean' and none");
  expect(of({ separation, beta: 3 })).toThrow(TypeError);
  expect(of({ separation, nothing: 0 })).toThrow(TypeError);
  expect(of({ separation: { name: 'log-sum-relu', radius: 0 } })).toThrow(RangeError);
  expect(of({ separation: { name: 'log-sum-relu' } })).toThrow(TypeError);
  expect(of({ separation: { name: 'log-sum-relu', radius: 1e-20 } })).toThrow(RangeError);
  expect(of({ separation: 'log-sum-relu' })).toThrow(TypeError);
});
