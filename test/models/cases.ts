/** Generated networks: options, patterns and cues, the same in every run. */
import fc from 'fast-check';
import { HopfieldNetwork, Random, type NetworkOptions, type Rule } from '../../src/index.ts';
import { ruleNames, type RuleName, type RuleParameters } from '../../src/learning/rules/index.ts';
import { hebbian, transform, zeros, type Dynamics, type Matrix } from './oracle.ts';

/** fast-check with the same inputs every time. */
export const GENERATED = { seed: 20_250_102, numRuns: typeof document === 'undefined' ? 60 : 20 };

export const BACKENDS = ['wasm', 'reference'] as const;
/** The default, and those that have names. */
export const REPRESENTATIONS = ['auto', 'couplings', 'patterns'] as const;
export const UPDATES = ['asynchronous', 'synchronous', 'stochastic'] as const;

/** Parameters for rules that need some, and for those whose defaults are slow on a handful of patterns. */
const PARAMETERS: { readonly [N in RuleName]?: RuleParameters[N] } & {
  readonly [N in RuleName as object extends RuleParameters[N] ? never : N]: RuleParameters[N];
} = {
  perceptron: { margin: 0.5, maxEpochs: 50 },
  'minimal-overlap': { minimum: 2, maxEpochs: 50 },
  'diederich-opper': { tolerance: 1e-4, maxEpochs: 500 },
  covariance: { activity: 0.3 },
  palimpsest: { bound: 2 },
};

/** Every rule, with parameters that suit a handful of patterns. */
export const RULES = ruleNames().map((name) => ({ name, ...PARAMETERS[name] })) as readonly Exclude<
  Rule,
  string
>[];

/** Options of a Hebbian network: everything that its two representations share. */
export interface Hebbian {
  neurons: number;
  count: number;
  seed: number;
  units: 'bipolar' | 'binary';
  selfCoupling: boolean;
  /** Whether thresholds are given, in eighths of the couplings' unit. */
  thresholds: boolean;
}

export const hebbians: fc.Arbitrary<Hebbian> = fc.record({
  neurons: fc.integer({ min: 1, max: 40 }),
  count: fc.integer({ min: 0, max: 12 }),
  seed: fc.nat(),
  units: fc.constantFrom('bipolar', 'binary'),
  selfCoupling: fc.boolean(),
  thresholds: fc.boolean(),
});

export function randomStates(random: Random, neurons: number, count: number): Int8Array[] {
  return Array.from({ length: count }, () => random.signs(neurons));
}

export function reals(random: Random, count: number, size = 1): number[] {
  return Array.from({ length: count }, () => (2 * random.real() - 1) * size);
}

/** The state with `count` distinct neurons turned over. */
export function flipped(state: Int8Array, count: number, random: Random): Int8Array {
  const out = state.slice();
  for (const i of random.sample(state.length, count)) out[i] = -out[i];
  return out;
}

/** 0/1 values of ±1 ones. */
export function bits(state: ArrayLike<number>): number[] {
  return Array.from(state, (value) => (value > 0 ? 1 : 0));
}

/**
 * A Hebbian network, its cues, and the same in the oracle's integers: couplings times 8, so that its
 * fields are `scale` times the network's.
 */
export interface Problem {
  options: NetworkOptions;
  patterns: Int8Array[];
  /** In the network's own values. */
  cues: number[][];
  scale: number;
  dynamics: Dynamics;
}

export function problem(setup: Hebbian, cues = 3): Problem {
  const { neurons, count, units, selfCoupling } = setup;
  const random = new Random(setup.seed);
  const patterns = randomStates(random, neurons, count);
  const low = units === 'binary' ? 0 : -1;
  const one = units === 'binary' ? 1 : 1 / neurons;
  const reach = 16 * count + 4;
  const theta = Array.from({ length: neurons }, () =>
    setup.thresholds ? random.below(2 * reach + 1) - reach : 0,
  );
  const options: NetworkOptions = { units, selfCoupling };
  if (setup.thresholds) options.thresholds = theta.map((t) => (t / 8) * one);
  const J = hebbian(
    patterns.map((p) => Array.from(p)),
    neurons,
    selfCoupling,
  );
  return {
    options,
    patterns,
    cues: randomStates(random, neurons, cues).map((cue) =>
      Array.from(cue, (value) => (value > 0 ? 1 : low)),
    ),
    scale: 8 / one,
    dynamics: { W: transform(J, (w) => 8 * w), theta, low },
  };
}

export function build(
  neurons: number,
  options: NetworkOptions,
  patterns: readonly Int8Array[],
): HopfieldNetwork {
  const network = new HopfieldNetwork(neurons, options);
  if (patterns.length > 0) network.store(patterns);
  return network;
}

/** A symmetric matrix with entries in (−1, 1) and the diagonal given. */
export function symmetricMatrix(random: Random, neurons: number, diagonal = 0): Matrix {
  const W = zeros(neurons);
  for (let i = 0; i < neurons; i++) {
    for (let j = 0; j < i; j++) W[i][j] = W[j][i] = 2 * random.real() - 1;
    W[i][i] = diagonal;
  }
  return W;
}
