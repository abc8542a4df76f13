import { expect, test } from 'vitest';
import { costsOf, energyOf, layPotts, type PottsCase, randomPotts } from '../potts-cases.ts';
import { onDesk, read } from './on-desk.ts';

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

test('costsPotts: c_b = own_b + Σ_a Q_ab of the variables that are on; returns their energy', () => {
  for (const seed of SEEDS) {
    const { desk, kernels, views } = onDesk(seed);
    const problem = randomPotts(desk, 1 + (seed % 7), 5, 0.5, 1000);
    const at = layPotts(desk, problem);
    views.i32.fill(77, at.costs / 4, at.costs / 4 + problem.own.length);
    const { own, state, sizes } = problem;
    const { costs, rows, links } = at;
    const energy = kernels.costsPotts(
      costs,
      at.state,
      at.own,
      rows,
      links,
      own.length,
      sizes.length,
    );
    expect(energy).toBe(energyOf(problem, state));
    expect(read(views.i32, costs, own.length)).toEqual(costsOf(problem, state));
  }
});

test('every sweep keeps costs and state together, and returns the change of the energy', () => {
  for (const seed of SEEDS) {
    const { desk, kernels, views } = onDesk(seed);
    const problem = randomPotts(desk, 2 + (seed % 7), 5, 0.5, 20);
    const at = layPotts(desk, problem, seed);
    const groups = problem.sizes.length;
    const { state, costs, generator, starts, rows, links, scratch } = at;
    let energy = energyOf(problem, problem.state);
    const sweeps = [
      () =>
        kernels.metropolisPotts(
          state,
          costs,
          generator,
          starts,
          rows,
          links,
          0.05,
          -Infinity,
          groups,
        ),
      () =>
        kernels.glauberPotts(
          state,
          costs,
          generator,
          starts,
          rows,
          links,
          scratch,
          0.05,
          -Infinity,
          groups,
        ),
      () => kernels.descendPotts(state, costs, starts, rows, links, -Infinity, groups),
    ];
    for (let round = 0; round < 9; round++) {
      energy += sweeps[round % 3]();
      const now = read(views.u32, state, groups);
      now.forEach((a, g) => {
        expect(a).toBeGreaterThanOrEqual(problem.starts[g]);
        expect(a).toBeLessThan(problem.starts[g + 1]);
      });
      expect(energy).toBe(energyOf(problem, now));
      expect(read(views.i32, costs, problem.own.length)).toEqual(costsOf(problem, now));
    }
  }
});

test('descendPotts ends where no single move is downhill, and never rises', () => {
  for (const seed of SEEDS) {
    const { desk, kernels, views } = onDesk(seed);
    const problem = randomPotts(desk, 6, 5, 0.7, 20);
    const { state, costs, starts, rows, links } = layPotts(desk, problem, seed);
    let by: number;
    do {
      by = kernels.descendPotts(state, costs, starts, rows, links, -Infinity, 6);
      expect(by).toBeLessThanOrEqual(0);
    } while (by < 0);
    const now = read(views.u32, state, 6);
    const energy = energyOf(problem, now);
    problem.sizes.forEach((size, g) => {
      for (let k = 0; k < size; k++) {
        const other = [...now];
        other[g] = problem.starts[g] + k;
        expect(energyOf(problem, other)).toBeGreaterThanOrEqual(energy);
      }
    });
  }
});

test('a sweep stops as soon as it has reached the drop', () => {
  const { desk, kernels, views } = onDesk(3);
  // Three groups of two, each better off by 10 in its second state.
  const problem = {
    sizes: [2, 2, 2],
    starts: [0, 2, 4, 6],
    own: [10, 0, 10, 0, 10, 0],
    links: Array.from({ length: 6 }, () => [0, 0, 0, 0, 0, 0]),
    state: [0, 2, 4],
  };
  const { state, costs, starts, rows, links } = layPotts(desk, problem);
  expect(kernels.descendPotts(state, costs, starts, rows, links, -20, 3)).toBe(-20);
  expect(read(views.u32, state, 3)).toEqual([1, 3, 4]);
});

/** All states of a small problem with their Boltzmann weights at a temperature. */
function boltzmann(problem: PottsCase, temperature: number): Map<string, number> {
  let states: number[][] = [[]];
  problem.sizes.forEach((size, g) => {
    const choices = Array.from({ length: size }, (_, k) => problem.starts[g] + k);
    states = states.flatMap((state) => choices.map((choice) => [...state, choice]));
  });
  const weights = states.map((state) => Math.exp(-energyOf(problem, state) / temperature));
  const sum = weights.reduce((total, w) => total + w, 0);
  return new Map(states.map((state, k) => [state.join(), weights[k] / sum]));
}

test.each(['metropolis', 'glauber'] as const)(
  '%s settles in the Boltzmann distribution',
  (rule) => {
    const { desk, kernels, views } = onDesk(5);
    // Groups of 2, 3 and 3, and one of 1 that never moves.
    const linked = (a: number, b: number) => ((a * 7 + b * 7 + a * b * 3) % 9) - 4;
    const groupOf = [0, 0, 1, 1, 1, 2, 2, 2, 3];
    const problem: PottsCase = {
      sizes: [2, 3, 3, 1],
      starts: [0, 2, 5, 8, 9],
      own: [0, 2, -1, 0, 3, 1, -2, 0, 5],
      links: groupOf.map((g, a) => groupOf.map((h, b) => (g === h ? 0 : linked(a, b)))),
      state: [0, 2, 5, 8],
    };
    const { state, costs, generator, starts, rows, links, scratch } = layPotts(desk, problem, 9);
    const beta = 1 / 3;
    const sweep =
      rule === 'glauber'
        ? () => {
            const { glauberPotts } = kernels;
            glauberPotts(state, costs, generator, starts, rows, links, scratch, beta, -Infinity, 4);
          }
        : () => {
            const { metropolisPotts } = kernels;
            metropolisPotts(state, costs, generator, starts, rows, links, beta, -Infinity, 4);
          };
    const counts = new Map<string, number>();
    const sweeps = 200_000;
    for (let k = 0; k < sweeps; k++) {
      sweep();
      const key = views.u32.subarray(state / 4, state / 4 + 4).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const expected = boltzmann(problem, 1 / beta);
    expect(expected.size).toBe(18);
    for (const [key, share] of expected) {
      // Five times the width of independent draws, doubled since sweeps are correlated.
      const width = 10 * Math.sqrt((share * (1 - share)) / sweeps);
      expect(Math.abs((counts.get(key) ?? 0) / sweeps - share)).toBeLessThan(width);
    }
  },
);

test('averagesPotts: V_b = e^(−c_b/T)/Σ over the group, one group after the other', () => {
  for (const seed of SEEDS) {
    const { desk, kernels, views } = onDesk(seed);
    const problem = randomPotts(desk, 5, 4, 0.6, 10);
    const { own, starts, rows, links, scratch } = layPotts(desk, problem);
    const averages = problem.own.map(() => desk.random.real());
    const address = desk.f64(averages);
    const beta = 0.2;
    const squares = kernels.averagesPotts(
      address,
      own,
      starts,
      rows,
      links,
      scratch,
      beta,
      problem.sizes.length,
    );
    problem.sizes.forEach((size, g) => {
      const group = Array.from({ length: size }, (_, k) => problem.starts[g] + k);
      const weights = group.map((b) => {
        const cost = averages.reduce((sum, v, a) => sum + problem.links[a][b] * v, problem.own[b]);
        return Math.exp(-beta * cost);
      });
      const sum = weights.reduce((total, w) => total + w, 0);
      group.forEach((b, k) => (averages[b] = weights[k] / sum));
    });
    read(views.f64, address, averages.length).forEach((v, b) =>
      expect(v).toBeCloseTo(averages[b], 12),
    );
    expect(squares).toBeCloseTo(
      averages.reduce((sum, v) => sum + v * v, 0),
      10,
    );
  }
});

test('likeliestPotts takes the first largest average', () => {
  const { desk, kernels, views } = onDesk(2);
  const averages = desk.f64([0.2, 0.4, 0.4, 1, 0.5, 0.5]);
  const starts = desk.u32([0, 3, 4, 6]);
  const state = desk.u32([0, 3, 5]);
  kernels.likeliestPotts(state, averages, starts, 3);
  expect(read(views.u32, state, 3)).toEqual([1, 3, 4]);
});
