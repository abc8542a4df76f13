import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  HopfieldNetwork,
  Random,
  SimplicialHopfieldNetwork,
  type SimplicialOptions,
} from '../../src/index.ts';
import { BACKENDS, flipped, GENERATED, randomStates, UPDATES } from './cases.ts';
import * as oracle from './simplicial-oracle.ts';

/** Complexes of every kind on N neurons. */
const complexes: fc.Arbitrary<{ neurons: number; seed: number; count: number; kind: number }> =
  fc.record({
    neurons: fc.integer({ min: 2, max: 12 }),
    seed: fc.nat(),
    count: fc.integer({ min: 0, max: 9 }),
    kind: fc.nat({ max: 3 }),
  });

/** A random list of simplices of mixed sizes, none twice, each in random order. */
function someSimplices(random: Random, neurons: number): number[][] {
  const all = oracle.complete(neurons, neurons - 1);
  const picked = random.sample(all.length, 1 + random.below(Math.min(all.length, 60)));
  return picked.map((k) => random.shuffle([...all[k]]));
}

function options(random: Random, neurons: number, kind: number): SimplicialOptions {
  if (kind === 0) return { dimension: 1 + random.below(neurons) };
  if (kind === 1) return { simplices: someSimplices(random, neurons) };
  const shares = [
    { pairs: 1 },
    { pairs: 0.5, triples: 0.5 },
    { pairs: 0.2, triples: 0.3, tetrahedra: 0.5 },
  ][Math.min(random.below(3), neurons < 4 ? 0 : 2)];
  const budget = neurons < 4 ? 1 : 1 + random.below(neurons);
  return { connections: { ...shares, budget }, seed: random.next() };
}

function make(
  { neurons, seed, count, kind }: { neurons: number; seed: number; count: number; kind: number },
  backend: 'wasm' | 'reference' = 'wasm',
) {
  const random = new Random(seed);
  const network = new SimplicialHopfieldNetwork(neurons, {
    ...options(random, neurons, kind),
    backend,
  });
  const patterns = randomStates(random, neurons, count);
  for (const pattern of patterns) network.store(pattern);
  const simplices = network.simplices ?? oracle.complete(neurons, network.dimension);
  const cues = randomStates(random, neurons, 3);
  return { network, patterns, simplices, w: oracle.weights(simplices, patterns), cues, random };
}

describe.each(BACKENDS)('%s', (backend) => {
  test('energies, fields, weights and recalls are those of the enumeration', () => {
    fc.assert(
      fc.property(complexes, (setup) => {
        const { network, simplices, w, cues } = make(setup, backend);
        const N = setup.neurons;
        expect(network.simplexCount).toBe(simplices.length);
        if (network.weights) expect([...network.weights]).toEqual(w);
        for (const cue of cues) {
          expect(network.energy(cue)).toBe((0 - oracle.sum(simplices, w, cue)) * (1 / N));
          expect([...network.fields(cue)]).toEqual(
            oracle.fields(simplices, w, cue).map((h) => h * (1 / N)),
          );
          for (const tie of ['keep', 'positive'] as const) {
            const { state, energy } = network.recall(cue, { order: 'index', tie, maxSweeps: 50 });
            if (tie === 'keep') {
              expect([...state]).toEqual(oracle.descend(simplices, w, cue));
              expect(energy).toBe((0 - oracle.sum(simplices, w, state)) * (1 / N));
            }
          }
        }
      }),
      GENERATED,
    );
  });

  test('complete complexes of every dimension up to 12 neurons', () => {
    for (let neurons = 1; neurons <= 12; neurons++) {
      for (let dimension = 1; dimension <= neurons + 1; dimension++) {
        const random = new Random(neurons, dimension);
        const patterns = randomStates(random, neurons, 4);
        const network = new SimplicialHopfieldNetwork(neurons, { dimension, backend });
        network.store(patterns);
        const simplices = oracle.complete(neurons, dimension);
        const w = oracle.weights(simplices, patterns);
        expect(network.simplexCount).toBe(simplices.length);
        for (const state of [...randomStates(random, neurons, 2), patterns[0]]) {
          expect(network.energy(state)).toBe((0 - oracle.sum(simplices, w, state)) * (1 / neurons));
          expect([...network.fields(state)]).toEqual(
            oracle.fields(simplices, w, state).map((h) => h * (1 / neurons)),
          );
        }
      }
    }
  });

  test('dimension 1 is the Hebbian network, in everything', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 12 }),
        fc.nat(),
        (neurons, count, seed) => {
          const random = new Random(seed);
          const patterns = randomStates(random, neurons, count);
          const simplices = neurons > 1 ? oracle.complete(neurons, 1) : undefined;
          const networks = [
            new HopfieldNetwork(neurons, { backend }),
            new SimplicialHopfieldNetwork(neurons, { dimension: 1, backend }),
            ...(simplices ? [new SimplicialHopfieldNetwork(neurons, { simplices, backend })] : []),
          ];
          if (count > 0) for (const network of networks) network.store(patterns);
          const [hebb, ...others] = networks;
          const clamp = Array.from({ length: neurons }, () => random.below(5) === 0);
          for (const cue of randomStates(random, neurons, 2)) {
            for (const other of others) {
              expect(other.energy(cue)).toBe(hebb.energy(cue));
              expect(other.fields(cue)).toEqual(hebb.fields(cue));
              expect(other.overlaps(cue)).toEqual(hebb.overlaps(cue));
              expect(other.isFixedPoint(cue)).toBe(hebb.isFixedPoint(cue));
              for (const update of UPDATES) {
                const temperature = update === 'stochastic' ? 0.7 : undefined;
                const options = { update, temperature, clamp, maxSweeps: 12, seed: 3 };
                expect(other.recall(cue, options)).toEqual(hebb.recall(cue, options));
                expect([...other.trajectory(cue, options)]).toEqual([
                  ...hebb.trajectory(cue, options),
                ]);
              }
            }
          }
        },
      ),
      GENERATED,
    );
  });

  test('the list of all simplices is the complete complex, in everything', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 11 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(),
        (neurons, dimension, seed) => {
          const random = new Random(seed);
          const patterns = randomStates(random, neurons, 1 + random.below(7));
          const simplices = random.shuffle(oracle.complete(neurons, dimension));
          const [one, other] = [{ dimension }, { simplices }].map((complex) =>
            new SimplicialHopfieldNetwork(neurons, { ...complex, backend }).store(patterns),
          );
          for (const cue of randomStates(random, neurons, 2)) {
            expect(other.energy(cue)).toBe(one.energy(cue));
            expect(other.fields(cue)).toEqual(one.fields(cue));
            for (const update of UPDATES) {
              const temperature = update === 'stochastic' ? 1.7 : undefined;
              const tie = random.below(2) === 0 ? 'keep' : 'positive';
              const options = { update, temperature, tie, maxSweeps: 30, seed: 3 } as const;
              expect(other.recall(cue, options)).toEqual(one.recall(cue, options));
            }
            const flips = { every: 'flip', seed: 5 } as const;
            expect([...other.trajectory(cue, flips)]).toEqual([...one.trajectory(cue, flips)]);
          }
        },
      ),
      GENERATED,
    );
  });

  test('energy never rises along an asynchronous recall, and ends where no neuron would move', () => {
    fc.assert(
      fc.property(complexes, (setup) => {
        const { network, cues } = make(setup, backend);
        for (const cue of cues) {
          let last = Infinity;
          for (const { energy, state } of network.trajectory(cue, { every: 'flip', seed: 1 })) {
            expect(energy).toBeLessThanOrEqual(last);
            expect(network.energy(state)).toBe(energy);
            last = energy;
          }
          const { state, converged } = network.recall(cue, { seed: 1 });
          expect(converged).toBe(true);
          expect(network.isFixedPoint(state)).toBe(true);
          expect(network.fields(state).every((h, i) => h * state[i] >= 0)).toBe(true);
        }
      }),
      GENERATED,
    );
  });

  test('forgetting takes exactly one share away; storing together or apart is the same', () => {
    fc.assert(
      fc.property(complexes, fc.nat(), (setup, pick) => {
        const { network, patterns, simplices, cues } = make(
          { ...setup, count: setup.count + 1 },
          backend,
        );
        const gone = pick % patterns.length;
        expect(network.forget(patterns[gone])).toBe(true);
        const first = patterns.findIndex((p) => p.join() === patterns[gone].join());
        const rest = patterns.filter((_, k) => k !== first);
        expect(network.patterns).toEqual(rest);
        const w = oracle.weights(simplices, rest);
        if (network.weights) expect([...network.weights]).toEqual(w);
        expect([...network.fields(cues[0])]).toEqual(
          oracle.fields(simplices, w, cues[0]).map((h) => h * (1 / setup.neurons)),
        );
        const more = randomStates(new Random(pick), setup.neurons, 70);
        network.store(more);
        if (network.weights) {
          expect([...network.weights]).toEqual(oracle.weights(simplices, [...rest, ...more]));
        }
        for (const pattern of [...rest, ...more]) network.forget(pattern);
        expect(network.patternCount).toBe(0);
        expect(network.fields(cues[0]).every((h) => h === 0)).toBe(true);
        expect(network.forget(cues[0])).toBe(false);
      }),
      { ...GENERATED, numRuns: 30 },
    );
  });
});

test('two backends, same bits', () => {
  fc.assert(
    fc.property(
      complexes,
      fc.constantFrom(undefined, 0.3, 4),
      fc.integer({ min: 13, max: 60 }),
      (setup, exponential, neurons) => {
        const all = BACKENDS.map((backend) => {
          const random = new Random(setup.seed);
          const complex =
            exponential === undefined
              ? {
                  connections: { pairs: 0.4, triples: 0.4, tetrahedra: 0.2 },
                  seed: setup.seed,
                }
              : { dimension: 1 + setup.kind, exponential };
          const network = new SimplicialHopfieldNetwork(neurons, { ...complex, backend });
          network.store(randomStates(random, neurons, 1 + 9 * setup.count));
          const cue = flipped(network.patterns[0], neurons >> 2, random);
          const clamp = Array.from({ length: neurons }, (_, i) => i % 7 === 0);
          return UPDATES.map((update) => {
            const temperature = update === 'stochastic' ? 0.8 : undefined;
            const options = { update, temperature, clamp, maxSweeps: 9, seed: 5 };
            return {
              steps: [...network.trajectory(cue, options)],
              many: network.recallMany([cue, network.patterns[0]], options),
              fields: network.fields(cue),
            };
          });
        });
        expect(all[1]).toEqual(all[0]);
      },
    ),
    { ...GENERATED, numRuns: 40 },
  );
});
