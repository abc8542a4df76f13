/** "Nothing": one more memory of constant similarity, against the formulas with one score more, and its laws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, Random, type ModernOptions } from '../../../src/index.ts';
import { BACKENDS, problem, setups, vectors, type Setup } from './cases.ts';
import { average, distance, entropy, norm, scores, separate, type Row } from './oracle.ts';

const GENERATED = { seed: 20_260_711, numRuns: 15 };

const KINDS = (['dot', 'euclidean', 'cosine'] as const).flatMap((similarity) =>
  (['softmax', 'sparsemax', 'entmax'] as const).map((separation) => ({ similarity, separation })),
);
const ENERGETIC = KINDS.filter(({ similarity }) => similarity !== 'cosine');

/** c such that βc lies about the best score: `place` from −2 to 2 of its size, and 2 more. */
function build(setup: Setup, kind: (typeof KINDS)[number], place: number, backend: string) {
  const found = problem(setup);
  const beta = kind.similarity === 'cosine' ? Math.fround(10 ** setup.heat) : found.beta;
  const model = { beta, ...kind };
  const best = Math.max(...scores(model, found.rows, found.queries[0]));
  const nothing = (best + place * (Math.abs(best) + 2)) / beta;
  const options = { beta, ...kind, nothing, backend } as ModernOptions;
  const memory = new ModernHopfieldNetwork(setup.dimension, options).store(found.rows);
  return { ...found, model, beta, nothing, memory };
}

const places = fc.double({ min: -1, max: 1, noNaN: true });

function expectNear(found: Row, expected: Row, error: number): void {
  for (let k = 0; k < expected.length; k++) {
    if (!(Math.abs(found[k] - expected[k]) <= error)) {
      expect.fail(`[${k}] is ${found[k]}, expected ${expected[k]} ± ${error}`);
    }
  }
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each(KINDS)('one update: %o', (kind) => {
    fc.assert(
      fc.property(setups, places, (setup, place) => {
        const { memory, model, rows, queries, beta, nothing } = build(setup, kind, place, backend);
        const M = Math.max(...rows.map(norm));
        for (const query of queries) {
          const reach = { dot: norm(query) * M, cosine: 1, euclidean: (norm(query) + M) ** 2 };
          const error = 1e-5 + 1e-6 * beta * reach[kind.similarity];
          const p = separate(kind.separation, [...scores(model, rows, query), beta * nothing]);
          const p0 = p.pop()!;
          const sum = average(rows, p);
          const expected =
            kind.similarity === 'euclidean' ? sum.map((x, i) => x + p0 * query[i]) : sum;
          const found = memory.recall(query);
          expectNear(found.state, expected, error * (M + norm(query)));
          expect(Math.abs(found.nothing! - p0)).toBeLessThanOrEqual(error);
          const slack = 50 * error * (1 + Math.log(rows.length + 1));
          expect(Math.abs(found.entropy - entropy([...p, p0]))).toBeLessThanOrEqual(slack);
          const most = Math.max(...p);
          if (most > p0 + 2 * error) expect(p[found.match!.index]).toBeGreaterThan(most - error);
          if (most < p0 - 2 * error) expect(found.match).toBeUndefined();
          const attention = memory.attention(query);
          expect(Math.abs(attention.nothing! - p0)).toBeLessThanOrEqual(error);
          const total = attention.weights.reduce((a, b) => a + b, attention.nothing!);
          expect(total).toBeCloseTo(1, 12);
        }
      }),
      GENERATED,
    );
  });

  test.each(ENERGETIC)('energies are the formula, and no update raises them: %o', (kind) => {
    fc.assert(
      fc.property(setups, places, (setup, place) => {
        const { memory, model, rows, queries, beta, nothing } = build(setup, kind, place, backend);
        const M = Math.max(...rows.map(norm));
        for (const query of queries) {
          const s = [...scores(model, rows, query), beta * nothing];
          const p = separate(kind.separation, s);
          const best = Math.max(...s);
          const sum = (f: (x: number, k: number) => number) =>
            p.reduce((total, x, k) => total + f(x, k), 0);
          // Ω*(s) = p·s − Ω(p), with Ω = Σ p ln p for softmax.
          const omega = {
            softmax: sum((x) => (x > 0 ? x * Math.log(x) : 0)),
            sparsemax: 0.5 * (sum((x) => x * x) - 1),
            entmax: (4 / 3) * (sum((x) => x ** 1.5) - 1),
          }[kind.separation];
          const potential = best + sum((x, k) => (x > 0 ? x * (s[k] - best) : 0)) - omega;
          const own = kind.similarity === 'dot' ? norm(query) ** 2 / 2 : 0;
          const reach = (norm(query) + M) ** 2 + Math.abs(nothing);
          const error = 2e-6 * (reach + 1 / beta);
          let before = memory.energy(query);
          expect(Math.abs(before - (own - potential / beta))).toBeLessThanOrEqual(error);
          let state: Row = query;
          for (let step = 0; step < 4; step++) {
            const next = memory.recall(state, { energy: true });
            const moved = distance(state, next.state);
            // For dot as without; damped, the quadratic that bounds it falls by ½(1 − p₀)‖x̄ − q‖² or more.
            const least = kind.similarity === 'dot' ? 0.5 * moved * moved : 0;
            expect(next.energy).toBeLessThanOrEqual(before - least + error);
            before = next.energy!;
            state = next.state;
          }
        }
      }),
      GENERATED,
    );
  });

  test('softmax₁ is c = 0: with every similarity negative, dot gives next to nothing', () => {
    const memory = new ModernHopfieldNetwork(2, { beta: 4, nothing: 0, backend });
    memory.store([
      [1, 0],
      [0.8, 0.6],
    ]);
    // softmax₁(z)_i = e^(z_i)/(1 + Σ e^(z_j)).
    const z = [-4, -4 * 0.8];
    const sum = 1 + Math.exp(z[0]) + Math.exp(z[1]);
    const found = memory.recall([-1, 0]);
    expect(found.nothing).toBeCloseTo(1 / sum, 6);
    expect(found.match).toBeUndefined();
    expect(found.state[1]).toBeCloseTo((0.6 * Math.exp(z[1])) / sum, 6);
    expect(memory.recall([1, 0]).match!.index).toBe(0);
  });

  test.each(['sparsemax', 'entmax'] as const)(
    '%s: nothing alone is exact, bit for bit',
    (separation) => {
      const random = new Random(7);
      const rows = vectors(random, 20, 9);
      const values = vectors(random, 20, 3);
      const query = vectors(random, 1, 9)[0];
      const lead = separation === 'sparsemax' ? 1 : 2;
      for (const similarity of ['dot', 'euclidean'] as const) {
        const beta = 2;
        const best = Math.max(...scores({ beta, similarity, separation }, rows, query)) / beta;
        const options = { beta, similarity, separation, backend };
        const far = { ...options, nothing: best + (lead + 0.01) / beta };
        const found = new ModernHopfieldNetwork(9, far).store(rows, values).recall(query);
        expect(found.nothing).toBe(1);
        expect(found.match).toBeUndefined();
        expect(found.entropy).toBe(0);
        expect(found.converged).toBe(similarity === 'euclidean');
        expect(found.state).toEqual(similarity === 'dot' ? new Float32Array(9) : query);
        expect(found.value).toEqual(new Float32Array(3));
        const near = { ...options, nothing: best + (lead - 0.05) / beta };
        const other = new ModernHopfieldNetwork(9, near).store(rows).recall(query);
        expect(other.nothing).toBeLessThan(1);
        expect(other.nothing).toBeGreaterThan(0.5);
      }
    },
  );

  test('fixed points of softmax do not depend on c with Euclidean similarity; c = −½r² makes r even', () => {
    const random = new Random(9);
    const rows = vectors(random, 12, 5);
    const options = { beta: 6, similarity: 'euclidean', backend } as const;
    const free = new ModernHopfieldNetwork(5, options).store(rows);
    const rest = free.recall(rows[3], { steps: Infinity, tolerance: 0 }).state;
    for (const nothing of [-2, -0.1, 0.3]) {
      const memory = new ModernHopfieldNetwork(5, { ...options, nothing }).store(rows);
      expect(distance(memory.recall(rest).state, rest)).toBeLessThan(1e-6);
    }
    const one = new ModernHopfieldNetwork(3, { ...options, nothing: -0.5 * 0.7 ** 2 });
    one.store([1, 1, 1]);
    expect(one.recall([1, 1.7, 1]).nothing).toBeCloseTo(0.5, 5);
    expect(one.recall([1, 1.69, 1]).match!.index).toBe(0);
    expect(one.recall([1, 1.71, 1]).match).toBeUndefined();
  });

  test('far below everything, nothing changes a bit', () => {
    const random = new Random(10);
    const rows = vectors(random, 30, 6);
    const queries = vectors(random, 8, 6);
    for (const kind of KINDS) {
      const options = { ...kind, beta: 3, backend };
      const free = new ModernHopfieldNetwork(6, options).store(rows, rows);
      const memory = new ModernHopfieldNetwork(6, { ...options, nothing: -1e6 }).store(rows, rows);
      const { nothing, ...rest } = memory.recallMany(queries, { steps: 3, top: 2 });
      expect(rest).toEqual(free.recallMany(queries, { steps: 3, top: 2 }));
      expect(nothing).toEqual(new Float64Array(8));
    }
  });

  test('many at once are the same bits as one by one, and so is a saved network', () => {
    const random = new Random(11);
    const rows = vectors(random, 90, 7);
    const values = vectors(random, 90, 4);
    const queries = vectors(random, 66, 7);
    for (const kind of KINDS) {
      const best = queries.map((query) => Math.max(...scores({ ...kind, beta: 1 }, rows, query)));
      const nothing = [...best].sort((a, b) => a - b)[33];
      const memory = new ModernHopfieldNetwork(7, { ...kind, beta: 5, nothing, backend });
      memory.store(rows, values);
      const energy = kind.similarity !== 'cosine';
      const many = memory.recallMany(queries, { steps: 1, top: 2, energy });
      const found = [...many.matches.indices].filter((index) => index >= 0).length;
      expect(found).toBeGreaterThan(0);
      expect(found).toBeLessThan(66);
      for (const [k, query] of queries.entries()) {
        const one = memory.recall(query, { steps: 1, top: 2, energy });
        expect(many.states.slice(k * 7, (k + 1) * 7)).toEqual(one.state);
        expect(many.values!.slice(k * 4, (k + 1) * 4)).toEqual(one.value);
        expect(many.nothing![k]).toBe(one.nothing);
        expect(many.entropies[k]).toBe(one.entropy);
        expect(many.matches.indices[k]).toBe(one.match?.index ?? -1);
        expect(many.matches.weights[k]).toBe(one.match?.weight ?? 0);
        expect(many.energies?.[k]).toBe(one.energy);
        expect(many.tops![k]).toEqual(one.top);
      }
      const copy = ModernHopfieldNetwork.fromJSON(JSON.parse(JSON.stringify(memory)), { backend });
      expect(copy.nothing).toBe(nothing);
      expect(copy.recallMany(queries, { steps: 1, top: 2, energy })).toEqual(many);
    }
  });

  test('the bound on what one update does to a stored vector counts nothing in', () => {
    const random = new Random(12);
    const rows = vectors(random, 25, 16);
    for (const similarity of ['dot', 'cosine', 'euclidean'] as const) {
      for (const nothing of [-3, 0, 0.2]) {
        const options = { beta: 8, similarity, nothing, backend };
        const memory = new ModernHopfieldNetwork(16, options).store(rows);
        for (const [k, row] of rows.entries()) {
          const target = similarity === 'cosine' ? memory.patterns[k] : row;
          const moved = distance(memory.recall(row).state, target);
          expect(moved).toBeLessThanOrEqual(memory.errorBound(k));
        }
      }
    }
  });
});

test('both backends give the same bits', () => {
  const random = new Random(13);
  const rows = vectors(random, 70, 10);
  const queries = vectors(random, 20, 10);
  for (const kind of KINDS) {
    const [a, b] = BACKENDS.map((backend) =>
      new ModernHopfieldNetwork(10, { ...kind, beta: 4, nothing: 0.3, backend })
        .store(rows, rows)
        .recallMany(queries, { steps: 3, top: 3 }),
    );
    expect(a).toEqual(b);
  }
});

test('what it is not for is refused; an empty memory knows nothing only', () => {
  const of = (options: object) => () => new ModernHopfieldNetwork(3, options as ModernOptions);
  expect(of({ nothing: 0, separation: { name: 'top-k', k: 2 } })).toThrow(
    "nothing is given, expected none for the separation 'top-k'",
  );
  expect(of({ nothing: 'no' })).toThrow(TypeError);
  expect(of({ nothing: NaN })).toThrow(RangeError);
  expect(of({ nothing: 1e31 })).toThrow('expected a number from -1e30 to 1e30');
  const empty = new ModernHopfieldNetwork(3, { nothing: 0 });
  expect(empty.recall([1, 2, 3])).toMatchObject({ nothing: 1, match: undefined, entropy: 0 });
  expect(empty.attention([1, 2, 3]).nothing).toBe(1);
  expect('nothing' in new ModernHopfieldNetwork(3)).toBe(false);
  expect(new ModernHopfieldNetwork(3).store([1, 2, 3]).recall([1, 2, 3])).not.toHaveProperty(
    'nothing',
  );
});
