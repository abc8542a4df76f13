/** Memory that is lent holds whatever it held before: no result depends on it. */
import { afterEach, describe, test, vi } from 'vitest';
import {
  HopfieldNetwork,
  Random,
  type NetworkOptions,
  type RecallOptions,
} from '../../src/index.ts';
import { stale } from '../stale.ts';
import { BACKENDS, randomStates, RULES } from './cases.ts';
import { falling, KINDS, N } from './kinds.ts';

afterEach(() => vi.restoreAllMocks());

const OPTIONS: NetworkOptions[] = [
  ...RULES.map((rule) => ({ rule })),
  ...(['couplings', 'patterns'] as const).flatMap((representation) => [
    { representation },
    { representation, units: 'binary' as const, thresholds: 0.3 },
    { representation, selfCoupling: true, thresholds: 1 },
  ]),
];

const RECALLS: RecallOptions[] = [
  {},
  { order: 'index' },
  { order: 'permutation', maxSweeps: 3 },
  { update: 'synchronous' },
  { update: 'stochastic', temperature: 0.4, maxSweeps: 3 },
  { clamp: Array.from({ length: N }, (_, i) => i % 3 === 0) },
  { among: [0, 2] },
];

describe.each(BACKENDS)('%s', (backend) => {
  test.each(KINDS)('%s', async (_, make) => {
    await stale(() => {
      const random = new Random(41);
      const memory = make(backend);
      memory.store(randomStates(random, N, 5));
      const looks = randomStates(random, N, 3).map((cue) => memory.look(cue));
      memory.forget(1);
      return [...looks, memory.look(random.signs(N))];
    });
  });

  test.each(OPTIONS)('classical, %o', async (options) => {
    await stale(async () => {
      const random = new Random(42);
      const network = new HopfieldNetwork(N, { ...options, backend });
      const memory = falling(network);
      network.store(randomStates(random, N, 4));
      const cues = randomStates(random, N, 3);
      const looks = cues.map((cue) => memory.look(cue));
      const recalls = RECALLS.map((how) => {
        try {
          return network.recallMany(cues, { seed: 3, ...how });
        } catch (error) {
          return String(error);
        }
      });
      const steps = Array.from(network.trajectory(cues[0], { seed: 4, every: 'flip' }));
      network.forget(0);
      const dreams = await Promise.allSettled([network.unlearn({ steps: 3, seed: 1 })]);
      return [
        looks,
        recalls,
        steps,
        dreams[0].status,
        network.save(),
        network.couplings,
        memory.look(cues[1]),
      ];
    });
  });

  test('dreams', async () => {
    await stale(async () => {
      const network = new HopfieldNetwork(N, { backend, thresholds: 0.1 });
      network.store(randomStates(new Random(43), N, 6));
      await network.daydream({ epochs: 2, seed: 1 });
      await network.daydream({ until: 'stable', epochs: 3, seed: 2 });
      return [network.couplings, network.learning, network.save()];
    });
  });
});
