import { describe, expect, test } from 'vitest';
import { anneal, descend, IsingModel, Random } from '../../src/optimise/index.ts';

/** Every state of n spins. */
function* states(n: number): Generator<Int8Array> {
  for (let k = 0; k < 2 ** n; k++) {
    yield Int8Array.from({ length: n }, (_, i) => ((k >> i) & 1 ? 1 : -1));
  }
}

describe.each(['wasm', 'reference'] as const)('%s', (backend) => {
  test('the ground states of small random models are found', async () => {
    for (let seed = 0; seed < 6; seed++) {
      const random = new Random(seed);
      const n = 4 + seed;
      const couplings = Float64Array.from({ length: n * n }, () => random.real() - 0.5);
      const fields = Float64Array.from({ length: n }, () => random.real() - 0.5);
      const model = new IsingModel(n, { couplings, fields, backend });
      let least = Infinity;
      for (const state of states(n)) least = Math.min(least, model.energy(state));
      expect((await anneal(model, { seed })).energy).toBe(least);
      expect((await descend(model, { seed, restarts: 100 })).energy).toBe(least);
    }
  });
});
