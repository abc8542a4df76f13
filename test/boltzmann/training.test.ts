import { describe, expect, test } from 'vitest';
import { RestrictedBoltzmannMachine } from '../../src/boltzmann/index.ts';
import { STREAMS } from '../../src/boltzmann/layers.ts';
import { Random } from '../../src/random.ts';
import { BACKENDS, KINDS, machineOf, parametersOf, randomParameters } from './machines.ts';
import {
  allStates,
  distribution,
  flat,
  hiddenMeans,
  logLikelihood,
  lowOf,
  slopes,
  statistics,
  unflat,
  visibleMeans,
  type Parameters,
  type State,
} from './oracle.ts';

const [N, H] = [5, 3];

function someStates(p: Parameters, count: number): number[][] {
  const random = new Random(77);
  return Array.from({ length: count }, () =>
    Array.from({ length: N }, (_, i) => (random.real() < 0.3 + 0.1 * i ? 1 : lowOf(p))),
  );
}

/** Averages over rows that weigh the same. */
const average = (p: Parameters, rows: State[]) =>
  statistics(
    p,
    rows,
    rows.map(() => 1 / rows.length),
  );

test('averages over data less those over the model are the slope of the likelihood', () => {
  for (const kind of KINDS) {
    const p = randomParameters(kind, N, H, 4, 0.7);
    const states = someStates(p, 7);
    const model = statistics(p, allStates(N, lowOf(p)), distribution(p));
    const slope = average(p, states).map((x, k) => x - model[k]);
    slopes(p, states).forEach((x, k) => expect(Math.abs(x - slope[k])).toBeLessThan(1e-10));
  }
});

describe.each(BACKENDS)('%s', (backend) => {
  // The chains' own draws, as the documents of streams and generators say.
  test.each(KINDS.slice(0, 2))(
    'CD-1 of $units units is what the formulas make of its draws',
    async (kind) => {
      const p = randomParameters(kind, N, H, 5, 0.7);
      const machine = machineOf(p, backend);
      const states = someStates(p, 6);
      const seed = 21;
      const rate = 0.25;
      await machine.train(states, { batch: 6, rate, seed });
      const order = new Random(seed, STREAMS.order).shuffle([0, 1, 2, 3, 4, 5]);
      const rows = order.map((k) => states[k]);
      const ends = rows.map((v, r) => {
        const lanes = [0, 1, 2, 3].map((lane) => new Random(seed, STREAMS.chains + 4 * r + lane));
        const draw = (means: number[], low: number) => {
          const drawn = means.map((mean, i) => {
            const real = Math.floor(lanes[i % 4].next() / 256) / 2 ** 24;
            return real < (low === 0 ? mean : (1 + mean) / 2) ? 1 : low;
          });
          // All four draw, whether a unit needs it or not.
          for (let i = means.length; i % 4 !== 0; i++) lanes[i % 4].next();
          return drawn;
        };
        return draw(visibleMeans(p, draw(hiddenMeans(p, v), 0)), lowOf(p));
      });
      const model = average(p, ends);
      const slope = average(p, rows).map((x, k) => x - model[k]);
      const expected = flat(p).map((x, k) => x + rate * slope[k]);
      parametersOf(machine).forEach((x, k) => expect(x).toBeCloseTo(expected[k], 6));
    },
  );

  test.each(KINDS)(
    'long chains give the slope of the likelihood: $units, $hiddenUnits',
    async (kind) => {
      const p = randomParameters(kind, N, H, 6, 0.4);
      const machine = machineOf(p, backend);
      const states = someStates(p, 7);
      const chains = 2000;
      await machine.train(states, { rate: 1, steps: 12, chains, seed: 3 });
      const slope = slopes(p, states);
      const before = flat(p);
      parametersOf(machine).forEach((x, k) => {
        // Units are within ±1, Gaussian means within 2.2: five standard errors, at worst.
        const bound = (5 * (p.gaussian ? 2.2 : 1)) / Math.sqrt(chains);
        expect(Math.abs(x - before[k] - slope[k])).toBeLessThan(bound);
      });
    },
  );

  test.each(KINDS.slice(0, 2))(
    'persistent chains start from states in which half of the $units units are on',
    async ({ units }) => {
      const low = units === 'binary' ? 0 : -1;
      // One unit and one that is on with it: what a chain starts from it stays at.
      const machine = RestrictedBoltzmannMachine.fromWeights([[40]], {
        units,
        visibleBiases: [-20],
        hiddenBiases: [units === 'binary' ? -20 : 0],
        backend,
      });
      const [before] = machine.visibleBiases;
      await machine.train([[low]], { chains: 400, rate: 1, steps: 3, seed: 5 });
      const mean = low - (machine.visibleBiases[0] - before);
      expect(Math.abs((mean - low) / (1 - low) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 400));
    },
  );

  test('momentum and decay: a change is the last one, less, plus the slope, less what weights lose', async () => {
    // Visible units whose biases leave chance nothing to say: every chain ends in the same state.
    let p = { ...randomParameters(KINDS[0], N, H, 9), visible: [40, -40, 40, -40, 40] };
    const end = [1, 0, 1, 0, 1];
    const states = someStates(p, 6);
    const machine = machineOf(p, backend);
    const [rate, momentum, weightDecay] = [0.5, 0.75, 0.25];
    await machine.train(states, { batch: 6, epochs: 3, rate, momentum, weightDecay, seed: 1 });
    let velocity = flat(p).map(() => 0);
    for (let epoch = 0; epoch < 3; epoch++) {
      const model = average(p, [end]);
      const data = average(p, states);
      velocity = flat(p).map((x, k) => {
        const decay = k < N * H ? weightDecay * x : 0;
        return momentum * velocity[k] + rate * (data[k] - model[k] - decay);
      });
      p = {
        ...p,
        ...unflat(
          p,
          flat(p).map((x, k) => x + velocity[k]),
        ),
      };
    }
    parametersOf(machine).forEach((x, k) => expect(x).toBeCloseTo(flat(p)[k], 5));
  });

  test('the likelihood of what is learnt rises', async () => {
    const patterns = [
      [1, 1, 1, 0, 0, 0],
      [0, 0, 0, 1, 1, 1],
    ];
    const states = Array.from({ length: 100 }, (_, k) => patterns[k % 2]);
    for (const options of [{}, { chains: 50 }]) {
      const machine = new RestrictedBoltzmannMachine(6, 4, { backend });
      const report = await machine.train(states, {
        batch: 10,
        epochs: 60,
        rate: 0.2,
        seed: 4,
        ...options,
      });
      expect(report).toMatchObject({ seed: 4, epochs: 60, updates: 600 });
      const likelihood = async () => {
        const { logZ } = await machine.logPartition();
        const free = machine.freeEnergies(patterns);
        return -(free[0] + free[1]) / 2 - logZ;
      };
      // At best ln ½; six units that are drawn by coins are at −6 ln 2.
      expect(await likelihood()).toBeGreaterThan(-1.2);
      if (report.errors) {
        expect(report.errors).toHaveLength(60);
        expect(report.errors[0]).toBeGreaterThan(0.2);
        expect(report.errors[59]).toBeLessThan(0.05);
      } else expect(options).toHaveProperty('chains');
    }
  });
});

test('both backends learn the same bits, whatever the sizes', async () => {
  for (const kind of KINDS) {
    for (const [n, h, batch, more] of [
      [7, 3, 5, {}],
      [5, 9, 4, { chains: 3, steps: 2 }],
      [13, 6, 100, { momentum: 0.5, weightDecay: 0.01, steps: 3 }],
    ] as const) {
      const random = new Random(n);
      const states = Array.from({ length: 11 }, () => random.signs(n));
      const [a, b] = await Promise.all(
        BACKENDS.map(async (backend) => {
          const machine = new RestrictedBoltzmannMachine(n, h, { ...kind, backend });
          const report = await machine.train(states, { batch, epochs: 3, seed: 5, ...more });
          return [parametersOf(machine), report];
        }),
      );
      expect(a).toEqual(b);
    }
  }
});

describe('an end before the end', () => {
  const p = randomParameters(KINDS[0], 30, 20, 1);
  const random = new Random(1);
  const states = Array.from({ length: 2000 }, () => random.signs(30));

  test('a signal stops the training, and nothing is learnt', async () => {
    const machine = machineOf(p, 'reference');
    const before = machine.save();
    const stop = new AbortController();
    const seen: number[] = [];
    const training = machine.train(states, {
      epochs: 1000,
      signal: stop.signal,
      onProgress(done, of) {
        seen.push(done, of);
        stop.abort(new Error('enough'));
      },
    });
    await expect(training).rejects.toThrow('enough');
    expect(seen[1]).toBe(20_000);
    expect(seen).toHaveLength(2);
    expect(machine.save()).toEqual(before);
    expect(machine.revision).toBe(0);
    await machine.train(states.slice(0, 5), { seed: 1 });
    expect(machine.revision).toBe(1);
    expect(machine.save()).not.toEqual(before);
  });

  test('one training at a time; a machine may be asked meanwhile, and disposed of', async () => {
    const machine = machineOf(p, 'reference');
    const training = machine.train(states, { epochs: 1000 });
    await expect(machine.train(states)).rejects.toThrow('being trained');
    expect(machine.freeEnergy(states[0])).toBe(machineOf(p).freeEnergy(states[0]));
    machine.dispose();
    await expect(training).rejects.toThrow('disposed');
  });

  test('a rate at which parameters grow beyond all bounds is refused', async () => {
    const machine = machineOf(p);
    const before = machine.save();
    await expect(machine.train(states, { rate: 1e39 })).rejects.toThrow('rate is 1e+39');
    expect(machine.save()).toEqual(before);
  });
});

test('the likelihood of the oracle is a mean of logarithms of probabilities', () => {
  const p = randomParameters(KINDS[1], N, H, 2);
  const states = allStates(N, -1);
  const shares = distribution(p);
  expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  expect(logLikelihood(p, [states[3], states[9]])).toBeCloseTo(
    (Math.log(shares[3]) + Math.log(shares[9])) / 2,
    12,
  );
});
