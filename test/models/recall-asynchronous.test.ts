/** One neuron at a time: sweeps, flips, orders, ties, clamps, seeds and stopping. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random, type SweepReport } from '../../src/index.ts';
import { BACKENDS, build, flipped, randomStates, REPRESENTATIONS } from './cases.ts';
import { isFixed, plain, zeros } from './oracle.ts';

describe.each(BACKENDS)('%s', (backend) => {
  describe.each(REPRESENTATIONS)('%s', (representation) => {
    const random = new Random(191);
    const patterns = randomStates(random, 64, 4);
    const make = () => build(64, { backend, representation }, patterns);

    test('a noisy pattern comes back', () => {
      const network = make();
      for (const [index, pattern] of patterns.entries()) {
        const result = network.recall(flipped(pattern, 6, random), { seed: 9 });
        expect(result).toEqual({
          state: pattern,
          energy: network.energy(pattern),
          converged: true,
          period: 1,
          sweeps: 2,
          flips: 6,
          seed: 9,
          match: { index, overlap: 1, correlation: 1 },
        });
        const reversed = flipped(pattern, 4, random).map((value) => -value);
        expect(network.recall(reversed).match).toEqual({ index, overlap: -1, correlation: -1 });
      }
    });

    test('a fixed point takes one quiet sweep', () => {
      expect(make().recall(patterns[0])).toMatchObject({
        sweeps: 1,
        flips: 0,
        converged: true,
        period: 1,
      });
    });

    test('maxSweeps: what is not finished is not converged', () => {
      const network = make();
      const slow = (state: Int8Array) => network.recall(state, { seed: 1 }).sweeps > 3;
      const cue = randomStates(random, 64, 100).find(slow)!;
      const full = network.recall(cue, { seed: 1 });
      const steps = [...network.trajectory(cue, { seed: 1 })];
      for (let maxSweeps = 1; maxSweeps < full.sweeps; maxSweeps++) {
        const cut = network.recall(cue, { seed: 1, maxSweeps });
        const standing = network.isFixedPoint(cut.state);
        expect(cut).toMatchObject({
          state: steps[maxSweeps].state,
          sweeps: maxSweeps,
          converged: standing,
          period: standing ? 1 : undefined,
        });
      }
      expect(network.recall(cue, { seed: 1, maxSweeps: full.sweeps })).toEqual(full);
    });

    test('onSweep sees every sweep and can stop', () => {
      const network = make();
      const cue = random.signs(64);
      const steps = [...network.trajectory(cue, { seed: 1 })].slice(1);
      const seen: SweepReport[] = [];
      const onSweep = (report: SweepReport) => void seen.push(report);
      const full = network.recall(cue, { seed: 1, onSweep });
      const expected = steps.map(({ sweep, flips, energy }) => ({ sweep, flips, energy }));
      expect(seen).toEqual(expected);
      for (const every of ['sweep', 'flip'] as const) {
        seen.length = 0;
        for (const step of network.trajectory(cue, { seed: 1, onSweep, every })) void step;
        expect(seen).toEqual(expected);
      }
      for (let last = 1; last <= full.sweeps; last++) {
        const options = { seed: 1, onSweep: ({ sweep }: SweepReport) => sweep < last };
        const stopped = network.recall(cue, options);
        expect(stopped).toEqual(network.recall(cue, { seed: 1, maxSweeps: last }));
        for (const every of ['sweep', 'flip'] as const) {
          const walked = [...network.trajectory(cue, { ...options, every })].at(-1)!;
          expect(walked.state).toEqual(stopped.state);
        }
      }
    });

    test('clamped neurons never move, the others complete the pattern', () => {
      const network = make();
      const [pattern] = patterns;
      const cue = pattern.map((value, i) => (i < 40 ? value : -value));
      const clamp = Array.from(pattern, (_, i) => i < 40);
      expect(network.recall(cue, { clamp }).state).toEqual(pattern);
      const masks: (Uint8Array | number[])[] = [Uint8Array.from(clamp, Number), clamp.map(Number)];
      for (const mask of masks) {
        expect(network.recall(cue, { clamp: mask, seed: 1 })).toEqual(
          network.recall(cue, { clamp, seed: 1 }),
        );
      }
      const wrong = flipped(pattern, 3, new Random(2));
      const fixed = wrong.map((value, i) => Number(value !== pattern[i]));
      expect(network.recall(wrong, { clamp: fixed }).state).toEqual(wrong);
      expect(network.isFixedPoint(wrong)).toBe(false);
      expect(network.isFixedPoint(wrong, { clamp: fixed })).toBe(true);
      const all = network.recall(random.signs(64), { clamp: new Uint8Array(64).fill(1) });
      expect(all).toMatchObject({ converged: true, sweeps: 1, flips: 0 });
    });

    test('seeds: reported, reproducible, and different when none is given', () => {
      const network = make();
      const cue = random.signs(64);
      const { seed, ...rest } = network.recall(cue);
      expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
      expect(network.recall(cue, { seed })).toEqual({ seed, ...rest });
      const seeds = Array.from({ length: 8 }, () => network.recall(cue).seed);
      expect(new Set(seeds).size).toBeGreaterThan(1);
      const ways = [0, 1, 4294967295].map((given) => {
        const steps = network.trajectory(cue, { seed: given, every: 'flip' });
        return [...steps].map((step) => step.state.join(''));
      });
      expect(ways[0]).not.toEqual(ways[1]);
      expect(ways[1]).not.toEqual(ways[2]);
      const many = network.recallMany([cue, cue, cue], { seed: 4294967294 });
      expect([...many.seeds]).toEqual([4294967294, 4294967295, 0]);
    });
  });

  test('of an empty network every state is fixed, unless ties are positive', () => {
    for (const units of ['bipolar', 'binary'] as const) {
      const network = new HopfieldNetwork(10, { backend, units });
      const state = Int8Array.from(new Random(1).signs(10), (v) =>
        v < 0 && units === 'binary' ? 0 : v,
      );
      const energy = network.energy(state);
      expect(energy).toBe(0);
      expect(network.recall(state, { seed: 1 })).toEqual({
        state,
        energy: 0,
        converged: true,
        period: 1,
        sweeps: 1,
        flips: 0,
        seed: 1,
        match: undefined,
      });
      expect(network.recallMany([state]).matches).toEqual({
        indices: new Int32Array([-1]),
        overlaps: new Float64Array(1),
        correlations: new Float64Array(1),
      });
      expect(network.isFixedPoint(state)).toBe(true);
      expect(network.overlaps(state).length).toBe(0);
      expect(network.recall(state, { tie: 'positive' }).state).toEqual(new Int8Array(10).fill(1));
    }
  });

  test('a negative self-coupling can keep a neuron from rest: unconverged at maxSweeps', () => {
    const network = HopfieldNetwork.fromCouplings([[-1]], { backend });
    const result = network.recall([1], { maxSweeps: 7 });
    expect(result).toMatchObject({ converged: false, period: undefined, sweeps: 7, flips: 7 });
    expect(network.recall([1]).sweeps).toBe(1000);
    const W = zeros(1);
    W[0][0] = -1;
    expect(isFixed({ W, theta: [0], low: -1 }, plain(result.state))).toBe(false);
  });

  test('stochastic updates at temperature 0 are asynchronous ones', () => {
    const random = new Random(192);
    const network = build(50, { backend }, randomStates(random, 50, 6));
    for (const cue of randomStates(random, 50, 5)) {
      const cold = { update: 'stochastic', temperature: 0, maxSweeps: 1000, seed: 3 } as const;
      expect(network.recall(cue, cold)).toEqual(network.recall(cue, { seed: 3 }));
    }
  });
});
