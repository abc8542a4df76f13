import { describe, expect, test } from 'vitest';
import { RestrictedBoltzmannMachine } from '../../src/boltzmann/index.ts';
import { BACKENDS, KINDS, machineOf, randomParameters } from './machines.ts';
import { logZ } from './oracle.ts';

describe.each(BACKENDS)('%s', (backend) => {
  test.each(KINDS)('exact, whichever layer is smaller: $units, $hiddenUnits', async (kind) => {
    for (const [n, h] of [
      [1, 1],
      [3, 9],
      [9, 3],
      [12, 2],
    ]) {
      const p = randomParameters(kind, n, h, n, 0.8);
      const { logZ: found, seed } = await machineOf(p, backend).logPartition({ method: 'exact' });
      expect(found).toBeCloseTo(logZ(p), 11);
      expect(seed).toBeUndefined();
    }
  });

  test.each(KINDS)(
    'annealed: within its error of the exact one: $units, $hiddenUnits',
    async (kind) => {
      const p = randomParameters(kind, 8, 5, 2, kind.hiddenUnits === 'gaussian' ? 0.3 : 1);
      const machine = machineOf(p, backend);
      const options = { method: 'annealed', chains: 60, temperatures: 60, seed: 4 } as const;
      const { logZ: found, standardError, method, seed } = await machine.logPartition(options);
      expect([method, seed]).toEqual(['annealed', 4]);
      expect(standardError).toBeGreaterThan(0);
      expect(standardError).toBeLessThan(0.2);
      expect(Math.abs(found - logZ(p))).toBeLessThan(4 * standardError);
    },
  );

  // One step at once from β = 0: what chains start from is all that counts.
  test.each(KINDS)('annealed in one step: $units, $hiddenUnits', async (kind) => {
    const p = randomParameters(kind, 6, 4, 5, kind.hiddenUnits === 'gaussian' ? 0.3 : 0.6);
    const options = { method: 'annealed', chains: 400, temperatures: 1, seed: 9 } as const;
    const { logZ: found, standardError } = await machineOf(p, backend).logPartition(options);
    expect(standardError).toBeGreaterThan(0);
    expect(standardError).toBeLessThan(0.3);
    expect(Math.abs(found - logZ(p))).toBeLessThan(4 * standardError);
  });
});

test('of independent units ln Z is known, whatever their number', async () => {
  const machine = new RestrictedBoltzmannMachine(40, 30);
  const { logZ: found, standardError, method } = await machine.logPartition({ temperatures: 3 });
  expect(method).toBe('annealed');
  expect(standardError).toBe(0);
  expect(found).toBeCloseTo(70 * Math.LN2, 11);
  // More than ten units: some of them are not in the table.
  const tall = new RestrictedBoltzmannMachine(13, 100);
  expect((await tall.logPartition()).logZ).toBeCloseTo(113 * Math.LN2, 10);
});

test('both backends give the same bits', async () => {
  for (const kind of KINDS) {
    const p = randomParameters(kind, 14, 5, 3, 0.5);
    for (const method of ['exact', 'annealed'] as const) {
      const [a, b] = await Promise.all(
        BACKENDS.map((backend) =>
          machineOf(p, backend).logPartition({ method, chains: 5, temperatures: 7, seed: 2 }),
        ),
      );
      expect(a.logZ).toBe(b.logZ);
      expect(a.standardError).toBe(b.standardError);
    }
  }
});

test('it can be stopped, and notices a change', async () => {
  const machine = machineOf(randomParameters(KINDS[0], 60, 40, 1, 0.1), 'reference');
  const stop = new AbortController();
  const options = { temperatures: 100_000, seed: 1 };
  const stopped = machine.logPartition({
    ...options,
    signal: stop.signal,
    onProgress: (done, of) => {
      expect([done > 0, of]).toEqual([true, 100_000]);
      stop.abort(new Error('enough'));
    },
  });
  await expect(stopped).rejects.toThrow('enough');
  const counting = machine.logPartition(options);
  await machine.train([new Int8Array(60)]);
  await expect(counting).rejects.toThrow('changed meanwhile');
});

test('what cannot be counted is said', async () => {
  const wide = new RestrictedBoltzmannMachine(21, 30);
  await expect(wide.logPartition({ method: 'exact' })).rejects.toThrow(
    "method is 'exact' with 21 visible units, expected at most 20",
  );
  const deep = new RestrictedBoltzmannMachine(30, 5, { hiddenUnits: 'gaussian' });
  await expect(deep.logPartition({ method: 'exact' })).rejects.toThrow('30 visible units');
  await expect(deep.logPartition({ chains: 1 })).rejects.toThrow(
    'chains is 1, expected at least 2',
  );
  await expect(deep.logPartition({ method: 'mean' as never })).rejects.toThrow("method is 'mean'");
  await expect(deep.logPartition({ beta: 1 } as never)).rejects.toThrow('have no beta');
});
