/** The forms in which states can be given. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random, type State } from '../../src/index.ts';
import { BACKENDS, build, randomStates } from './cases.ts';

/** One ±1 state in all its forms. */
function forms(state: Int8Array): State[] {
  const plain = Array.from(state);
  const bits = plain.map((value) => (value > 0 ? 1 : 0));
  return [
    state,
    plain,
    Int16Array.from(plain),
    Int32Array.from(plain),
    Float32Array.from(plain),
    Float64Array.from(plain),
    bits,
    Int8Array.from(bits),
    Uint8Array.from(bits),
    Uint8ClampedArray.from(bits),
    Uint32Array.from(bits),
    Float64Array.from(bits),
    plain.map((value) => value > 0),
    bits.map((bit) => (bit === 0 ? -0 : 1)),
    new Int8Array([9, ...plain, 9]).subarray(1, plain.length + 1),
  ];
}

describe.each(BACKENDS)('%s', (backend) => {
  const random = new Random(211);
  const patterns = randomStates(random, 21, 3);
  const cue = random.signs(21);

  test.each(['bipolar', 'binary'] as const)(
    '±1, 0/1 and booleans, in arrays of any type: %s',
    (units) => {
      const network = build(21, { units, backend }, patterns);
      for (const state of [...patterns, cue]) {
        for (const form of forms(state)) {
          expect(network.recall(form, { seed: 1 })).toEqual(network.recall(state, { seed: 1 }));
          expect(network.energy(form)).toBe(network.energy(state));
          expect(network.overlaps(form)).toEqual(network.overlaps(state));
          const other = new HopfieldNetwork(21, { units, backend }).store(form);
          expect(other.patterns[0]).toEqual(
            state.map((value) => (units === 'binary' && value < 0 ? 0 : value)),
          );
          expect(other.forget(form)).toBe(true);
        }
      }
    },
  );

  test('one, several, or a flat typed array of them', () => {
    const flat = new Int8Array(63);
    for (const [k, pattern] of patterns.entries()) flat.set(pattern, 21 * k);
    const expected = build(21, { backend }, patterns).save();
    for (const given of [flat, Float64Array.from(flat), patterns.map((p) => Array.from(p))]) {
      expect(new HopfieldNetwork(21, { backend }).store(given).save()).toEqual(expected);
    }
    const network = build(21, { backend }, patterns);
    expect(network.recallMany(flat, { seed: 5 })).toEqual(
      network.recallMany(patterns, { seed: 5 }),
    );
    expect(network.recallMany(cue, { seed: 5 }).states).toEqual(
      network.recall(cue, { seed: 5 }).state,
    );
    expect(network.recallMany([[...cue], patterns[0]], { seed: 5 }).states.length).toBe(42);
  });

  test('what is given is not changed, what is returned is a copy', () => {
    const network = build(21, { backend }, patterns);
    const given = cue.slice();
    const { state } = network.recall(given, { seed: 1 });
    expect(given).toEqual(cue);
    const before = network.save();
    state.fill(0);
    network.couplings.fill(9);
    network.thresholds.fill(9);
    network.patterns[0].fill(1);
    for (const step of network.trajectory(cue, { seed: 1 })) step.state.fill(1);
    expect(network.save()).toEqual(before);
    expect(network.recall(cue, { seed: 1 }).state).toEqual(
      build(21, { backend }, patterns).recall(cue, { seed: 1 }).state,
    );
  });

  test('one neuron is enough', () => {
    const network = new HopfieldNetwork(1, { backend }).store([1]);
    expect(network.recall([-1])).toMatchObject({
      converged: true,
      match: { index: 0, overlap: -1 },
    });
    expect([...network.couplings]).toEqual([0]);
    const own = new HopfieldNetwork(1, { backend, selfCoupling: true }).store([1]);
    expect([...own.couplings]).toEqual([1]);
    expect(own.energy([-1])).toBe(-0.5);
  });
});
