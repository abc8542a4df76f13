/** Memory that machines are lent holds whatever it held before: no result depends on it. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { BoltzmannMachine } from '../../src/boltzmann/index.ts';
import { Random } from '../../src/random.ts';
import { stale } from '../stale.ts';
import { BACKENDS, KINDS, machineOf, randomParameters } from './machines.ts';

afterEach(() => vi.restoreAllMocks());

function statesOf(low: number): number[][] {
  const random = new Random(8);
  return Array.from({ length: 9 }, () =>
    Array.from({ length: 13 }, () => (random.below(2) ? 1 : low)),
  );
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each(KINDS)('$units and $hiddenUnits units', async (kind) => {
    const states = statesOf(kind.units === 'binary' ? 0 : -1);
    const training = { batch: 4, momentum: 0.5, weightDecay: 0.01, seed: 1 };
    await stale(async () => {
      const machine = machineOf(randomParameters(kind, 13, 5, 31, 0.4), backend);
      await machine.train(states, training);
      await machine.train(states, { ...training, chains: 6, steps: 2 });
      const clamp = states[0].map((_, i) => i % 4 === 0);
      const { method, ...annealed } = await machine.logPartition({
        method: 'annealed',
        chains: 5,
        temperatures: 7,
        seed: 2,
      });
      expect(method).toBe('annealed');
      return [
        machine.hiddenMeans(states),
        machine.reconstruct(states),
        machine.freeEnergies(states),
        machine.sample({ from: states, clamp, steps: 2, seed: 3 }),
        machine.sample({ count: 3, steps: 2, seed: 3 }),
        machine.save(),
        await machine.logPartition({ method: 'exact' }),
        annealed,
      ];
    });
  });

  test('without hidden units', async () => {
    const states = statesOf(-1);
    await stale(async () => {
      const machine = new BoltzmannMachine(13, { backend });
      await machine.train(states, { batch: 4, epochs: 2, seed: 1 });
      await machine.train(states, { batch: 4, chains: 6, steps: 2, seed: 1 });
      return [
        machine.energies(states),
        machine.sample({ from: states, steps: 2, seed: 3 }),
        machine.save(),
      ];
    });
  });
});
