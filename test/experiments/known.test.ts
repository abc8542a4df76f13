/** Experiments against what is known: theory, papers, and simulations by another program. Seeds are fixed. */
import { describe, expect, test } from 'vitest';
import {
  capacity,
  capacityFigure,
  criticalLoad,
  damage,
  models,
  noise,
  temperature,
  type CapacityResult,
  type DamageKind,
  type Experiment,
} from '../../src/experiments/index.ts';

async function all<P extends object, R, S extends object>(experiment: Experiment<P, R, S>) {
  const results = [];
  for await (const result of experiment) results.push(result);
  return results;
}

describe('capacity', () => {
  // Amit, Gutfreund & Sompolinsky 1985: y(√(2α) + (2/√π) exp(−y²)) = erf y, m = erf y.
  test.each([
    [0.1, 0.998],
    [0.12, 0.9919],
  ])('overlap at P/N = %d', async (loads, m) => {
    const [{ overlap }] = await all(capacity({ neurons: 2000, loads, trials: 4, seed: 1 }));
    expect(Math.abs(overlap.value - m)).toBeLessThan(0.002);
  });

  test('half the patterns are lost at 0.138 to 0.148, from N = 1000, 2000 and 3000', async () => {
    const results: CapacityResult[] = [];
    const sizes = [
      [1000, [0.155, 0.17]],
      [2000, [0.152, 0.162]],
      [3000, [0.148, 0.16]],
    ] as const;
    for (const [neurons, loads] of sizes) {
      results.push(...(await all(capacity({ neurons, loads, trials: 2, seed: 3 }))));
    }
    const { sizes: found, limit } = criticalLoad(results)!;
    // Seen elsewhere: above 0.16, 0.157, and 0.152 at N = 4000.
    expect(found[0].value).toBeGreaterThan(0.16);
    expect(Math.abs(found[1].value - 0.157)).toBeLessThan(0.003);
    expect(Math.abs(found[2].value - 0.154)).toBeLessThan(0.003);
    expect(limit!.value).toBeGreaterThan(0.138);
    expect(limit!.value).toBeLessThan(0.148);
    expect(limit!.error).toBeLessThan(0.003);
    expect(capacityFigure(results).notes!.join(' ')).toContain('N → ∞');
  });

  test('of 100 neurons and 10 memories about 60 % are stable (Hopfield 1982)', async () => {
    const [{ exact }] = await all(
      capacity({ memory: 'hopfield-1982', neurons: 100, loads: 0.1, trials: 100, seed: 1 }),
    );
    expect(Math.abs(exact.value - 0.6)).toBeLessThan(0.05);
  });

  test('sparse patterns: many more than 0.138 N (Tsodyks & Feigelman 1988)', async () => {
    const [{ recovered }] = await all(
      capacity({ memory: 'covariance:0.05', neurons: 1000, loads: 0.4, trials: 2, seed: 1 }),
    );
    expect(recovered.value).toBeGreaterThan(0.9);
  });
});

test('all memories side by side: in the order of their laws', async () => {
  const memory = ['hebbian', 'storkey', 'polynomial:3', 'polynomial:4', 'exponential'] as const;
  const results = await all(models({ memory, neurons: 16, trials: 5, seed: 1 }));
  const held = memory.map((name) => {
    const own = results.filter((result) => result.memory === name && result.recovered.value >= 0.5);
    return Math.max(...own.map(({ patterns }) => patterns));
  });
  expect(held).toEqual([...held].sort((a, b) => a - b));
  // The Hebbian network holds 0.138 N, exponential memory 2^(N/2), with factors of small N.
  expect(held[0]).toBeLessThan(10);
  expect(held[4]).toBeGreaterThanOrEqual(256);
});

test('basins shrink with the load, and end with retrieval', async () => {
  const results = await all(
    noise({
      neurons: 500,
      loads: [0.02, 0.06, 0.1, 0.25],
      starts: [0.1, 0.3, 0.5, 0.7, 0.9, 1],
      trials: 3,
      seed: 1,
    }),
  );
  const basins = results.map(({ basin }) => basin.value);
  expect(basins).toEqual([...basins].sort((a, b) => b - a));
  expect(basins[0]).toBeGreaterThan(0.4);
  expect(basins[3]).toBe(0);
  // At the pattern itself, what `capacity` measures.
  const last = results[2].curve.at(-1)!;
  expect(last.start).toBe(1);
  expect(Math.abs(last.overlap.value - 0.998)).toBeLessThan(0.004);
});

describe('damage', () => {
  // Replica-symmetric theory with static noise, T = 0; tolerance of N = 1000.
  test.each<[DamageKind, number, number, number]>([
    ['cut', 0.5, 0.06, 0.995],
    ['noise', 1, 0.06, 0.995],
    ['signs', 1, 0.08, 0.993],
    // 0.06 of 1000 neurons is 0.1 of the 600 that are left.
    ['silenced', 0.4, 0.06, 0.998],
  ])('%s %d at P/N = %d: overlap %d', async (kinds, amount, loads, m) => {
    const amounts = kinds === 'signs' ? {} : { [kinds]: amount };
    const [{ overlap }] = await all(damage({ kinds, loads, ...amounts, trials: 2, seed: 1 }));
    expect(Math.abs(overlap.value - m)).toBeLessThan(0.004);
  });

  test('beyond 0.0744 N of 40 % of the couplings, retrieval is lost little by little', async () => {
    const results = await all(
      damage({ kinds: 'cut', cut: 0.6, loads: [0.05, 0.12], trials: 2, seed: 1 }),
    );
    expect(results[0].overlap.value).toBeGreaterThan(0.98);
    expect(results[1].overlap.value).toBeLessThan(0.8);
  });
});

describe('temperature', () => {
  // Replica-symmetric theory; at N = 1000 and P/N = 0.1 some patterns are left already.
  test.each([
    [1000, 0.05, 0.3, 0.9912],
    [1000, 0.02, 0.5, 0.945],
    [2000, 0.1, 0.2, 0.9891],
  ])('overlap at N = %d, P/N = %d, T = %d', async (neurons, loads, temperatures, m) => {
    const [{ overlap, q, susceptibility }] = await all(
      temperature({ neurons, loads, temperatures, trials: 2, seed: 1 }),
    );
    expect(Math.abs(overlap.value - m)).toBeLessThan(0.004);
    expect(susceptibility.value).toBeCloseTo((1 - q.value) / temperatures, 12);
  });

  test('without other patterns m = tanh(m/T), q = m²; above T = 1 nothing is retrieved', async () => {
    const results = await all(
      temperature({
        loads: 0.0005,
        neurons: 2000,
        temperatures: [0.6, 1.5],
        sweeps: 200,
        trials: 2,
        seed: 1,
      }),
    );
    // m = tanh(m/0.6): 0.9073.
    expect(Math.abs(results[0].overlap.value - 0.9073)).toBeLessThan(0.003);
    expect(Math.abs(results[0].q.value - 0.9073 ** 2)).toBeLessThan(0.004);
    expect(Math.abs(results[1].overlap.value)).toBeLessThan(0.1);
  });
});

test('sizes of trials and bad settings are refused by name', () => {
  expect(() => capacity({ neurons: 0 })).toThrow('neurons is 0, expected an integer from 2 to');
  expect(() => capacity({ loads: [] })).toThrow('loads is empty');
  expect(() => capacity({ memory: 'hebb' as 'hebbian' })).toThrow(/expected one of hebbian, /);
  expect(() => capacity({ memory: 'hebbian:2' })).toThrow(/expected hebbian alone/);
  expect(() => capacity({ memory: 'polynomial:1' })).toThrow(/degree, an integer from 2 up/);
  expect(() => capacity({ load: 1 } as object)).toThrow(/have no load/);
  expect(() => damage({ kinds: 'burnt' as 'cut' })).toThrow(/expected one of 'cut'/);
});
