/** What long work tells of itself: how much is done, which never falls, of how much, which stays; at the end all. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { BoltzmannMachine } from '../../src/boltzmann/index.ts';
import { BACKENDS, KINDS, machineOf, randomParameters } from './machines.ts';

afterEach(() => vi.restoreAllMocks());

/** What is told where every so many looks at the clock are a turn. */
async function told(
  looks: number,
  work: (onProgress: (done: number, of: number) => void) => Promise<unknown>,
): Promise<[number, number][]> {
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (clock += 21 / looks));
  const list: [number, number][] = [];
  await work((done, of) => list.push([done, of]));
  vi.restoreAllMocks();
  return list;
}

const states = Array.from({ length: 10 }, (_, k) => [k & 1, (k >> 1) & 1, (k >> 2) & 1, 1]);

describe.each(BACKENDS)('%s', (backend) => {
  test.each([1, 3, 7])('a turn every %i looks', async (looks) => {
    const machine = machineOf(randomParameters(KINDS[0], 4, 3, 1), backend);
    const full = new BoltzmannMachine(4, { backend });
    // Ten states in minibatches of four are three an epoch.
    const training = { epochs: 4, batch: 4, seed: 1 };
    const signs = states.map((state) => state.map((bit) => 2 * bit - 1));
    for (const [of, list] of [
      [12, await told(looks, (onProgress) => machine.train(states, { ...training, onProgress }))],
      [12, await told(looks, (onProgress) => full.train(signs, { ...training, onProgress }))],
      [
        9,
        await told(looks, (onProgress) =>
          machine.logPartition({ method: 'annealed', temperatures: 9, seed: 1, onProgress }),
        ),
      ],
    ] as const) {
      const done = list.map(([each]) => each);
      expect(list.map(([, all]) => all)).toEqual(list.map(() => of));
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect(done.at(-1)).toBe(of);
      expect(done.length).toBeGreaterThan(1);
      // One after the other, the last perhaps twice.
      if (looks === 1)
        expect([...new Set(done)]).toEqual(Array.from({ length: of }, (_, k) => k + 1));
    }
  });
});
