/** Memories of sequences: steps against the definition, symmetries, storing and forgetting, replays. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exponential,
  polynomial,
  Random,
  SequenceMemory,
  type SequenceOptions,
  type SequenceSeparation,
} from '../../../src/index.ts';
import { BACKENDS, flipped, GENERATED, randomStates } from '../cases.ts';
import * as oracle from './oracle.ts';

const worlds = fc.record({
  neurons: fc.integer({ min: 1, max: 24 }),
  spans: fc.array(fc.record({ length: fc.integer({ min: 1, max: 9 }), cyclic: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  seed: fc.nat(),
});

type World = typeof worlds extends fc.Arbitrary<infer W> ? W : never;

/** Sequences, some of whose patterns are equal to others, and the memory of them. */
function build({ neurons, spans, seed }: World, options: SequenceOptions) {
  const random = new Random(seed);
  const memory = new SequenceMemory(neurons, options);
  const patterns: Int8Array[] = [];
  for (const { length, cyclic } of spans) {
    const sequence = randomStates(random, neurons, length).map((pattern) =>
      patterns.length > 0 && random.below(6) === 0
        ? patterns[random.below(patterns.length)]
        : pattern,
    );
    memory.store(sequence, { cyclic });
    patterns.push(...sequence);
  }
  const chain = { patterns, successors: oracle.successorsOf(spans) };
  return { memory, chain, random };
}

const DEGREES: [SequenceSeparation, number][] = [
  ['linear', 1],
  [polynomial(2), 2],
  [polynomial(3), 3],
  [polynomial(5), 5],
];

describe.each(BACKENDS)('%s', (backend) => {
  test.each(DEGREES)('a step is the definition, ties included: %o', (separation, n) => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { memory, chain, random } = build(world, { separation, backend });
        for (const state of [random.signs(world.neurons), chain.patterns[0]]) {
          expect(Array.from(memory.next(state))).toEqual(oracle.power(chain, state, n));
        }
      }),
      GENERATED,
    );
  });

  test('exact up to 2⁵³: large powers of many neurons', () => {
    const random = new Random(12);
    // (N + 1)ⁿ P is 2⁵²: overlaps, and weights of 47 bits.
    const neurons = 255;
    const patterns = randomStates(random, neurons, 16);
    const memory = new SequenceMemory(neurons, { separation: polynomial(6), backend });
    memory.store(patterns, { cyclic: true });
    const chain = { patterns, successors: oracle.successorsOf([{ length: 16, cyclic: true }]) };
    for (const state of [random.signs(neurons), flipped(patterns[3], 100, random)]) {
      expect(Array.from(memory.next(state))).toEqual(oracle.power(chain, state, 6));
    }
    // What calls for a pattern calls for its reverse: all is a tie, of numbers of 47 bits.
    const a = patterns[7];
    const both = new SequenceMemory(neurons, { separation: polynomial(6), backend });
    both.store([patterns[5], a]).store([patterns[5], a.map((s) => -s)]);
    const state = flipped(patterns[5], 3, random);
    expect(both.next(state)).toEqual(state);
  });

  test.each([0.05, 0.4, 30])(
    'e^(βx), β = %d: a step is the definition, but for rounding',
    (beta) => {
      fc.assert(
        fc.property(worlds, (world) => {
          const { memory, chain, random } = build(world, {
            separation: exponential(beta),
            backend,
          });
          for (const state of [random.signs(world.neurons), chain.patterns[0]]) {
            const next = memory.next(state);
            for (const [i, { h, size }] of oracle.exponential(chain, state, beta).entries()) {
              if (Math.abs(h) > 1e-12 * size) expect(next[i]).toBe(h > 0 ? 1 : -1);
            }
          }
        }),
        { ...GENERATED, numRuns: 30 },
      );
    },
  );

  test.each([
    ['linear' as const, (x: number) => x],
    [polynomial(2), (x: number) => x * x],
    [exponential(20), (x: number) => Math.exp(20 * (x - 1))],
  ])('slow: steps are the definition, zeros before the start: %o', (separation, f) => {
    fc.assert(
      fc.property(
        worlds,
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0.3, max: 4, noNaN: true }),
        (world, hold, strength) => {
          const { memory, chain, random } = build(world, { separation, hold, strength, backend });
          const states: Int8Array[] = [];
          for (const { state } of memory.recall(random.signs(world.neurons), { steps: 10 })) {
            if (states.length > 0) {
              const fields = oracle.slow(chain, states, f, hold, strength);
              for (const [i, { h, size }] of fields.entries()) {
                if (Math.abs(h) > 1e-9 * size) expect(state[i]).toBe(h > 0 ? 1 : -1);
              }
            } else if (hold > 1) {
              expect(memory.next(state)).toEqual([...memory.recall(state, { steps: 1 })][1].state);
            }
            states.unshift(state);
          }
        },
      ),
      { ...GENERATED, numRuns: 25 },
    );
  });

  test('odd powers: −s steps to minus what s steps to; even ones: to the same, ties aside', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 6 }), (world, n) => {
        const separation = n === 1 ? 'linear' : polynomial(n);
        const { memory, random } = build(world, { separation, backend });
        const state = random.signs(world.neurons);
        const next = memory.next(state);
        const other = memory.next(state.map((s) => -s));
        for (const [i, s] of next.entries()) {
          if (n % 2 === 1) expect(other[i]).toBe(-s);
          else if (other[i] !== s) expect([s, other[i]]).toEqual([state[i], -state[i]]);
        }
      }),
      GENERATED,
    );
  });

  test('sequences beside each other do not depend on their order; a forgotten one leaves nothing', () => {
    const random = new Random(5);
    const neurons = 60;
    const [a, b, c] = [4, 6, 5].map((length) => randomStates(random, neurons, length));
    const options = { separation: polynomial(2), backend };
    const label = (name: string, list: Int8Array[]) => list.map((_, k) => `${name}${k}`);
    const one = new SequenceMemory(neurons, options);
    one
      .store(a, { labels: label('a', a) })
      .store(b, { cyclic: true })
      .store(c);
    const two = new SequenceMemory(neurons, options).store(b, { cyclic: true }).store(c).store(a);
    for (const state of [...randomStates(random, neurons, 5), b[2]]) {
      expect(one.next(state)).toEqual(two.next(state));
    }
    expect(one.sequences).toEqual([
      { start: 0, length: 4, cyclic: false },
      { start: 4, length: 6, cyclic: true },
      { start: 10, length: 5, cyclic: false },
    ]);
    one.forget(1);
    const left = new SequenceMemory(neurons, options);
    left.store(a, { labels: label('a', a) }).store(c);
    expect(one.save()).toEqual(left.save());
    for (const state of randomStates(random, neurons, 5)) {
      expect(one.next(state)).toEqual(left.next(state));
    }
    one.forget(0);
    expect(one.patterns).toEqual(c);
    one.forget(0);
    expect(one.patternCount).toBe(0);
    expect(one.next(a[0])).toEqual(a[0]);
  });

  test('a replay: the cue, then step by step to the end, where it stays; cyclic, round and round', () => {
    const random = new Random(6);
    const neurons = 200;
    const [way, ring] = [randomStates(random, neurons, 6), randomStates(random, neurons, 5)];
    const memory = new SequenceMemory(neurons, { backend });
    memory.store(way, { labels: ['a', 'b', 'c', 'd', 'e', 'f'] }).store(ring, { cyclic: true });
    const cue = flipped(way[1], 30, random);
    const steps = [...memory.recall(cue)];
    // As many steps as there are patterns.
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, k) => k));
    expect(steps[0]).toMatchObject({ flips: 0, match: { index: 1, overlap: 0.7, label: 'b' } });
    expect(steps[0].state).toEqual(cue);
    const places = steps.map(({ position }) => [position!.sequence, position!.index]);
    expect(places).toEqual([1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5].map((index) => [0, index]));
    expect(steps.slice(1).every(({ match }) => match!.overlap === 1)).toBe(true);
    for (const [k, { flips, state }] of steps.entries()) {
      if (k === 0) continue;
      const { state: before } = steps[k - 1];
      expect(flips).toBe(state.filter((s, i) => s !== before[i]).length);
      expect(memory.next(before)).toEqual(state);
    }
    let seen = 0;
    for (const { position, step } of memory.recall(ring[3], { steps: Infinity })) {
      expect(position).toEqual({ sequence: 1, index: (3 + step) % 5 });
      if (++seen === 17) break;
    }
    const strangers = [...memory.recall(random.signs(neurons), { steps: 1, quantile: 0.999999 })];
    expect(strangers[0]).toMatchObject({ match: undefined, position: undefined });
  });

  test('one lap exactly', () => {
    const laps = (neurons: number, count: number, n: number, networks: number) => {
      for (let seed = 0; seed < networks; seed++) {
        const patterns = randomStates(new Random(seed), neurons, count);
        const separation = n === 1 ? 'linear' : polynomial(n);
        const memory = new SequenceMemory(neurons, { separation, backend });
        memory.store(patterns, { cyclic: true });
        let k = 0;
        for (const { state } of memory.recall(patterns[0])) {
          expect(state).toEqual(patterns[k++ % count]);
        }
        expect(k).toBe(count + 1);
      }
    };
    laps(200, 8, 1, backend === 'wasm' ? 20 : 2);
    laps(50, 200, 3, backend === 'wasm' ? 6 : 1);
  });
});

test('both backends give the same bits, labels and places, where nothing is exact, too', () => {
  const random = new Random(9);
  const patterns = randomStates(random, 130, 300);
  const cue = random.signs(130);
  const KINDS: SequenceOptions[] = [
    {},
    { separation: polynomial(40) },
    { separation: exponential(0.3) },
    { separation: polynomial(2), hold: 3, strength: 1.7 },
    { separation: exponential(9), hold: 4 },
  ];
  for (const options of KINDS) {
    const [a, b] = BACKENDS.map((backend) => {
      const memory = new SequenceMemory(130, { ...options, backend }).store(patterns);
      return [...memory.recall(cue, { steps: 12 })];
    });
    expect(a).toEqual(b);
    expect(a[1].flips).toBeGreaterThan(0);
  }
});
