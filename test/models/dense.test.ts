/** Dense associative memories follow the published update, on both backends. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DenseAssociativeMemory,
  exponential,
  exponentialSimplicial,
  HopfieldNetwork,
  polynomial,
  Random,
  rectifiedPolynomial,
  type Separation,
} from '../../src/index.ts';
import { separationNames, separationTable } from '../../src/dynamics/separation.ts';
import * as library from '../../src/index.ts';
import { BACKENDS, flipped, GENERATED, randomStates, UPDATES } from './cases.ts';
import { BY_NAME, SEPARATIONS } from './separations.ts';

interface Setup {
  neurons: number;
  count: number;
  seed: number;
  kind: number;
}

const setups: fc.Arbitrary<Setup> = fc.record({
  neurons: fc.integer({ min: 1, max: 40 }),
  count: fc.integer({ min: 0, max: 30 }),
  seed: fc.nat(),
  kind: fc.nat({ max: SEPARATIONS.length - 1 }),
});

function make(setup: Setup, backend: 'wasm' | 'reference' = 'wasm') {
  const random = new Random(setup.seed);
  const patterns = randomStates(random, setup.neurons, setup.count);
  const memory = new DenseAssociativeMemory(setup.neurons, {
    separation: SEPARATIONS[setup.kind](setup.neurons),
    backend,
  });
  if (setup.count > 0) memory.store(patterns);
  const cues = randomStates(random, setup.neurons, 2);
  if (setup.count > 0) cues.push(flipped(patterns[0], Math.floor(setup.neurons / 5), random));
  return { memory, patterns, cues };
}

/** What the main entry exports, by name. */
const CONSTRUCTORS = { ...library } as unknown as Record<
  string,
  (...values: number[]) => Separation
>;

function isEven(separation: Separation, neurons: number): boolean {
  const { values } = separationTable(separation, neurons);
  return values.every((value, k) => value === values.at(-1 - k));
}

function overlap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

test('both backends give the same of everything', () => {
  fc.assert(
    fc.property(setups, (setup) => {
      const { memory: a, cues } = make(setup, 'wasm');
      const { memory: b } = make(setup, 'reference');
      expect(a.backend).toBe('wasm');
      expect(b.backend).toBe('reference');
      expect(b.save()).toEqual(a.save());
      for (const cue of cues) {
        expect(b.energy(cue)).toBe(a.energy(cue));
        expect(b.fields(cue)).toEqual(a.fields(cue));
        expect(b.overlaps(cue)).toEqual(a.overlaps(cue));
        for (const update of UPDATES) {
          const temperature = update === 'stochastic' ? setup.neurons : undefined;
          const options = { update, temperature, seed: setup.seed % 1000, maxSweeps: 12 };
          expect(b.recall(cue, options)).toEqual(a.recall(cue, options));
        }
      }
    }),
    GENERATED,
  );
});

test('overlaps that go through many references of the exponential: both backends give the same', () => {
  const cases = fc.record({
    neurons: fc.integer({ min: 150, max: 700 }),
    count: fc.integer({ min: 1, max: 70 }),
    beta: fc.constantFrom(0.003, 0.02, 0.1, 0.5, 1, 3, 20),
    dimension: fc.constantFrom(0, 1, 2, 3),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(cases, ({ neurons, count, beta, dimension, seed }) => {
      const random = new Random(seed);
      const patterns = randomStates(random, neurons, count);
      const separation = dimension ? exponentialSimplicial(dimension, beta) : exponential(beta);
      const [a, b] = BACKENDS.map((backend) =>
        new DenseAssociativeMemory(neurons, { separation, backend }).store(patterns),
      );
      // Falling overlaps too: heat leads away from the pattern.
      for (const cue of [flipped(patterns[0], Math.floor(0.45 * neurons), random), patterns[0]]) {
        const options = { update: 'stochastic', temperature: 1.5, maxSweeps: 1, seed } as const;
        expect(a.recall(cue, { seed })).toStrictEqual(b.recall(cue, { seed }));
        expect(a.recall(cue, options)).toStrictEqual(b.recall(cue, options));
      }
      a.dispose();
      b.dispose();
    }),
    { ...GENERATED, numRuns: 12 },
  );
});

describe.each(BACKENDS)('%s', (backend) => {
  test('n = 2 gives the states of the Hebbian network, whatever the update', () => {
    fc.assert(
      fc.property(setups, fc.constantFrom('keep', 'positive'), (given, tie) => {
        const { memory, patterns, cues } = make({ ...given, kind: 0 }, backend);
        const N = given.neurons;
        const P = patterns.length;
        const hebb = new HopfieldNetwork(N, { backend });
        if (P > 0) hebb.store(patterns);
        for (const cue of cues) {
          expect(memory.energy(cue)).toBeCloseTo(2 * N * hebb.energy(cue) - N * P, 6);
          hebb.fields(cue).forEach((h, i) => {
            expect(memory.fields(cue)[i]).toBeCloseTo(4 * N * h, 6);
          });
          for (const update of ['asynchronous', 'synchronous'] as const) {
            const options = { update, tie, seed: 3, maxSweeps: 20 } as const;
            const dense = memory.recall(cue, options);
            const classical = hebb.recall(cue, options);
            expect(dense.state).toEqual(classical.state);
            expect([dense.sweeps, dense.flips, dense.period]).toEqual([
              classical.sweeps,
              classical.flips,
              classical.period,
            ]);
          }
        }
      }),
      GENERATED,
    );
  });

  test('stochastic recall with n = 2 is that of the Hebbian network at 1/(2N) of the temperature', () => {
    const { memory, patterns, cues } = make({ neurons: 32, count: 4, seed: 5, kind: 0 }, backend);
    const hebb = new HopfieldNetwork(32, { backend }).store(patterns);
    const options = { update: 'stochastic', seed: 4, maxSweeps: 30 } as const;
    for (const cue of cues) {
      // Powers of two, so that the same number reaches the heat bath.
      const dense = memory.recall(cue, { ...options, temperature: 2 * 32 * 0.5 });
      expect(dense.state).toEqual(hebb.recall(cue, { ...options, temperature: 0.5 }).state);
    }
  });

  test('a field is the difference of energies that the neuron makes', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { memory, cues } = make(setup, backend);
        for (const cue of cues) {
          const fields = memory.fields(cue);
          fields.forEach((h, i) => {
            const [up, down] = [1, -1].map((s) => {
              const state = cue.slice();
              state[i] = s;
              return memory.energy(state);
            });
            const scale = Math.max(1, Math.abs(up), Math.abs(down));
            expect(Math.abs(h - (down - up)) / scale).toBeLessThan(1e-12);
          });
        }
      }),
      GENERATED,
    );
  });

  test('no flip raises the energy, and the end is a fixed point', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { memory, cues } = make(setup, backend);
        for (const cue of cues) {
          let last = Infinity;
          for (const { energy } of memory.trajectory(cue, { every: 'flip', seed: 1 })) {
            expect(energy).toBeLessThanOrEqual(last + 1e-12 * Math.abs(energy));
            last = energy;
          }
          const { state, converged } = memory.recall(cue, { seed: 1 });
          expect(converged).toBe(true);
          expect(memory.isFixedPoint(state)).toBe(true);
          memory.fields(state).forEach((h, i) => expect(h * state[i]).toBeGreaterThanOrEqual(0));
        }
      }),
      GENERATED,
    );
  });

  test('a trajectory ends where recall does; recallMany is as many recalls; clamped neurons stay', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { memory, cues } = make(setup, backend);
        const clamp = cues[0].map((s) => (s > 0 ? 1 : 0));
        for (const update of UPDATES) {
          const temperature = update === 'stochastic' ? 2 * setup.neurons : undefined;
          const options = { update, temperature, clamp, seed: 9, maxSweeps: 8 };
          const many = memory.recallMany(cues, options);
          cues.forEach((cue, k) => {
            const one = memory.recall(cue, { ...options, seed: many.seeds[k] });
            expect(many.states.slice(k * setup.neurons, (k + 1) * setup.neurons)).toEqual(
              one.state,
            );
            expect(many.energies[k]).toBe(one.energy);
            const steps = [...memory.trajectory(cue, { ...options, seed: many.seeds[k] })];
            expect(steps.at(-1)?.state).toEqual(one.state);
            if (update !== 'synchronous') {
              const flips = [
                ...memory.trajectory(cue, { ...options, seed: many.seeds[k], every: 'flip' }),
              ];
              expect(flips.at(-1)?.state).toEqual(one.state);
            }
            one.state.forEach((s, i) => {
              if (clamp[i] === 1) expect(s).toBe(cue[i]);
            });
          });
        }
      }),
      { ...GENERATED, numRuns: 30 },
    );
  });

  test('synchronous steps follow the published field', () => {
    fc.assert(
      fc.property(setups, (given) => {
        const { memory, patterns, cues } = make({ ...given, kind: 1 }, backend);
        const F = (m: number) => m ** 3;
        for (const cue of cues) {
          const next = cue.map((s, i) => {
            let h = 0;
            for (const pattern of patterns) {
              const M = overlap(pattern, cue) - pattern[i] * s;
              h += F(pattern[i] + M) - F(M - pattern[i]);
            }
            return h > 0 ? 1 : h < 0 ? -1 : s;
          });
          expect(memory.recall(cue, { update: 'synchronous', maxSweeps: 1 }).state).toEqual(next);
        }
      }),
      GENERATED,
    );
  });

  test('a gauge transformation goes through; even functions do not know a sign', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { memory, patterns, cues } = make(setup, backend);
        const gauge = new Random(setup.seed, 7).signs(setup.neurons);
        const turn = (state: Int8Array) => state.map((s, i) => s * gauge[i]);
        const turned = new DenseAssociativeMemory(setup.neurons, {
          separation: memory.separation,
          backend,
        });
        if (patterns.length > 0) turned.store(patterns.map(turn));
        for (const cue of cues) {
          const a = memory.recall(cue, { seed: 2 });
          const b = turned.recall(turn(cue), { seed: 2 });
          expect(b.state).toEqual(turn(a.state));
          expect(b.energy).toBe(a.energy);
          if (isEven(memory.separation, setup.neurons)) {
            const c = memory.recall(
              cue.map((s) => -s),
              { seed: 2 },
            );
            expect(c.state).toEqual(a.state.map((s) => -s));
            expect(c.energy).toBe(a.energy);
          }
        }
      }),
      GENERATED,
    );
  });

  test('storing one by one is storing at once; store then forget leaves no trace', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const { memory, patterns } = make(setup, backend);
        const before = memory.save();
        const single = new DenseAssociativeMemory(setup.neurons, {
          separation: memory.separation,
          backend,
        });
        for (const pattern of patterns) single.store(pattern);
        expect(single.save()).toEqual(before);
        const other = new Random(setup.seed, 3).signs(setup.neurons);
        const known = patterns.some((p) => p.every((s, i) => s === other[i]));
        expect(memory.forget(other)).toBe(known);
        if (known) return;
        memory.store(other);
        expect(memory.forget(other)).toBe(true);
        expect(memory.save()).toEqual(before);
      }),
      GENERATED,
    );
  });

  test('exponential separation does not overflow', () => {
    const random = new Random(8);
    const patterns = randomStates(random, 3000, 20);
    for (const beta of [1e-6, 0.01, 1, 50, 1000]) {
      const memory = new DenseAssociativeMemory(3000, { separation: exponential(beta), backend });
      memory.store(patterns);
      const cue = flipped(patterns[4], 300, random);
      expect(Number.isFinite(memory.energy(cue))).toBe(true);
      expect(memory.fields(patterns[4]).every((h) => Number.isFinite(h) && h !== 0)).toBe(true);
      if (beta < 0.01) continue;
      const { match, energy } = memory.recall(cue, { seed: 1 });
      expect(match).toEqual({ index: 4, overlap: 1, correlation: 1 });
      expect(energy).toBeCloseTo(-3000, 6);
    }
  });

  test('a saved memory loads; a damaged one does not', () => {
    for (let kind = 0; kind < SEPARATIONS.length; kind++) {
      const { memory, cues } = make({ neurons: 21, count: 9, seed: kind, kind }, backend);
      const file = memory.save();
      const loaded = DenseAssociativeMemory.load(file, { backend });
      expect(loaded.separation).toEqual(memory.separation);
      expect(loaded.patterns).toEqual(memory.patterns);
      expect(loaded.recall(cues[0], { seed: 1 })).toEqual(memory.recall(cues[0], { seed: 1 }));
      for (let k = 0; k < file.length; k++) {
        const altered = file.slice();
        altered[k] ^= 16;
        expect(() => DenseAssociativeMemory.load(altered)).toThrow(/saved model/);
      }
      expect(() => DenseAssociativeMemory.load(file.subarray(0, -1))).toThrow(/cut short/);
    }
    expect(() => DenseAssociativeMemory.load(new HopfieldNetwork(4).save())).toThrow(
      "the file holds 'HopfieldNetwork', expected 'DenseAssociativeMemory'",
    );
  });
});

test.each(separationNames().filter((name) => name !== 'table'))(
  '%s has a constructor of that name, which errors name',
  (name) => {
    const given = BY_NAME[name][0](8) as Separation;
    const constructor = name.replace(/-./g, ([, letter]) => letter.toUpperCase());
    const { name: _, ...parameters } = given;
    const make = CONSTRUCTORS[constructor];
    expect(make(...Object.values(parameters as Record<string, number>))).toEqual(given);
    const call = `${constructor}(${Object.keys(parameters).join(', ')})`;
    const wrong = () => new DenseAssociativeMemory(8, { separation: 3 as never });
    expect(wrong).toThrow(`separation is 3, expected polynomial(degree), `);
    expect(wrong).toThrow(call);
  },
);

test('bad arguments say what was given and what was expected', () => {
  const wrong: [() => unknown, ErrorConstructor, string][] = [
    [() => polynomial(1), RangeError, 'degree is 1, expected an integer of at least 2'],
    [() => polynomial(2.5), RangeError, 'degree is 2.5'],
    [() => rectifiedPolynomial('3' as never), TypeError, "degree is '3'"],
    [() => exponential(0), RangeError, 'beta is 0, expected a number from 1e-6 to 1e6'],
    [
      () => new DenseAssociativeMemory(50, { separation: polynomial(1e9) }),
      RangeError,
      'degree is 1000000000, too large',
    ],
    [
      () => new DenseAssociativeMemory(8, { separation: { name: 'table' } as never }),
      TypeError,
      'separation.values is undefined',
    ],
    [
      () => new DenseAssociativeMemory(8, { separation: null as never }),
      TypeError,
      'separation is null',
    ],
    [
      () => new DenseAssociativeMemory(8, { separation: [1, 2, 3] }),
      RangeError,
      'separation has length 3, expected 11',
    ],
    [
      () => new DenseAssociativeMemory(1, { separation: [1, NaN, 2, 3] }),
      RangeError,
      'separation[1] is NaN',
    ],
    [
      () => new DenseAssociativeMemory(8, { separation: 'cubic' as never }),
      TypeError,
      "separation is 'cubic'",
    ],
    [
      () => new DenseAssociativeMemory(8, { separation: { name: 'cubic' } as never }),
      TypeError,
      "separation.name is 'cubic'",
    ],
    [
      () => new DenseAssociativeMemory(1000, { separation: polynomial(200) }),
      RangeError,
      'degree is 200, too large for 1000 neurons',
    ],
    [
      () => new DenseAssociativeMemory(8, { rule: 'hebbian' } as never),
      TypeError,
      'dense memory options have no rule',
    ],
    [() => new DenseAssociativeMemory(0), RangeError, 'neurons is 0'],
  ];
  for (const [call, kind, message] of wrong) {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  }
  const memory = new DenseAssociativeMemory(4).store([1, 1, -1, -1]);
  const before = memory.save();
  expect(() =>
    memory.store([
      [1, 1, 1, 1],
      [1, 1, 1, 2],
    ]),
  ).toThrow('pattern 1[3] is 2');
  expect(memory.save()).toEqual(before);
  memory.dispose();
  expect(() => memory.recall([1, 1, 1, 1])).toThrow('disposed of');
});

test('trajectories that take turns, with other calls between their steps, go their own ways', () => {
  fc.assert(
    fc.property(setups, fc.constantFrom('sweep', 'flip'), (setup, every) => {
      const { memory, cues } = make(setup);
      const options = { seed: 5, every } as const;
      const alone = cues.map((cue) => [...memory.trajectory(cue, options)]);
      const ways = cues.map((cue) => memory.trajectory(cue, options));
      const together = cues.map(() => [] as unknown[]);
      for (let open = ways.length; open > 0;) {
        open = 0;
        ways.forEach((way, k) => {
          const { value, done } = way.next();
          if (done) return;
          together[k].push(value);
          open++;
          memory.energy(cues[0]);
          memory.recall(cues[1], { seed: 1 });
        });
      }
      expect(together).toEqual(alone);
    }),
    { ...GENERATED, numRuns: 30 },
  );
});

test.each(BACKENDS)(
  'a temperature that stores ends the recall and spoils nothing (%s)',
  (backend) => {
    const random = new Random(6);
    const [few, many] = [random.signs(64 * 3), random.signs(64 * 3000)];
    const memories = [
      new DenseAssociativeMemory(64, { backend }),
      new DenseAssociativeMemory(64, { separation: exponential(0.1), backend }),
      new HopfieldNetwork(64, { representation: 'patterns', backend }),
    ];
    for (const memory of memories) {
      memory.store(few);
      const temperature = () => {
        if (memory.patternCount === 3) memory.store(many);
        return 1;
      };
      const cue = random.signs(64);
      expect(() => memory.recall(cue, { update: 'stochastic', temperature, seed: 1 })).toThrow(
        'changed during a recall',
      );
      const stored = [...few, ...many];
      expect(memory.patterns.every((p, k) => p.every((s, i) => s === stored[64 * k + i]))).toBe(
        true,
      );
    }
  },
);

test('a change in the middle of a recall ends it', () => {
  const memory = new DenseAssociativeMemory(16).store(new Random(1).signs(16 * 3));
  const cue = new Random(2).signs(16);
  expect(() => memory.recall(cue, { onSweep: () => void memory.store(cue) })).toThrow(
    'changed during a recall',
  );
});
