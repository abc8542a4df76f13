/** The exponential variant, and tables beyond what doubles hold exactly. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DenseAssociativeMemory,
  exponentialSimplicial,
  Random,
  simplicial,
  SimplicialHopfieldNetwork,
} from '../../src/index.ts';
import { elementarySums } from '../../src/dynamics/elementary.ts';
import { BACKENDS, flipped, GENERATED, randomStates, UPDATES } from './cases.ts';
import * as oracle from './simplicial-oracle.ts';

/** C(n, k) for any n, exactly. */
function binomial(n: bigint, k: number): bigint {
  let product = 1n;
  for (let j = 0n; j < BigInt(k); j++) product = (product * (n - j)) / (j + 1n);
  return product;
}

/** Coefficient k of (1 + t)^a (1 − t)^b: the sum over all sets of k of a signs +1 and b signs −1. */
function elementary(a: bigint, b: bigint, k: number): bigint {
  let sum = 0n;
  for (let j = 0; j <= k; j++) {
    sum += binomial(a, k - j) * binomial(b, j) * (j % 2 === 0 ? 1n : -1n);
  }
  return sum;
}

test('sums over simplices are those of binomials, rounded once', () => {
  for (const [neurons, dimension] of [
    [1, 1],
    [2, 5],
    [7, 3],
    [40, 12],
    [101, 60],
    [1000, 2],
    [300, 9],
    [64, 64],
  ]) {
    const values = elementarySums(neurons, dimension);
    expect(values.length).toBe(neurons + 3);
    const largest = Math.min(dimension + 1, neurons);
    for (let entry = 1; entry < values.length - 1; entry += Math.ceil(neurons / 25)) {
      const a = BigInt(entry - 1);
      let sum = 0n;
      for (let k = 2; k <= largest; k++) sum += elementary(a, BigInt(neurons) - a, k);
      expect(values[entry]).toBe(Number(sum));
    }
    expect(values[neurons + 1]).toBe(
      Number(
        Array.from({ length: Math.max(0, largest - 1) }, (_, k) =>
          binomial(BigInt(neurons), k + 2),
        ).reduce((a, b) => a + b, 0n),
      ),
    );
  }
});

test('the closed forms of maths: e₂, e₃, e₄', () => {
  const N = 101;
  const sums = [1, 2, 3].map((dimension) => elementarySums(N, dimension));
  for (let k = 0; k < N + 3; k++) {
    const m = 2 * k - N - 2;
    const e2 = (m * m - N) / 2;
    const e3 = (m ** 3 - (3 * N - 2) * m) / 6;
    const e4 = (m ** 4 - (6 * N - 8) * m * m + 3 * N * N - 6 * N) / 24;
    expect(sums.map((s) => s[k])).toEqual([e2, e2 + e3, e2 + e3 + e4]);
  }
});

describe.each(BACKENDS)('%s', (backend) => {
  test('a complete complex is a dense memory with its own separation function', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 50 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(undefined, 0.1, 2),
        fc.nat(),
        (neurons, dimension, beta, seed) => {
          const random = new Random(seed);
          const patterns = randomStates(random, neurons, 1 + random.below(20));
          const separation =
            beta === undefined ? simplicial(dimension) : exponentialSimplicial(dimension, beta);
          const dense = new DenseAssociativeMemory(neurons, { separation, backend });
          const complex = { dimension, exponential: beta };
          const network = new SimplicialHopfieldNetwork(neurons, { ...complex, backend });
          dense.store(patterns);
          network.store(patterns);
          const [unit, half] = beta === undefined ? [1 / neurons, 0.5] : [1, 0.5];
          for (const cue of randomStates(random, neurons, 2)) {
            expect(network.energy(cue)).toBe(dense.energy(cue) * unit);
            dense.fields(cue).forEach((h, i) => {
              expect(network.fields(cue)[i]).toBe(h * unit * half);
            });
            const { energy: _, ...one } = network.recall(cue, { seed: 1 });
            const { energy: __, ...other } = dense.recall(cue, { seed: 1 });
            expect(one).toEqual(other);
          }
          const loaded = DenseAssociativeMemory.load(dense.save(), { backend });
          expect(loaded.separation).toEqual(separation);
          expect(loaded.energy(patterns[0])).toBe(dense.energy(patterns[0]));
        },
      ),
      { ...GENERATED, numRuns: 30 },
    );
  });

  test('exponential: energies, fields and descent are those of the enumeration', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 10 }),
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.nat(),
        (neurons, dimension, beta, seed) => {
          const random = new Random(seed);
          const patterns = randomStates(random, neurons, 1 + random.below(6));
          const network = new SimplicialHopfieldNetwork(neurons, {
            dimension,
            exponential: beta,
            backend,
          }).store(patterns);
          const simplices = oracle.complete(neurons, dimension);
          const energy = (state: ArrayLike<number>) => {
            const levels = patterns.map((pattern) => {
              const w = oracle.weights(simplices, [pattern]);
              return (beta * oracle.sum(simplices, w, state)) / neurons;
            });
            const most = Math.max(...levels);
            return -(most + Math.log(levels.reduce((s, x) => s + Math.exp(x - most), 0))) / beta;
          };
          const cue = random.signs(neurons);
          expect(network.energy(cue)).toBeCloseTo(energy(cue), 9);
          network.fields(cue).forEach((h, i) => {
            const [up, down] = [1, -1].map((s) => energy(cue.map((x, j) => (j === i ? s : x))));
            expect(h).toBeCloseTo((down - up) / 2, 9);
          });
          let last = Infinity;
          for (const { energy: now } of network.trajectory(cue, { every: 'flip', seed: 1 })) {
            expect(now).toBeLessThanOrEqual(last + 1e-9);
            last = now;
          }
          const { state } = network.recall(cue, { seed: 1 });
          for (let i = 0; i < neurons; i++) {
            const turned = state.map((s, j) => (j === i ? -s : s));
            expect(energy(turned)).toBeGreaterThanOrEqual(energy(state) - 1e-9);
          }
        },
      ),
      { ...GENERATED, numRuns: 40 },
    );
  });

  test.each([
    [1000, 2, 0.01],
    [1000, 2, 1],
    [1500, 3, 1],
    [2000, 4, 100],
    [3001, 4, 1e-6],
    [2500, 4, 1e6],
    [257, 60, 1],
  ])('no overflow, no NaN: N = %i, D = %i, β = %d', (neurons, dimension, beta) => {
    const random = new Random(neurons, dimension);
    const network = new SimplicialHopfieldNetwork(neurons, {
      dimension,
      exponential: beta,
      backend,
    });
    network.store(randomStates(random, neurons, 12));
    const patterns = network.patterns;
    const cues = [
      random.signs(neurons),
      flipped(patterns[3], neurons >> 3, random),
      patterns[0].map((s) => -s) as Int8Array,
    ];
    const finite = (values: ArrayLike<number>) => Array.from(values).every(Number.isFinite);
    const updates = backend === 'wasm' ? UPDATES : (['asynchronous'] as const);
    for (const [k, cue] of cues.entries()) {
      expect(finite([network.energy(cue)])).toBe(true);
      if (backend === 'wasm') expect(finite(network.fields(cue))).toBe(true);
      for (const update of updates) {
        const temperature = update === 'stochastic' ? 1 : undefined;
        const { energy, converged, state, match } = network.recall(cue, {
          update,
          temperature,
          maxSweeps: 4,
          seed: 1,
        });
        expect(finite([energy])).toBe(true);
        if (update === 'asynchronous' && converged) {
          expect(energy).toBeLessThanOrEqual(network.energy(cue));
          expect(network.isFixedPoint(state)).toBe(true);
        }
        // (Sums of high degree oscillate so far from a pattern: there the cue itself is a minimum.)
        if (k === 1 && update === 'asynchronous' && dimension < 60)
          expect(match).toEqual({ index: 3, overlap: 1, correlation: 1 });
      }
    }
  });

  test('far from all patterns a state still moves: no level between the overlaps hides them', () => {
    // e₄ has a maximum at m = 0; both patterns lie beside it, one on each side.
    const neurons = 400;
    const network = new SimplicialHopfieldNetwork(neurons, {
      dimension: 3,
      exponential: 40,
      backend,
    });
    const state = new Int8Array(neurons).fill(1);
    const patterns = [170, 230].map((ones) => state.map((_, i) => (i < ones ? 1 : -1)));
    network.store(patterns);
    expect([...network.overlaps(state)]).toEqual([-0.15, 0.15]);
    const fields = network.fields(state);
    const wrong = fields.filter((h) => h < 0).length;
    expect(wrong).toBeGreaterThan(0);
    expect(network.recall(state, { update: 'synchronous', maxSweeps: 1 }).flips).toBe(wrong);
  });

  test('below 2⁵³ energies and fields are exact: 1000 neurons with all their pairs and triples', () => {
    const neurons = 1000;
    const random = new Random(10);
    const patterns = randomStates(random, neurons, 100);
    const network = new SimplicialHopfieldNetwork(neurons, { backend }).store(patterns);
    expect(network.simplexCount).toBe(499_500 + 166_167_000);
    const cue = flipped(patterns[7], 100, random);
    const minusEnergy = (state: Int8Array) =>
      patterns.reduce((sum, pattern) => {
        const same = BigInt(pattern.reduce((n, s, i) => n + Number(s === state[i]), 0));
        const rest = BigInt(neurons) - same;
        return sum + elementary(same, rest, 2) + elementary(same, rest, 3);
      }, 0n);
    const total = minusEnergy(cue);
    expect(network.energy(cue)).toBe(-Number(total) * (1 / neurons));
    const fields = network.fields(cue);
    for (const i of random.sample(neurons, 10)) {
      const turned = cue.map((s, j) => (j === i ? -s : s)) as Int8Array;
      const cost = Number(total - minusEnergy(turned)) / 2;
      expect(fields[i]).toBe(cue[i] * cost * (1 / neurons));
    }
  });

  test('beyond 2⁵³ sums are doubles: energies agree with exact ones to rounding, recall still works', () => {
    const neurons = 600;
    const dimension = 7;
    const random = new Random(9);
    const network = new SimplicialHopfieldNetwork(neurons, { dimension, backend });
    const patterns = randomStates(random, neurons, 20);
    network.store(patterns);
    const cue = flipped(patterns[4], 60, random);
    let exact = 0n;
    for (const pattern of patterns) {
      const same = pattern.reduce((count, s, i) => count + Number(s === cue[i]), 0);
      for (let k = 2; k <= dimension + 1; k++) {
        exact += elementary(BigInt(same), BigInt(neurons - same), k);
      }
    }
    expect(exact > 2n ** 53n).toBe(true);
    const energy = -Number(exact) / neurons;
    expect(Math.abs(network.energy(cue) / energy - 1)).toBeLessThan(1e-14);
    expect(network.recall(cue, { seed: 1 }).match).toEqual({
      index: 4,
      overlap: 1,
      correlation: 1,
    });
  });
});

test('what a double cannot hold is refused at once', () => {
  expect(() => new SimplicialHopfieldNetwork(1000, { dimension: 999 })).toThrow(RangeError);
  expect(() => new SimplicialHopfieldNetwork(1000, { dimension: 1e9 })).toThrow(
    'dimension is 1000000000, too large for 1000 neurons',
  );
  expect(() => new SimplicialHopfieldNetwork(2_000_000, { dimension: 100 })).toThrow('too large');
  expect(() => new SimplicialHopfieldNetwork(963, { dimension: 962 })).toThrow('above 1e290');
  expect(new SimplicialHopfieldNetwork(950, { dimension: 5000 }).simplexCount).toBeCloseTo(
    2 ** 950,
    -273,
  );
});

test('simplices are counted with one rounding', () => {
  for (const [neurons, dimension] of [
    [5, 9],
    [125, 10],
    [141, 10],
    [158, 9],
    [181, 9],
    [100, 99],
  ]) {
    let count = 0n;
    let ofSize = BigInt(neurons);
    for (let k = 2; k <= Math.min(dimension + 1, neurons); k++) {
      ofSize = (ofSize * BigInt(neurons - k + 1)) / BigInt(k);
      count += ofSize;
    }
    const network = new SimplicialHopfieldNetwork(neurons, { dimension, backend: 'reference' });
    expect(network.simplexCount).toBe(Number(count));
  }
});
