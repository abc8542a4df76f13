/** ‖error‖∞ ≤ (10⁻⁵ + 10⁻⁶·β‖q‖M)·max|x| against doubles, up to 100,000 vectors and |β·similarity| = 10⁴. */
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random } from '../../../src/index.ts';
import { BACKENDS, vector, vectors } from './cases.ts';
import { norm, score, scores, separate, update } from './oracle.ts';

/** How the stored vectors lie. */
const SHAPES: [string, (random: Random, count: number, dimension: number) => Float32Array[]][] = [
  ['all around', (random, count, d) => vectors(random, count, d)],
  // A single running sum of singles would lose what each further row adds.
  [
    'all on one side',
    (random, count, d) => vectors(random, count, d).map((x) => x.map((v) => 3 + v)),
  ],
  ['longer and longer', rising],
  ['shorter and shorter', (random, count, d) => rising(random, count, d).reverse()],
];

/** Scores rise from row to row: the largest so far changes all the time. */
function rising(random: Random, count: number, dimension: number): Float32Array[] {
  return Array.from({ length: count }, (_, k) =>
    vector(random, dimension, 0.01).map((x) => x + (k + 1) / count),
  );
}

function expectAccurate(
  memory: ModernHopfieldNetwork,
  rows: readonly Float32Array[],
  queries: readonly Float32Array[],
): void {
  const { beta, similarity, separation } = memory;
  const M = rows.reduce((most, x) => Math.max(most, norm(x)), 0);
  const largest = rows.reduce((most, x) => x.reduce((a, v) => Math.max(a, Math.abs(v)), most), 0);
  const many = memory.recallMany(queries);
  for (const [k, query] of queries.entries()) {
    const d = query.length;
    const found = many.states.slice(k * d, (k + 1) * d);
    const expected = update({ beta, similarity, separation }, rows, query);
    const reach = similarity === 'dot' ? norm(query) * M : (norm(query) + M) ** 2 / 2;
    const bound = (1e-5 + 1e-6 * beta * reach) * largest;
    const error = found.reduce((most, x, i) => Math.max(most, Math.abs(x - expected[i])), 0);
    expect(error).toBeLessThanOrEqual(bound);
  }
}

describe.each(BACKENDS)('%s', (backend) => {
  const most = backend === 'wasm' ? 100_000 : 20_000;

  test.each(SHAPES)('flat to peaked attention, %s', (_, shape) => {
    const random = new Random(51);
    const rows = shape(random, most, 6);
    const queries = [rows[most - 1], vector(random, 6, 0.5)];
    for (const similarity of ['dot', 'euclidean'] as const) {
      const one = { beta: 1, similarity, separation: 'softmax' } as const;
      const size = scores(one, rows, queries[0]).reduce((a, s) => Math.max(a, Math.abs(s)), 0);
      for (const height of [1e-3, 30, 1e4]) {
        const beta = Math.fround(height / size);
        const memory = new ModernHopfieldNetwork(6, { beta, similarity, backend });
        expectAccurate(memory.store(rows), rows, queries);
      }
    }
  });

  test('long vectors', () => {
    const random = new Random(52);
    for (const d of [700, 3000]) {
      const rows = vectors(random, 200, d).map((x, k) => (k % 2 ? x : x.map((v) => v + 1)));
      for (const height of [0.1, 10, 1e4]) {
        const largest = score(
          { beta: 1, similarity: 'dot', separation: 'softmax' },
          rows[0],
          rows[0],
        );
        const beta = Math.fround(height / largest);
        const memory = new ModernHopfieldNetwork(d, { beta, backend }).store(rows);
        expectAccurate(memory, rows, [rows[0], rows[1], vector(random, d)]);
      }
    }
  });

  test('finite wherever scores are allowed to be', () => {
    const random = new Random(53);
    for (const size of [1e-45, 1e-30, 1e-10, 1, 1e10, 1e15]) {
      for (const similarity of ['dot', 'euclidean'] as const) {
        const hottest = Math.min(1e30, 1e30 / (4 * 16 * size * size));
        for (const beta of [1e-30, Math.min(1, hottest), hottest]) {
          if (beta < 1e-30) continue;
          const memory = new ModernHopfieldNetwork(16, { beta, similarity, backend });
          memory.store([...vectors(random, 70, 16, size), new Float32Array(16)]);
          for (const query of [vector(random, 16, size), new Float32Array(16)]) {
            const { state, energy, entropy, match } = memory.recall(query, {
              steps: 3,
              energy: true,
            });
            const numbers = [...state, energy!, entropy, match!.weight, memory.errorBound(3)];
            expect(numbers.every(Number.isFinite)).toBe(true);
          }
        }
      }
    }
  });

  test('cosine of vectors long and short', () => {
    const random = new Random(54);
    const directions = vectors(random, 50, 9);
    const lengths = directions.map((_, k) => 10 ** (((k * 7) % 29) - 14));
    const rows = directions.map((x, k) => x.map((v) => v * lengths[k]));
    for (const separation of ['softmax', 'sparsemax', 'entmax'] as const) {
      const model = { beta: 5, similarity: 'cosine', separation } as const;
      const memory = new ModernHopfieldNetwork(9, { ...model, backend }).store(rows);
      for (const length of [1e-14, 1, 1e14]) {
        const query = vector(random, 9, length);
        const { indices, weights } = memory.attention(query);
        const expected = separate(separation, scores(model, rows, query));
        for (const [k, p] of expected.entries()) {
          const at = indices.indexOf(k);
          expect(Math.abs((at < 0 ? 0 : weights[at]) - p)).toBeLessThan(1e-5);
        }
        const { match } = memory.recall(query);
        expect(Math.abs(match!.weight - weights[0])).toBeLessThan(1e-6);
        expect(match!.index).toBe(indices[0]);
      }
    }
  });
});
