import { describe, expect, test } from 'vitest';
import {
  anneal,
  descend,
  IsingModel,
  meanField,
  potts,
  PottsModel,
  Random,
} from '../src/optimise/index.ts';
import type { Backend } from '../src/kernels/open.ts';
import { Digest } from './digest.ts';

/** What seeded searches give: published, so a change of it is a change that users see. Times are not part of it. */
type Result = { state: ArrayLike<number>; energies: Float64Array; energy: number; sweeps: number };

function digestOf(results: readonly Result[]): string {
  const digest = new Digest();
  for (const { state, energies, energy, sweeps } of results) {
    digest.bytes(state);
    digest.doubles(energies);
    digest.doubles([energy, sweeps]);
  }
  return digest.hex;
}

function glass(spins: number, real: boolean, backend: Backend): IsingModel {
  const random = new Random(11);
  const couplings = Float64Array.from({ length: spins * spins }, () =>
    real ? random.real() - 0.5 : random.sign(),
  );
  return new IsingModel(spins, { couplings, backend });
}

function clock(backend: Backend): PottsModel {
  const random = new Random(12);
  const pairs: [number, number, number][] = [];
  for (let g = 0; g < 20; g++) {
    for (let h = g + 1; h < 20; h++) {
      if (random.below(3) > 0) continue;
      for (let a = 0; a < 5; a++) pairs.push([5 * g + a, 5 * h + a, 1 + random.below(3)]);
    }
  }
  return new PottsModel(new Uint8Array(20).fill(5), { pairs, backend });
}

describe.each(['wasm', 'reference'] as const)('%s', (backend) => {
  const options = { seed: 7, restarts: 3, sweeps: 40 };

  test('annealing and descent of spins', async () => {
    const results: Result[] = [];
    for (const model of [glass(50, false, backend), glass(43, true, backend)]) {
      results.push(
        await anneal(model, options),
        await anneal(model, { ...options, rule: 'glauber', schedule: 'geometric' }),
        await descend(model, { seed: 7, restarts: 3 }),
      );
    }
    expect(digestOf(results)).toBe('579f4ae2');
  });

  test('annealing of spins side by side', async () => {
    const random = new Random(13);
    const couplings = Array.from({ length: 45 }, (_, i) =>
      [1, 4].map((step) => [i, (i + step) % 45, random.sign()] as const),
    ).flat();
    const model = new IsingModel(45, {
      couplings,
      fields: Array.from({ length: 45 }, () => random.below(3) - 1),
      backend,
    });
    const many = { ...options, restarts: 21 };
    const results = [
      await anneal(model, many),
      await anneal(model, { ...many, rule: 'glauber', schedule: 'geometric' }),
      await anneal(model, { seed: 7, sweeps: 15 }),
    ];
    expect(results[2].restarts).toBe(16);
    expect(digestOf(results)).toBe('3f7df051');
  });

  test('averages of spins', async () => {
    const results = [
      await meanField(glass(50, false, backend), options),
      await meanField(glass(43, true, backend), options),
    ];
    expect(digestOf(results)).toBe('9f820795');
  });

  test('groups', async () => {
    const model = clock(backend);
    const results = [
      await anneal(model, options),
      await anneal(model, { ...options, rule: 'glauber' }),
      await descend(model, { seed: 7, restarts: 3 }),
      await potts(model, options),
    ];
    expect(digestOf(results)).toBe('abc89747');
  });
});
