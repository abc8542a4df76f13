/**
 * Digests of seeded runs of Boltzmann machines: the same on every engine and both backends.
 *
 * A change of a digest is a change of results for everybody who wrote a seed down.
 */
import { describe, expect, test } from 'vitest';
import { BoltzmannMachine, RestrictedBoltzmannMachine } from '../src/boltzmann/index.ts';
import { Random } from '../src/random.ts';
import { KINDS } from './boltzmann/machines.ts';
import { Digest } from './digest.ts';

const RESTRICTED = ['0fc27562', '4d02c115', '8b8d13bd', '376514c4'];
const FULL = '81bbf769';

describe.each(['wasm', 'reference'] as const)('%s', (backend) => {
  test.each(KINDS.map((kind, k) => ({ ...kind, expected: RESTRICTED[k] })))(
    'restricted: $units, $hiddenUnits',
    async ({ units, hiddenUnits, expected }) => {
      const random = new Random(41);
      const states = random.signs(30 * 37);
      const machine = new RestrictedBoltzmannMachine(37, 22, { units, hiddenUnits, backend });
      const options = { epochs: 3, batch: 7, rate: 0.05, weightDecay: 0.001 };
      const { errors } = await machine.train(states, { ...options, seed: 1 });
      await machine.train(states, { ...options, chains: 9, momentum: 0.5, steps: 2, seed: 2 });
      const { states: drawn, means } = machine.sample({ count: 5, steps: 6, seed: 3 });
      const annealed = { chains: 5, temperatures: 9, seed: 4 };
      const { logZ, standardError } = await machine.logPartition(annealed);
      const out = new Digest();
      for (const numbers of [errors!, machine.weights, means]) out.doubles(numbers);
      out.doubles(machine.freeEnergies(drawn));
      out.doubles([logZ, standardError]);
      expect(out.hex).toBe(expected);
    },
  );

  test('without hidden units', async () => {
    const random = new Random(42);
    const states = random.signs(30 * 37);
    const machine = new BoltzmannMachine(37, { backend });
    await machine.train(states, { epochs: 3, batch: 7, rate: 0.05, seed: 1 });
    await machine.train(states, { epochs: 3, batch: 7, rate: 0.02, chains: 9, seed: 2 });
    const { states: drawn, means } = machine.sample({ count: 5, steps: 6, seed: 3 });
    const out = new Digest();
    for (const numbers of [machine.couplings, machine.biases, means]) out.doubles(numbers);
    out.doubles(machine.energies(drawn));
    expect(out.hex).toBe(FULL);
  });
});
