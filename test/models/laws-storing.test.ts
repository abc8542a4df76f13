/** What is forgotten was never stored; in how many calls patterns are stored does not matter. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { definitionOf } from '../../src/learning/rules/index.ts';
import {
  BACKENDS,
  build,
  GENERATED,
  hebbians,
  problem,
  randomStates,
  REPRESENTATIONS,
  RULES,
} from './cases.ts';

/** Everything that can be seen of a network without changing it. */
function appearance(network: HopfieldNetwork, cues: readonly ArrayLike<number>[]): unknown {
  return {
    couplings: network.couplings,
    patterns: network.patterns,
    energies: cues.map((cue) => network.energy(cue)),
    fields: cues.map((cue) => network.fields(cue)),
    recalls: cues.map((cue) => network.recall(cue, { seed: 3, maxSweeps: 30 })),
    file: network.save(),
  };
}

describe.each(BACKENDS)('%s', (backend) => {
  describe.each(REPRESENTATIONS)('%s', (representation) => {
    test('storing and forgetting is no change at all', () => {
      fc.assert(
        fc.property(hebbians, fc.integer({ min: 1, max: 10 }), (setup, extra) => {
          const { options, patterns, cues } = problem(setup);
          const network = build(setup.neurons, { ...options, backend, representation }, patterns);
          const before = appearance(network, cues);
          const others = randomStates(new Random(setup.seed, 5), setup.neurons, extra);
          network.store(others);
          for (const other of others.reverse()) expect(network.forget(other)).toBe(true);
          // Of equal patterns the first goes: compare only where all are different.
          if (new Set([...patterns, ...others].map(String)).size === patterns.length + extra) {
            expect(appearance(network, cues)).toEqual(before);
          }
        }),
        GENERATED,
      );
    });

    test('whatever is stored, forgotten and looked at in turn, the network is that of what is there', () => {
      const steps = fc.array(
        fc.tuple(
          fc.constantFrom('store', 'forget', 'look'),
          fc.nat(),
          fc.integer({ min: 1, max: 3 }),
        ),
        { minLength: 3, maxLength: 12 },
      );
      fc.assert(
        fc.property(hebbians, steps, (setup, turns) => {
          const { options, patterns, cues } = problem(setup);
          const where = { ...options, backend, representation };
          const network = build(setup.neurons, where, patterns);
          const there = [...patterns];
          const random = new Random(setup.seed, 6);
          for (const [turn, which, count] of turns) {
            if (turn === 'look') network.fields(cues[0]);
            else if (turn === 'store') {
              const more = randomStates(random, setup.neurons, count);
              network.store(more);
              there.push(...more);
            } else if (there.length > 0) {
              // By their places, upwards or downwards.
              const index = which % there.length;
              network.forget(index);
              there.splice(index, 1);
            }
          }
          expect(appearance(network, cues)).toEqual(
            appearance(build(setup.neurons, where, there), cues),
          );
        }),
        { ...GENERATED, numRuns: GENERATED.numRuns / 2 },
      );
    });

    test('forgetting any one leaves the network of the others', () => {
      fc.assert(
        fc.property(hebbians, fc.nat(), (setup, which) => {
          const { options, patterns, cues } = problem({ ...setup, count: setup.count + 1 });
          const where = { ...options, backend, representation };
          const network = build(setup.neurons, where, patterns);
          if (which % 2 === 1) network.recall(cues[0]);
          const gone = patterns[which % patterns.length];
          network.forget(gone);
          const first = patterns.findIndex((p) => String(p) === String(gone));
          const rest = patterns.filter((_, k) => k !== first);
          expect(appearance(network, cues)).toEqual(
            appearance(build(setup.neurons, where, rest), cues),
          );
        }),
        GENERATED,
      );
    });
  });

  // What is added to couplings is rounded after each call; other rules learn from all patterns, whenever they came.
  const additive = RULES.filter(({ name }) => definitionOf(name).additive);
  const exact = RULES.filter((rule) => !additive.includes(rule));

  test.each(exact)('%o: stored in one call or in many', (rule) => {
    const random = new Random(21);
    for (let run = 0; run < 10; run++) {
      const neurons = 1 + random.below(40);
      const patterns = randomStates(random, neurons, 6);
      const cues = randomStates(random, neurons, 2);
      const together = build(neurons, { rule, backend }, patterns);
      const apart = new HopfieldNetwork(neurons, { rule, backend });
      for (const pattern of patterns) apart.store(pattern);
      expect(appearance(apart, cues)).toEqual(appearance(together, cues));
    }
  });

  test.each(additive)('%o: stored in one call or in many, but for rounding', (rule) => {
    const random = new Random(22);
    const neurons = 30;
    const patterns = randomStates(random, neurons, 6);
    const together = build(neurons, { rule, backend }, patterns);
    const apart = new HopfieldNetwork(neurons, { rule, backend });
    for (const pattern of patterns) apart.store(pattern);
    const distances = together.couplings.map((w, k) => Math.abs(w - apart.couplings[k]));
    expect(Math.max(...distances)).toBeLessThan(1e-6);
    for (const cue of randomStates(random, neurons, 5)) {
      expect(apart.recall(cue, { seed: 1 }).state).toEqual(together.recall(cue, { seed: 1 }).state);
    }
  });

  test.each(RULES)('%o: forgetting learns the others anew', (rule) => {
    const random = new Random(23);
    const patterns = randomStates(random, 24, 5);
    const cues = randomStates(random, 24, 2);
    const network = build(24, { rule, backend }, patterns);
    expect(network.forget(patterns[2])).toBe(true);
    expect(network.forget(patterns[2])).toBe(false);
    const others = patterns.filter((_, k) => k !== 2);
    expect(appearance(network, cues)).toEqual(
      appearance(build(24, { rule, backend }, others), cues),
    );
    for (const pattern of others) expect(network.forget(pattern)).toBe(true);
    expect(appearance(network, cues)).toEqual(appearance(build(24, { rule, backend }, []), cues));
  });

  test('dreams and given couplings are lost when something is forgotten', async () => {
    const random = new Random(24);
    const patterns = randomStates(random, 20, 3);
    const cues = randomStates(random, 20, 2);
    const expected = appearance(build(20, { backend }, patterns.slice(1)), cues);
    const dreamt = build(20, { backend }, patterns);
    await dreamt.daydream({ epochs: 2, seed: 1 });
    dreamt.forget(patterns[0]);
    expect(appearance(dreamt, cues)).toEqual(expected);
    const given = HopfieldNetwork.fromCouplings(
      new Float64Array(400).map((_, k) => (k % 21 ? 1 : 0)),
      {
        backend,
      },
    );
    given.store(patterns).forget(patterns[0]);
    expect(appearance(given, cues)).toEqual(expected);
  });

  test('equal patterns are stored twice and forgotten one by one', () => {
    const random = new Random(25);
    const [a, b] = randomStates(random, 20, 2);
    const network = build(20, { backend }, [a, b, a]);
    expect(network.patternCount).toBe(3);
    network.forget(a);
    expect(network.patterns).toEqual([b, a]);
  });
});
