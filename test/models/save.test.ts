/** A saved network recalls as before; a damaged file is never taken for one. */
import { describe, expect, test } from 'vitest';
import { HopfieldNetwork, Random, type NetworkOptions, type Rule } from '../../src/index.ts';
import {
  BACKENDS,
  build,
  flipped,
  randomStates,
  reals,
  REPRESENTATIONS,
  RULES,
  symmetricMatrix,
  UPDATES,
} from './cases.ts';

/** Fails unless the loaded network is the same in all that can be seen. */
function expectKept(network: HopfieldNetwork, backend: 'wasm' | 'reference'): HopfieldNetwork {
  const file = network.save();
  const loaded = HopfieldNetwork.load(file, { backend });
  expect(loaded.backend).toBe(backend);
  expect(loaded.save()).toEqual(file);
  for (const name of [
    'neurons',
    'units',
    'selfCoupling',
    'rule',
    'representation',
    'patternCount',
    'patterns',
    'thresholds',
    'capacity',
    'learning',
    'couplings',
  ] as const) {
    expect(loaded[name]).toEqual(network[name]);
  }
  const random = new Random(6);
  for (const cue of randomStates(random, network.neurons, 2)) {
    expect(loaded.fields(cue)).toEqual(network.fields(cue));
    for (const update of UPDATES) {
      const temperature = update === 'stochastic' ? 0.5 : undefined;
      if (temperature && network.units === 'binary' && network.selfCoupling) continue;
      const options = { update, temperature, seed: 7, maxSweeps: 20 };
      expect(loaded.recall(cue, options)).toEqual(network.recall(cue, options));
    }
  }
  return loaded;
}

describe.each(BACKENDS)('%s', (backend) => {
  const other = backend === 'wasm' ? 'reference' : 'wasm';

  test.each(RULES)('%o: the same recall, and the same learning afterwards', (rule) => {
    const random = new Random(61);
    const name = typeof rule === 'string' ? rule : rule.name;
    for (const units of name === 'covariance'
      ? (['binary'] as const)
      : (['bipolar', 'binary'] as const)) {
      for (const count of [0, 1, 6]) {
        const options: NetworkOptions = { rule, units, backend };
        if (name !== 'covariance') options.thresholds = count === 6 ? reals(random, 19, 0.3) : 0;
        const network = build(19, options, randomStates(random, 19, count));
        const loaded = expectKept(network, other);
        const pattern = random.signs(19);
        for (const one of [network, loaded]) one.store(pattern);
        expect(loaded.save()).toEqual(network.save());
        for (const one of [network, loaded]) one.forget(pattern);
        expect(loaded.save()).toEqual(network.save());
        expectKept(network, backend);
      }
    }
  });

  test.each(REPRESENTATIONS)('Hebbian networks keep their representation: %s', (representation) => {
    const random = new Random(62);
    for (const selfCoupling of [false, true]) {
      for (const units of ['bipolar', 'binary'] as const) {
        const options = { backend, representation, selfCoupling, units, thresholds: 0.3 };
        expectKept(build(23, options, randomStates(random, 23, 4)), other);
      }
    }
  });

  test('dreamt networks', async () => {
    const random = new Random(63);
    for (const rule of ['hebbian', 'storkey', 'projection', 'palimpsest'] as Rule[]) {
      const network = build(16, { rule, backend, thresholds: 0.1 }, randomStates(random, 16, 4));
      await network.unlearn({ steps: 10, seed: 1 });
      expectKept(network, other);
      await network.daydream({ epochs: 1, seed: 1 });
      const loaded = expectKept(network, other);
      for (const one of [network, loaded]) await one.daydream({ epochs: 1, seed: 2 });
      expect(loaded.save()).toEqual(network.save());
    }
  });

  test('given couplings, symmetric or not', () => {
    const random = new Random(64);
    const asymmetric = Array.from({ length: 13 }, () => reals(random, 13));
    for (const units of ['bipolar', 'binary'] as const) {
      for (const matrix of [symmetricMatrix(random, 13, 0.5), asymmetric]) {
        const network = HopfieldNetwork.fromCouplings(matrix, { backend, units, thresholds: 0.25 });
        expectKept(network, other);
        expectKept(network.store(random.signs(13)), other);
      }
    }
  });
});

const random = new Random(65);
const patterns = randomStates(random, 9, 3);

/** Small files of all kinds: patterns only, thresholds, 16-bit and 32-bit couplings. */
const files = [
  build(9, {}, patterns).save(),
  build(3, { rule: 'storkey', thresholds: [0.5, -1, 2] }, [new Int8Array([1, -1, 1])]).save(),
  build(3, { rule: 'palimpsest', units: 'binary' }, [new Int8Array([1, -1, 1])]).save(),
];

test('every change of a byte is noticed', () => {
  for (const file of files) {
    for (let at = 0; at < file.length; at++) {
      for (let change = 1; change < 256; change++) {
        file[at] ^= change;
        let error: unknown;
        try {
          HopfieldNetwork.load(file);
        } catch (caught) {
          error = caught;
        }
        file[at] ^= change;
        if (!(error instanceof Error) || error.message.length < 10) {
          expect.fail(`byte ${at}, change ${change}: ${String(error)}`);
        }
      }
    }
    HopfieldNetwork.load(file);
  }
});

test('every way to cut a file short, or to add to it, is noticed', () => {
  for (const file of files) {
    for (let length = 0; length < file.length; length++) {
      expect(() => HopfieldNetwork.load(file.subarray(0, length))).toThrow(Error);
    }
    for (const more of [0, 1, 255]) {
      expect(() => HopfieldNetwork.load(new Uint8Array([...file, more]))).toThrow(/damaged/);
    }
  }
});

test('errors say what is wrong', () => {
  const [file] = files;
  const load = (bytes: unknown) => () => HopfieldNetwork.load(bytes as Uint8Array);
  expect(load('text')).toThrow(TypeError);
  expect(load([...file])).toThrow(TypeError);
  expect(load(new Uint8Array(0))).toThrow(/not a saved model/);
  expect(load(new TextEncoder().encode('PK and so on, long enough'))).toThrow(
    /expected "HOPFIELD"/,
  );
  expect(load(file.subarray(0, 12))).toThrow(/cut short: 12 bytes/);
  expect(load(file.subarray(0, file.length - 1))).toThrow(/damaged or cut short/);
  const newer = file.slice();
  newer[8] = 3;
  expect(load(newer)).toThrow(/version 3, expected 1 or 2/);
  expect(() => HopfieldNetwork.load(file, { backend: 'gpu' as 'auto' })).toThrow(TypeError);
});

test('a file may lie anywhere in a larger buffer', () => {
  const [file] = files;
  const buffer = new Uint8Array(file.length + 10);
  buffer.set(file, 3);
  const loaded = HopfieldNetwork.load(buffer.subarray(3, 3 + file.length));
  const cue = flipped(patterns[0], 1, new Random(1));
  expect(loaded.recall(cue, { seed: 1 })).toEqual(build(9, {}, patterns).recall(cue, { seed: 1 }));
});
