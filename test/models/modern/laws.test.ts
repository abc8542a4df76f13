/** Laws of recall: energy, fixed points, batches, permutations, copies. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random } from '../../../src/index.ts';
import { BACKENDS, build, ENERGETIC, GENERATED, KINDS, setups, vectors } from './cases.ts';
import { distance, norm } from './oracle.ts';

describe.each(BACKENDS)('%s', (backend) => {
  test.each(ENERGETIC)('no step raises the energy: %o', (kind) => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { memory, rows, queries, beta } = build(setup, kind, { backend });
        const M = Math.max(...rows.map(norm));
        for (const query of queries) {
          const reach = (norm(query) + M) * (norm(query) + M);
          const error = 1e-6 * (reach + 1 / beta);
          let state = query;
          let before = memory.energy(state);
          for (let step = 0; step < 5; step++) {
            const next = memory.recall(state, { energy: true });
            const moved = distance(state, next.state);
            // The proof promises more than that it does not rise.
            expect(next.energy).toBeLessThanOrEqual(before - 0.5 * moved * moved + error);
            expect(next.energy).toBe(memory.energy(next.state));
            state = next.state;
            before = next.energy!;
          }
        }
      }),
      GENERATED,
    );
  });

  test.each(KINDS)('several steps are one step several times; rest is rest: %o', (kind) => {
    fc.assert(
      fc.property(setups, fc.integer({ min: 1, max: 6 }), (setup, steps) => {
        const { memory, rows, queries } = build(setup, kind, { backend });
        const reach = 1e-3 * Math.max(...rows.map(norm));
        for (const query of queries) {
          const found = memory.recall(query, { steps, tolerance: 1e-3 });
          let state = query;
          let last = memory.recall(state);
          let moved = Infinity;
          for (let k = 0; k < found.steps; k++) {
            expect(moved).toBeGreaterThan(reach);
            last = memory.recall(state);
            moved = distance(state, last.state);
            ({ state } = last);
          }
          expect(found.state).toEqual(state);
          expect(found.match).toEqual(last.match);
          expect(found.entropy).toBe(last.entropy);
          expect(found.converged).toBe(moved <= reach);
          expect(found.steps).toBeLessThanOrEqual(steps);
          if (found.steps < steps) expect(found.converged).toBe(true);
        }
      }),
      GENERATED,
    );
  });

  test.each(KINDS)('many at once are the same bits as one by one: %o', (kind) => {
    const random = new Random(31);
    const rows = vectors(random, 150, 11);
    const queries = [...vectors(random, 65, 11), ...rows.slice(0, 5)];
    const values = vectors(random, 150, 5);
    for (const beta of [0.1, 30]) {
      const memory = new ModernHopfieldNetwork(11, { ...kind, beta, backend }).store(rows, values);
      const claimed = ENERGETIC.some(
        (k) => k.similarity === kind.similarity && k.separation === kind.separation,
      );
      for (const how of [{}, { steps: 4 }, { steps: 12, tolerance: 1e-3 }]) {
        const options = { ...how, energy: claimed, top: 3 };
        const many = memory.recallMany(queries, options);
        expect(
          memory.recallMany(Float32Array.from(queries.flatMap((q) => [...q])), options),
        ).toEqual(many);
        for (const [k, query] of queries.entries()) {
          const one = memory.recall(query, options);
          expect(many.states.slice(k * 11, (k + 1) * 11)).toEqual(one.state);
          expect(many.values!.slice(k * 5, (k + 1) * 5)).toEqual(one.value);
          expect(many.steps[k]).toBe(one.steps);
          expect(many.converged[k]).toBe(Number(one.converged));
          expect(many.matches.indices[k]).toBe(one.match!.index);
          expect(many.matches.weights[k]).toBe(one.match!.weight);
          expect(many.entropies[k]).toBe(one.entropy);
          expect(many.energies?.[k]).toBe(one.energy);
          expect(many.tops![k]).toEqual(one.top);
        }
      }
    }
  });

  test.each(ENERGETIC)(
    'energies of many are those of their states, in batch after batch: %o',
    (kind) => {
      const random = new Random(33);
      const memory = new ModernHopfieldNetwork(6, { ...kind, beta: 3, backend });
      memory.store(vectors(random, 20, 6));
      const queries = vectors(random, 200, 6);
      const { states, energies } = memory.recallMany(queries, { energy: true });
      const own = queries.map((_, k) => memory.energy(states.slice(6 * k, 6 * (k + 1))));
      expect([...energies!]).toEqual(own);
      expect(new Set(own).size).toBeGreaterThan(100);
    },
  );

  test.each(KINDS)('the order of storing does not matter, but for rounding: %o', (kind) => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { memory, rows, queries, beta } = build(setup, kind, { backend });
        const M = Math.max(...rows.map(norm));
        const order = rows
          .map((_, k) => k)
          .sort((a, b) => ((a * 7) % 13) - ((b * 7) % 13) || b - a);
        const other = new ModernHopfieldNetwork(setup.dimension, { ...kind, beta, backend });
        other.store(order.map((k) => rows[k]));
        for (const query of queries) {
          const a = memory.recall(query);
          const b = other.recall(query);
          // Scores are the same; of equal ones, top-k may take other rows, but as good ones.
          expect(b.match!.weight).toBeCloseTo(a.match!.weight, 5);
          expect(b.entropy).toBeCloseTo(a.entropy, 4);
          if (typeof kind.separation === 'object') continue;
          expect(distance(a.state, b.state)).toBeLessThanOrEqual(1e-5 * M * Math.sqrt(rows.length));
          const { indices, weights } = memory.attention(query);
          expect(weights[indices.indexOf(order[b.match!.index])]).toBe(weights[0]);
        }
      }),
      { ...GENERATED, numRuns: 40 },
    );
  });

  test.each(KINDS)('well separated vectors are fixed points, found from nearby: %o', (kind) => {
    const random = new Random(32);
    const rows = Array.from({ length: 40 }, () => Float32Array.from(random.signs(64)));
    const beta = kind.similarity === 'cosine' ? 64 : 1;
    const memory = new ModernHopfieldNetwork(64, { ...kind, beta, backend }).store(rows);
    for (const [k, row] of rows.entries()) {
      const { state, converged, steps, match } = memory.recall(row);
      expect(distance(state, row)).toBeLessThan(1e-5);
      expect({ converged, steps, index: match!.index }).toEqual({
        converged: true,
        steps: 1,
        index: k,
      });
      const far = row.map((x, i) => (i % 8 === 0 ? 0 : x));
      const found = memory.recall(far, { steps: Infinity });
      expect(found.converged).toBe(true);
      expect(found.match!.index).toBe(k);
      expect(distance(found.state, row)).toBeLessThan(1e-4);
    }
  });

  test('one vector alone, stored once or often, is what every query finds', () => {
    const row = Float32Array.of(0.1, -0.7, 3);
    for (const kind of KINDS) {
      for (const copies of [1, 2, 3]) {
        const memory = new ModernHopfieldNetwork(3, { ...kind, backend });
        memory.store(Array(copies).fill(row));
        const { state, match, entropy } = memory.recall([5, 1, 1]);
        expect(state).toEqual(row);
        const again = memory.recall(row, { steps: Infinity, tolerance: 0 });
        expect(again.steps).toBe(1);
        expect(again.converged).toBe(true);
        expect(match!.index).toBe(0);
        expect(match!.weight).toBeCloseTo(1 / copies, 12);
        expect(entropy).toBeCloseTo(Math.log(copies), 12);
      }
    }
  });

  test('recall without end ends', () => {
    // At β = 1 two opposite wells have just merged: q ← tanh q, and q falls as √(3/2k), too slowly.
    const memory = new ModernHopfieldNetwork(1, { beta: 1, backend }).store([[1], [-1]]);
    const found = memory.recall([0.9], { steps: Infinity, tolerance: 1e-9 });
    expect(found.steps).toBe(10_000);
    expect(found.converged).toBe(false);
    expect(found.state[0]).toBeCloseTo(Math.sqrt(3 / 20_000), 4);
    expect(memory.recall([0.9], { steps: 10_001, tolerance: 1e-9 }).steps).toBe(10_001);
  });
});
