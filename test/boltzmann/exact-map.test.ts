import { describe, expect, test } from 'vitest';
import { RestrictedBoltzmannMachine } from '../../src/boltzmann/index.ts';
import { exactMap } from '../../src/boltzmann/exact-map.ts';
import { HopfieldNetwork } from '../../src/index.ts';
import { Random } from '../../src/random.ts';
import { BACKENDS } from './machines.ts';
import { allStates, dot } from './oracle.ts';

const N = 8;
const states = allStates(N, -1);

function normalised(energies: readonly number[], beta: number): number[] {
  const least = Math.min(...energies);
  const weights = energies.map((e) => Math.exp(-beta * (e - least)));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((w) => w / sum);
}

const distance = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, x, k) => sum + Math.abs(x - b[k]), 0) / 2;

/** Three patterns, or these with a copy, a reverse and the fourth that a + b − c is too. */
function patternsOf(dependent: boolean): Int8Array[] {
  const random = new Random(12);
  const [a, b, other] = [0, 1, 2].map(() => random.signs(N));
  const c = a.map((x, i) => (x === b[i] ? x : other[i]));
  if (!dependent) return [a, b, c];
  return [a, b, a.map((x) => -x), c, b, a.map((x, i) => x + b[i] - c[i])];
}

/** W of the projection rule by solving with the Gram matrix of independent patterns. */
function projector(patterns: readonly Int8Array[]): number[][] {
  const p = patterns.map((x) => Array.from(x));
  const size = p.length;
  const rows = p.map((x, k) => [...p.map((y) => dot(x, y)), ...p.map((_, l) => (l === k ? 1 : 0))]);
  for (let k = 0; k < size; k++) {
    const pivot = rows[k][k];
    rows[k] = rows[k].map((x) => x / pivot);
    for (let l = 0; l < size; l++) {
      if (l === k) continue;
      const factor = rows[l][k];
      rows[l] = rows[l].map((x, i) => x - factor * rows[k][i]);
    }
  }
  const inverse = rows.map((row) => row.slice(size));
  return Array.from({ length: N }, (_, i) =>
    Array.from({ length: N }, (__, j) =>
      p.reduce(
        (sum, x, k) => sum + p.reduce((part, y, l) => part + x[i] * inverse[k][l] * y[j], 0),
        0,
      ),
    ),
  );
}

const CASES = (['hebbian', 'projection'] as const).flatMap((rule) =>
  [0.3, 1, 2.5].flatMap((beta) => [false, true].map((dependent) => ({ rule, beta, dependent }))),
);

describe.each(CASES)(
  '$rule, β = $beta, dependent patterns: $dependent',
  ({ rule, beta, dependent }) => {
    const patterns = patternsOf(dependent);
    const network = new HopfieldNetwork(N, { rule, selfCoupling: true }).store(patterns);
    const independent = patternsOf(false);
    const J =
      rule === 'projection'
        ? projector(independent)
        : Array.from({ length: N }, (_, i) =>
            Array.from({ length: N }, (__, j) =>
              patterns.reduce((s, x) => s + (x[i] * x[j]) / N, 0),
            ),
          );
    const expected = normalised(
      states.map(
        (s) =>
          -dot(
            s,
            J.map((row) => dot(row, s)),
          ) / 2,
      ),
      beta,
    );

    test('the map is exact: the marginal over Gaussian units is the Gibbs distribution', () => {
      const { hidden, weights, visibleBiases } = exactMap(network, 1 / beta);
      expect(hidden).toBe(rule === 'projection' ? 3 : patterns.length);
      expect([...visibleBiases]).toEqual(Array.from({ length: N }, () => -0));
      const energies = states.map((s) => {
        let energy = 0;
        for (let k = 0; k < hidden; k++) {
          const x = s.reduce((sum, value, i) => sum + value * weights[i * hidden + k], 0);
          energy -= (x * x) / 2;
        }
        return energy;
      });
      expect(distance(normalised(energies, 1), expected)).toBeLessThan(1e-14);
    });

    test.each(BACKENDS)('a machine has it to the rounding of singles: %s', (backend) => {
      const machine = RestrictedBoltzmannMachine.from(network, { temperature: 1 / beta, backend });
      expect(machine).toMatchObject({ units: 'bipolar', hiddenUnits: 'gaussian', visible: N });
      const found = normalised([...machine.freeEnergies(states)], 1);
      expect(distance(found, expected)).toBeLessThan(1e-6);
    });
  },
);

test('thresholds, units of 0 and 1, with and without self-couplings: the energies of the network', () => {
  const random = new Random(3);
  const thresholds = Array.from({ length: N }, () => 2 * random.real() - 1);
  for (const rule of ['hebbian', 'projection'] as const) {
    for (const units of ['bipolar', 'binary'] as const) {
      for (const selfCoupling of [false, true]) {
        const options = { rule, units, thresholds, selfCoupling };
        const network = new HopfieldNetwork(N, options).store(patternsOf(true));
        const machine = RestrictedBoltzmannMachine.from(network, { temperature: 2 });
        const own = units === 'bipolar' ? states : allStates(N, 0);
        const expected = normalised(
          own.map((s) => network.energy(s)),
          0.5,
        );
        const found = normalised([...machine.freeEnergies(own)], 1);
        expect(distance(found, expected)).toBeLessThan(2e-6);
      }
    }
  }
});

test('chains of the machine visit states as often as the network at its temperature', () => {
  const network = new HopfieldNetwork(N).store(patternsOf(false).slice(0, 2));
  const expected = normalised(
    states.map((s) => network.energy(s)),
    1,
  );
  const machine = RestrictedBoltzmannMachine.from(network);
  const chains = 2000;
  const counts = states.map(() => 0);
  let { states: at } = machine.sample({ count: chains, steps: 50, seed: 1 });
  for (let step = 1; step <= 200; step++) {
    at = machine.sample({ from: at, steps: 1, seed: step * chains }).states;
    for (let k = 0; k < chains; k++) {
      let number = 0;
      for (let i = 0; i < N; i++) if (at[k * N + i] === 1) number |= 1 << i;
      counts[number]++;
    }
  }
  // 400,000 independent states would be 0.0087 away.
  const found = counts.map((count) => count / (200 * chains));
  expect(distance(found, expected)).toBeLessThan(0.012);
});

test('networks that are no such product are refused', async () => {
  const from = (network: HopfieldNetwork) => () => RestrictedBoltzmannMachine.from(network);
  const patterns = patternsOf(false);
  expect(from(new HopfieldNetwork(N, { rule: 'storkey' }).store(patterns))).toThrow(
    "the network's rule is 'storkey', expected 'hebbian' or 'projection'",
  );
  expect(from(new HopfieldNetwork(N))).toThrow('the network has 0 patterns');
  expect(
    from(
      HopfieldNetwork.fromCouplings([
        [0, 1],
        [1, 0],
      ]),
    ),
  ).toThrow('dreamt or given');
  const dreamt = new HopfieldNetwork(N).store(patterns);
  await dreamt.unlearn({ steps: 1, seed: 1 });
  expect(from(dreamt)).toThrow('dreamt or given');
  expect(from(5 as never)).toThrow('network is 5, expected a HopfieldNetwork');
  const network = new HopfieldNetwork(N).store(patterns);
  const at = (options: object) => () => RestrictedBoltzmannMachine.from(network, options);
  expect(at({ temperature: 0 })).toThrow('temperature is 0, expected a number above 0');
  expect(at({ beta: 1 })).toThrow('have no beta');
});
