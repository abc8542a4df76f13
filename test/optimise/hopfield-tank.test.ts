import { expect, test } from 'vitest';
import { hopfieldTank } from '../../src/optimise/index.ts';
import { TEN_CITIES } from '../instances/ten-cities.mjs';

const distance = (a: number, b: number) => {
  const [x, y] = [TEN_CITIES[a], TEN_CITIES[b]];
  return Math.hypot(x[0] - y[0], x[1] - y[1]);
};

/** The shortest tour through all cities by dynamic programming over subsets (Held & Karp 1962). */
function optimum(n: number): number {
  const sets = 1 << (n - 1);
  const best = Array.from({ length: sets }, () => Array<number>(n).fill(Infinity));
  for (let k = 1; k < n; k++) best[1 << (k - 1)][k] = distance(0, k);
  for (let set = 1; set < sets; set++) {
    for (let last = 1; last < n; last++) {
      if (!(set & (1 << (last - 1)))) continue;
      for (let next = 1; next < n; next++) {
        const bit = 1 << (next - 1);
        if (set & bit) continue;
        const length = best[set][last] + distance(last, next);
        best[set | bit][next] = Math.min(best[set | bit][next], length);
      }
    }
  }
  return Math.min(...best[sets - 1].map((length, last) => length + distance(last, 0)));
}

test('the ten cities have a shortest tour of 2.6907', () => {
  expect(optimum(10)).toBeCloseTo(2.6907, 4);
});

test('runs end in tours now and then; what is said of them is so', async () => {
  const result = await hopfieldTank(TEN_CITIES, { seed: 0, runs: 15 });
  const { tour, cost, costs, valid, outputs } = result;
  expect(result.runs).toBe(15);
  expect(costs).toHaveLength(15);
  const lengths = [...costs].filter((c) => !Number.isNaN(c));
  expect(lengths).toHaveLength(valid);
  expect(valid).toBeGreaterThan(0);
  expect(valid).toBeLessThan(15);
  expect(cost).toBeCloseTo(Math.min(...lengths), 12);
  expect(tour![0]).toBe(0);
  expect([...tour!].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const length = tour!.reduce((sum, city, k) => sum + distance(city, tour![(k + 1) % 10]), 0);
  expect(cost).toBeCloseTo(length, 12);
  for (const c of lengths) expect(c).toBeGreaterThanOrEqual(2.6907 - 1e-4);
  expect(result.violations).toEqual([]);
  const on = [...outputs].flatMap((v, k) => (v > 0.5 ? [k] : []));
  expect(on).toHaveLength(10);
  // The same tour, read from the outputs in another way.
  const cityAt = Array<number>(10).fill(-1);
  for (const k of on) cityAt[k % 10] = Math.floor(k / 10);
  const start = cityAt.indexOf(0);
  expect([...cityAt.slice(start), ...cityAt.slice(0, start)]).toEqual(tour);
});

test('a seed gives the same again, in both backends', async () => {
  const options = { seed: 4, runs: 1 };
  const cities = TEN_CITIES.slice(0, 4);
  const one = await hopfieldTank(cities, { ...options, backend: 'wasm' });
  const two = await hopfieldTank(cities, { ...options, backend: 'reference' });
  expect(two).toEqual(one);
  expect(one.seed).toBe(4);
});

test('a run that ends in no tour says what is wrong', async () => {
  // Without a cost for neurons that are off, all go off.
  const { tour, cost, valid, costs, violations } = await hopfieldTank(TEN_CITIES, {
    seed: 1,
    runs: 2,
    n: 1e-3,
  });
  expect([tour, cost, valid, costs.every(Number.isNaN)]).toEqual([undefined, undefined, 0, true]);
  expect(violations[0]).toBe('position 0 has not one city');
});

test('the unit of energy makes no difference: penalties and u0 by the same factor give the same outputs', async () => {
  const cities = TEN_CITIES.slice(0, 5);
  const scaled = (by: number) => {
    const [A, B, C, D, u0] = [500, 500, 200, 500, 0.02].map((x) => by * x);
    return hopfieldTank(cities, { seed: 2, runs: 2, A, B, C, D, u0 });
  };
  const usual = await hopfieldTank(cities, { seed: 2, runs: 2 });
  // Powers of two, so that nothing is rounded otherwise.
  expect(await scaled(2 ** -12)).toEqual(usual);
  expect(await scaled(2 ** 12)).toEqual(usual);
});

test('distances do as well as points', async () => {
  const rows = TEN_CITIES.map((_, a) => {
    return TEN_CITIES.map(([x, y]) => {
      const [dx, dy] = [x - TEN_CITIES[a][0], y - TEN_CITIES[a][1]];
      return Math.sqrt(dx * dx + dy * dy);
    });
  });
  const options = { seed: 7, runs: 2 };
  expect(await hopfieldTank(rows, options)).toEqual(await hopfieldTank(TEN_CITIES, options));
});

test('progress is told after each run, and a signal ends them', async () => {
  const told: number[] = [];
  const controller = new AbortController();
  const onProgress = (done: number) => {
    told.push(done);
    if (done === 2) controller.abort(new Error('enough'));
  };
  const options = { seed: 3, runs: 1000, signal: controller.signal, onProgress };
  await expect(hopfieldTank(TEN_CITIES.slice(0, 4), options)).rejects.toThrow('enough');
  expect(told).toEqual([1, 2]);
});

test('what will not do', async () => {
  const run = (options: object) => hopfieldTank(TEN_CITIES, options);
  await expect(run({ A: -1 })).rejects.toThrow('A is -1, expected a number, 0 or more');
  await expect(run({ D: NaN })).rejects.toThrow(RangeError);
  await expect(run({ u0: 0 })).rejects.toThrow('u0 is 0, expected a number from 1e-29 to 1e29');
  await expect(run({ u0: 1e-40 })).rejects.toThrow('u0 is 1e-40, expected');
  await expect(run({ runs: 0 })).rejects.toThrow('runs is 0');
  await expect(run({ seed: 0.5 })).rejects.toThrow('seed is 0.5');
  await expect(run({ E: 1 })).rejects.toThrow('have no E');
  await expect(hopfieldTank([[0, 0]])).rejects.toThrow('the number of cities is 1, expected 2');
  await expect(hopfieldTank(new Float64Array(31 * 31))).rejects.toThrow(RangeError);
  const aborted = AbortSignal.abort(new Error('enough'));
  await expect(run({ signal: aborted, runs: 100 })).rejects.toThrow('enough');
});
