/** Trajectories can be left, taken up again and mixed with other calls. */
import { describe, expect, test } from 'vitest';
import {
  DenseAssociativeMemory,
  exponential,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  Random,
  SimplicialHopfieldNetwork,
  type TrajectoryOptions,
  type TrajectoryStep,
} from '../../src/index.ts';
import { BACKENDS, build, randomStates, REPRESENTATIONS } from './cases.ts';

const WAYS: TrajectoryOptions[] = [
  { every: 'sweep' },
  { every: 'flip' },
  { every: 'flip', order: 'index', tie: 'positive' },
  { update: 'synchronous' },
  { update: 'stochastic', temperature: 0.7, maxSweeps: 8 },
  { update: 'stochastic', temperature: (sweep) => 1 / (1 + sweep), maxSweeps: 5, every: 'flip' },
];

/** The values of a state; who reads the one at 7 sets off `work`. */
function upon7(state: Int8Array, work: () => void): number[] {
  return new Proxy(Array.from(state), {
    get(values, key) {
      if (key === '7') work();
      return Reflect.get(values, key);
    },
  });
}

describe.each(BACKENDS)('%s', (backend) => {
  describe.each(REPRESENTATIONS)('%s', (representation) => {
    const random = new Random(71);
    const make = () => build(45, { backend, representation, thresholds: 0.05 }, patterns);
    const patterns = randomStates(random, 45, 9);
    const cues = randomStates(random, 45, WAYS.length);

    test('many at once, one step of each in turn, with other calls between', () => {
      const alone = WAYS.map((way, k) => [...make().trajectory(cues[k], { ...way, seed: k })]);
      const network = make();
      const steps = WAYS.map((): TrajectoryStep[] => []);
      const running = WAYS.map((way, k) => network.trajectory(cues[k], { ...way, seed: k }));
      const recalled = network.recall(cues[0], { seed: 1 });
      for (let open = WAYS.length; open > 0;) {
        open = 0;
        for (const [k, trajectory] of running.entries()) {
          const { done, value } = trajectory.next();
          if (done) continue;
          open++;
          steps[k].push(value);
          network.energy(value.state);
          network.overlaps(cues[k]);
          expect(network.recall(cues[0], { seed: 1 })).toEqual(recalled);
          if (open === 3) network.recallMany(cues, { seed: 3 });
        }
      }
      expect(steps).toEqual(alone);
    });

    test('left after any step', () => {
      const network = make();
      const expected = make().recall(cues[0], { seed: 5 });
      for (const way of WAYS) {
        for (let count = 0; count < 5; count++) {
          let seen = 0;
          for (const step of network.trajectory(cues[1], { ...way, seed: 1 })) {
            expect(step.state.length).toBe(45);
            if (seen++ === count) break;
          }
          expect(network.recall(cues[0], { seed: 5 })).toEqual(expected);
        }
      }
    });

    test('recalls within a recall: onSweep and temperature may use the network', () => {
      const network = make();
      const inner = network.recall(cues[1], { seed: 2 });
      const options = { seed: 3, update: 'stochastic', temperature: 0.5, maxSweeps: 6 } as const;
      const expected = network.recall(cues[0], options);
      const nested = network.recall(cues[0], {
        ...options,
        temperature: () => {
          expect(network.recall(cues[1], { seed: 2 })).toEqual(inner);
          return 0.5;
        },
        onSweep: () => {
          expect(network.recall(cues[1], { seed: 2 })).toEqual(inner);
          network.recallMany(cues);
        },
      });
      expect(nested).toEqual(expected);
    });

    test('a network that is changed ends its trajectories, started or not', () => {
      const network = make();
      const started = network.trajectory(cues[0], { seed: 1 });
      const waiting = network.trajectory(cues[0], { seed: 1 });
      started.next();
      network.store(cues[1]);
      expect(() => started.next()).toThrow('changed during a recall');
      expect(() => waiting.next()).toThrow('changed during a recall');
      const change = () => {
        network.forget(cues[1]);
        network.store(cues[1]);
      };
      expect(() => network.recall(cues[0], { onSweep: change })).toThrow('changed during a recall');
      expect(() =>
        network.recall(cues[0], {
          update: 'stochastic',
          temperature: () => {
            change();
            return 1;
          },
        }),
      ).toThrow('changed during a recall');
      expect(network.recall(cues[2], { seed: 1 })).toEqual(
        make().store(cues[1]).recall(cues[2], { seed: 1 }),
      );
    });

    test('patterns are read before any is stored, whatever reading them does', () => {
      const network = make();
      network.store([cues[2], upon7(cues[0], () => network.store(cues[1]))]);
      const apart = make().store([cues[1], cues[2], cues[0]]);
      expect(network.patterns).toEqual(apart.patterns);
      expect(network.recall(cues[0], { seed: 1 })).toEqual(apart.recall(cues[0], { seed: 1 }));
    });

    test('memory may grow while a pattern is read', () => {
      const network = make();
      const { bytes } = network;
      const many = Array.from({ length: 3000 }, () => cues[1]);
      const comeAndGo = () => {
        network.store(many, { labels: many.map(() => 'brief') });
        network.forget({ label: 'brief' });
      };
      network.store(upon7(cues[0], comeAndGo));
      expect(network.bytes).toBeGreaterThan(bytes);
      expect(network.patterns).toEqual([...patterns, cues[0]]);
    });
  });

  test.each<[string, () => HopfieldNetwork | DenseAssociativeMemory | SimplicialHopfieldNetwork]>([
    ['couplings', () => new HopfieldNetwork(45, { backend, representation: 'couplings' })],
    ['patterns', () => new HopfieldNetwork(45, { backend, representation: 'patterns' })],
    ['projection', () => new HopfieldNetwork(45, { backend, rule: 'projection' })],
    ['dense', () => new DenseAssociativeMemory(45, { backend })],
    [
      'exponential',
      () => new DenseAssociativeMemory(45, { backend, separation: exponential(0.2) }),
    ],
    ['simplicial', () => new SimplicialHopfieldNetwork(45, { backend })],
  ])('%s: a flip is of its neuron, and what is kept of a state is that of the state', (_, make) => {
    const [cue, ...patterns] = randomStates(new Random(73), 45, 10);
    const memory = make().store(patterns);
    for (const way of WAYS.filter(({ every }) => every === 'flip')) {
      const seen = cue.slice();
      let flips = 0;
      for (const { state, energy, neuron } of memory.trajectory(cue, { ...way, seed: 1 })) {
        if (neuron !== undefined) seen[neuron] *= -1;
        expect([neuron === undefined, state]).toEqual([flips++ === 0, seen]);
        // Other calls write where the run was.
        memory.recall(patterns[flips % 9], { seed: flips });
        expect(energy).toBe(memory.energy(state));
      }
      expect(flips).toBeGreaterThan(5);
    }
    for (const step of memory.trajectory(cue)) expect(step).not.toHaveProperty('neuron');
  });

  describe.each([
    ['HopfieldNetwork', () => new HopfieldNetwork(9, { backend })],
    ['HopfieldNetwork, projection', () => new HopfieldNetwork(9, { backend, rule: 'projection' })],
    ['DenseAssociativeMemory', () => new DenseAssociativeMemory(9, { backend })],
    ['SimplicialHopfieldNetwork', () => new SimplicialHopfieldNetwork(9, { backend })],
    ['GradedHopfieldNetwork', () => new GradedHopfieldNetwork(9, { backend })],
  ] as const)('%s', (_, make) => {
    const patterns = randomStates(new Random(72), 9, 4);

    test.each<[string, (memory: ReturnType<typeof make>) => unknown]>([
      ['store', (memory) => memory.store(patterns[3], { labels: ['d'] })],
      ['forget by index', (memory) => memory.forget(1)],
      ['forget a pattern', (memory) => memory.forget(patterns[0])],
      ['forget by label', (memory) => memory.forget({ label: 'c' })],
      ['dispose', (memory) => memory.dispose()],
    ])('%s ends a trajectory, begun or not', (__, change) => {
      const memory = make().store(patterns.slice(0, 3), { labels: ['a', 'b', 'c'] });
      const [begun, waiting] = [memory.trajectory(patterns[3]), memory.trajectory(patterns[3])];
      begun.next();
      change(memory);
      expect(() => begun.next()).toThrow(/changed during|disposed of/);
      expect(() => waiting.next()).toThrow(/changed during|disposed of/);
    });

    test('forgetting what is not there is no change', () => {
      const memory = make().store(patterns.slice(0, 3));
      const steps = memory.trajectory(patterns[3]);
      steps.next();
      expect(memory.forget(patterns[3])).toBe(false);
      expect(memory.forget({ label: 'x' })).toBe(false);
      expect(() => steps.next()).not.toThrow();
    });
  });
});
