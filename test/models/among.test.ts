/** Recall among some of the patterns is, bit for bit, the recall of a memory that stores only those. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  exponential,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  polynomial,
  Random,
  SimplicialHopfieldNetwork,
  type Among,
  type Label,
  type Match,
  type ModernOptions,
} from '../../src/index.ts';
import { Memory as LinearMemory } from '../../src/memory.ts';
import { BACKENDS, GENERATED, hebbians, problem, randomStates, reals, UPDATES } from './cases.ts';

type Backend = (typeof BACKENDS)[number];
type Memory = HopfieldNetwork | DenseAssociativeMemory | SimplicialHopfieldNetwork;

/** All ways to say which patterns are meant; `labels` name each by itself. */
function waysOf(chosen: number[], labels: Label[]): Among[] {
  const mask = labels.map((_, k) => chosen.includes(k));
  const indices = [...chosen].reverse();
  const names = chosen.map((k) => labels[k]);
  const ways: Among[] = [
    mask,
    Uint8Array.from(mask, Number),
    { indices: [...indices, ...chosen] },
    { indices: Int32Array.from(indices) },
    { labels: names },
  ];
  if (names.length > 0) ways.push(names.map(String));
  return ways;
}

const labelsOf = (count: number) => Array.from({ length: count }, (_, k) => `p${k}`);

/** Some of so many, upwards. */
function some(random: Random, count: number): number[] {
  return [...Array(count).keys()].filter(() => random.below(2) === 1);
}

const moved = (chosen: number[]) => (match: Match) => ({ ...match, index: chosen[match.index] });

/** Compares all that recalls give. */
function expectSame(make: () => Memory, patterns: Int8Array[], random: Random, low = -1) {
  const labels = labelsOf(patterns.length);
  const chosen = some(random, patterns.length);
  const [whole, part] = [make(), make()];
  if (patterns.length > 0) whole.store(patterns, { labels });
  if (chosen.length > 0) {
    part.store(
      chosen.map((k) => patterns[k]),
      { labels: chosen.map((k) => labels[k]) },
    );
  }
  const cues = randomStates(random, whole.neurons, 2).map((s) => s.map((x) => (x > 0 ? 1 : low)));
  const before = whole.save();
  for (const update of UPDATES) {
    const temperature = update === 'stochastic' ? 0.7 : undefined;
    const options = { update, temperature, seed: 5, maxSweeps: 20, top: 3 };
    const single = part.recall(cues[0], options);
    const many = part.recallMany(cues, options);
    for (const among of waysOf(chosen, labels)) {
      expect(whole.recall(cues[0], { ...options, among })).toEqual({
        ...single,
        match: single.match && moved(chosen)(single.match),
        top: single.top!.map(moved(chosen)),
      });
      expect(whole.recallMany(cues, { ...options, among })).toEqual({
        ...many,
        matches: { ...many.matches, indices: many.matches.indices.map((k) => chosen[k] ?? -1) },
        tops: many.tops!.map((top) => top.map(moved(chosen))),
      });
    }
  }
  expect(whole.save()).toEqual(before);
}

describe.each(BACKENDS)('%s', (backend) => {
  test.each(['couplings', 'patterns'] as const)('Hebbian networks that hold %s', (held) => {
    const setups = hebbians.filter(
      ({ units, selfCoupling }) => units === 'bipolar' || !selfCoupling,
    );
    fc.assert(
      fc.property(setups, (setup) => {
        const { options, patterns } = problem(setup);
        const all = { ...options, representation: held, backend };
        const low = setup.units === 'binary' ? 0 : -1;
        const make = () => new HopfieldNetwork(setup.neurons, all);
        expectSame(make, patterns, new Random(setup.seed + 1), low);
      }),
      { ...GENERATED, numRuns: 25 },
    );
  });

  const dense: [string, (neurons: number) => Memory][] = [
    ['cubic', (n) => new DenseAssociativeMemory(n, { separation: polynomial(3), backend })],
    ['exponential', (n) => new DenseAssociativeMemory(n, { separation: exponential(), backend })],
    ['simplicial', (n) => new SimplicialHopfieldNetwork(n, { dimension: 2, backend })],
    [
      'exponential simplicial',
      (n) => new SimplicialHopfieldNetwork(n, { dimension: 2, exponential: 0.5, backend }),
    ],
  ];
  test.each(dense)('%s memories', (_, make) => {
    const setups = fc.record({
      neurons: fc.integer({ min: 3, max: 40 }),
      count: fc.nat(12),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(setups, ({ neurons, count, seed }) => {
        const random = new Random(seed);
        expectSame(() => make(neurons), randomStates(random, neurons, count), random);
      }),
      { ...GENERATED, numRuns: 15 },
    );
  });

  const small = fc.record({
    neurons: fc.integer({ min: 1, max: 30 }),
    count: fc.nat(9),
    seed: fc.nat(),
  });
  test('bidirectional memories', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 20 }), ({ neurons, count, seed }, yNeurons) => {
        const random = new Random(seed);
        const labels = labelsOf(count);
        const pairs = labels.map((): [Int8Array, Int8Array] => [
          random.signs(neurons),
          random.signs(yNeurons),
        ]);
        const chosen = some(random, count);
        const [whole, part] = [0, 1].map(
          () => new BidirectionalMemory(neurons, yNeurons, { backend }),
        );
        whole.store([[random.signs(neurons), random.signs(yNeurons)]]);
        whole.forget(0);
        if (count > 0) whole.store(pairs, { labels });
        if (chosen.length > 0) {
          const named = { labels: chosen.map((k) => labels[k]) };
          part.store(
            chosen.map((k) => pairs[k]),
            named,
          );
        }
        const before = whole.save();
        for (const from of ['x', 'y'] as const) {
          const cue = random.signs(from === 'x' ? neurons : yNeurons);
          const options = { from, top: 3 };
          const single = part.recall(cue, options);
          for (const among of waysOf(chosen, labels)) {
            expect(whole.recall(cue, { ...options, among })).toEqual({
              ...single,
              match: single.match && moved(chosen)(single.match),
              top: single.top!.map(moved(chosen)),
            });
          }
        }
        expect(whole.save()).toEqual(before);
      }),
      { ...GENERATED, numRuns: 20 },
    );
  });

  test('graded networks', () => {
    const activations = fc.constantFrom('tanh' as const, 'logistic' as const);
    fc.assert(
      fc.property(small, activations, ({ neurons, count, seed }, activation) => {
        const random = new Random(seed);
        const labels = labelsOf(count);
        const patterns = randomStates(random, neurons, count);
        const chosen = some(random, count);
        const options = { activation, inputs: reals(random, neurons), backend };
        const [whole, part] = [0, 1].map(() => new GradedHopfieldNetwork(neurons, options));
        if (count > 0) whole.store(patterns, { labels });
        if (chosen.length > 0) {
          const named = { labels: chosen.map((k) => labels[k]) };
          part.store(
            chosen.map((k) => patterns[k]),
            named,
          );
        }
        const before = whole.couplings;
        const cue = random.signs(neurons);
        const u0 = reals(random, neurons);
        const how = { maxSteps: 30, top: 3 };
        const singles = [part.recall(cue, how), part.run(u0, how)];
        for (const among of waysOf(chosen, labels)) {
          const all = { ...how, among };
          expect([whole.recall(cue, all), whole.run(u0, all)]).toEqual(
            singles.map((single) => ({
              ...single,
              match: single.match && moved(chosen)(single.match),
              top: single.top!.map(moved(chosen)),
            })),
          );
        }
        expect(whole.couplings).toEqual(before);
      }),
      { ...GENERATED, numRuns: 15 },
    );
  });

  const modern = fc.record({
    dimension: fc.integer({ min: 1, max: 12 }),
    count: fc.nat(9),
    seed: fc.nat(),
    similarity: fc.constantFrom('dot', 'cosine', 'euclidean'),
    separation: fc.constantFrom('softmax', 'sparsemax', { name: 'top-k', k: 2 }),
    withValues: fc.boolean(),
  });
  test('modern networks', () => {
    fc.assert(
      fc.property(modern, ({ dimension, count, seed, similarity, separation, withValues }) => {
        const random = new Random(seed);
        const vector = () => reals(random, dimension);
        const vectors = Array.from({ length: count }, vector);
        const values = withValues ? vectors.map(() => [random.real(), random.real()]) : undefined;
        const labels = labelsOf(count);
        const chosen = some(random, count);
        const options = { beta: 2, similarity, separation, backend } as ModernOptions;
        const whole = new ModernHopfieldNetwork(dimension, options);
        const part = new ModernHopfieldNetwork(dimension, options);
        if (count > 0) whole.store(vectors, { values, labels });
        if (chosen.length > 0) {
          const pick = <T>(list: T[]) => chosen.map((k) => list[k]);
          part.store(pick(vectors), { values: values && pick(values), labels: pick(labels) });
        }
        const energy = similarity !== 'cosine' && chosen.length > 0;
        const how = { steps: 5, top: 3, energy: energy && typeof separation === 'string' };
        const queries = [vector(), vector()];
        const single = part.recall(queries[0], how);
        const many = part.recallMany(queries, how);
        const back = <T extends { index: number }>(match: T) => ({
          ...match,
          index: chosen[match.index],
        });
        for (const among of waysOf(chosen, labels)) {
          expect(whole.recall(queries[0], { ...how, among })).toEqual({
            ...single,
            match: single.match && back(single.match),
            top: single.top!.map(back),
          });
          expect(whole.recallMany(queries, { ...how, among })).toEqual({
            ...many,
            matches: { ...many.matches, indices: many.matches.indices.map((k) => chosen[k] ?? -1) },
            tops: many.tops!.map((top) => top.map(back)),
          });
        }
      }),
      GENERATED,
    );
  });

  test('gives back what memory it takes, also where that falls short or a callback throws', () => {
    const random = new Random(3);
    const vectors = randomStates(random, 50, 20);
    const among = { indices: [...Array(17).keys()] };
    const fail = () => {
      throw new Error('enough');
    };
    const thresholds = 0.1;
    const classical: Memory[] = [
      new HopfieldNetwork(50, { thresholds, units: 'binary', backend }),
      new HopfieldNetwork(50, { thresholds, representation: 'patterns', backend }),
      new DenseAssociativeMemory(50, { backend }),
    ];
    const modern = new ModernHopfieldNetwork(50, { similarity: 'cosine', backend });
    const recalls: (() => unknown)[] = [
      ...classical.flatMap((memory) => {
        memory.store(vectors);
        const recall = (onSweep?: () => void) => memory.recall(vectors[3], { among, onSweep });
        return [() => recall(), () => recall(fail)];
      }),
      () => modern.recall(vectors[3], { among, top: 2 }),
    ];
    modern.store(vectors, { values: vectors });
    // What is made once and kept.
    modern.recall(vectors[3]);
    const pairs = new BidirectionalMemory(50, 50, { backend });
    pairs.store(vectors.map((vector) => [vector, vector]));
    const graded = new GradedHopfieldNetwork(50, { backend }).store(vectors);
    recalls.push(
      () => pairs.recall(vectors[3], { among, top: 2 }),
      () => graded.recall(vectors[3], { among, top: 2, maxSteps: 2 }),
    );
    for (const recall of recalls) {
      let memory: LinearMemory | undefined;
      let used = 0;
      let left = Infinity;
      const { reserve } = LinearMemory.prototype;
      const spy = vi.spyOn(LinearMemory.prototype, 'reserve').mockImplementation(function (
        this: LinearMemory,
        bytes,
      ) {
        if (!memory) [memory, used] = [this, this.used];
        if (left-- === 0) throw new RangeError('short of memory');
        return reserve.call(this, bytes);
      });
      let failures = 0;
      for (let message = 'short of memory'; message === 'short of memory'; failures++) {
        left = failures;
        message = '';
        try {
          recall();
        } catch (error) {
          ({ message } = error as Error);
        }
        expect(memory!.used).toBe(used);
      }
      spy.mockRestore();
      expect(failures).toBeGreaterThan(3);
    }
  });
});

describe('labels', () => {
  test('stand for all patterns that have them, and numbers are labels by name', () => {
    const random = new Random(1);
    const patterns = randomStates(random, 30, 5);
    const network = new DenseAssociativeMemory(30);
    network.store(patterns, { labels: ['a', 7, 'a', undefined, 'b'] });
    const best = (among: Among) =>
      network
        .recall(patterns[3], { seed: 1, among, top: 9 })
        .top!.map(({ index }) => index)
        .sort();
    expect(best(['a'])).toEqual([0, 2]);
    expect(best(['b', 'a'])).toEqual([0, 2, 4]);
    expect(best({ labels: [7, 'b'] })).toEqual([1, 4]);
  });
});

describe('says what is wrong', () => {
  const make = (backend: Backend = 'reference') =>
    new HopfieldNetwork(4, { backend }).store(
      [
        [1, 1, -1, -1],
        [1, -1, 1, -1],
      ],
      { labels: ['a', 3] },
    );
  const cue = [1, 1, -1, -1];

  const wrong: [string, unknown, typeof TypeError | typeof RangeError, string][] = [
    ['a number', 1, TypeError, 'among is 1, expected a mask, { labels: [] } or { indices: [] }'],
    ['null', null, TypeError, 'among is null, expected a mask'],
    ['a text', 'a', TypeError, "among is 'a', expected a mask"],
    ['a short mask', [true], RangeError, 'among has length 1, expected 2 (the stored patterns)'],
    ['indices', [1, 2], RangeError, 'among[1] is 2, expected true or false (or 1 or 0)'],
    ['both', { labels: ['a'], indices: [0] }, TypeError, 'among is an Object, expected a mask'],
    ['neither', {}, TypeError, 'among is an Object, expected a mask'],
    ['a misspelt name', { label: 'a' }, TypeError, 'among is an Object, expected a mask'],
    ['no list', { labels: 'a' }, TypeError, 'among is an Object, expected a mask, { labels: [] }'],
    ['no such label', ['a', 'c'], RangeError, "no pattern has the label 'c'"],
    ['a label of text for a number', ['3'], RangeError, "no pattern has the label '3'"],
    ['no label', { labels: [null] }, TypeError, 'labels[0] is null, expected a string or a finite'],
    ['no such index', { indices: [0, 2] }, RangeError, 'indices[1] is 2, expected an integer from'],
    ['half an index', { indices: [0.5] }, RangeError, 'indices[0] is 0.5, expected an integer'],
  ];
  test.each(wrong)('%s', (_, among, type, message) => {
    const given = among as Among;
    const modern = new ModernHopfieldNetwork(4).store(
      [
        [1, 1, -1, -1],
        [1, -1, 1, -1],
      ],
      {
        labels: ['a', 3],
      },
    );
    const labels = ['a', 3];
    const { patterns } = make();
    const graded = new GradedHopfieldNetwork(4).store(patterns, { labels });
    const pairs = new BidirectionalMemory(4, 4);
    pairs.store(
      patterns.map((pattern) => [pattern, pattern]),
      { labels },
    );
    for (const recall of [
      () => make().recall(cue, { among: given }),
      () => make().recallMany([cue], { among: given }),
      () => modern.recall(cue, { among: given }),
      () => graded.recall(cue, { among: given }),
      () => pairs.recall(cue, { among: given }),
    ]) {
      expect(recall).toThrow(type);
      expect(recall).toThrow(message);
    }
  });

  test('where no part of the energy belongs to a pattern', async () => {
    const among = { indices: [0] };
    const storkey = new HopfieldNetwork(4, { rule: 'storkey' }).store([cue]);
    expect(() => storkey.recall(cue, { among })).toThrow(
      "among is given, but couplings are of the rule 'storkey', expected sums over patterns",
    );
    const dreamt = await make().unlearn({ steps: 1, seed: 1 });
    expect(() => dreamt.recall(cue, { among })).toThrow(TypeError);
    expect(() => dreamt.recall(cue, { among })).toThrow('couplings are dreamt or given');
    const listed = new SimplicialHopfieldNetwork(4, { simplices: [[0, 1, 2]] }).store([cue]);
    expect(() => listed.recall(cue, { among })).toThrow('expected a complete complex');
    const given = GradedHopfieldNetwork.fromCouplings(new Float64Array(16)).store([cue]);
    expect(() => given.recall(cue, { among })).toThrow(TypeError);
    expect(() => given.recall(cue, { among })).toThrow('couplings are given too');
    const graded = new GradedHopfieldNetwork(4).store([cue]);
    expect(() => graded.trajectory(cue, { among } as object)).toThrow('run options have no among');
    expect(() => make().trajectory(cue, { among } as object)).toThrow(
      'trajectory options have no among',
    );
  });

  test('when the network changes during the recall', () => {
    const network = make();
    const onSweep = () => void network.store([1, 1, 1, 1]);
    expect(() => network.recall([1, 1, 1, -1], { among: [1, 1], onSweep })).toThrow(
      'the network was changed during a recall of it',
    );
  });
});
