/**
 * Digests of seeded runs: the same on every engine and both backends.
 *
 * A change of a digest is a change of results for everybody who wrote a seed down.
 */
import { describe, expect, test } from 'vitest';
import {
  HopfieldNetwork,
  Random,
  type NetworkOptions,
  type RecallOptions,
  type Rule,
} from '../src/index.ts';
import { ruleNames, type RuleName, type RuleParameters } from '../src/learning/rules/index.ts';
import { Digest } from './digest.ts';

const UPDATES: RecallOptions[] = [
  {},
  { order: 'index', tie: 'positive' },
  { update: 'synchronous' },
  { update: 'stochastic', temperature: 0.4, maxSweeps: 7 },
  { update: 'stochastic', temperature: (sweep) => 2 / (1 + sweep * sweep), maxSweeps: 7 },
];

/** Couplings, fields, and every update from a few cues. */
function digest(network: HopfieldNetwork): string {
  const out = new Digest();
  const { neurons } = network;
  const random = new Random(77);
  out.doubles(network.couplings);
  const cues = Array.from({ length: 4 }, () => random.signs(neurons));
  for (const cue of cues) {
    out.doubles(network.fields(cue));
    out.doubles(network.overlaps(cue));
  }
  const clamp = Array.from(cues[0], (_, i) => i % 7 === 3);
  for (const update of UPDATES) {
    for (const options of [update, { ...update, clamp }]) {
      const all = network.recallMany(cues, { maxSweeps: 40, ...options, seed: 2024 });
      out.bytes(all.states);
      out.doubles(all.energies);
      for (const list of [all.converged, all.periods, all.sweeps, all.flips]) out.doubles(list);
      out.doubles(all.matches.indices);
      out.doubles(all.matches.overlaps);
    }
  }
  return out.hex;
}

const hebbian = (representation: 'patterns' | 'couplings'): [string, NetworkOptions][] => [
  ['bipolar', { representation }],
  ['binary', { representation, units: 'binary' }],
  ['thresholds', { representation, thresholds: 0.07 }],
  ['binary thresholds', { representation, units: 'binary', thresholds: -2.3 }],
  ['self-couplings', { representation, selfCoupling: true }],
];

/** Both representations of Hebbian networks have the same digests. */
const HEBBIAN: Record<string, string> = {
  bipolar: 'b88ebbb3',
  binary: '29014c78',
  thresholds: '3def7bc6',
  'binary thresholds': 'a47fb72a',
  'self-couplings': 'b329cd05',
};

/** Every rule, with the parameters that its digest was made with. */
const LEARNT: { readonly [N in RuleName]: readonly [RuleParameters[N], digest: string] } = {
  hebbian: [{}, HEBBIAN.bipolar],
  storkey: [{}, '4afc19b4'],
  projection: [{}, '59154989'],
  perceptron: [{ margin: 0.5 }, 'eaba09fe'],
  'minimal-overlap': [{ minimum: 3 }, '7ef61487'],
  'diederich-opper': [{ tolerance: 1e-5 }, 'eb96c95e'],
  covariance: [{ activity: 0.45 }, '5da627c7'],
  palimpsest: [{}, '77d6f9a6'],
};

const VARIANTS: [string, NetworkOptions, digest: string][] = [
  ['projection, self-couplings', { rule: 'projection', selfCoupling: true }, 'eba3cc00'],
  [
    'covariance, ½ − f',
    { rule: { name: 'covariance', activity: 0.45, threshold: 0.5 - 0.45 } },
    '439b93bc',
  ],
  ['storkey, thresholds', { rule: 'storkey', thresholds: 0.1 }, 'ce971f3a'],
];

const DREAMT: Record<string, string> = {
  hebbian: '41dcd3fd ea419037 34c97626',
  storkey: 'ef2d81a7 2b34b328 3b9c2a66',
};

const GIVEN = '01060c5c';

const GENERATOR = 'f161ff7d';

function patterns(): Int8Array[] {
  const random = new Random(1982);
  return Array.from({ length: 13 }, () => random.signs(101));
}

describe.each(['wasm', 'reference'] as const)('%s', (backend) => {
  const make = (options: NetworkOptions) =>
    new HopfieldNetwork(101, { ...options, backend }).store(patterns());

  describe.each(['patterns', 'couplings'] as const)('%s', (representation) => {
    test.each(hebbian(representation))('%s', (name, options) => {
      expect(digest(make(options))).toBe(HEBBIAN[name]);
    });
  });

  test.each(ruleNames())('%s', (name) => {
    const [parameters, expected] = LEARNT[name];
    expect(digest(make({ rule: { name, ...parameters } as Rule }))).toBe(expected);
  });

  test.each(VARIANTS)('%s', (_, options, expected) => {
    expect(digest(make(options))).toBe(expected);
  });

  test.each(['hebbian', 'storkey'] as const)('dreams after %s', async (rule) => {
    const network = make({ rule });
    await network.unlearn({ steps: 20, seed: 5 });
    const first = digest(network);
    await network.daydream({ epochs: 2, seed: 6 });
    const saved = new Digest();
    saved.bytes(network.save());
    expect([first, digest(network), saved.hex].join(' ')).toBe(DREAMT[rule]);
  });

  test('given couplings, asymmetric', () => {
    const random = new Random(3);
    const matrix = Float64Array.from({ length: 101 * 101 }, () => random.real() - 0.5);
    expect(digest(HopfieldNetwork.fromCouplings(matrix, { backend }))).toBe(GIVEN);
  });
});

test('the generator', () => {
  const out = new Digest();
  const random = new Random(1, 2);
  out.doubles(Array.from({ length: 100 }, () => random.real()));
  out.bytes(random.signs(100));
  out.doubles(random.sample(1000, 100));
  expect(out.hex).toBe(GENERATOR);
});
