/** Turning over all signs, some signs, or the order of the neurons. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random, type Match } from '../../src/index.ts';
import { definitionOf } from '../../src/learning/rules/index.ts';
import {
  BACKENDS,
  build,
  GENERATED,
  hebbians,
  problem,
  randomStates,
  reals,
  REPRESENTATIONS,
  RULES,
} from './cases.ts';

/** Rules whose couplings transform with the patterns, bit for bit: all but those of 0/1 units, which know the active value. */
const GAUGED = RULES.filter(({ name }) => !definitionOf(name).threshold);

const bipolar = hebbians.map((setup) => ({ ...setup, units: 'bipolar' as const }));

function negated(state: Int8Array): Int8Array {
  return state.map((value) => -value);
}

function times(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  return Array.from(a, (value, i) => value * b[i]);
}

/** A gauge keeps overlaps, but not how many neurons are +1. */
function anyCorrelation(match: Match | undefined): unknown {
  return match && { ...match, correlation: expect.any(Number) as number };
}

describe.each(BACKENDS)('%s', (backend) => {
  describe.each(REPRESENTATIONS)('%s', (representation) => {
    test('the reversed cue is recalled as the reversed state (no thresholds, ties kept)', () => {
      fc.assert(
        fc.property(bipolar, ({ neurons, count, seed, selfCoupling }) => {
          const random = new Random(seed);
          const options = { backend, representation, selfCoupling };
          const network = build(neurons, options, randomStates(random, neurons, count));
          const cue = random.signs(neurons);
          for (const update of ['asynchronous', 'synchronous'] as const) {
            const one = network.recall(cue, { update, seed });
            const other = network.recall(negated(cue), { update, seed });
            expect(other).toEqual({
              ...one,
              state: negated(one.state),
              match: one.match && {
                index: one.match.index,
                overlap: -one.match.overlap,
                correlation: 0 - one.match.correlation,
              },
            });
          }
        }),
        GENERATED,
      );
    });

    test('signs of neurons are a gauge: patterns, cues and thresholds turned over together', () => {
      fc.assert(
        fc.property(bipolar, (setup) => {
          const { neurons, seed } = setup;
          const { options, patterns, cues } = problem(setup, 1);
          const gauge = new Random(seed, 9).signs(neurons);
          const thresholds = options.thresholds && times(options.thresholds as number[], gauge);
          const where = { backend, representation };
          const network = build(neurons, { ...options, ...where }, patterns);
          const other = build(
            neurons,
            { ...options, ...where, thresholds },
            patterns.map((p) => Int8Array.from(times(p, gauge))),
          );
          const cue = times(cues[0], gauge);
          for (const update of ['asynchronous', 'synchronous'] as const) {
            const one = network.recall(cues[0], { update, seed });
            expect(other.recall(cue, { update, seed })).toEqual({
              ...one,
              match: anyCorrelation(one.match),
              state: Int8Array.from(times(one.state, gauge)),
            });
          }
          expect(other.energy(cue)).toBe(network.energy(cues[0]));
        }),
        GENERATED,
      );
    });

    test('permuted neurons: the same energies, fields and synchronous steps', () => {
      fc.assert(
        fc.property(hebbians, (setup) => {
          const { neurons, seed } = setup;
          const { options, patterns, cues } = problem(setup, 1);
          const order = new Random(seed, 9).sample(neurons, neurons);
          const moved = (values: ArrayLike<number>) => order.map((i) => values[i]);
          const thresholds = options.thresholds && moved(options.thresholds as number[]);
          const where = { backend, representation };
          const network = build(neurons, { ...options, ...where }, patterns);
          const other = build(
            neurons,
            { ...options, ...where, thresholds },
            patterns.map((p) => Int8Array.from(moved(p))),
          );
          const cue = moved(cues[0]);
          expect(other.energy(cue)).toBe(network.energy(cues[0]));
          expect([...other.fields(cue)]).toEqual(moved(network.fields(cues[0])));
          const step = { update: 'synchronous', maxSweeps: 1, seed } as const;
          const one = network.recall(cues[0], step);
          expect(other.recall(cue, step)).toEqual({
            ...one,
            state: Int8Array.from(moved(one.state)),
          });
        }),
        GENERATED,
      );
    });
  });

  test.each(GAUGED)('the gauge holds for %o', (rule) => {
    const random = new Random(11);
    for (let run = 0; run < 15; run++) {
      const neurons = 2 + random.below(30);
      const patterns = randomStates(random, neurons, 1 + random.below(6));
      const gauge = random.signs(neurons);
      const cue = random.signs(neurons);
      const thresholds = reals(random, neurons, 0.3);
      const network = build(neurons, { rule, backend, thresholds }, patterns);
      const other = build(
        neurons,
        { rule, backend, thresholds: times(thresholds, gauge) },
        patterns.map((p) => Int8Array.from(times(p, gauge))),
      );
      const one = network.recall(cue, { seed: run, maxSweeps: 50 });
      expect(other.recall(times(cue, gauge), { seed: run, maxSweeps: 50 })).toEqual({
        ...one,
        match: anyCorrelation(one.match),
        state: Int8Array.from(times(one.state, gauge)),
      });
    }
  });
});
