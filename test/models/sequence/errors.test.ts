/** What memories of sequences refuse, and that they are unchanged then; saved and loaded. */
import { describe, expect, test } from 'vitest';
import {
  exponential,
  polynomial,
  Random,
  rectifiedPolynomial,
  SequenceMemory,
  type SequenceOptions,
} from '../../../src/index.ts';
import { BACKENDS, randomStates } from '../cases.ts';

const of =
  (options: object, neurons = 10) =>
  () =>
    new SequenceMemory(neurons, options as SequenceOptions);

test('options', () => {
  expect(of({ separation: 'cubic' })).toThrow(
    "separation is 'cubic', expected 'linear', polynomial(n) or exponential(beta)",
  );
  expect(of({ separation: rectifiedPolynomial(3) })).toThrow("of the name 'rectified-polynomial'");
  expect(of({ separation: null })).toThrow(TypeError);
  expect(of({ separation: { name: 'polynomial', degree: 1 } })).toThrow(RangeError);
  expect(of({ separation: polynomial(300) })).toThrow('(N + 1)ⁿ is above 1e290');
  expect(of({ hold: 0 })).toThrow('hold is 0, expected an integer from 1 to 1000');
  expect(of({ hold: 2.5 })).toThrow(RangeError);
  expect(of({ hold: 3, strength: 0 })).toThrow(RangeError);
  expect(of({ hold: 1000, strength: 1e6 })).not.toThrow();
  expect(of({ hold: 1001 })).toThrow('hold is 1001, expected an integer from 1 to 1000');
  expect(of({ hold: 1, strength: 1_000_001 })).toThrow(
    'expected a number above 0, at most 1000000',
  );
  expect(of({ strength: 2 })).toThrow('strength is 2, expected none without hold');
  expect(of({ tau: 2 })).toThrow('sequence memory options have no tau');
  expect(of({}, 0)).toThrow(RangeError);
  expect(of({})().separation).toEqual(polynomial(3));
  expect(of({ hold: 4 })().slowness).toEqual({ hold: 4, strength: 1.25 });
});

describe.each(BACKENDS)('%s', (backend) => {
  test('a bad call changes nothing', () => {
    const random = new Random(1);
    const memory = new SequenceMemory(10, { backend });
    memory.store(randomStates(random, 10, 3), { cyclic: true, labels: ['a', 'b', undefined] });
    const before = memory.save();
    const bad: (() => unknown)[] = [
      () => memory.store([[1, 2]]),
      () => memory.store([random.signs(10), Array(10).fill(3)]),
      () => memory.store(random.signs(10), { cyclic: 1 as never }),
      () => memory.store(random.signs(20), { labels: ['x'] }),
      () => memory.store(random.signs(20), { cycle: true } as never),
      () => memory.next([1, 2, 3]),
      () => memory.recall(random.signs(9)),
      () => memory.recall(random.signs(10), { steps: 0 }),
      () => memory.recall(random.signs(10), { steps: 1.5 }),
      () => memory.recall(random.signs(10), { seed: 1 } as never),
      () => memory.recall(random.signs(10), { quantile: 1 }),
      () => memory.forget(1),
      () => memory.forget('a' as never),
    ];
    for (const call of bad) {
      expect(call).toThrow(/expected|have no/);
      expect(memory.save()).toEqual(before);
    }
    expect(() => memory.store([])).toThrow('patterns is empty');
  });

  test('a replay ends when the memory is changed, or disposed of', () => {
    const random = new Random(2);
    const memory = new SequenceMemory(40, { backend }).store(randomStates(random, 40, 4));
    const replay = memory.recall(memory.patterns[0]);
    expect(replay.next().value.step).toBe(0);
    // Another may go on beside it.
    expect([...memory.recall(memory.patterns[1])]).toHaveLength(5);
    expect(replay.next().value.step).toBe(1);
    memory.store(random.signs(40));
    expect(() => replay.next()).toThrow('the memory was changed during a recall of it');
    const other = memory.recall(memory.patterns[0]);
    memory.dispose();
    expect(() => other.next()).toThrow('disposed of');
    expect(() => memory.next(random.signs(40))).toThrow('disposed of');
  });

  test.each<SequenceOptions>([
    {},
    { separation: 'linear' },
    { separation: exponential(0.7), hold: 3, strength: 2 },
    { separation: polynomial(4), hold: 5 },
  ])('saved and loaded: %o', (options) => {
    const random = new Random(3);
    const memory = new SequenceMemory(37, { ...options, backend });
    memory.store(randomStates(random, 37, 5), { labels: [1, 2, 3, 4, 'five'] });
    memory.store(randomStates(random, 37, 4), { cyclic: true });
    const cue = random.signs(37);
    for (const copy of [
      SequenceMemory.load(memory.save(), { backend }),
      SequenceMemory.fromJSON(JSON.parse(JSON.stringify(memory)), { backend }),
    ]) {
      expect(copy.separation).toEqual(memory.separation);
      expect(copy.slowness).toEqual(memory.slowness);
      expect(copy.sequences).toEqual(memory.sequences);
      expect(copy.labels).toEqual(memory.labels);
      expect([...copy.recall(cue)]).toEqual([...memory.recall(cue)]);
      expect(copy.save()).toEqual(memory.save());
    }
    const empty = SequenceMemory.load(new SequenceMemory(5, options).save(), { backend });
    expect(empty.patternCount).toBe(0);
    expect([...empty.recall([1, -1, 1, 1, 1], { steps: 2 })][2]).toEqual({
      step: 2,
      state: Int8Array.of(1, -1, 1, 1, 1),
      flips: 0,
      match: undefined,
      position: undefined,
    });
  });
});
