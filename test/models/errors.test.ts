/** Whatever is wrong is refused, says what was given and what was expected, and changes nothing. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { BACKENDS, build, randomStates } from './cases.ts';

type Kind = typeof TypeError | typeof RangeError;

/** Wrong states of three neurons: what, which error, and what its message holds. */
const STATES: [unknown, Kind, RegExp][] = [
  [[1, -1], RangeError, /length 2, expected 3/],
  [[1, -1, 1, 1], RangeError, /length 4, expected 3/],
  [new Int8Array(4), RangeError, /length 4, expected 3/],
  [[1, 2, 1], RangeError, /\[1\] is 2, expected/],
  [[1, -1, 0], RangeError, /\[2\] is 0, expected -1 or 1/],
  [[0, 1, -1], RangeError, /\[2\] is -1, expected 0 or 1/],
  [new Int8Array([1, 0, -1]), RangeError, /\[2\] is -1, expected 0 or 1/],
  [new Int8Array([127, 1, 1]), RangeError, /\[0\] is 127, expected/],
  [new Uint8Array([1, 1, 255]), RangeError, /\[2\] is 255, expected/],
  [[1, NaN, 1], RangeError, /\[1\] is NaN, expected/],
  [[1, 0.5, 1], RangeError, /\[1\] is 0.5, expected/],
  [[1, Infinity, 1], RangeError, /\[1\] is Infinity, expected/],
  [Float32Array.of(1, 1, -0.5), RangeError, /\[2\] is -0.5, expected/],
  [[1, '1', 1], TypeError, /\[1\] is '1', expected a number or a boolean/],
  [[1, undefined, 1], TypeError, /\[1\] is undefined, expected/],
  [[1, null, 1], TypeError, /\[1\] is null, expected/],
  [BigInt64Array.of(1n, 1n, 1n), TypeError, /\[0\] is 1n, expected a number/],
];

/** What is no state at all. */
const NOTHING: [unknown, Kind, RegExp][] = [
  [undefined, TypeError, /is undefined, expected/],
  [null, TypeError, /is null, expected/],
  [7, TypeError, /is 7, expected/],
  ['+-+', TypeError, /is '\+-\+', expected/],
  [{ length: 3 }, TypeError, /is an Object, expected/],
  [new DataView(new ArrayBuffer(3)), TypeError, /is a DataView, expected/],
];

const RECALLS: [object, Kind, RegExp][] = [
  [{ tempo: 1 }, TypeError, /have no tempo; known are update, order/],
  [{ update: 'sync' }, TypeError, /update is 'sync', expected one of 'asynchronous'/],
  [{ order: 'random' }, TypeError, /order is 'random', expected one of 'permutation', 'index'/],
  [{ update: 'synchronous', order: 'index' }, TypeError, /order is 'index', expected none/],
  [{ tie: 0 }, TypeError, /tie is 0, expected one of 'keep', 'positive'/],
  [{ update: 'stochastic' }, TypeError, /temperature is missing/],
  [{ temperature: 1 }, TypeError, /temperature was given, but updates are asynchronous/],
  [{ update: 'stochastic', temperature: -1 }, RangeError, /temperature is -1, expected 0 or more/],
  [{ update: 'stochastic', temperature: NaN }, RangeError, /temperature is NaN, expected/],
  [{ update: 'stochastic', temperature: '1' }, TypeError, /temperature is '1', expected a number/],
  [{ update: 'stochastic', temperature: () => -2 }, RangeError, /temperature\(0\) is -2, expected/],
  [{ update: 'stochastic', temperature: () => 'hot' }, TypeError, /temperature\(0\) is 'hot'/],
  [{ maxSweeps: 0 }, RangeError, /maxSweeps is 0, expected a positive integer/],
  [{ maxSweeps: 1.5 }, RangeError, /maxSweeps is 1.5, expected a positive integer/],
  [{ maxSweeps: '3' }, TypeError, /maxSweeps is '3', expected a positive integer/],
  [{ seed: -1 }, RangeError, /seed is -1, expected an integer from 0 to 4294967295/],
  [{ seed: 4294967296 }, RangeError, /seed is 4294967296, expected/],
  [{ seed: 0.5 }, RangeError, /seed is 0.5, expected/],
  [{ seed: NaN }, RangeError, /seed is NaN, expected/],
  [{ onSweep: 5 }, TypeError, /onSweep/],
  [{ clamp: [true] }, RangeError, /clamp has length 1, expected 3/],
  [{ clamp: [1, 0, 2] }, RangeError, /clamp\[2\] is 2, expected true or false/],
  [{ clamp: 'all' }, TypeError, /clamp is 'all', expected an array of 3/],
];

const NETWORKS: [unknown, unknown, Kind, RegExp][] = [
  ['3', {}, TypeError, /neurons is '3', expected a number/],
  [0, {}, RangeError, /neurons is 0, expected an integer from 1 to 2097151/],
  [2.5, {}, RangeError, /neurons is 2.5, expected/],
  [2097152, {}, RangeError, /neurons is 2097152, expected/],
  [NaN, {}, RangeError, /neurons is NaN, expected/],
  [3, null, TypeError, /options are null, expected an object/],
  [3, { rules: 'hebbian' }, TypeError, /have no rules; known are rule, units/],
  [3, { rule: 'Hebb' }, TypeError, /rule is 'Hebb', expected one of 'hebbian', 'storkey'/],
  [3, { rule: 5 }, TypeError, /rule is 5, expected a name or an object/],
  [3, { rule: { name: 'storkey', margin: 1 } }, TypeError, /'storkey' have no margin/],
  [
    3,
    { rule: 'covariance' },
    TypeError,
    /activity is undefined, expected a number between 0 and 1/,
  ],
  [3, { rule: { name: 'covariance', activity: 1 } }, RangeError, /activity is 1, expected/],
  [
    3,
    { rule: { name: 'covariance', activity: 0.5, threshold: NaN } },
    RangeError,
    /threshold is NaN/,
  ],
  [3, { rule: { name: 'perceptron', margin: -1 } }, RangeError, /margin is -1, expected/],
  [3, { rule: { name: 'perceptron', maxEpochs: 0 } }, RangeError, /maxEpochs is 0, expected/],
  [3, { rule: { name: 'diederich-opper', tolerance: 0 } }, RangeError, /tolerance is 0, expected/],
  [3, { rule: { name: 'palimpsest', bound: 40000 } }, RangeError, /bound is 40000, expected/],
  [3, { units: 'ternary' }, TypeError, /units is 'ternary', expected one of 'bipolar', 'binary'/],
  [
    3,
    { rule: { name: 'covariance', activity: 0.1 }, units: 'bipolar' },
    TypeError,
    /expected 'binary'/,
  ],
  [
    3,
    { rule: { name: 'covariance', activity: 0.1 }, thresholds: 1 },
    TypeError,
    /its own 'threshold'/,
  ],
  [3, { selfCoupling: 1 }, TypeError, /selfCoupling is 1, expected true or false/],
  [3, { selfCoupling: true, rule: 'storkey' }, TypeError, /expected false for the rule 'storkey'/],
  [3, { thresholds: [1, 2] }, RangeError, /thresholds has length 2, expected 3/],
  [3, { thresholds: [1, 2, NaN] }, RangeError, /thresholds\[2\] is NaN, expected a finite number/],
  [3, { thresholds: Infinity }, RangeError, /thresholds is Infinity, expected a finite number/],
  [3, { thresholds: 'high' }, TypeError, /thresholds is 'high', expected a number or 3/],
  [3, { representation: 'bits' }, TypeError, /representation is 'bits', expected one of 'auto'/],
  [3, { representation: 'patterns', rule: 'storkey' }, TypeError, /expected 'couplings' or 'auto'/],
  [3, { backend: 'gpu' }, TypeError, /backend is gpu, expected 'auto', 'wasm' or 'reference'/],
];

/** Fails unless `work` throws such an error. */
function expectError(work: () => unknown, kind: Kind, message: RegExp): void {
  let error: unknown;
  try {
    work();
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(kind);
  // Minus signs may be typeset.
  expect((error as Error).message.replaceAll('−', '-')).toMatch(message);
}

describe.each(BACKENDS)('%s', (backend) => {
  const three = [
    [1, -1, 1],
    [1, 1, -1],
  ];
  const network = new HopfieldNetwork(3, { backend }).store(three);
  const before = network.save();
  const unchanged = () => expect(network.save()).toEqual(before);

  test.each([...STATES, ...NOTHING])('as a state: %o', (state, kind, message) => {
    const given = state as number[];
    for (const work of [
      () => network.recall(given),
      () => network.trajectory(given),
      () => network.energy(given),
      () => network.fields(given),
      () => network.overlaps(given),
      () => network.isFixedPoint(given),
      // A number is an index.
      ...(typeof state === 'number' ? [] : [() => network.forget(given)]),
    ]) {
      expectError(work, kind, message);
    }
    unchanged();
  });

  test.each(STATES)('among patterns and cues: %o', (state, kind, message) => {
    const given = state as number[];
    const inList = new RegExp(`1.* ?${message.source}`);
    expectError(() => network.store([[1, 1, 1], given]), kind, inList);
    expectError(() => network.recallMany([[1, 1, 1], given]), kind, inList);
    unchanged();
    if (!/length/.test(message.source)) expectError(() => network.store(given), kind, message);
    unchanged();
  });

  test.each(NOTHING)('as patterns or cues: %o', (given, kind, message) => {
    expectError(() => network.store(given as number[]), kind, message);
    expectError(() => network.recallMany(given as number[]), kind, message);
    unchanged();
  });

  test('empty and uneven lists', () => {
    for (const work of [
      (given: unknown) => network.store(given as number[]),
      (given: unknown) => network.recallMany(given as number[]),
    ]) {
      expectError(() => work([]), RangeError, /is empty, expected at least one of 3 values/);
      expectError(() => work(new Int8Array(0)), RangeError, /is empty, expected/);
      expectError(
        () => work(new Int8Array(7).fill(1)),
        RangeError,
        /length 7, expected a multiple of 3/,
      );
      expectError(() => work([1, 1, 1, 1, 1, 1]), RangeError, /length 6, expected 3/);
      expectError(() => work([[1, 1, 1], 5]), TypeError, /1 is 5, expected an array of 3/);
    }
    unchanged();
  });

  test.each(RECALLS)('recall options %o', (options, kind, message) => {
    for (const work of [
      () => network.recall(three[0], options),
      () => network.recallMany(three, options),
      () => [...network.trajectory(three[0], options)],
    ]) {
      expectError(work, kind, message);
    }
    unchanged();
  });

  test('options of the other calls', () => {
    const steps = (options: object) => () => network.trajectory(three[0], options);
    expectError(
      steps({ every: 'spin' }),
      TypeError,
      /every is 'spin', expected one of 'sweep', 'flip'/,
    );
    expectError(steps({ every: 'flip', update: 'synchronous' }), TypeError, /expected 'sweep'/);
    expectError(() => network.recall(three[0], { every: 'flip' } as object), TypeError, /no every/);
    expectError(
      () => network.recallMany(three, { onSweep: () => true } as object),
      TypeError,
      /recallMany options have no onSweep/,
    );
    expectError(
      () => network.recall(three[0], null as never),
      TypeError,
      /are null, expected an object/,
    );
    expectError(
      () => network.isFixedPoint(three[0], { clamps: [] } as object),
      TypeError,
      /no clamps; known are clamp/,
    );
    expectError(
      () => network.isFixedPoint(three[0], { clamp: [1] }),
      RangeError,
      /length 1, expected 3/,
    );
    unchanged();
    const binary = build(3, { backend, units: 'binary', selfCoupling: true }, [new Int8Array(3)]);
    expectError(
      () => binary.recall([1, 1, 1], { update: 'stochastic', temperature: 1 }),
      TypeError,
      /self-couplings are not supported/,
    );
  });

  test.each(NETWORKS)('new HopfieldNetwork(%o, %o)', (neurons, options, kind, message) => {
    const all = options && { backend, ...(options as object) };
    expectError(() => new HopfieldNetwork(neurons as number, all as object), kind, message);
  });

  test('too many patterns for integer fields', () => {
    const wide = new HopfieldNetwork(2_000_000, { backend, representation: 'patterns' });
    const pattern = new Int8Array(2_000_000).fill(1);
    const patterns = Array.from({ length: 537 }, () => pattern);
    expectError(
      () => wide.store(patterns),
      RangeError,
      /1074000000, expected less than 1073741824/,
    );
    expect(wide.patternCount).toBe(0);
    const binary = new HopfieldNetwork(2_000_000, { backend, units: 'binary' });
    expectError(() => binary.store(patterns), RangeError, /expected less than 536870912/);
  });

  test('too large for memory', () => {
    const pattern = new Int8Array(100_000).fill(1);
    const couplings = new HopfieldNetwork(100_000, { backend, representation: 'couplings' });
    for (const work of [() => couplings.store(pattern), () => couplings.recall(pattern)]) {
      expectError(
        work,
        RangeError,
        /needs 10000000000 bytes.* at most 4294967296 \(4 GiB\), enough for about 655\d\d neurons/,
      );
      expect(couplings.patternCount).toBe(0);
    }
    // Of so many neurons there is room for the couplings while they are learnt: doubles and 32-bit integers.
    for (const [rule, neurons] of [
      ['projection', 18_919],
      ['storkey', 18_919],
      ['palimpsest', 70_000],
    ] as const) {
      const network = new HopfieldNetwork(neurons, { backend, rule });
      const work = () => network.store(pattern.slice(0, neurons));
      const largest = rule === 'palimpsest' ? /about 655\d\d neurons/ : /about 189\d\d neurons/;
      expectError(work, RangeError, largest);
      expect(network.patternCount).toBe(0);
    }
    const empty = couplings.save();
    expectError(() => couplings.store(pattern), RangeError, /at most 4294967296/);
    expect(couplings.save()).toEqual(empty);
    const storkey = new HopfieldNetwork(100_000, { backend, rule: 'storkey' });
    expectError(() => storkey.store(pattern), RangeError, /at most 4294967296/);
    expect(storkey.patternCount).toBe(0);
    expect(storkey.bytes).toBeLessThan(1_000_000);
  });

  test('thresholds that do not fit beside the couplings', () => {
    const high = build(3, { backend, thresholds: 1e12 }, randomStates(new Random(1), 3, 2));
    const file = high.save();
    expectError(() => high.recall([1, 1, 1]), RangeError, /1000000000000 do not fit/);
    expect(high.save()).toEqual(file);
  });

  test('a network that was disposed of', async () => {
    const gone = new HopfieldNetwork(3, { backend }).store(three);
    const steps = gone.trajectory(three[0]);
    gone.dispose();
    gone.dispose();
    for (const work of [
      () => gone.store(three),
      () => gone.forget(three[0]),
      () => gone.recall(three[0]),
      () => gone.recallMany(three),
      () => gone.trajectory(three[0]),
      () => steps.next(),
      () => gone.energy(three[0]),
      () => gone.fields(three[0]),
      () => gone.overlaps(three[0]),
      () => gone.isFixedPoint(three[0]),
      () => gone.save(),
      () => gone.couplings,
      () => gone.patterns,
      () => gone.patternCount,
      () => gone.bytes,
      () => gone.backend,
    ]) {
      expect(work).toThrow(/disposed of|changed during/);
    }
    await expect(gone.unlearn({ steps: 1 })).rejects.toThrow('disposed of');
    await expect(gone.daydream({ epochs: 1 })).rejects.toThrow('disposed of');
  });
});
