import { describe, expect, test } from 'vitest';
import { list, randomPatterns, range } from '../cases.ts';
import type { Desk, Signs } from '../desk.ts';
import { onDesk, dot, read, readSquare, table } from './on-desk.ts';

function expectClose(actual: number[][], expected: number[][], tolerance: number): void {
  const worst = actual.flatMap((row, i) => row.map((x, j) => Math.abs(x - expected[i][j])));
  expect(Math.max(0, ...worst)).toBeLessThan(tolerance);
}

test('storkeyF64 follows the definition, with h_ij = Σ_{k≠i,j} W_ik ξ_k', () => {
  for (const neurons of [1, 2, 3, 10, 33]) {
    const { desk, kernels, views } = onDesk(neurons);
    const matrix = desk.matrix(neurons, neurons, () => 0);
    const fields = desk.take(neurons, 8);
    let w = table(neurons, () => 0);
    for (const xi of randomPatterns(desk, 6, neurons)) {
      kernels.storkeyF64(matrix, desk.signs(xi), fields, neurons);
      const h = table(neurons, (i, j) =>
        w[i].reduce((sum, wik, k) => (k === i || k === j ? sum : sum + wik * xi[k]), 0),
      );
      w = table(neurons, (i, j) =>
        i === j ? 0 : w[i][j] + (xi[i] * xi[j] - xi[i] * h[j][i] - h[i][j] * xi[j]) / neurons,
      );
      expectClose(readSquare(views.f64, matrix, neurons, neurons), w, 1e-12);
    }
  }
});

test('addCovarianceF64 adds Σ_μ (ξ_i + b)(ξ_j + b)·scale', () => {
  for (const neurons of [1, 2, 17]) {
    for (const count of [0, 1, 9]) {
      const { desk, kernels, views } = onDesk(neurons);
      const patterns = randomPatterns(desk, count, neurons);
      const [b, scale] = [0.8, 0.37];
      const before = desk.double();
      const matrix = desk.matrix(neurons, neurons, () => before);
      const couplings = desk.couplingsI16(neurons, (i, j) =>
        patterns.reduce((sum, x) => sum + x[i] * x[j], 0),
      );
      const sums = desk.i32(list(neurons, (i) => patterns.reduce((sum, x) => sum + x[i], 0)));
      kernels.addCovarianceF64(matrix, couplings, sums, b, count, scale, neurons);
      expectClose(
        readSquare(views.f64, matrix, neurons, neurons),
        table(
          neurons,
          (i, j) => before + scale * patterns.reduce((sum, x) => sum + (x[i] + b) * (x[j] + b), 0),
        ),
        1e-12,
      );
    }
  }
});

describe('projection by factorGram, solveLower and addProductF64', () => {
  /** The projector on the patterns' span, its rank and what was found on the way. */
  function projection(desk: Desk, patterns: Signs[], neurons: number) {
    const { kernels, views } = onDesk(0);
    const count = patterns.length;
    const gram = desk.gram(patterns, neurons);
    const factor = desk.take(count * count, 8);
    const pivots = desk.take(count, 4);
    const residuals = desk.take(count, 8);
    const rank = kernels.factorGram(factor, pivots, residuals, gram, 1e-6 * neurons, count);
    const chosen = read(views.u32, pivots, rank);
    const b = desk.matrix(rank, neurons, (k, j) => patterns[chosen[k]][j]);
    kernels.solveLower(b, factor, pivots, rank, neurons, count);
    const matrix = desk.matrix(neurons, neurons, () => 0);
    kernels.addProductF64(matrix, b, b, neurons, neurons, rank, 1, neurons);
    return {
      rank,
      chosen,
      factor: range(0, rank - 1).map((k) => read(views.f64, factor + 8 * k * count, count)),
      w: readSquare(views.f64, matrix, neurons, neurons),
    };
  }

  /** The rank by elimination of ±1 rows modulo a prime: what is 0 there is 0 for sizes like these. */
  function rankOf(patterns: Signs[], neurons: number): number {
    const prime = 1_000_003n;
    const inverse = (x: bigint) => {
      let result = 1n;
      let power = x;
      for (let e = prime - 2n; e > 0n; e >>= 1n) {
        if (e & 1n) result = (result * power) % prime;
        power = (power * power) % prime;
      }
      return result;
    };
    let rows = patterns.map((x) => Array.from(x, (s) => (BigInt(s) + prime) % prime));
    let rank = 0;
    for (let column = 0; column < neurons; column++) {
      const k = rows.findIndex((row) => row[column] !== 0n);
      if (k < 0) continue;
      const [pivot] = rows.splice(k, 1);
      rank++;
      rows = rows.map((row) => {
        const factor = (row[column] * inverse(pivot[column])) % prime;
        return row.map((x, j) => (((x - factor * pivot[j]) % prime) + prime) % prime);
      });
    }
    return rank;
  }

  const neurons = 24;
  const sets: Record<string, (desk: Desk) => Int8Array[]> = {
    'one pattern': (desk) => randomPatterns(desk, 1, neurons),
    'independent patterns': (desk) => randomPatterns(desk, 10, neurons),
    'a pattern three times': (desk) => {
      const [a, b] = randomPatterns(desk, 2, neurons);
      return [a, b, a, a];
    },
    'a pattern and its negative': (desk) => {
      const [a, b] = randomPatterns(desk, 2, neurons);
      return [a, a.map((x) => -x), b];
    },
    'a + b = c + d': (desk) => {
      const [a, b] = randomPatterns(desk, 2, neurons);
      const c = a.map((x, i) => (i % 2 ? x : b[i]));
      const d = b.map((x, i) => (i % 2 ? x : a[i]));
      return [a, b, c, d];
    },
    'more patterns than neurons': (desk) => randomPatterns(desk, 31, neurons),
  };

  test.each(Object.entries(sets))('%s', (_, make) => {
    for (const seed of range(1, 5)) {
      const { desk } = onDesk(seed);
      const patterns = make(desk);
      const { rank, chosen, factor, w } = projection(desk, patterns, neurons);
      expect(rank).toBe(rankOf(patterns, neurons));
      // W ξ = ξ for every pattern, W² = W, W = Wᵀ, and its trace is the rank.
      for (const xi of patterns) {
        expectClose([w.map((row) => dot(row, xi))], [Array.from(xi)], 1e-9);
      }
      const square = table(neurons, (i, j) => w[i].reduce((sum, x, k) => sum + x * w[k][j], 0));
      expectClose(square, w, 1e-9);
      expectClose(
        table(neurons, (i, j) => w[j][i]),
        w,
        1e-12,
      );
      expect(w.reduce((sum, row, i) => sum + row[i], 0)).toBeCloseTo(rank, 8);
      // C = FᵀF; the pivots are different patterns; each has the largest residual there is.
      const count = patterns.length;
      const partial = (p: number, q: number, k: number) =>
        factor.slice(0, k).reduce((sum, row) => sum + row[p] * row[q], 0);
      expectClose(
        table(count, (p, q) => partial(p, q, rank)),
        table(count, (p, q) => dot(patterns[p], patterns[q])),
        1e-9,
      );
      expect(new Set(chosen).size).toBe(rank);
      chosen.forEach((pivot, k) => {
        const residuals = patterns.map((_, p) => neurons - partial(p, p, k));
        expect(residuals[pivot]).toBeGreaterThan(Math.max(...residuals) - 1e-9);
      });
    }
  });

  test('with as many independent patterns as neurons nothing but the identity is left', () => {
    const { desk } = onDesk(3);
    const { rank, w } = projection(desk, randomPatterns(desk, 40, neurons), neurons);
    expect(rank).toBe(neurons);
    expectClose(
      w,
      table(neurons, (i, j) => (i === j ? 1 : 0)),
      1e-9,
    );
  });

  test('factorGram takes only residuals above the tolerance', () => {
    const { desk, kernels } = onDesk(1);
    const patterns = [
      [1, 1, 1, 1],
      [1, 1, 1, -1],
    ];
    const gram = desk.gram(patterns, 4);
    const args = [desk.take(4, 8), desk.take(2, 4), desk.take(2, 8), gram] as const;
    // The residuals are 4, then 4 − (2/√4)² = 3.
    expect(kernels.factorGram(...args, 4, 2)).toBe(0);
    expect(kernels.factorGram(...args, 3.999, 2)).toBe(1);
    expect(kernels.factorGram(...args, 3, 2)).toBe(1);
    expect(kernels.factorGram(...args, 2.999, 2)).toBe(2);
  });
});

describe('perceptron', () => {
  /** The rule on plain arrays, for neuron i: its row of couplings and the epochs it took. */
  function plainPerceptron(patterns: Signs[], i: number, margin: number, maxEpochs: number) {
    const neurons = patterns[0].length;
    const row = list(neurons, () => 0);
    for (let epoch = 1; epoch <= maxEpochs; epoch++) {
      let quiet = true;
      for (const xi of patterns) {
        if (xi[i] * dot(row, xi) > margin * Math.sqrt(dot(row, row))) continue;
        quiet = false;
        for (let j = 0; j < neurons; j++) if (j !== i) row[j] += xi[i] * xi[j];
      }
      if (quiet) return { row, epochs: epoch };
    }
    return { row, epochs: -1 };
  }

  test.each([
    [30, 10, 0],
    [30, 45, 0],
    [30, 10, 0.8],
    [21, 20, 0.2],
    [5, 40, 0],
    [2, 1, 0.5],
  ])('N = %i, P = %i, margin %d', (neurons, count, margin) => {
    for (const seed of range(1, 3)) {
      const { desk, kernels, views } = onDesk(seed);
      const patterns = randomPatterns(desk, count, neurons);
      const gram = desk.gram(patterns, neurons);
      for (const i of range(0, Math.min(neurons, 6) - 1)) {
        const strengths = desk.f64(list(count, () => 0));
        const stabilities = desk.f64(list(count, () => 0));
        const norm2 = desk.f64([0]);
        const column = desk.i8(patterns.map((xi) => xi[i]));
        const state = [strengths, stabilities, norm2, gram, column] as const;
        // In two goes: nothing but the four arrays is needed to go on.
        const first = kernels.perceptron(...state, margin, 3, count, neurons);
        const more = first < 0 ? kernels.perceptron(...state, margin, 60, count, neurons) : 0;
        const epochs = first > 0 ? first : more > 0 ? 3 + more : -1;
        const plain = plainPerceptron(patterns, i, margin, 63);
        expect(epochs).toBe(plain.epochs);
        const given = read(views.f64, strengths, count);
        const row = list(neurons, (j) =>
          j === i ? 0 : given.reduce((sum, x, p) => sum + x * patterns[p][j], 0),
        );
        expect(row).toEqual(plain.row);
        const truth = patterns.map((xi) => xi[i] * dot(row, xi) + 0);
        expect(read(views.f64, stabilities, count)).toEqual(truth);
        expect(read(views.f64, norm2, 1)).toEqual([dot(row, row)]);
        if (epochs > 0) {
          expect(Math.min(...truth)).toBeGreaterThan(margin * Math.sqrt(dot(row, row)));
        }
      }
    }
  });

  test('P = 1.2 N at margin 0 is learned, P = 4 N is not', () => {
    const learned = (count: number) => {
      const { desk, kernels } = onDesk(1);
      const patterns = randomPatterns(desk, count, 50);
      const zero = () => desk.f64(list(count, () => 0));
      const column = desk.i8(patterns.map((xi) => xi[0]));
      const gram = desk.gram(patterns, 50);
      return kernels.perceptron(zero(), zero(), desk.f64([0]), gram, column, 0, 500, count, 50) > 0;
    };
    expect([learned(60), learned(200)]).toEqual([true, false]);
  });
});

describe('minimalOverlap', () => {
  /** The rule on plain arrays, for neuron i: its row of couplings and the updates it took, no more than `most`. */
  function plainRule(patterns: Signs[], i: number, threshold: number, most: number) {
    const row = list(patterns[0].length, () => 0);
    for (let updates = 0; ; updates++) {
      const held = patterns.map((xi) => xi[i] * dot(row, xi));
      const least = Math.min(...held);
      if (least > threshold || updates === most) return { row, updates };
      const xi = patterns[held.indexOf(least)];
      for (let j = 0; j < row.length; j++) if (j !== i) row[j] += xi[i] * xi[j];
    }
  }

  test.each([
    [30, 10, 0],
    [30, 20, 90],
    [21, 9, 200],
    [5, 40, 10],
    [1, 2, 1],
  ])('N = %i, P = %i, threshold %d', (neurons, count, threshold) => {
    for (const seed of range(1, 3)) {
      const { desk, kernels, views } = onDesk(seed);
      const patterns = randomPatterns(desk, count, neurons);
      const gram = desk.gram(patterns, neurons);
      for (const i of range(0, Math.min(neurons, 4) - 1)) {
        const strengths = desk.f64(list(count, () => 0));
        const stabilities = desk.f64(list(count, () => 0));
        const norm2 = desk.f64([0]);
        const column = desk.i8(patterns.map((xi) => xi[i]));
        const state = [strengths, stabilities, norm2, gram, column] as const;
        const epochs = kernels.minimalOverlap(...state, threshold, 40, count, neurons);
        const plain = plainRule(patterns, i, threshold, 40 * count);
        expect(epochs).toBe(
          plain.updates === 40 * count ? -1 : 1 + Math.floor(plain.updates / count),
        );
        const given = read(views.f64, strengths, count);
        const row = list(neurons, (j) =>
          j === i ? 0 : given.reduce((sum, x, p) => sum + x * patterns[p][j], 0),
        );
        expect(row).toEqual(plain.row);
        expect(read(views.f64, stabilities, count)).toEqual(
          patterns.map((xi) => xi[i] * dot(row, xi) + 0),
        );
        expect(read(views.f64, norm2, 1)).toEqual([dot(row, row)]);
      }
    }
  });
});

describe('diederichOpper', () => {
  /** The rule on plain arrays, for neuron i: its row of couplings and the epochs it took. */
  function plainRule(
    patterns: Signs[],
    i: number,
    tolerance: number,
    self: number,
    maxEpochs: number,
  ) {
    const neurons = patterns[0].length;
    const row = list(neurons, () => 0);
    for (let epoch = 1; epoch <= maxEpochs; epoch++) {
      let quiet = true;
      for (const xi of patterns) {
        const change = 1 - xi[i] * dot(row, xi);
        if (Math.abs(change) > tolerance) quiet = false;
        for (let j = 0; j < neurons; j++) {
          if (j !== i || self === 1) row[j] += (change * xi[i] * xi[j]) / neurons;
        }
      }
      if (quiet) return { row, epochs: epoch };
    }
    return { row, epochs: -1 };
  }

  test.each([
    [20, 6, 0],
    [20, 6, 1],
    [33, 9, 1],
    [9, 30, 0],
  ])('N = %i, P = %i, self %i', (neurons, count, self) => {
    const tolerance = 1e-7;
    for (const i of range(0, 4)) {
      const { desk, kernels, views } = onDesk(neurons);
      const patterns = randomPatterns(desk, count, neurons);
      const strengths = desk.f64(list(count, () => 0));
      const stabilities = desk.f64(list(count, () => 0));
      const epochs = kernels.diederichOpper(
        strengths,
        stabilities,
        desk.gram(patterns, neurons),
        desk.i8(patterns.map((xi) => xi[i])),
        tolerance,
        self,
        300,
        count,
        neurons,
      );
      const plain = plainRule(patterns, i, tolerance, self, 300);
      expect(epochs).toBe(plain.epochs);
      expect(epochs > 0).toBe(count < neurons);
      const given = read(views.f64, strengths, count);
      const row = list(neurons, (j) =>
        j === i && self === 0
          ? 0
          : given.reduce((sum, x, p) => sum + x * patterns[p][j], 0) / neurons,
      );
      expectClose([row], [plain.row], 1e-9);
      const truth = patterns.map((xi) => xi[i] * dot(row, xi));
      expectClose([read(views.f64, stabilities, count)], [truth], 1e-9);
      if (epochs > 0) expectClose([truth], [truth.map(() => 1)], 1e-6);
    }
  });
});
