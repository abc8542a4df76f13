import { expect, test } from 'vitest';
import { distanceOf, layTour, lengthOf, randomTour, type TourCase } from '../tour-cases.ts';
import { onDesk, read } from './on-desk.ts';

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

test('lengthTour: the sum of the distances between neighbours, by every metric', () => {
  for (const seed of SEEDS) {
    const { desk, kernels } = onDesk(seed);
    const tour = randomTour(desk, 5 + (seed % 30), 5, seed % 7);
    expect(kernels.lengthTour(layTour(desk, tour).run)).toBeCloseTo(lengthOf(tour, tour.order), 9);
  }
});

test('improveTour: what it calls the length is that of a tour, never longer than before', () => {
  for (const seed of SEEDS) {
    const { desk, kernels, views } = onDesk(seed);
    const n = 5 + (seed % 40);
    const tour = randomTour(desk, n, 6, seed % 7);
    const at = layTour(desk, tour);
    let before = lengthOf(tour, tour.order);
    for (let call = 0; call < 10; call++) {
      const made = kernels.improveTour(at.run, 30, -Infinity);
      expect(made).toBeGreaterThanOrEqual(30);
      const order = read(views.u32, at.order, n);
      expect([...order].sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
      const length = views.f64[at.run / 8 + 8];
      expect(length).toBeCloseTo(lengthOf(tour, order), 9);
      expect(length).toBeLessThanOrEqual(before);
      before = length;
    }
  }
});

test('improveTour: the same however the steps are divided', () => {
  for (const seed of SEEDS) {
    const n = 5 + (seed % 40);
    const ends = [[600], [1, 2, 3, 150, 600], Array.from({ length: 600 }, (_, k) => k + 1)].map(
      (goals) => {
        const { desk, kernels, views } = onDesk(seed);
        const at = layTour(desk, randomTour(desk, n, 6, seed % 7));
        let steps = 0;
        for (const goal of goals) {
          if (goal > steps) steps += kernels.improveTour(at.run, goal - steps, -Infinity);
        }
        return [steps, ...read(views.u32, at.order, n)];
      },
    );
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
  }
});

/** Whether an exchange of two edges shortens a tour. */
function shortened(tour: TourCase, order: readonly number[]): boolean {
  const n = order.length;
  const length = lengthOf(tour, order);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const turned = order.slice(i, j + 1).reverse();
      const other = [...order.slice(0, i), ...turned, ...order.slice(j + 1)];
      if (lengthOf(tour, other) < length - 1e-9) return true;
    }
  }
  return false;
}

test('improveTour: with all cities in the lists, no exchange of two edges is left once the queue is empty', () => {
  for (const seed of SEEDS) {
    const { desk, kernels, views } = onDesk(seed);
    const n = 5 + (seed % 12);
    const tour = randomTour(desk, n, n, seed % 7);
    const at = layTour(desk, tour);
    const waiting = at.run / 4 + 12;
    while (views.u32[waiting] > 0) kernels.improveTour(at.run, 1, -Infinity);
    expect(shortened(tour, read(views.u32, at.order, n))).toBe(false);
  }
});

/** The length of the shortest tour, by dynamic programming over subsets (Held & Karp 1962). */
function shortest(tour: TourCase): number {
  const m = tour.cities - 1;
  const best = Array.from({ length: 1 << m }, () => new Float64Array(m).fill(Infinity));
  for (let k = 0; k < m; k++) best[1 << k][k] = distanceOf(tour, m, k);
  for (let set = 1; set < 1 << m; set++) {
    for (let last = 0; last < m; last++) {
      if (!(set & (1 << last))) continue;
      for (let next = 0; next < m; next++) {
        if (set & (1 << next)) continue;
        const length = best[set][last] + distanceOf(tour, last, next);
        const there = best[set | (1 << next)];
        there[next] = Math.min(there[next], length);
      }
    }
  }
  return Math.min(...best[(1 << m) - 1].map((length, k) => length + distanceOf(tour, k, m)));
}

test('improveTour: finds the shortest tour of nine cities, and stops where it is as short as asked', () => {
  for (const seed of SEEDS) {
    const { desk, kernels, views } = onDesk(seed);
    const tour = randomTour(desk, 9, 8, seed % 7);
    const at = layTour(desk, tour);
    const least = shortest(tour);
    const made = kernels.improveTour(at.run, 20000, least + 1e-9);
    expect(views.f64[at.run / 8 + 8]).toBeCloseTo(least, 9);
    expect(made).toBeLessThan(20000);
    expect(kernels.improveTour(at.run, 100, least + 1e-9)).toBe(0);
  }
});
