/** WebAssembly and the reference give the same of everything, bit for bit. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random } from '../../../src/index.ts';
import { BACKENDS, GENERATED, KINDS, problem, setups, vectors } from './cases.ts';

type Networks = ModernHopfieldNetwork[];

/** Fails unless both give the same of everything. */
function expectSame([a, b]: Networks, queries: readonly Float32Array[]): void {
  expect([a.backend, b.backend]).toEqual(BACKENDS);
  expect(b.save()).toEqual(a.save());
  for (const query of queries) {
    for (const options of [{}, { steps: 3 }, { steps: 20, tolerance: 0 }]) {
      // Energies are compared with the rest, where there are any.
      expect(b.recall(query, options)).toEqual(a.recall(query, options));
    }
    expect(b.attention(query)).toEqual(a.attention(query));
    expect(b.attention(query, { top: 4 })).toEqual(a.attention(query, { top: 4 }));
  }
  expect(b.recallMany(queries, { steps: 4 })).toEqual(a.recallMany(queries, { steps: 4 }));
  if (a.separation === 'softmax') {
    for (let k = 0; k < a.patternCount; k += 7) expect(b.errorBound(k)).toBe(a.errorBound(k));
  }
}

test.each(KINDS)('%o', (kind) => {
  fc.assert(
    fc.property(setups, fc.integer({ min: 0, max: 20 }), (setup, valueDimension) => {
      const { rows, queries, beta } = problem(setup);
      const random = new Random(setup.seed, 1);
      const values = valueDimension > 0 ? vectors(random, rows.length, valueDimension) : undefined;
      const networks = BACKENDS.map((backend) => {
        const options = { ...kind, beta: kind.similarity === 'cosine' ? 10 : beta, backend };
        return new ModernHopfieldNetwork(setup.dimension, options).store(rows, values);
      });
      expectSame(networks, queries);
      const index = random.below(rows.length);
      for (const network of networks) {
        network.forget(index);
        network.store(queries, { values: values && networkValues(values) });
      }
      expectSame(networks, queries);
    }),
    { ...GENERATED, numRuns: 20 },
  );
});

function networkValues(values: readonly Float32Array[]): Float32Array[] {
  return [0, 1, 2].map((k) => values[k % values.length].map((x) => x / 2));
}

test('long vectors, many vectors, many queries', () => {
  const random = new Random(71);
  for (const [dimension, count, queryCount] of [
    [384, 100, 3],
    [1100, 70, 3],
    [5, 1000, 67],
  ]) {
    const rows = vectors(random, count, dimension);
    const values = vectors(random, count, 9);
    const queries = vectors(random, queryCount, dimension);
    for (const similarity of ['dot', 'euclidean'] as const) {
      for (const separation of ['softmax', 'sparsemax'] as const) {
        const [a, b] = BACKENDS.map((backend) =>
          new ModernHopfieldNetwork(dimension, { similarity, separation, beta: 0.5, backend })
            .store(rows, values)
            .recallMany(queries),
        );
        expect(b).toEqual(a);
      }
    }
  }
});
