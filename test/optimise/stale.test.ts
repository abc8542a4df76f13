/** Memory that searches are lent holds whatever it held before: no result depends on it. */
import { afterEach, describe, test, vi } from 'vitest';
import {
  anneal,
  colouring,
  constraintProblem,
  descend,
  exact,
  hopfieldTank,
  IsingModel,
  localSearch,
  maxCut,
  meanField,
  numberPartition,
  potts,
  queens,
  Random,
  solve,
  travellingSalesman,
  type Solver,
} from '../../src/optimise/index.ts';
import { stale } from '../stale.ts';

afterEach(() => vi.restoreAllMocks());

const random = new Random(6);
const edges = Array.from({ length: 90 }, (): [number, number, number] => {
  const [a, b] = random.sample(19, 2);
  return [a, b, 1 + random.below(3)];
});
const pairs = edges.map(([a, b]): [number, number] => [a, b]);
const cities = Array.from({ length: 9 }, (): [number, number] => [
  random.below(50),
  random.below(50),
]);
const reals = Array.from({ length: 19 * 18 }, () => random.real() - 0.5);
const few = { seed: 2, restarts: 5, sweeps: 6 };

/** All of a result but its times. */
function timeless(result: object): object {
  return { ...result, seconds: 0, reached: 0 };
}

const SPINS: [string, Solver<Int8Array>, object][] = [
  ['anneal', anneal, few],
  ['descend', descend, { seed: 2, restarts: 5 }],
  ['mean field', meanField, few],
  ['exact', exact, { seed: 2 }],
];
const GROUPS: [string, Solver<Int32Array>][] = [
  ['anneal', anneal],
  ['potts', potts],
];

describe.each(['wasm', 'reference'] as const)('%s', (backend) => {
  test.each(SPINS)('spins by %s', async (_, solver, how) => {
    await stale(async () => {
      const model = new IsingModel(19, {
        couplings: pairs.map(([i, j], k) => [i, j, reals[k]]),
        fields: reals.slice(0, 19),
        backend,
      } as never);
      return [
        timeless(await solve(maxCut({ vertices: 19, edges }, { backend }), { solver, ...how })),
        timeless(
          await solve(numberPartition([5, 7, 9, 30, 2, 8], { backend }), { solver, ...how }),
        ),
        timeless(await solver(model, how)),
      ];
    });
  });

  test.each(GROUPS)('groups by %s', async (_, solver) => {
    await stale(async () => [
      timeless(await solve(queens(6), { solver, ...few })),
      timeless(await solve(travellingSalesman(cities, { backend }), { solver, ...few })),
    ]);
  });

  test('tours, colourings, constraints, and the network of 1985', async () => {
    await stale(async () => [
      timeless(
        await solve(travellingSalesman(cities, { backend }), { solver: localSearch, ...few }),
      ),
      timeless(await solve(colouring({ vertices: 19, edges: pairs }, 4, { backend }), few)),
      timeless(await solve(colouring({ vertices: 19, edges: pairs }, undefined, { backend }), few)),
      timeless(
        await solve(
          constraintProblem({ a: [1, 2, 3], b: [1, 2, 3], c: [0, 2, 4] }, [
            { different: ['a', 'b', 'c'] },
            { sum: ['a', 'b', 'c'], exactly: 7 },
          ] as never),
          few,
        ),
      ),
      timeless(
        await hopfieldTank(
          cities.map(([x, y]) => [x / 50, y / 50]),
          { backend, seed: 1, runs: 2 },
        ),
      ),
    ]);
  });
});
