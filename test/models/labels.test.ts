/** Labels go with their patterns: through matches, forgetting, failed calls, files and JSON. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  Random,
  SimplicialHopfieldNetwork,
  type Label,
} from '../../src/index.ts';
import { BACKENDS } from './cases.ts';

type Backend = 'wasm' | 'reference';
type Given = (Label | undefined)[] | undefined;

/** A memory of any kind that holds patterns of 12 signs; `patterns` are what stands for them. */
interface Memory {
  readonly labels: (Label | undefined)[];
  readonly count: number;
  store(patterns: Int8Array[], labels: Given): void;
  forget(which: number | Int8Array | { label: Label }): boolean;
  match(cue: Int8Array): { index: number; label?: Label } | undefined;
  /** Loaded from a file, and from JSON. */
  copies(): Memory[];
}

const N = 12;

function classical<
  T extends
    | HopfieldNetwork
    | DenseAssociativeMemory
    | SimplicialHopfieldNetwork
    | GradedHopfieldNetwork,
>(network: T, load: (bytes: Uint8Array) => T, fromJSON: (value: unknown) => T): Memory {
  return {
    get labels() {
      return network.labels;
    },
    get count() {
      return network.patternCount;
    },
    store: (patterns, labels) => void network.store(patterns, { labels }),
    forget: (which) => network.forget(which),
    match: (cue) =>
      network instanceof GradedHopfieldNetwork
        ? network.recall(cue).match
        : network.recall(cue, { seed: 1 }).match,
    copies: () =>
      [load(network.save()), fromJSON(JSON.parse(JSON.stringify(network)))].map((copy) =>
        classical(copy, load, fromJSON),
      ),
  };
}

function modern(network: ModernHopfieldNetwork): Memory {
  return {
    get labels() {
      return network.labels;
    },
    get count() {
      return network.patternCount;
    },
    store: (patterns, labels) =>
      void network.store(patterns, { labels, values: patterns.map((p) => p[0]) }),
    forget: (which) => network.forget(which),
    match: (cue) => (network.patternCount > 0 ? network.recall(cue).match : undefined),
    copies: () => [
      modern(ModernHopfieldNetwork.load(network.save())),
      modern(ModernHopfieldNetwork.fromJSON(JSON.parse(JSON.stringify(network)))),
    ],
  };
}

function bidirectional(network: BidirectionalMemory): Memory {
  const pair = (pattern: Int8Array) => [pattern, pattern.subarray(0, 5)] as const;
  return {
    get labels() {
      return network.labels;
    },
    get count() {
      return network.pairCount;
    },
    store: (patterns, labels) => void network.store(patterns.map(pair), { labels }),
    forget: (which) => network.forget(which instanceof Int8Array ? pair(which) : which),
    match: (cue) => network.recall(cue).match,
    copies: () => [
      bidirectional(BidirectionalMemory.load(network.save())),
      bidirectional(BidirectionalMemory.fromJSON(JSON.parse(JSON.stringify(network)))),
    ],
  };
}

const MEMORIES: [string, (backend: Backend) => Memory][] = [
  ...(['hebbian', 'palimpsest', 'storkey'] as const).map(
    (rule): [string, (b: Backend) => Memory] => [
      `HopfieldNetwork, ${rule}`,
      (backend) =>
        classical(
          new HopfieldNetwork(N, { rule, backend }),
          HopfieldNetwork.load,
          HopfieldNetwork.fromJSON,
        ),
    ],
  ),
  [
    'DenseAssociativeMemory',
    (backend) =>
      classical(
        new DenseAssociativeMemory(N, { backend }),
        DenseAssociativeMemory.load,
        DenseAssociativeMemory.fromJSON,
      ),
  ],
  [
    'SimplicialHopfieldNetwork',
    (backend) =>
      classical(
        new SimplicialHopfieldNetwork(N, {
          backend,
          simplices: [
            [0, 1, 2],
            [3, 4],
          ],
        }),
        SimplicialHopfieldNetwork.load,
        SimplicialHopfieldNetwork.fromJSON,
      ),
  ],
  [
    'GradedHopfieldNetwork',
    (backend) =>
      classical(
        new GradedHopfieldNetwork(N, { backend }),
        GradedHopfieldNetwork.load,
        GradedHopfieldNetwork.fromJSON,
      ),
  ],
  ['ModernHopfieldNetwork', (backend) => modern(new ModernHopfieldNetwork(N, { backend }))],
  ['BidirectionalMemory', (backend) => bidirectional(new BidirectionalMemory(N, 5, { backend }))],
];

const labels = fc.oneof(
  fc.constantFrom<Label | undefined>(undefined, 0, -0, 'a', 'b', '', '\ud800', 1.5),
  fc.string(),
);
const steps = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('store' as const),
        given: fc.array(labels, { minLength: 1, maxLength: 4 }),
      }),
    },
    fc.record({
      kind: fc.constantFrom('plain', 'fail', 'index', 'pattern', 'label'),
      at: fc.nat(20),
    }),
  ),
  { maxLength: 8 },
);

describe.each(BACKENDS)('%s', (backend) => {
  test.each(MEMORIES)('%s: labels are those of a plain list', (_, make) => {
    fc.assert(
      fc.property(steps, fc.nat(1000), (all, seed) => {
        const random = new Random(seed);
        const memory = make(backend);
        let model: { pattern: Int8Array; label: Label | undefined }[] = [];
        const draw = (count: number) => Array.from({ length: count }, () => random.signs(N));
        for (const step of all) {
          const k = 'at' in step ? step.at % Math.max(1, model.length) : 0;
          switch (step.kind) {
            case 'store': {
              const given = 'given' in step ? step.given : [];
              const patterns = draw(given.length);
              memory.store(patterns, given);
              model.push(...patterns.map((pattern, i) => ({ pattern, label: given[i] })));
              break;
            }
            case 'plain': {
              const [pattern] = draw(1);
              memory.store([pattern], undefined);
              model.push({ pattern, label: undefined });
              break;
            }
            case 'fail': {
              const [good] = draw(1);
              const bad = new Int8Array(N - 1).fill(1);
              expect(() => memory.store([good, bad], ['x', 'y'])).toThrow(RangeError);
              expect(() => memory.store([good], [])).toThrow(/labels has length 0, expected 1/);
              expect(() => memory.store([good], [NaN])).toThrow(/labels\[0\] is NaN/);
              break;
            }
            case 'index':
              if (model.length === 0) break;
              expect(memory.forget(k)).toBe(true);
              model.splice(k, 1);
              break;
            case 'pattern': {
              if (model.length === 0) break;
              const { pattern } = model[k];
              expect(memory.forget(pattern)).toBe(true);
              model.splice(
                model.findIndex((one) => String(one.pattern) === String(pattern)),
                1,
              );
              break;
            }
            default: {
              const label = model[k]?.label ?? 'nobody';
              const had = model.some((one) => one.label === label);
              expect(memory.forget({ label })).toBe(had);
              model = model.filter((one) => one.label !== label);
            }
          }
          expect(memory.count).toBe(model.length);
          // −0 is kept as 0.
          expect(memory.labels).toEqual(model.map(({ label }) => (label === 0 ? 0 : label)));
        }
        const cue = random.signs(N);
        const match = memory.match(cue);
        const label = match && memory.labels[match.index];
        if (match) expect('label' in match ? match.label : undefined).toBe(label);
        for (const copy of memory.copies()) {
          expect(copy.labels).toEqual(memory.labels);
          expect(copy.match(cue)).toEqual(match);
        }
      }),
      { seed: 20260401, numRuns: 30 },
    );
  });

  test('recallMany names the labels of its matches', () => {
    const a = [1, 1, 1, 1, -1, -1];
    const b = [1, -1, 1, -1, 1, -1];
    const labelled = new HopfieldNetwork(6, { backend }).store([a, b], {
      labels: ['a', undefined],
    });
    expect(labelled.recallMany([b, a], { seed: 1 }).matches.labels).toEqual([undefined, 'a']);
    const plain = new HopfieldNetwork(6, { backend }).store([a, b]);
    expect('labels' in plain.recallMany([b, a], { seed: 1 }).matches).toBe(false);
    expect('label' in plain.recall(a, { seed: 1 }).match!).toBe(false);
    const vectors = new ModernHopfieldNetwork(6, { backend }).store([a, b], { labels: [3, 4] });
    expect(vectors.recallMany([b, a]).matches.labels).toEqual([4, 3]);
  });

  test('a second list of patterns is not taken for options', () => {
    const network = new HopfieldNetwork(4, { backend });
    const store = network.store.bind(network) as (...given: unknown[]) => unknown;
    for (const second of [[1, -1, 1, -1], new Int8Array(4), new DataView(new ArrayBuffer(4))]) {
      expect(() => store([1, 1, -1, -1], second)).toThrow(/in one list: store\(\[a, b\]\)/);
    }
    expect(() => store([1, 1, -1, -1], { label: 'a' })).toThrow(/have no label; known are labels/);
    expect(() => store([1, 1, -1, -1], { labels: 'a' })).toThrow(/labels is 'a', expected a list/);
    expect(() => store([1, 1, -1, -1], { labels: [{}] })).toThrow(/labels\[0\] is an Object/);
    expect(() => store([1, 1, -1, -1], null)).toThrow(/store options are null/);
    expect(network.patternCount).toBe(0);
  });

  test('values of vectors: options, a list alone, and one number each', () => {
    const vectors = [
      [1, 0],
      [0, 1],
    ];
    const make = () => new ModernHopfieldNetwork(2, { backend });
    const expected = make()
      .store(vectors, [[5], [6]])
      .save();
    for (const values of [[5, 6], Float64Array.of(5, 6), [[5], [6]]]) {
      expect(make().store(vectors, { values }).save()).toEqual(expected);
      expect(make().store(vectors, values).save()).toEqual(expected);
    }
    expect(() => make().store([1, 0], ['a'] as never)).toThrow(/'a', expected numbers; .*labels/);
    expect(() => make().store(vectors, { values: ['a', 'b'] as never })).toThrow(/labels/);
    expect(() => make().forget({ label: 'a' })).not.toThrow();
    expect(() => make().forget('a' as never)).toThrow(/expected an index, a pattern or { label }/);
  });
});
