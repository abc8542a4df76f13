/** Whatever is wrong is refused, says what was given and what was expected, and changes nothing. */
import { describe, expect, test } from 'vitest';
import { ModernHopfieldNetwork, type ModernOptions } from '../../../src/index.ts';
import { BACKENDS } from './cases.ts';

type Kind = typeof Error | typeof TypeError | typeof RangeError;

/** Fails unless `work` throws such an error. */
function expectError(work: () => unknown, kind: Kind, message: RegExp): void {
  let error: unknown;
  try {
    work();
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(kind);
  expect((error as Error).constructor).toBe(kind);
  expect((error as Error).message).toMatch(message);
}

const NETWORKS: [unknown, unknown, Kind, RegExp][] = [
  ['3', {}, TypeError, /dimension is '3', expected an integer from 1 to 65536/],
  [0, {}, RangeError, /dimension is 0, expected an integer from 1 to 65536/],
  [2.5, {}, RangeError, /dimension is 2.5, expected/],
  [65537, {}, RangeError, /dimension is 65537, expected/],
  [NaN, {}, RangeError, /dimension is NaN, expected/],
  [3, null, TypeError, /options are null, expected an object/],
  [
    3,
    { betas: 1 },
    TypeError,
    /have no betas; known are beta, similarity, separation, nothing, codes, backend/,
  ],
  [3, { beta: '1' }, TypeError, /beta is '1', expected a number from 1e-30 to 1e30/],
  [3, { beta: 0 }, RangeError, /beta is 0, expected a number from 1e-30/],
  [3, { beta: -1 }, RangeError, /beta is -1, expected/],
  [3, { beta: 1e-31 }, RangeError, /beta is 1e-31, expected/],
  [3, { beta: Infinity }, RangeError, /beta is Infinity, expected/],
  [3, { similarity: 'angle' }, TypeError, /similarity is 'angle', expected one of 'dot', 'cosine'/],
  [3, { separation: 'hardmax' }, TypeError, /separation is 'hardmax', expected one of 'softmax'/],
  [
    3,
    { separation: 5 },
    TypeError,
    /separation is 5, expected 'softmax', .*, { name: 'top-k', k }/,
  ],
  [3, { separation: null }, TypeError, /separation is null, expected/],
  [
    3,
    { separation: { name: 'top', k: 1 } },
    TypeError,
    /separation.name is 'top', expected one of/,
  ],
  [3, { separation: { name: 'top-k' } }, TypeError, /k is undefined, expected a positive integer/],
  [3, { separation: { name: 'top-k', k: 0 } }, RangeError, /k is 0, expected a positive integer/],
  [3, { separation: { name: 'top-k', k: 1, l: 2 } }, TypeError, /'top-k' have no l; known/],
  [3, { backend: 'gpu' }, TypeError, /backend is gpu, expected 'auto', 'wasm' or 'reference'/],
];

/** Wrong vectors of three numbers. */
const VECTORS: [unknown, Kind, RegExp][] = [
  [[1, 2], RangeError, /length 2, expected 3 \(the memory's dimension\)/],
  [[1, 2, 3, 4], RangeError, /length 4, expected 3/],
  [[1, NaN, 3], RangeError, /\[1\] is NaN, expected a number from -1e15 to 1e15/],
  [[1, 2, -Infinity], RangeError, /\[2\] is -Infinity, expected/],
  [Float64Array.of(1, 2e15, 3), RangeError, /\[1\] is 2000000000000000, expected/],
  [[1, '2', 3], TypeError, /\[1\] is '2', expected a number/],
  [[1, undefined, 3], TypeError, /\[1\] is undefined, expected a number/],
  [[true, 1, 1], TypeError, /\[0\] is true, expected a number/],
  [BigInt64Array.of(1n, 1n, 1n), TypeError, /\[0\] is 1n, expected a number/],
];

const NOTHING: [unknown, Kind, RegExp][] = [
  [undefined, TypeError, /is undefined, expected/],
  [null, TypeError, /is null, expected/],
  [7, TypeError, /is 7, expected/],
  ['abc', TypeError, /is 'abc', expected/],
  [{ length: 3 }, TypeError, /is an Object, expected/],
  [new DataView(new ArrayBuffer(3)), TypeError, /is a DataView, expected/],
];

const RECALLS: [unknown, Kind, RegExp][] = [
  [null, TypeError, /recall options are null, expected an object/],
  [{ step: 1 }, TypeError, /have no step; known are steps, tolerance/],
  [{ steps: 0 }, RangeError, /steps is 0, expected a positive integer or Infinity/],
  [{ steps: 1.5 }, RangeError, /steps is 1.5, expected/],
  [{ steps: -Infinity }, RangeError, /steps is -Infinity, expected/],
  [{ steps: NaN }, RangeError, /steps is NaN, expected/],
  [{ steps: '2' }, TypeError, /steps is '2', expected/],
  [{ tolerance: -1 }, RangeError, /tolerance is -1, expected a number of 0 or more/],
  [{ tolerance: Infinity }, RangeError, /tolerance is Infinity, expected/],
  [{ tolerance: '0' }, TypeError, /tolerance is '0', expected/],
];

const INDICES: [unknown, Kind, RegExp][] = [
  [2, RangeError, /index is 2, expected an integer from 0 to 1/],
  [-1, RangeError, /index is -1, expected/],
  [0.5, RangeError, /index is 0.5, expected/],
  [NaN, RangeError, /index is NaN, expected/],
  ['0', TypeError, /index is '0', expected/],
  [[1, 2, 3], TypeError, /index is an Array, expected/],
];

describe.each(BACKENDS)('%s', (backend) => {
  const make = (options: ModernOptions = {}) =>
    new ModernHopfieldNetwork(3, { backend, ...options });
  const two = [
    [1, -1, 1],
    [1, 1, -1],
  ];
  const memory = make().store(two, [[1], [2]]);
  const before = memory.save();
  const unchanged = () => expect(memory.save()).toEqual(before);

  test.each(NETWORKS)('new ModernHopfieldNetwork(%o, %o)', (dimension, options, kind, message) => {
    const all = options && { backend, ...(options as object) };
    const work = () => new ModernHopfieldNetwork(dimension as number, all as object);
    expectError(work, kind, message);
  });

  test.each([...VECTORS, ...NOTHING])('as a query: %o', (vector, kind, message) => {
    const given = vector as number[];
    const named = (name: string) => new RegExp(`^${name}.*${message.source}`);
    expectError(() => memory.recall(given), kind, named('query'));
    expectError(() => memory.attention(given), kind, named('query'));
    expectError(() => memory.energy(given), kind, named('state'));
    expectError(() => memory.recallMany([two[0], given]), kind, named('query 1'));
    unchanged();
  });

  test.each([...VECTORS, ...NOTHING])('among vectors: %o', (vector, kind, message) => {
    const given = vector as number[];
    const values = [[3], [4]];
    expectError(
      () => memory.store([two[0], given], values),
      kind,
      new RegExp(`^vector 1.*${message.source}`),
    );
    unchanged();
    const untouched = make();
    expectError(() => untouched.store([two[0], given]), kind, message);
    expect(untouched.patternCount).toBe(0);
  });

  test.each(NOTHING)('as vectors, queries or values: %o', (given, kind, message) => {
    expectError(() => memory.store(given as number[], [1]), kind, message);
    expectError(() => memory.recallMany(given as number[]), kind, message);
    if (given !== undefined) {
      expectError(() => memory.store(two, { values: given as number[] }), kind, message);
      expect(() => memory.store(two, given as number[])).toThrow(/store options|second argument/);
    }
    unchanged();
  });

  test('lists of the wrong length', () => {
    const values = [[1]];
    expectError(
      () => memory.store([], []),
      RangeError,
      /vectors is empty, expected at least one of 3/,
    );
    expectError(() => memory.recallMany([]), RangeError, /queries is empty, expected at least one/);
    expectError(
      () => memory.store(new Float32Array(7), values),
      RangeError,
      /vectors has length 7, expected a multiple of 3 \(the memory's dimension\)/,
    );
    expectError(() => memory.store([1, 2, 3, 4, 5, 6], values), RangeError, /length 6, expected 3/);
    unchanged();
  });

  test('values that do not fit', () => {
    const cases: [unknown, Kind, RegExp][] = [
      [[[1]], RangeError, /values holds 1, expected 2 \(one for each vector\)/],
      [[[1], [2], [3]], RangeError, /values holds 3, expected 2/],
      [[1, 2, 3], RangeError, /values holds 3, expected 2/],
      [
        ['a', 'b'],
        TypeError,
        /values\[0\] is 'a', expected numbers; .* store\(vectors, { labels }\)/,
      ],
      [[1, 'b'], TypeError, /value 1\[0\] is 'b', expected a number/],
      [[], RangeError, /values is empty, expected 2/],
      [
        [[1], [2, 3]],
        RangeError,
        /value 1 has length 2, expected 1 \(the memory's value dimension\)/,
      ],
      [[[1, 2], [3]], RangeError, /value 0 has length 2, expected 1/],
      [new Float32Array(3), RangeError, /values has length 3, expected 2 \(one value for each/],
      [[[1], [NaN]], RangeError, /value 1\[0\] is NaN, expected/],
      [[[1], ['a']], TypeError, /value 1\[0\] is 'a', expected a number/],
      [[[1], 2], TypeError, /value 1 is 2, expected an array of 1 numbers/],
    ];
    for (const [values, kind, message] of cases) {
      expectError(() => memory.store(two, values as number[]), kind, message);
      unchanged();
    }
    const empty = make();
    expectError(
      () => empty.store(two, [[], []]),
      RangeError,
      /value 0 has length 0, expected from 1/,
    );
    const odd = new Float32Array(5);
    expectError(() => empty.store(two, odd), RangeError, /length 5, expected a multiple of 2/);
    const long = new Float32Array(65537);
    expectError(
      () => empty.store([two[0]], long),
      RangeError,
      /value 0 has length 65537, expected from/,
    );
    expect(empty.patternCount).toBe(0);
    expect(empty.valueDimension).toBeUndefined();
  });

  test('values for some', () => {
    expectError(() => memory.store(two), TypeError, /values are missing, but the 2 vectors stored/);
    unchanged();
    const bare = make().store(two);
    expectError(
      () => bare.store(two, [[1], [2]]),
      TypeError,
      /values are given, but the 2 vectors/,
    );
    expect(bare.patternCount).toBe(2);
  });

  test.each(RECALLS)('recall options %o', (options, kind, message) => {
    expectError(() => memory.recall(two[0], options as object), kind, message);
    expectError(() => memory.recallMany(two, options as object), kind, message);
    unchanged();
  });

  test('attention options', () => {
    const top = (value: unknown) => () => memory.attention(two[0], { top: value as number });
    expectError(top(0), RangeError, /top is 0, expected a positive integer/);
    expectError(top('1'), TypeError, /top is '1', expected/);
    expectError(() => memory.attention(two[0], { tops: 1 } as object), TypeError, /have no tops/);
  });

  test.each(INDICES)('as an index: %o', (index, kind, message) => {
    if (typeof index === 'number') expectError(() => memory.forget(index), kind, message);
    expectError(() => memory.errorBound(index as number), kind, message);
    unchanged();
  });

  test('nothing stored', () => {
    const empty = make();
    for (const work of [
      () => empty.energy(two[0]),
      () => empty.recall(two[0], { energy: true }),
      () => empty.recallMany(two, { energy: true }),
    ]) {
      expectError(work, Error, /^nothing is stored$/);
    }
    // As in the other memories: nothing pulls, and there is no match.
    const rested = { value: undefined, steps: 1, converged: true, match: undefined, entropy: 0 };
    for (const query of two) {
      const state = Float32Array.from(query);
      expect(empty.recall(query, { steps: 7, top: 2 })).toEqual({ ...rested, state, top: [] });
    }
    expect(empty.recallMany(two)).toEqual({
      states: Float32Array.from(two.flat()),
      values: undefined,
      steps: Uint32Array.of(1, 1),
      converged: Uint8Array.of(1, 1),
      matches: { indices: Int32Array.of(-1, -1), weights: new Float64Array(2) },
      entropies: new Float64Array(2),
    });
    expect(empty.attention(two[0])).toEqual({
      indices: new Uint32Array(0),
      weights: new Float64Array(0),
    });
    expectError(() => empty.forget(0), RangeError, /index is 0, but nothing is stored/);
    expectError(() => empty.errorBound(0), RangeError, /index is 0, but nothing is stored/);
  });

  test('no energy, no bound', () => {
    const cosine = make({ similarity: 'cosine' }).store(two);
    const top = make({ separation: { name: 'top-k', k: 1 } }).store(two);
    for (const [network, message] of [
      [cosine, /no energy is known for cosine similarity/],
      [top, /no energy is known for the separation top-k/],
    ] as const) {
      expectError(() => network.energy(two[0]), TypeError, message);
      expectError(() => network.recall(two[0], { energy: true }), TypeError, message);
      expectError(() => network.recallMany(two, { energy: true }), TypeError, message);
    }
    for (const separation of ['sparsemax', 'entmax'] as const) {
      const sparse = make({ separation }).store(two);
      expectError(() => sparse.errorBound(0), TypeError, /separation is not 'softmax'/);
    }
  });

  test('vectors without a direction', () => {
    const cosine = make({ similarity: 'cosine' }).store(two);
    const zero = [0, 0, 0];
    const message = /norm 0, expected at least 1e-15 \(cosine similarity\)/;
    expectError(() => cosine.store([two[0], zero]), RangeError, /vector 1 has norm 0, expected/);
    expectError(
      () => cosine.store([1e-16, 0, 0]),
      RangeError,
      /vector has norm 1[.\de-]*, expected/,
    );
    expect(cosine.patternCount).toBe(2);
    expectError(() => cosine.recall(zero), RangeError, message);
    expectError(() => cosine.recallMany([two[0], zero]), RangeError, /query 1 has norm 0/);
    expectError(() => cosine.attention(zero), RangeError, message);
    // An average may have none, and then is alike to nothing.
    const opposite = make({ similarity: 'cosine' }).store([
      [1, 0, 0],
      [-1, 0, 0],
    ]);
    const { state, entropy } = opposite.recall([0, 1, 0], { steps: 2, tolerance: 0 });
    expect(state).toEqual(new Float32Array(3));
    expect(entropy).toBeCloseTo(Math.LN2, 12);
  });

  test('scores that would leave single precision', () => {
    const message = /norm \d+, and beta times similarity could be .*expected at most 1e\+30/;
    for (const similarity of ['dot', 'euclidean'] as const) {
      const hot = make({ similarity, beta: 1e20 }).store([1, 0, 0]);
      expectError(() => hot.recall([1e12, 0, 0]), RangeError, message);
      expectError(() => hot.energy([1e12, 0, 0]), RangeError, message);
      expectError(() => hot.store([1e12, 0, 0]), RangeError, message);
      expectError(
        () =>
          hot.store([
            [1e3, 0, 0],
            [1e12, 0, 0],
          ]),
        RangeError,
        /vector 1 has norm/,
      );
      expect(hot.patternCount).toBe(1);
      expect(hot.recall([1e4, 0, 0]).state).toEqual(Float32Array.of(1, 0, 0));
    }
    const dot = make({ beta: 1e30 }).store([0, 0, 0]);
    expect(dot.recall([1e15, 1e15, 1e15]).state).toEqual(new Float32Array(3));
  });

  test('too large for memory', () => {
    const wide = new ModernHopfieldNetwork(65536, { backend });
    const row = new Float32Array(65536);
    const many = Array.from({ length: 17_000 }, () => row);
    expectError(
      () => wide.store(many),
      RangeError,
      /17000 vectors of 65536 numbers need \d+ bytes/,
    );
    expect(wide.patternCount).toBe(0);
    expect(wide.bytes).toBeLessThan(1_000_000);
  });

  test('a network that was disposed of', () => {
    const gone = make().store(two);
    gone.dispose();
    gone.dispose();
    for (const work of [
      () => gone.store(two),
      () => gone.forget(0),
      () => gone.recall(two[0]),
      () => gone.recallMany(two),
      () => gone.energy(two[0]),
      () => gone.attention(two[0]),
      () => gone.errorBound(0),
      () => gone.save(),
      () => gone.patterns,
      () => gone.values,
      () => gone.valueDimension,
      () => gone.patternCount,
      () => gone.bytes,
      () => gone.backend,
      () => gone.backendReason,
    ]) {
      expectError(work, Error, /the network has been disposed of/);
    }
    if (typeof Symbol.dispose === 'symbol') {
      const other = make();
      other[Symbol.dispose]();
      expectError(() => other.bytes, Error, /disposed of/);
    }
  });
});
