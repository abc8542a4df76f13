/** Couplings of one's own: kept to within half a unit in 2³⁰, symmetric or not, with their diagonal. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { BACKENDS, reals, symmetricMatrix } from './cases.ts';
import { descend, distance, energy, fields, hebbian, plain, rows, transform } from './oracle.ts';

describe.each(BACKENDS)('%s', (backend) => {
  test.each([1e-280, 1e-20, 1e-3, 1, 1e6, 1e15, 1e290])('of size %d', (size) => {
    const random = new Random(161);
    const matrix = Array.from({ length: 20 }, () => reals(random, 20, size));
    const thresholds = reals(random, 20, size);
    const network = HopfieldNetwork.fromCouplings(matrix, { thresholds, backend });
    // The largest sum of a row takes at least 2²⁸ units, and each coupling is wrong by at most half of one.
    const sums = matrix.map((row, i) =>
      row.reduce((s, w) => s + Math.abs(w), Math.abs(thresholds[i])),
    );
    const unit = Math.max(...sums) / 2 ** 28;
    const state = plain(random.signs(20));
    const h = fields(matrix, state, thresholds);
    for (const [i, value] of network.fields(state).entries()) {
      expect(Math.abs(value - h[i])).toBeLessThanOrEqual(10.5 * unit);
    }
    expect(Math.abs(network.energy(state) - energy(matrix, state, thresholds))).toBeLessThanOrEqual(
      20 * 10.5 * unit,
    );
  });

  test('integers are kept exactly', () => {
    const random = new Random(162);
    const matrix = Array.from({ length: 12 }, () =>
      Array.from({ length: 12 }, () => random.below(2001) - 1000),
    );
    const network = HopfieldNetwork.fromCouplings(matrix, { backend });
    expect(rows(network.couplings, 12)).toEqual(matrix);
    const flat = HopfieldNetwork.fromCouplings(Float64Array.from(matrix.flat()), { backend });
    expect(flat.save()).toEqual(network.save());
    const cue = plain(random.signs(12));
    expect([...network.fields(cue)]).toEqual(fields(matrix, cue, Array(12).fill(0)));
    const { state, converged, sweeps, flips } = network.recall(cue, {
      order: 'index',
      maxSweeps: 40,
    });
    const dynamics = { W: matrix, theta: Array<number>(12).fill(0), low: -1 } as const;
    expect({ state: plain(state), converged, sweeps, flips }).toEqual(descend(dynamics, cue, 40));
  });

  test('patterns are learnt on top', () => {
    const random = new Random(163);
    const start = symmetricMatrix(random, 14, 0);
    const patterns = [random.signs(14), random.signs(14)];
    const network = HopfieldNetwork.fromCouplings(start, { backend }).store(patterns);
    const J = hebbian(patterns.map(plain), 14);
    const expected = transform(start, (w, i, j) => w + J[i][j] / 14);
    expect(distance(rows(network.couplings, 14), expected)).toBeLessThan(1e-6);
    expect(network.patternCount).toBe(2);
    expect(network.capacity).toBeUndefined();
  });

  test('of nothing but zeros every state is fixed', () => {
    const network = HopfieldNetwork.fromCouplings(new Float32Array(25), { backend });
    const state = new Random(164).signs(5);
    expect(network.recall(state)).toMatchObject({ state, energy: 0, converged: true, sweeps: 1 });
    expect(network.representation).toBe('couplings');
  });

  test('what is no square matrix of finite numbers is refused', () => {
    const from = (matrix: unknown) => () =>
      HopfieldNetwork.fromCouplings(matrix as number[], { backend });
    expect(from(5)).toThrow(TypeError);
    expect(from(null)).toThrow(TypeError);
    expect(from([])).toThrow(RangeError);
    expect(from([1, 2, 3])).toThrow(/length 3, expected a square/);
    expect(from([[1, 2], [3]])).toThrow(/matrix\[1\] has length 1, expected 2/);
    expect(
      from([
        [1, 2],
        [3, NaN],
      ]),
    ).toThrow(/matrix\[1\]\[1\] is NaN, expected a finite number/);
    expect(from([1, 2, '3', 4])).toThrow(TypeError);
    expect(from([1, Infinity, 3, 4])).toThrow(/matrix\[1\] is Infinity/);
    expect(from([1e308, 1e308, 0, 0])).toThrow(/add up to Infinity/);
    expect(() =>
      HopfieldNetwork.fromCouplings([1], { representation: 'couplings' } as object),
    ).toThrow(/no representation/);
  });
});
