import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  maxCut,
  numberPartition,
  qubo,
  Random,
  solve,
  type Graph,
  type Problem,
} from '../../../src/optimise/index.ts';

const seeds = fc.nat({ max: 0x7fffffff });
const sizes = fc.integer({ min: 1, max: 12 });

type SpinProblem = Problem<Uint8Array, Int8Array>;

function bits(random: Random, n: number): Uint8Array {
  return Uint8Array.from({ length: n }, () => random.below(2));
}

/** Every vector of n bits. */
function all(n: number): Uint8Array[] {
  return Array.from({ length: 2 ** n }, (_, k) =>
    Uint8Array.from({ length: n }, (_, i) => (k >> i) & 1),
  );
}

/** Edges in any direction, some twice. */
function someGraph(random: Random, vertices: number, weight: () => number): Graph {
  const count = vertices > 1 ? random.below(3 * vertices) : 0;
  const edges = Array.from({ length: count }, () => {
    const [a, b] = random.sample(vertices, 2);
    return [a, b, weight()] as const;
  });
  return { vertices, edges };
}

function naiveCut({ edges }: Graph, sides: ArrayLike<number>): number {
  let cut = 0;
  for (const [a, b, w = 1] of edges) if (sides[a] !== sides[b]) cut += w;
  return cut;
}

/** What all of them promise. */
function checkRoundTrip(problem: SpinProblem, solution: Uint8Array): void {
  const state = problem.encode(solution);
  expect(problem.decode(state)).toEqual(solution);
  expect(problem.encode(problem.decode(state))).toEqual(state);
  expect(problem.check(solution)).toEqual([]);
}

function checkFaults(problem: SpinProblem, n: number): void {
  const wrong: [unknown, ErrorConstructor][] = [
    [new Uint8Array(n + 1), RangeError],
    [new Uint8Array(n).fill(2), RangeError],
    [new Int8Array(n).fill(-1), RangeError],
    [Array.from({ length: n }, () => '1'), RangeError],
    [null, TypeError],
    [undefined, TypeError],
    [5, TypeError],
  ];
  for (const [solution, error] of wrong) {
    expect(problem.check(solution as Uint8Array).length).toBeGreaterThan(0);
    expect(() => problem.encode(solution as Uint8Array)).toThrow(error);
    expect(() => problem.cost(solution as Uint8Array)).toThrow(error);
  }
}

describe('maxCut', () => {
  test('cost is the naive cut, and the energy is minus that', () => {
    const law = (n: number, seed: number): void => {
      const random = new Random(seed);
      const graph = someGraph(random, n, () => random.below(21) - 10);
      const problem = maxCut(graph, { backend: 'reference' });
      const sides = bits(random, n);
      expect(problem.cost(sides)).toBe(naiveCut(graph, sides));
      expect(problem.model.energy(problem.encode(sides))).toBe(0 - naiveCut(graph, sides));
      expect(problem.target).toBeLessThanOrEqual(0 - naiveCut(graph, sides));
      checkRoundTrip(problem, sides);
      checkFaults(problem, n);
    };
    fc.assert(fc.property(sizes, seeds, law), { seed: 1, numRuns: 60 });
  });

  test('real weights: both agree to rounding', () => {
    const random = new Random(3);
    const graph = someGraph(random, 12, () => random.real() - 0.5);
    const problem = maxCut(graph);
    for (let k = 0; k < 20; k++) {
      const sides = bits(random, 12);
      expect(problem.cost(sides)).toBeCloseTo(naiveCut(graph, sides), 12);
      expect(problem.model.energy(problem.encode(sides))).toBeCloseTo(-naiveCut(graph, sides), 12);
    }
  });

  test('the best of all cuts is found, with weights of both signs', async () => {
    for (let seed = 0; seed < 8; seed++) {
      const random = new Random(seed);
      const real = seed % 2 === 1;
      const graph = someGraph(random, 12, () => (real ? random.real() - 0.4 : random.below(9) - 3));
      const most = Math.max(...all(12).map((sides) => naiveCut(graph, sides)));
      const { solution, cost, violations } = await solve(maxCut(graph), { seed, sweeps: 100 });
      expect(cost).toBeCloseTo(most, 12);
      expect(naiveCut(graph, solution)).toBeCloseTo(most, 12);
      expect(violations).toEqual([]);
    }
  });

  test('a bipartite graph ends the search at once when all its edges are cut', async () => {
    const edges = Array.from({ length: 20 }, (_, k) => [k, (k + 1) % 20] as const);
    const { cost, ended } = await solve(maxCut({ vertices: 20, edges }), { seed: 1 });
    expect([cost, ended]).toEqual([20, 'target']);
  });

  test('where weights are rounded, no edge is left out because it is small', async () => {
    const weights = Array.from({ length: 20 }, (_, k) => (k % 2 ? 1 / 3 : 0.1));
    const edges = [...weights, 2e-9].map((weight, k) => [k, k + 1, weight] as const);
    const most = naiveCut(
      { vertices: 22, edges },
      Array.from({ length: 22 }, (_, k) => k % 2),
    );
    for (let seed = 1; seed <= 20; seed++) {
      const { cost } = await solve(maxCut({ vertices: 22, edges }), { seed });
      expect(Math.abs(cost - most)).toBeLessThan(1e-12);
    }
  });

  test('no edges: nothing to cut', async () => {
    const { cost, ended } = await solve(maxCut({ vertices: 3, edges: [] }), { seed: 1 });
    expect([cost, ended]).toEqual([0, 'target']);
  });
});

describe('numberPartition', () => {
  const difference = (numbers: ArrayLike<number>, heaps: ArrayLike<number>): number =>
    Math.abs(Array.from(numbers, (a, i) => (heaps[i] ? a : -a)).reduce((sum, a) => sum + a, 0));

  test('cost is the difference, and the energy is its square', () => {
    const law = (n: number, seed: number): void => {
      const random = new Random(seed);
      const numbers = Array.from({ length: n }, () => random.below(2001) - 1000);
      const problem = numberPartition(numbers, { backend: 'reference' });
      const heaps = bits(random, n);
      expect(problem.cost(heaps)).toBe(difference(numbers, heaps));
      expect(problem.model.energy(problem.encode(heaps))).toBe(difference(numbers, heaps) ** 2);
      expect([0, 1]).toContain(problem.target);
      checkRoundTrip(problem, heaps);
      checkFaults(problem, n);
    };
    fc.assert(fc.property(sizes, seeds, law), { seed: 2, numRuns: 60 });
  });

  test('a perfect partition is found and ends the search, for even sums and odd ones', async () => {
    for (let seed = 0; seed < 6; seed++) {
      const random = new Random(seed);
      const numbers = Array.from({ length: 20 }, () => 1 + random.below(1000));
      const sum = numbers.reduce((a, b) => a + b, 0);
      const { cost, ended } = await solve(numberPartition(numbers), { seed, restarts: 1000 });
      expect([cost, ended]).toEqual([sum % 2, 'target']);
    }
  });

  test('integers beyond 2⁵³ in sum have an exact cost, and no target that rounding could fake', async () => {
    const numbers = [2 ** 53, 2 ** 53, 1, 3, 5];
    const problem = numberPartition(numbers);
    expect(problem.target).toBe(-Infinity);
    expect(problem.cost(Uint8Array.of(1, 0, 1, 0, 0))).toBe(7);
    expect(problem.cost(Uint8Array.of(1, 0, 0, 1, 0))).toBe(3);
    expect(problem.cost(Uint8Array.of(1, 0, 1, 1, 0))).toBe(1);
    const { cost } = await solve(problem, { seed: 1 });
    // The two large ones are told apart from the rest, the small ones are lost in rounding.
    expect(cost).toBeLessThanOrEqual(9);
  });

  test('real numbers', async () => {
    const numbers = [0.25, 0.5, 0.75, 1.5];
    const { cost, ended } = await solve(numberPartition(numbers), { seed: 1 });
    expect([cost, ended]).toEqual([0, 'target']);
  });

  test.each([
    [[], RangeError],
    [[1, NaN], RangeError],
    [[1, '2'], TypeError],
    [[1e200, 1e200], RangeError],
    [7, TypeError],
    [null, TypeError],
  ])('%o is refused', (numbers, error) => {
    expect(() => numberPartition(numbers as never)).toThrow(error);
  });
});

describe('qubo', () => {
  const naive = (Q: number[][], x: ArrayLike<number>): number =>
    Q.reduce((sum, row, i) => sum + row.reduce((s, q, j) => s + q * x[i] * x[j], 0), 0);

  test('cost is xᵀQx + offset, and so is the energy', () => {
    const law = (n: number, seed: number): void => {
      const random = new Random(seed);
      const Q = Array.from({ length: n }, () =>
        Array.from({ length: n }, () => random.below(201) - 100),
      );
      const entries = Q.flatMap((row, i) => row.map((q, j) => [i, j, q] as const));
      const x = bits(random, n);
      for (const instance of [Q, { variables: n, entries }]) {
        const problem = qubo(instance, { offset: 4, backend: 'reference' });
        expect(problem.cost(x)).toBe(naive(Q, x) + 4);
        expect(problem.model.energy(problem.encode(x))).toBe(naive(Q, x) + 4);
        expect(problem.target).toBeLessThanOrEqual(naive(Q, x) + 4);
        checkRoundTrip(problem, x);
        checkFaults(problem, n);
      }
    };
    fc.assert(fc.property(sizes, seeds, law), { seed: 3, numRuns: 60 });
  });

  test('the best of all vectors is found', async () => {
    for (let seed = 0; seed < 8; seed++) {
      const random = new Random(seed);
      const Q = Array.from({ length: 12 }, () =>
        Array.from({ length: 12 }, () => (seed % 2 ? random.real() - 0.5 : random.below(41) - 20)),
      );
      const least = Math.min(...all(12).map((x) => naive(Q, x)));
      const { cost } = await solve(qubo(Q), { seed, sweeps: 100 });
      expect(cost).toBeCloseTo(least, 10);
    }
  });

  test('only negative entries: all variables on, and that ends the search', async () => {
    const Q = [
      [-1, 0, -2],
      [0, -1, 0],
      [0, -3, -1],
    ];
    const { solution, cost, ended } = await solve(qubo(Q), { seed: 1 });
    expect([[...solution], cost, ended]).toEqual([[1, 1, 1], -8, 'target']);
  });
});

test('more numbers than couplings between all of them can be held for are refused', () => {
  expect(() => numberPartition(new Float64Array(10_001))).toThrow(
    'there are 10001 numbers, expected at most 10000',
  );
});
