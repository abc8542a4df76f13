/** One recall in three ways: `recall`, the last step of `trajectory`, an entry of `recallMany`. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecallOptions } from '../../src/index.ts';
import {
  BACKENDS,
  build,
  GENERATED,
  hebbians,
  problem,
  randomStates,
  REPRESENTATIONS,
  RULES,
  UPDATES,
} from './cases.ts';
import { HopfieldNetwork, Random } from '../../src/index.ts';

/** Options for an update that make it end soon. */
function options(update: (typeof UPDATES)[number], seed: number): RecallOptions {
  if (update !== 'stochastic') return { update, seed, maxSweeps: 30 };
  return { update, seed, maxSweeps: 6, temperature: (sweep) => Math.max(0, 0.4 - sweep / 10) };
}

function expectAgreement(network: HopfieldNetwork, cues: number[][], recall: RecallOptions): void {
  const many = network.recallMany(cues, recall);
  const { neurons } = network;
  for (const [k, cue] of cues.entries()) {
    const seed = (recall.seed! + k) >>> 0;
    const one = network.recall(cue, { ...recall, seed });
    expect(one.seed).toBe(seed);
    expect({
      state: many.states.slice(k * neurons, (k + 1) * neurons),
      energy: many.energies[k],
      converged: many.converged[k] === 1,
      period: many.periods[k] || undefined,
      sweeps: many.sweeps[k],
      flips: many.flips[k],
      seed: many.seeds[k],
      match:
        many.matches.indices[k] < 0
          ? undefined
          : {
              index: many.matches.indices[k],
              overlap: many.matches.overlaps[k],
              correlation: many.matches.correlations[k],
            },
    }).toEqual(one);
    expectTrajectory(network, cue, { ...recall, seed });
  }
}

function expectTrajectory(network: HopfieldNetwork, cue: number[], recall: RecallOptions): void {
  const one = network.recall(cue, recall);
  for (const every of ['sweep', 'flip'] as const) {
    if (every === 'flip' && recall.update === 'synchronous') continue;
    const steps = [...network.trajectory(cue, { ...recall, every })];
    expect(steps[0]).toEqual({
      state: Int8Array.from(cue),
      energy: network.energy(cue),
      flips: 0,
      sweep: 0,
    });
    const last = steps[steps.length - 1];
    expect(last.state).toEqual(one.state);
    expect(last.energy).toBe(one.energy);
    expect(steps.reduce((sum, step) => sum + step.flips, 0)).toBe(one.flips);
    if (every === 'sweep') {
      expect(steps.map((step) => step.sweep)).toEqual(steps.map((_, k) => k));
      expect(last.sweep).toBe(one.sweeps);
    } else {
      expect(steps.slice(1).every((step) => step.flips === 1)).toBe(true);
    }
    for (const [k, step] of steps.entries()) {
      expect(step.energy).toBe(network.energy(step.state));
      if (k === 0) continue;
      const changed = step.state.filter((value, i) => value !== steps[k - 1].state[i]);
      expect(changed.length).toBe(step.flips);
    }
  }
}

describe.each(BACKENDS)('%s', (backend) => {
  describe.each(REPRESENTATIONS)('%s', (representation) => {
    test.each(UPDATES)('%s', (update) => {
      fc.assert(
        fc.property(hebbians, (setup) => {
          // Chance and self-couplings of 0/1 units do not go together.
          if (update === 'stochastic' && setup.units === 'binary') setup.selfCoupling = false;
          const { options: network, patterns, cues } = problem(setup, 3);
          expectAgreement(
            build(setup.neurons, { ...network, backend, representation }, patterns),
            cues,
            options(update, setup.seed),
          );
        }),
        { ...GENERATED, numRuns: 25 },
      );
    });
  });

  test.each(RULES)('%o', (rule) => {
    const random = new Random(31);
    const network = build(20, { rule, backend }, randomStates(random, 20, 5));
    const low = network.units === 'binary' ? 0 : -1;
    const cues = randomStates(random, 20, 3).map((cue) =>
      Array.from(cue, (v) => (v > 0 ? 1 : low)),
    );
    for (const update of UPDATES) {
      expectAgreement(network, cues, options(update, 4));
      expectAgreement(network, cues, {
        ...options(update, 4294967295),
        tie: 'positive',
        clamp: cues[0].map((_, i) => i % 3 === 0),
      });
    }
  });
});
