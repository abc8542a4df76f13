import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GENERATED, list, seeds } from '../cases.ts';
import { drawPairs, layPairs, pairCases, rowsAt, type PairCase } from '../pair-cases.ts';
import type { PairNumbers } from '../pair-cases.ts';
import { onDesk } from './on-desk.ts';

/** As it is written down: one row for each pair, in doubles. */
function attendPairs(numbers: PairNumbers, { stored, width, scale, ...rest }: PairCase) {
  const { first, second, blank } = rest;
  const { q, k, l, v, u, mask } = numbers;
  return q.map((state, i) => {
    const sees = (j: number, window: number) => window === 0 || (j <= i && j > i - window);
    const pairs = list(stored, (j) => list(stored, (p) => [j, p]))
      .flat()
      .filter(([j, p]) => sees(j, first) && sees(p, second));
    const t = pairs.map(([j, p]) => {
      const score = state.reduce((sum, x, d) => sum + x * k[j][d] * l[p][d], 0);
      return scale * score + mask[i][j] + mask[i][p];
    });
    const all = [...t, blank];
    const largest = Math.max(...all);
    const z = all.reduce((sum, x) => sum + (x === -Infinity ? 0 : Math.exp(x - largest)), 0);
    const weights = t.map((x) => (x === -Infinity ? 0 : Math.exp(x - largest) / z));
    const out = list(width, (d) =>
      pairs.reduce((sum, [j, p], n) => sum + weights[n] * v[j][d] * u[p][d], 0),
    );
    return { out, largest, z };
  });
}

function near(a: number[], b: number[], bound: number): void {
  expect(a.length).toBe(b.length);
  const error = Math.hypot(...a.map((x, n) => x - b[n]));
  expect(error).toBeLessThanOrEqual(bound * (1 + Math.hypot(...b)));
}

const NAMES = ['q', 'k', 'l', 'v', 'u'] as const;

test('attention to pairs is the softmax over all pairs, and its gradient is its slope', () => {
  const check = (generated: PairCase, seed: number) => {
    // Differences of exponents of 20 and more are lost in single precision.
    const setup = {
      ...generated,
      scale: Math.min(generated.scale, 1),
      stored: Math.min(generated.stored, 18),
    };
    const { states, stored, width, scale, blank, first, second } = setup;
    const { desk, kernels, views } = onDesk(seed);
    const numbers = drawPairs(desk, setup);
    const at = layPairs(desk, setup, numbers);
    const { out, stats, mask, work, step, maskStep } = at;
    const factors = [at.q, at.k, at.l, at.v, at.u] as const;
    const sizes = [states, stored, width, step, maskStep, first, second] as const;
    kernels.attendPairsF32(out, stats, ...factors, mask, work, scale, blank, ...sizes);
    const expected = attendPairs(numbers, setup);
    rowsAt(views.f32, out, states, setup).forEach((row, i) => near(row, expected[i].out, 1e-5));
    expected.forEach(({ largest, z }, i) => {
      const [m, inverse] = [views.f32[stats / 4 + 3 * i], views.f32[stats / 4 + 3 * i + 1]];
      near([m, inverse], z > 0 ? [largest, 1 / z] : [0, 0], 1e-5);
    });

    const gains = list(5, (n) => {
      const rows = list(n === 0 ? states : stored, () => list(width, () => 1));
      return at.lay(rows);
    });
    const g = at.lay(numbers.g);
    const [dq, dk, dl, dv, du] = gains;
    const from = [stats, g, out] as const;
    kernels.attendPairsBackwardF32(
      ...([dq, dk, dl, dv, du] as const),
      ...from,
      ...factors,
      mask,
      work,
      scale,
      ...sizes,
    );
    const loss = (changed: PairNumbers) =>
      attendPairs(changed, setup).reduce(
        (sum, row, i) => sum + row.out.reduce((s, x, d) => s + x * numbers.g[i][d], 0),
        0,
      );
    const h = 1e-5;
    // One number in each block: all of them would take a minute.
    for (const [n, name] of NAMES.entries()) {
      const row = desk.random.below(numbers[name].length);
      const d = desk.random.below(width);
      const moved = (by: number) => {
        const rows = numbers[name].map((x) => [...x]);
        rows[row][d] += by;
        return loss({ ...numbers, [name]: rows });
      };
      const slope = (moved(h) - moved(-h)) / (2 * h);
      const gained = rowsAt(views.f32, gains[n], numbers[name].length, setup)[row][d];
      near([gained], [1 + slope], 2e-4);
    }
    expected.forEach((row, i) => {
      const along = row.out.reduce((sum, x, d) => sum + x * numbers.g[i][d], 0);
      near([views.f32[stats / 4 + 3 * i + 2]], [along], 1e-5);
    });
  };
  fc.assert(fc.property(pairCases, seeds, check), GENERATED);
});

test('of a largest score of −0 the statistics have 0, as of one of 0', () => {
  const { desk, kernels, views } = onDesk(1);
  const setup = { states: 1, stored: 1, width: 1, gap: 0, mask: 'none', scale: 1 } as const;
  const at = layPairs(
    desk,
    { ...setup, blank: -0, first: 0, second: 0 },
    { q: [[1]], g: [[0]], k: [[-1]], l: [[1]], v: [[1]], u: [[1]], mask: [[0]] },
  );
  const { out, stats, q, k, l, v, u, work } = at;
  kernels.attendPairsF32(out, stats, q, k, l, v, u, 0, work, 1, -0, 1, 1, 1, 1, 0, 0, 0);
  expect(Object.is(views.f32[stats / 4], 0)).toBe(true);
});
