/** The 1982 model: V_i 0 or 1, T_ij = Σ (2V_i − 1)(2V_j − 1), V_i ← 1 if Σ_j T_ij V_j > U_i, 0 if below. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { BACKENDS, bits, randomStates, REPRESENTATIONS } from './cases.ts';

/** All 2^N states. */
function every(neurons: number): number[][] {
  return Array.from({ length: 2 ** neurons }, (_, k) =>
    Array.from({ length: neurons }, (_, i) => (k >> i) & 1),
  );
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each(REPRESENTATIONS)('energy, field and step of every state, %s', (representation) => {
    const random = new Random(91);
    const memories = randomStates(random, 8, 3).map(bits);
    const U = [0, 1, -2, 0.5, 3, 0, -0.25, 1];
    const network = new HopfieldNetwork(8, {
      units: 'binary',
      thresholds: U,
      backend,
      representation,
    }).store(memories);
    const T = (i: number, j: number) =>
      i === j ? 0 : memories.reduce((sum, V) => sum + (2 * V[i] - 1) * (2 * V[j] - 1), 0);
    for (const V of every(8)) {
      const h = V.map((_, i) => V.reduce((sum, v, j) => sum + T(i, j) * v, 0) - U[i]);
      expect([...network.fields(V)]).toEqual(h);
      let E = 0;
      for (let i = 0; i < 8; i++) {
        for (let j = 0; j < 8; j++) E -= (T(i, j) * V[i] * V[j]) / 2;
        E += U[i] * V[i];
      }
      expect(network.energy(V)).toBe(E);
      const next = V.map((v, i) => (h[i] === 0 ? v : h[i] > 0 ? 1 : 0));
      const { state } = network.recall(V, { update: 'synchronous', maxSweeps: 1 });
      expect([...state]).toEqual(next);
    }
  });

  test('asymmetric couplings: energy and field of every state', () => {
    const T = [
      [0.5, 1, -2],
      [3, 0, 0.25],
      [0, -1, 1],
    ];
    const U = [0.5, -1, 0];
    const network = HopfieldNetwork.fromCouplings(T, { units: 'binary', thresholds: U, backend });
    for (const V of every(3)) {
      const field = T.map((row) => row.reduce((sum, t, j) => sum + t * V[j], 0));
      expect([...network.fields(V)]).toEqual(field.map((h, i) => h - U[i]));
      const E = V.reduce((sum, v, i) => sum + U[i] * v - (v * field[i]) / 2, 0);
      expect(network.energy(V)).toBe(E);
      expect(network.recall(V, { maxSweeps: 1, clamp: [1, 1, 1] }).energy).toBe(E);
    }
  });

  test('−1 means 0, and 0/1 comes back', () => {
    const network = new HopfieldNetwork(4, { units: 'binary', backend }).store([1, -1, 1, -1]);
    expect(network.patterns).toEqual([new Int8Array([1, 0, 1, 0])]);
    expect(network.recall([1, -1, 1, -1])).toMatchObject({
      state: new Int8Array([1, 0, 1, 0]),
      converged: true,
      match: { index: 0, overlap: 1 },
    });
  });
});
