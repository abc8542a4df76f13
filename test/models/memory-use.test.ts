/** No call keeps memory that it does not need. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/index.ts';
import { BACKENDS, build, randomStates, REPRESENTATIONS, RULES, UPDATES } from './cases.ts';

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    return;
  }
  throw new Error('the call should have failed');
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each(REPRESENTATIONS)('hundreds of calls, %s', async (representation) => {
    const random = new Random(81);
    const patterns = randomStates(random, 200, 30);
    const cues = randomStates(random, 200, 4);
    const network = build(200, { backend, representation, thresholds: 0.01 }, patterns);
    const controller = new AbortController();
    controller.abort();
    const round = () => {
      for (const update of UPDATES) {
        const temperature = update === 'stochastic' ? 0.5 : undefined;
        network.recall(cues[0], { update, temperature, maxSweeps: 3 });
      }
      network.recallMany(cues, { maxSweeps: 2 });
      // One followed to its end, one left, one never begun.
      for (const step of network.trajectory(cues[1], { every: 'flip', maxSweeps: 1 })) void step;
      network.trajectory(cues[1]).next();
      network.trajectory(cues[2]);
      network.store(cues[3]);
      network.energy(cues[0]);
      network.forget(cues[3]);
      void [network.couplings, network.fields(cues[0]), network.overlaps(cues[0]), network.save()];
      attempt(() => network.recall([1, 2, 3]));
      attempt(() => network.recall(cues[0], { clamp: [true] }));
      attempt(() => network.recallMany([cues[0], [5]]));
      attempt(() => network.trajectory(Array(200).fill(NaN)));
      attempt(() => network.store([cues[0], Array(200).fill(7)]));
      attempt(() => network.forget([0]));
      attempt(() =>
        network.recall(cues[0], {
          onSweep: () => {
            throw new Error('enough');
          },
        }),
      );
      attempt(() => network.recall(cues[0], { update: 'stochastic', temperature: () => NaN }));
    };
    for (let k = 0; k < 3; k++) round();
    const { bytes } = network;
    for (let k = 0; k < 100; k++) round();
    expect(network.bytes).toBe(bytes);
  });

  test.each(RULES)('%o: storing, forgetting and failed dreams', async (rule) => {
    const random = new Random(82);
    const patterns = randomStates(random, 40, 5);
    const network = build(40, { rule, backend }, patterns);
    const extra = randomStates(random, 40, 2);
    const round = async () => {
      network.store(extra);
      for (const pattern of extra) network.forget(pattern);
      await expect(
        network.daydream({ epochs: 1, signal: AbortSignal.abort() }),
      ).rejects.toBeDefined();
      await expect(network.unlearn({ steps: 1, rate: 1e-30 })).rejects.toBeDefined();
    };
    for (let k = 0; k < 3; k++) await round();
    const { bytes } = network;
    for (let k = 0; k < 50; k++) await round();
    expect(network.bytes).toBe(bytes);
  });

  test('dreams give back what they borrow', async () => {
    const network = build(40, { backend }, randomStates(new Random(83), 40, 5));
    for (let k = 0; k < 3; k++) await network.daydream({ epochs: 1 });
    const { bytes } = network;
    for (let k = 0; k < 15; k++) {
      await network.daydream({ epochs: 1 });
      await network.unlearn({ steps: 3 });
    }
    expect(network.bytes).toBe(bytes);
  });
});
