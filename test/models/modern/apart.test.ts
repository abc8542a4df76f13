/**
 * Softmax retrieval in parts: the bits of one memory, whoever sums which blocks, for scores of every spread; and rows that weigh
 * nothing, or do not take part, leave no trace.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random, type ModernOptions } from '../../../src/index.ts';
import { BLOCK_ROWS, fold, maximum, partial, Pool } from '../../../src/parallel/index.ts';
import { BACKENDS, GENERATED, SIMILARITIES } from './cases.ts';

const D = 5;
const COUNT = 2 * BLOCK_ROWS + 700;

interface Case {
  options: ModernOptions;
  vectors: Float32Array;
  values: Float32Array | undefined;
  queries: Float32Array[];
}

/** Rows of which later blocks may be closer to the queries than earlier ones, by a little or by far. */
function caseOf(seed: number, options: ModernOptions, withValues: boolean): Case {
  const random = new Random(seed);
  const real = () => 2 * random.real() - 1;
  const rises = [0, 0.01, 0.3, 1][random.below(4)];
  const vectors = new Float32Array(COUNT * D).map(
    (_, i) => real() + rises * Math.floor(i / D / 1500) + (i % 7 === 0 ? 0 : real()),
  );
  // Equal scores, too.
  vectors.copyWithin(COUNT * D - 40 * D, 0, 20 * D);
  const values = withValues ? new Float32Array(COUNT * 2).map(real) : undefined;
  const queries = Array.from({ length: 3 }, () => new Float32Array(D).map(real));
  return { options, vectors, values, queries };
}

type Spec = typeof cases extends fc.Arbitrary<infer T> ? T : never;
const cases = fc.record({
  seed: fc.nat(),
  similarity: fc.constantFrom(...SIMILARITIES),
  // From flat, over spreads of about 40, to one row alone.
  beta: fc.constantFrom(0.01, 3, 12, 25, 80, 2000),
  nothing: fc.constantFrom(undefined, 0, -2, 3),
  values: fc.boolean(),
});
const made = ({ seed, similarity, beta, nothing, values }: Spec) =>
  caseOf(seed, { similarity, beta, nothing }, values);

const FEW = { ...GENERATED, numRuns: typeof document === 'undefined' ? 12 : 6 };

function networkOf(
  { options, vectors, values }: Case,
  backend: 'wasm' | 'reference' = 'wasm',
  [from, to] = [0, COUNT],
): ModernHopfieldNetwork {
  return new ModernHopfieldNetwork(D, { ...options, backend }).store(
    vectors.slice(from * D, to * D),
    { values: values?.slice(from * 2, to * 2) },
  );
}

describe('parts', () => {
  test('two rounds and a fold are recall, for every way to split', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(1, 2), (spec, cut) => {
        const given = made(spec);
        const whole = networkOf(given);
        const row = cut * BLOCK_ROWS;
        const [low, high] = [
          networkOf(given, 'wasm', [0, row]),
          networkOf(given, 'wasm', [row, COUNT]),
        ];
        for (const query of given.queries) {
          const { steps, ...expected } = whole.recall(query);
          expect(steps).toBe(1);
          const m = Math.max(maximum(low, query), maximum(high, query));
          expect(m).toBe(maximum(whole, query));
          const apart = [partial(high, query, m, { first: cut }), partial(low, query, m)];
          expect(fold(apart.map((part) => structuredClone(part)))).toMatchObject(expected);
          const singles = [2, 0, 1].map((block) => partial(whole, query, m, { blocks: [block] }));
          expect(fold(singles)).toMatchObject(expected);
        }
      }),
      FEW,
    );
  });

  test('many at once, and both backends, give the same bits', () => {
    fc.assert(
      fc.property(cases, (spec) => {
        const given = made(spec);
        const whole = networkOf(given);
        const nine = [0, 1, 2, 0, 1, 2, 0, 1, 2].map((k) => given.queries[k]);
        const many = whole.recallMany(nine);
        for (const [k, query] of given.queries.entries()) {
          expect(many.states.slice(k * D, (k + 1) * D)).toEqual(whole.recall(query).state);
          expect(many.states.slice((k + 6) * D, (k + 7) * D)).toEqual(whole.recall(query).state);
        }
        const one = networkOf(given, 'reference').recall(given.queries[0]);
        expect(whole.recall(given.queries[0])).toEqual(one);
      }),
      { ...FEW, numRuns: FEW.numRuns / 3 },
    );
  });

  test('what rows more than 40 below the largest score hold is nowhere in the answer', () => {
    fc.assert(
      fc.property(cases, (spec) => {
        const { options, vectors, values, queries } = made(spec);
        const [query] = queries;
        // The query does not see the last number of a row.
        query[D - 1] = 0;
        const beta = Math.fround(options.beta!);
        const dot = { ...options, similarity: 'dot' } as const;
        const before = networkOf({ options: dot, vectors, values, queries: [] });
        const largest = maximum(before, query);
        const other = vectors.slice();
        let hidden = 0;
        for (let k = 0; k < COUNT; k++) {
          let score = 0;
          for (let i = 0; i < D; i++) score += vectors[k * D + i] * query[i];
          if (beta * score > largest - 40.001) continue;
          other[(k + 1) * D - 1] = 1e6 * ((k % 3) - 1);
          hidden++;
        }
        const after = networkOf({ options: dot, vectors: other, values, queries: [] });
        const [{ state, ...a }, { state: seen, ...b }] = [
          before.recall(query),
          after.recall(query),
        ];
        expect(seen).toEqual(state);
        expect({ ...b, converged: 0 }).toEqual({ ...a, converged: 0 });
        if (options.beta! >= 80) expect(hidden).toBeGreaterThan(0);
      }),
      FEW,
    );
  });

  test('what is refused', () => {
    const network = new ModernHopfieldNetwork(2).store([
      [1, 0],
      [0, 1],
    ]);
    const m = maximum(network, [1, 0]);
    const part = partial(network, [1, 0], m);
    expect(() => maximum(network, [1, 0], { blocks: [1] })).toThrow(
      'blocks[0] is 1, expected an integer from 0 to 0',
    );
    expect(() => partial(network, [1, 0], m, { blocks: [0, 0] })).toThrow('blocks holds 0 twice');
    expect(() => fold([])).toThrow(TypeError);
    expect(() => fold([part, part])).toThrow('block 0 is there twice');
    expect(() => fold([{ ...part, maximum: m + 1 }])).toThrow('parts are missing');
    expect(() => fold([part, partial(network, [0, 1], m)])).toThrow('parts[1] is of another');
    const sparse = new ModernHopfieldNetwork(2, { separation: 'sparsemax' }).store([1, 0]);
    expect(() => maximum(sparse, [1, 0])).toThrow("expected 'softmax'");
  });
});

describe.each(BACKENDS)('%s', (backend) => {
  test('who does not take part leaves a hole: what stands there does not matter', () => {
    fc.assert(
      fc.property(cases, fc.nat(), (spec, seed) => {
        const given = made(spec);
        const random = new Random(seed);
        const one = random.below(2) === 0;
        const among = Array.from({ length: COUNT }, () => (random.below(9) === 0) === one);
        const other = given.vectors.map((x, i) => (among[Math.floor(i / D)] ? x : i % 11));
        const [a, b] = [given.vectors, other].map((vectors) =>
          networkOf({ ...given, vectors }, backend).recall(given.queries[0], { among }),
        );
        expect(b).toEqual(a);
      }),
      { ...FEW, numRuns: backend === 'wasm' ? FEW.numRuns : 2 },
    );
  });
});

describe('distributed', () => {
  const pools = [2, 3].map((workers) => new Pool({ workers }));
  afterAll(() => Promise.all(pools.map((pool) => pool.dispose())));

  test('gives what the network gives, for any number of workers', async () => {
    const random = new Random(5);
    for (const beta of [0.01, 25]) {
      const similarity = SIMILARITIES[random.below(3)];
      const nothing = random.below(2) ? -1 : undefined;
      const given = caseOf(random.next(), { similarity, beta, nothing }, random.below(2) === 0);
      const network = networkOf(given);
      const options = { steps: 3, energy: similarity !== 'cosine' };
      const expected = network.recallMany(given.queries, options);
      for (const pool of pools) {
        const memory = pool.distribute(network);
        expect(await memory.recallMany(given.queries, options)).toEqual(expected);
        expect(pool.kind).toBe('workers');
        memory.dispose();
      }
    }
  });

  test('labels, an empty network, and what is refused', async () => {
    const [pool] = pools;
    const network = new ModernHopfieldNetwork(2, { beta: 50, nothing: 0.2 });
    expect(await pool.distribute(network).recall([1, 0])).toEqual(network.recall([1, 0]));
    network.store(
      [
        [1, 0],
        [0, 1],
      ],
      { labels: ['a', 'b'] },
    );
    const memory = pool.distribute(network);
    expect(await memory.recall([0.1, 1])).toEqual(network.recall([0.1, 1]));
    await expect(memory.recall([1])).rejects.toThrow('query');
    await expect(memory.recall([1, 0], { top: 2 } as object)).rejects.toThrow(TypeError);
    network.store([1, 1]);
    await expect(memory.recall([1, 0])).rejects.toThrow('was changed after it was distributed');
    memory.dispose();
    await expect(memory.recall([1, 0])).rejects.toThrow('disposed');
    expect(() => pool.distribute(new ModernHopfieldNetwork(2, { separation: 'entmax' }))).toThrow(
      TypeError,
    );
  });
});
