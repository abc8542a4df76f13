/** All neurons at once: fixed points, cycles of two, and longer ones of asymmetric couplings. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random } from '../../src/index.ts';
import { BACKENDS, build, GENERATED, hebbians, problem, REPRESENTATIONS } from './cases.ts';
import { plain, synchronousStep } from './oracle.ts';

/** Neuron i becomes what neuron i − 1 was. */
function ring(neurons: number): number[][] {
  return Array.from({ length: neurons }, (_, i) =>
    Array.from({ length: neurons }, (_, j) => (j === (i + neurons - 1) % neurons ? 1 : 0)),
  );
}

describe.each(BACKENDS)('%s', (backend) => {
  describe.each(REPRESENTATIONS)('%s', (representation) => {
    test('symmetric couplings end in a fixed point or a cycle of two', () => {
      fc.assert(
        fc.property(hebbians, fc.constantFrom('keep', 'positive'), (setup, tie) => {
          const { options, patterns, cues, dynamics } = problem(setup);
          const network = build(setup.neurons, { ...options, backend, representation }, patterns);
          for (const cue of cues) {
            const result = network.recall(cue, { update: 'synchronous', tie });
            let states = [cue];
            for (let k = 0; k < result.sweeps; k++) {
              states.push(synchronousStep({ ...dynamics, tie }, states[k]));
            }
            expect(plain(result.state)).toEqual(states[result.sweeps]);
            expect(result.converged).toBe(result.period === 1);
            expect([1, 2]).toContain(result.period);
            // The last sweep is the first to return to an earlier state.
            states = states.slice(0, -1);
            const seen = states.map(String).lastIndexOf(String(plain(result.state)));
            expect(result.sweeps - seen).toBe(result.period);
            expect(new Set(states.map(String)).size).toBe(states.length);
          }
        }),
        GENERATED,
      );
    });
  });

  test('two neurons that repel each other: a cycle of two from equal states', () => {
    const network = new HopfieldNetwork(2, { backend }).store([1, -1]);
    expect(network.recall([1, 1], { update: 'synchronous', seed: 1 })).toEqual({
      state: new Int8Array([1, 1]),
      energy: 0.5,
      converged: false,
      period: 2,
      sweeps: 2,
      flips: 4,
      seed: 1,
      match: { index: 0, overlap: 0, correlation: 0 },
    });
    expect(network.recall([1, -1], { update: 'synchronous' })).toMatchObject({
      converged: true,
      period: 1,
      sweeps: 1,
      flips: 0,
    });
  });

  test.each([3, 4, 5, 7, 18, 37])('a ring of %d neurons: a cycle of as many', (neurons) => {
    const network = HopfieldNetwork.fromCouplings(ring(neurons), { backend });
    const one = Array.from({ length: neurons }, (_, i) => (i === 0 ? 1 : -1));
    const result = network.recall(one, { update: 'synchronous' });
    expect(result.period).toBe(neurons);
    expect(result.converged).toBe(false);
    expect(result.flips).toBe(2 * result.sweeps);
    // Where one stands after so many steps.
    expect(result.state.indexOf(1)).toBe(result.sweeps % neurons);
    const short = network.recall(one, { update: 'synchronous', maxSweeps: neurons - 1 });
    expect(short).toMatchObject({ period: undefined, converged: false, sweeps: neurons - 1 });
  });

  test('a cycle behind a tail: the length of the cycle alone', () => {
    // Neurons 0 to 4 are a ring, 5 to 9 a chain that feeds nothing and ends constant.
    const matrix = Array.from({ length: 10 }, (_, i) =>
      Array.from({ length: 10 }, (_, j) => {
        if (i < 5) return j === (i + 4) % 5 ? 1 : 0;
        if (i === 5) return j === 5 ? 1 : 0;
        return j === i - 1 ? 1 : 0;
      }),
    );
    const network = HopfieldNetwork.fromCouplings(matrix, { backend });
    const cue = [1, -1, -1, -1, -1, 1, -1, -1, -1, -1];
    expect(network.recall(cue, { update: 'synchronous' }).period).toBe(5);
  });

  test('clamped neurons stand still, ties may count as positive', () => {
    const network = HopfieldNetwork.fromCouplings(ring(6), { backend });
    const cue = [1, -1, -1, -1, -1, -1];
    const clamp = [true, false, false, false, false, false];
    const { state, sweeps, period } = network.recall(cue, { update: 'synchronous', clamp });
    expect([...state]).toEqual([1, 1, 1, 1, 1, 1]);
    expect([sweeps, period]).toEqual([6, 1]);
    const empty = new HopfieldNetwork(6, { backend });
    const random = new Random(1);
    expect(empty.recall(random.signs(6), { update: 'synchronous', tie: 'positive' }).state).toEqual(
      new Int8Array(6).fill(1),
    );
  });

  test('stopped after one sweep, it still says whether it stands still', () => {
    const network = new HopfieldNetwork(5, { backend }).store([1, 1, 1, 1, 1]);
    const step = { update: 'synchronous', maxSweeps: 1 } as const;
    expect(network.recall([1, 1, 1, 1, -1], step)).toMatchObject({
      converged: true,
      period: 1,
      sweeps: 1,
      flips: 1,
    });
  });
});
