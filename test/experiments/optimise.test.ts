/** What is so small that nothing can go wrong, descents against those of another program, and that slow cooling finds the best. */
import { expect, test } from 'vitest';
import { optimise } from '../../src/experiments/index.ts';
import { Random } from '../../src/random.ts';
import { collect } from './collect.ts';

/** The share of falls from random states that end in the lowest, over glasses of couplings ±1: by looking at all states. */
function shareOfDescents(spins: number, glasses: number, falls: number): number {
  const random = new Random(99);
  let found = 0;
  for (let k = 0; k < glasses; k++) {
    const J = Array.from({ length: spins }, () => new Int8Array(spins));
    for (let i = 0; i < spins; i++) {
      for (let j = 0; j < i; j++) J[i][j] = J[j][i] = random.below(2) * 2 - 1;
    }
    const energy = (s: ArrayLike<number>): number => {
      let sum = 0;
      for (let i = 0; i < spins; i++) for (let j = 0; j < i; j++) sum -= J[i][j] * s[i] * s[j];
      return sum;
    };
    let lowest = Infinity;
    for (let state = 0; state < 2 ** spins; state++) {
      lowest = Math.min(
        lowest,
        energy(Array.from({ length: spins }, (_, i) => ((state >> i) & 1 ? 1 : -1))),
      );
    }
    for (let fall = 0; fall < falls; fall++) {
      const s = Int8Array.from({ length: spins }, () => random.below(2) * 2 - 1);
      for (let moved = true; moved;) {
        moved = false;
        for (let i = 0; i < spins; i++) {
          const field = J[i].reduce((sum, coupling, j) => sum + coupling * s[j], 0);
          if (s[i] * field >= 0) continue;
          s[i] = -s[i];
          moved = true;
        }
      }
      if (energy(s) === lowest) found++;
    }
  }
  return found / (glasses * falls);
}

test('descents of eight spins end in the lowest state as often as those of another program', async () => {
  const [{ optimal, valid }] = await collect(
    optimise({
      problem: 'spins',
      solver: 'descend',
      spins: 8,
      sweeps: 1,
      trials: 200,
      runs: 10,
      seed: 4,
    }),
  );
  expect(valid.value).toBe(1);
  const expected = shareOfDescents(8, 200, 10);
  expect(expected).toBeLessThan(0.95);
  // Between glasses it varies by 0.3 or so: this is four times the error of both means.
  expect(Math.abs(optimal.value - expected)).toBeLessThan(0.12);
});

test('three spins, and three cities, have nothing else to fall into', async () => {
  const results = await collect(
    optimise({ spins: 3, cities: 3, sweeps: [1, 10], trials: 5, runs: 5, seed: 1 }),
  );
  expect(results).toHaveLength(2 * 4 + 2 * 4);
  for (const { problem, solver, optimal } of results) {
    // Averages that are all equal say nothing of three frustrated spins.
    if (problem === 'tours' || solver !== 'mean-field') expect(optimal.value).toBe(1);
  }
});

test('slow cooling comes to the best there is, quick cooling does not; local search of tours always', async () => {
  const results = await collect(
    optimise({
      problem: ['spins', 'tours', 'colourings'],
      solver: ['anneal', 'local-search'],
      spins: 14,
      cities: 8,
      vertices: 30,
      sweeps: [1, 300],
      trials: 6,
      runs: 5,
      seed: 2,
    }),
  );
  const of = (problem: string, solver: string, sweeps: number) =>
    results.find(
      (one) => one.problem === problem && one.solver === solver && one.sweeps === sweeps,
    )!;
  expect(of('spins', 'anneal', 300).optimal.value).toBeGreaterThan(0.9);
  expect(of('spins', 'anneal', 1).optimal.value).toBeLessThan(
    of('spins', 'anneal', 300).optimal.value,
  );
  expect(of('tours', 'local-search', 300).optimal.value).toBe(1);
  expect(of('tours', 'local-search', 1).valid.value).toBe(1);
  for (const { problem, optimal, valid } of results) {
    if (problem === 'colourings') expect(optimal.value).toBe(valid.value);
  }
  expect(of('colourings', 'local-search', 300).optimal.value).toBe(1);
});
