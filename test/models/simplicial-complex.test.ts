/** Which simplices a network gets: drawn, given, saved; and what is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DenseAssociativeMemory,
  HopfieldNetwork,
  Random,
  simplicial,
  SimplicialHopfieldNetwork,
  type SimplicialOptions,
} from '../../src/index.ts';
import { encodeModel } from '../../src/models/save-format.ts';
import { drawSimplices } from '../../src/models/simplicial/draw.ts';
import { apportion } from '../../src/models/simplicial/options.ts';
import { BACKENDS, GENERATED, randomStates, UPDATES } from './cases.ts';
import * as oracle from './simplicial-oracle.ts';

const choose = (n: number, k: number) => oracle.combinations(n, k).length;

test('shares are rounded so that the total is the budget exactly', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 2 ** 40 }),
      (a, b, budget) => {
        const [x, y] = [Math.min(a, b), Math.max(a, b)];
        const shares = { pairs: x, triples: y - x, tetrahedra: 1 - y };
        const counts = apportion({ ...shares, budget });
        expect([...counts.values()].reduce((sum, n) => sum + n, 0)).toBe(budget);
        for (const [k, share] of Object.values(shares).entries()) {
          const count = counts.get(k + 2) ?? 0;
          expect(Math.abs(count - share * budget)).toBeLessThanOrEqual(1 + 1e-9 * budget);
          if (share === 0) expect(count).toBe(0);
        }
      },
    ),
    GENERATED,
  );
  const of = (pairs: number, triples: number, budget: number) => [
    ...apportion({ pairs, triples, tetrahedra: 0, budget }),
  ];
  expect(of(0.75, 0.25, 4950)).toEqual([
    [2, 3713],
    [3, 1237],
  ]);
  expect(of(0, 1, 4950)).toEqual([[3, 4950]]);
  expect(of(1 / 3, 2 / 3, 1)).toEqual([[3, 1]]);
});

test('drawn simplices: as many of each kind as asked, all different, upwards, the same for a seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 14 }), fc.nat(), (neurons, seed) => {
      const random = new Random(seed);
      const most = Math.min(choose(neurons, 2), choose(neurons, 3), choose(neurons, 4));
      const budget = 1 + random.below(most);
      const connections = { pairs: 0.3, triples: 0.3, tetrahedra: 0.4, budget };
      const make = () => new SimplicialHopfieldNetwork(neurons, { connections, seed });
      const network = make();
      const simplices = network.simplices!;
      expect(network.simplexCount).toBe(budget);
      expect(simplices.length).toBe(budget);
      expect(network.seed).toBe(seed);
      expect(network.connections).toEqual(connections);
      expect(new Set(simplices.map((s) => s.join())).size).toBe(budget);
      const counts = apportion(connections);
      for (const size of [2, 3, 4]) {
        expect(simplices.filter((s) => s.length === size).length).toBe(counts.get(size) ?? 0);
      }
      for (const simplex of simplices) {
        expect(
          simplex.every((i, k) => i >= 0 && i < neurons && (k === 0 || i > simplex[k - 1])),
        ).toBe(true);
      }
      expect(make().simplices).toEqual(simplices);
    }),
    GENERATED,
  );
});

test('the whole budget of a kind is all of it; the default budget is that of all pairs', () => {
  for (const neurons of [2, 3, 9, 30]) {
    const network = new SimplicialHopfieldNetwork(neurons, { connections: { pairs: 1 }, seed: 3 });
    const sorted = network.simplices!.map((s) => s.join()).sort();
    expect(sorted).toEqual(
      oracle
        .combinations(neurons, 2)
        .map((s) => s.join())
        .sort(),
    );
    const pattern = new Random(1).signs(neurons);
    const hebb = new HopfieldNetwork(neurons).store(pattern);
    const cue = new Random(2).signs(neurons);
    expect(network.store(pattern).recall(cue, { seed: 1 })).toEqual(hebb.recall(cue, { seed: 1 }));
  }
  for (const [kind, size] of [
    ['triples', 3],
    ['tetrahedra', 4],
  ] as const) {
    const budget = choose(9, size);
    const connections = { [kind]: 1, budget };
    const network = new SimplicialHopfieldNetwork(9, { connections, seed: 3 });
    expect(new Set(network.simplices!.map((s) => s.join())).size).toBe(budget);
    expect(network.dimension).toBe(size - 1);
  }
});

test('every simplex is drawn as often as any other', () => {
  // χ² with 19 degrees of freedom is above 43.8 once in a thousand.
  for (const budget of [3, 8, 14]) {
    const counts = new Map(oracle.combinations(6, 3).map((s) => [s.join(), 0]));
    const draws = 4000;
    const connections = { pairs: 0, triples: 1, tetrahedra: 0, budget };
    for (let seed = 0; seed < draws; seed++) {
      const [{ members }] = drawSimplices(6, connections, seed);
      for (let at = 0; at < members.length; at += 3) {
        const key = members.subarray(at, at + 3).join();
        counts.set(key, counts.get(key)! + 1);
      }
    }
    const p = budget / 20;
    const variance = draws * p * (1 - p);
    let chi = 0;
    for (const count of counts.values()) chi += (count - draws * p) ** 2 / variance;
    // Counts of a fixed total: the sum has mean 19·20/20 in units of this variance.
    expect(chi).toBeLessThan(43.8 * (20 / 19));
  }
});

test('a large draw stays exact: tetrahedra of 1000 neurons', () => {
  const connections = { tetrahedra: 1, budget: 20_000 };
  const network = new SimplicialHopfieldNetwork(1000, { connections, seed: 5 });
  const simplices = network.simplices!;
  expect(new Set(simplices.map((s) => s.join())).size).toBe(20_000);
  const mean = simplices.flat().reduce((sum, i) => sum + i, 0) / 80_000;
  expect(Math.abs(mean - 499.5)).toBeLessThan(5);
});

test('given simplices may come in any order, of any sizes up to N', () => {
  const simplices = [[5, 0, 3], [1, 0], [4, 3, 2, 1, 0, 5], Uint8Array.of(2, 5), [0, 5]];
  const network = new SimplicialHopfieldNetwork(6, { simplices });
  expect(network.simplices).toEqual([
    [0, 1],
    [2, 5],
    [0, 5],
    [0, 3, 5],
    [0, 1, 2, 3, 4, 5],
  ]);
  expect(network.dimension).toBe(5);
  expect(network.simplexCount).toBe(5);
  expect([network.seed, network.connections, network.exponential]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  network.store([1, 1, -1, 1, -1, -1]);
  expect([...network.weights!]).toEqual([1, 1, -1, -1, -1]);
});

test('a neuron in no simplex has no field and stays', () => {
  for (const backend of BACKENDS) {
    const network = new SimplicialHopfieldNetwork(5, { simplices: [[1, 3]], backend });
    network.store([1, 1, 1, 1, 1]);
    expect([...network.fields([-1, -1, -1, 1, -1])]).toEqual([0, 0.2, 0, -0.2, 0]);
    expect([...network.recall([-1, -1, -1, 1, -1], { order: 'index' }).state]).toEqual([
      -1, 1, -1, 1, -1,
    ]);
  }
});

const COMPLEXES: [string, SimplicialOptions][] = [
  ['complete', { dimension: 3 }],
  ['exponential', { dimension: 2, exponential: 0.7 }],
  ['drawn', { connections: { pairs: 0.5, triples: 0.25, tetrahedra: 0.25 }, seed: 8 }],
  [
    'given',
    {
      simplices: [
        [0, 1],
        [3, 2, 9],
        [4, 5, 6, 7],
        [8, 0, 1, 2, 3],
      ],
    },
  ],
];

describe.each(COMPLEXES)('%s', (_, options) => {
  const make = (backend: 'wasm' | 'reference' = 'wasm', count = 9) => {
    const network = new SimplicialHopfieldNetwork(18, { ...options, backend });
    const patterns = randomStates(new Random(4), 18, count);
    return count > 0 ? network.store(patterns) : network;
  };
  const cues = randomStates(new Random(5), 18, 3);

  test('a saved network loads, on either backend; a damaged or foreign file does not', () => {
    for (const count of [0, 9]) {
      const network = make('wasm', count);
      const file = network.save();
      for (const backend of BACKENDS) {
        const loaded = SimplicialHopfieldNetwork.load(file, { backend });
        expect(loaded.backend).toBe(backend);
        expect(loaded.save()).toEqual(file);
        for (const name of [
          'neurons',
          'dimension',
          'exponential',
          'connections',
          'seed',
          'simplexCount',
          'simplices',
          'weights',
          'patterns',
        ] as const) {
          expect(loaded[name]).toEqual(network[name]);
        }
        expect(loaded.recall(cues[0], { seed: 1 })).toEqual(network.recall(cues[0], { seed: 1 }));
        for (const one of [loaded, network]) one.store(cues[0]);
        expect(loaded.weights).toEqual(network.weights);
        expect(loaded.energy(cues[1])).toBe(network.energy(cues[1]));
        network.forget(cues[0]);
      }
      for (let k = 0; k < file.length; k++) {
        const altered = file.slice();
        altered[k] ^= 16;
        expect(() => SimplicialHopfieldNetwork.load(altered)).toThrow(/saved model/);
      }
      expect(() => SimplicialHopfieldNetwork.load(file.subarray(0, -1))).toThrow(/cut short/);
      expect(() => HopfieldNetwork.load(file)).toThrow("holds 'SimplicialHopfieldNetwork'");
    }
  });

  test('trajectories that take turns with growing memory between their steps go their own ways', () => {
    for (const backend of BACKENDS) {
      const network = make(backend);
      const ways = UPDATES.map((update) => ({
        update,
        temperature: update === 'stochastic' ? 0.5 : undefined,
        maxSweeps: 6,
        seed: 3,
      }));
      const alone = ways.map((way) => [...network.trajectory(cues[0], way)]);
      const running = ways.map((way) => network.trajectory(cues[0], way));
      const together: unknown[][] = ways.map(() => []);
      for (let open = ways.length, round = 1; open > 0; round++) {
        open = 0;
        for (const [k, way] of running.entries()) {
          const { value, done } = way.next();
          if (done) continue;
          together[k].push(value);
          open++;
          network.recallMany(randomStates(new Random(round), 18, 3), { seed: 1 });
          void network.weights;
        }
      }
      expect(together).toEqual(alone);
    }
  });

  test('a callback that changes or disposes of the network ends the recall and spoils nothing', () => {
    for (const backend of BACKENDS) {
      const network = make(backend);
      const many = randomStates(new Random(6), 18, 3000);
      const expected = make(backend).store(many);
      let stored = false;
      const temperature = () => {
        if (!stored) network.store(many);
        stored = true;
        return 1;
      };
      expect(() => network.recall(cues[0], { update: 'stochastic', temperature, seed: 1 })).toThrow(
        'changed during a recall',
      );
      expect(network.weights).toEqual(expected.weights);
      expect(network.fields(cues[0])).toEqual(expected.fields(cues[0]));
      expect(() => network.recall(cues[0], { onSweep: () => network.forget(many[0]) })).toThrow(
        'changed during a recall',
      );
      const waiting = network.trajectory(cues[0], { seed: 1 });
      waiting.next();
      expect(() => network.recall(cues[0], { onSweep: () => network.dispose() })).toThrow(
        'disposed of',
      );
      expect(() => waiting.next()).toThrow('disposed of');
      for (const use of [
        () => network.energy(cues[0]),
        () => network.save(),
        () => network.weights,
        () => network.simplices,
        () => network.store(cues[0]),
        () => network.forget(cues[0]),
      ]) {
        expect(use).toThrow('the network has been disposed of');
      }
    }
  });

  test('a failed store leaves the network as it was', () => {
    const network = make();
    const before = network.save();
    const weights = network.weights;
    const bad = [cues[0], cues[1].map((s, i) => (i === 17 ? 3 : s))];
    expect(() => network.store(bad)).toThrow('pattern 1[17] is 3');
    expect(() => network.store([])).toThrow('patterns is empty');
    expect(() => network.store([NaN, ...cues[0].subarray(1)])).toThrow('pattern[0] is NaN');
    expect(network.save()).toEqual(before);
    expect(network.weights).toEqual(weights);
  });

  test('clamped neurons stay; recallMany is as many recalls; trajectories end where recall does', () => {
    const network = make();
    const clamp = cues[0].map((_, i) => (i % 3 === 0 ? 1 : 0));
    for (const update of UPDATES) {
      const temperature = update === 'stochastic' ? 0.5 : undefined;
      const options = { update, temperature, clamp, maxSweeps: 8, seed: 20 };
      const all = network.recallMany(cues, options);
      cues.forEach((cue, k) => {
        const one = network.recall(cue, { ...options, seed: 20 + k });
        expect(one.state).toEqual(all.states.slice(18 * k, 18 * k + 18));
        expect([one.energy, one.sweeps, one.flips, one.period ?? 0]).toEqual([
          all.energies[k],
          all.sweeps[k],
          all.flips[k],
          all.periods[k],
        ]);
        expect(cue.every((s, i) => !clamp[i] || s === one.state[i])).toBe(true);
        const last = [...network.trajectory(cue, { ...options, seed: 20 + k })].at(-1)!;
        expect([last.state, last.energy, last.sweep]).toEqual([one.state, one.energy, one.sweeps]);
      });
    }
  });
});

test('synchronous recall of triples finds cycles longer than 2', () => {
  const periods = new Set<number | undefined>();
  for (let seed = 0; seed < 300; seed++) {
    const random = new Random(seed);
    const network = new SimplicialHopfieldNetwork(9, {
      connections: { triples: 1, budget: 30 },
      seed,
    }).store(randomStates(random, 9, 2));
    const cue = random.signs(9);
    const { period, state } = network.recall(cue, { update: 'synchronous', seed: 1 });
    periods.add(period);
    let now = Array.from(state);
    for (let step = 0; step < period!; step++) {
      if (step > 0) expect(now).not.toEqual([...state]);
      const h = network.fields(now);
      now = now.map((s, i) => (h[i] === 0 ? s : Math.sign(h[i])));
    }
    expect(now).toEqual([...state]);
  }
  expect(Math.max(...[...periods].map((p) => p ?? 0))).toBeGreaterThan(2);
});

test('sums that would leave their integers are refused before anything changes', () => {
  // All 19,600 triples of 50 neurons, 1,176 a neuron: 913,046 patterns are too many.
  const network = new SimplicialHopfieldNetwork(50, {
    connections: { triples: 1, budget: 19_600 },
    seed: 1,
  });
  const pattern = new Int8Array(50).fill(1);
  network.store(pattern);
  const huge = Array.from({ length: 913_045 }, () => pattern);
  expect(() => network.store(huge)).toThrow('expected a product below 2^30');
  expect(network.patternCount).toBe(1);
  expect([...network.weights!]).toEqual(Array.from({ length: 19_600 }, () => 1));
});

test('bad arguments say what was given and what was expected', () => {
  const make =
    (options: unknown, neurons = 6) =>
    () =>
      new SimplicialHopfieldNetwork(neurons, options as SimplicialOptions);
  const wrong: [() => unknown, ErrorConstructor, string][] = [
    [make({}, 0), RangeError, 'neurons is 0'],
    [make(null), TypeError, 'simplicial network options are null'],
    [make({ rule: 'hebbian' }), TypeError, 'simplicial network options have no rule'],
    [make({ dimension: 0 }), RangeError, 'dimension is 0, expected a positive integer'],
    [make({ dimension: 1.5 }), RangeError, 'dimension is 1.5'],
    [make({ dimension: NaN }), RangeError, 'dimension is NaN'],
    [make({ dimension: '2' }), TypeError, "dimension is '2'"],
    [make({ dimension: 2, simplices: [[0, 1]] }), TypeError, 'dimension and simplices are given'],
    [make({ exponential: 0 }), RangeError, 'exponential is 0, expected a number from 1e-6 to 1e6'],
    [make({ exponential: true }), TypeError, 'exponential is true'],
    [
      make({ exponential: 1, simplices: [[0, 1]] }),
      TypeError,
      'exponential is given with simplices',
    ],
    [make({ seed: 1 }), TypeError, 'seed is given without connections'],
    [make({ connections: { pairs: 1 }, seed: -1 }), RangeError, 'seed is -1'],
    [make({ connections: {} }), RangeError, 'the shares of connections add up to 0, expected 1'],
    [make({ connections: { pairs: 0.5 } }), RangeError, 'add up to 0.5'],
    [make({ connections: { pairs: 2, triples: -1 } }), RangeError, 'connections.pairs is 2'],
    [make({ connections: { pairs: NaN } }), RangeError, 'connections.pairs is NaN'],
    [make({ connections: { pears: 1 } }), TypeError, 'connections have no pears'],
    [make({ connections: [1] }), TypeError, 'connections have no 0'],
    [make({ connections: { pairs: 1, budget: 0 } }), RangeError, 'connections.budget is 0'],
    [make({ connections: { pairs: 1, budget: 2.5 } }), RangeError, 'connections.budget is 2.5'],
    [
      make({ connections: { pairs: 1, budget: 16 } }),
      RangeError,
      'connections ask for 16 pairs, but 6 neurons have only 15',
    ],
    [
      make({ connections: { tetrahedra: 1 } }, 4),
      RangeError,
      'connections ask for 6 tetrahedra, but 4 neurons have only 1',
    ],
    [make({ connections: { triples: 1 } }, 2), RangeError, 'connections ask for 1 triples'],
    [make({ connections: { pairs: 1 } }, 1), RangeError, 'connections.budget is 0'],
    [
      make({ connections: { tetrahedra: 1, budget: 10 } }, 100_000),
      RangeError,
      'too many to draw from',
    ],
    [
      make({ connections: { pairs: 1 } }, 100_000),
      RangeError,
      'the simplices need 79999200000 bytes',
    ],
    [make({ simplices: [] }), RangeError, 'simplices is empty'],
    [make({ simplices: 3 }), TypeError, 'simplices is 3'],
    [make({ simplices: [[]] }), RangeError, 'simplices[0] has 0 neurons, expected 2 to 6'],
    [make({ simplices: [[0, 1], [2]] }), RangeError, 'simplices[1] has 1 neurons'],
    [
      make({ simplices: [[0, 1, 2]] }, 2),
      RangeError,
      'simplices[0] has 3 neurons, expected 2 to 2',
    ],
    [make({ simplices: [[0, 6]] }), RangeError, 'simplices[0][1] is 6, expected an integer from 0'],
    [make({ simplices: [[0, NaN]] }), RangeError, 'simplices[0][1] is NaN'],
    [make({ simplices: [[0, '1']] }), TypeError, "simplices[0][1] is '1'"],
    [make({ simplices: [[3, 1, 3]] }), RangeError, 'simplices[0] has neuron 3 twice'],
    [make({ simplices: [5] }), TypeError, 'simplices[0] is 5, expected a list of neurons'],
    [
      make({
        simplices: [
          [0, 1],
          [2, 3],
          [1, 0],
        ],
      }),
      RangeError,
      'simplices[2] is simplices[0] again: 0,1',
    ],
    [() => simplicial(0), RangeError, 'dimension is 0'],
    [
      () => new DenseAssociativeMemory(6, { separation: { name: 'simplicial' } as never }),
      TypeError,
      'dimension is undefined',
    ],
  ];
  for (const [call, kind, message] of wrong) {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  }
  const { seed } = new SimplicialHopfieldNetwork(6, { connections: { pairs: 1 } });
  expect(Number.isInteger(seed)).toBe(true);
});

test('files whose checksum is right and whose contents are not', () => {
  const file = (description: object, sections: Uint8Array[]) =>
    encodeModel(
      { model: 'SimplicialHopfieldNetwork', neurons: 4, patterns: 0, ...description },
      sections,
    );
  const none = new Uint8Array(0);
  const load = (description: object, sections: Uint8Array[]) => () =>
    SimplicialHopfieldNetwork.load(file(description, sections));
  expect(load({}, [none, none])).toThrow('complex is undefined, expected');
  expect(load({ complex: { dimension: 1 } }, [none])).toThrow(
    'number of sections is 1, expected 2',
  );
  expect(load({ complex: { dimension: -1 } }, [none, none])).toThrow('dimension is -1');
  expect(load({ complex: { dimension: 1 }, patterns: 3 }, [none, none])).toThrow(
    'length of patterns is 0, expected 3',
  );
  expect(load({ complex: {}, sizes: [[2, 1]] }, [none, none])).toThrow(
    'length of simplices is 0, expected 8',
  );
  const outside = Uint8Array.of(0, 0, 0, 0, 9, 0, 0, 0);
  expect(load({ complex: {}, sizes: [[2, 1]] }, [none, outside])).toThrow('simplices[0][1] is 9');
  expect(() => SimplicialHopfieldNetwork.load('file' as never)).toThrow(TypeError);
});
