/** What a Hopfield network is to be: the options of its constructor, checked and completed. */
import type { NetworkPlan } from '../learning/plan.ts';
import { checkName, checkNeurons, checkNumber, checkOptions, describe } from '../checks.ts';
import type { Backend } from '../kernels/open.ts';
import {
  completeRule,
  definitionOf,
  selfCoupled,
  type CompleteRule,
  type Rule,
} from '../learning/rules/index.ts';

export interface NetworkOptions {
  /** How patterns become couplings. Default `'hebbian'`. */
  rule?: Rule;
  /**
   * `'bipolar'` (default): states are ±1, the field is Σ_j W_ij s_j − θ_i.
   * `'binary'` (the default, and required, for the covariance rule): 0/1 units V with the field
   * Σ_j T_ij V_j − U_i of the 1982 paper. T is W without the 1/N for the Hebbian and palimpsest rules, and in
   * the scale of the rule's own definition for the others.
   */
  units?: 'bipolar' | 'binary';
  /**
   * Whether neurons act on themselves (W_ii). Default false: zero diagonal. Only for the rules hebbian,
   * projection and diederich-opper.
   */
  selfCoupling?: boolean;
  /**
   * Thresholds θ (U for binary units) in the scale of the fields: one number or N of them. Default 0. Rounded
   * to the network's integers, at worst to 2⁻²⁰ of a Hebbian coupling or 2⁻³⁰ of the largest field; ones too large to fit
   * beside the couplings throw at the first recall. Not for the covariance rule, which has a `threshold` of its own.
   */
  thresholds?: number | ArrayLike<number>;
  /**
   * `'couplings'`: an N×N matrix. `'patterns'`: only the patterns' bits, for the Hebbian rule; the same
   * results in P·N/4 bytes. `'auto'` (default): couplings up to 4096 neurons, patterns beyond where it can.
   */
  representation?: 'auto' | 'patterns' | 'couplings';
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

const OPTION_NAMES = [
  'rule',
  'units',
  'selfCoupling',
  'thresholds',
  'representation',
  'backend',
] as const;

/** Checks and completes what a network is to be; the backend is checked where it is opened. */
export function planNetwork(neurons: number, options: NetworkOptions): NetworkPlan {
  checkNeurons(neurons);
  checkOptions(options, 'network options', OPTION_NAMES);
  const rule = completeRule(options.rule ?? 'hebbian', neurons);
  const { threshold, selfCoupling: learnsItself } = definitionOf(rule.name);
  const sparse = threshold !== undefined;
  const units = checkName(options.units ?? (sparse ? 'binary' : 'bipolar'), 'units', [
    'bipolar',
    'binary',
  ]);
  if (sparse && units === 'bipolar') {
    throw new TypeError(`units is 'bipolar', expected 'binary' for the ${rule.name} rule`);
  }
  const { selfCoupling = false } = options;
  if (typeof selfCoupling !== 'boolean') {
    throw new TypeError(`selfCoupling is ${describe(selfCoupling)}, expected true or false`);
  }
  if (selfCoupling && !learnsItself) {
    throw new TypeError(
      `selfCoupling is true, expected false for the rule '${rule.name}' (only for ${selfCoupled().join(', ')})`,
    );
  }
  const representation = checkName(options.representation ?? 'auto', 'representation', [
    'auto',
    'patterns',
    'couplings',
  ]);
  if (representation === 'patterns' && rule.name !== 'hebbian') {
    throw new TypeError(
      `representation is 'patterns', expected 'couplings' or 'auto' for the rule '${rule.name}'`,
    );
  }
  const thresholds = readThresholds(options.thresholds, rule, neurons);
  return { neurons, rule, units, selfCoupling, thresholds, representation };
}

/** Thresholds, one a neuron; undefined when all are 0 because none were given. */
function readThresholds(
  given: NetworkOptions['thresholds'],
  rule: CompleteRule,
  neurons: number,
): Float64Array | undefined {
  const own = definitionOf(rule.name).threshold?.(rule);
  if (own !== undefined) {
    if (given !== undefined) {
      throw new TypeError(
        `thresholds are given, but the ${rule.name} rule has its own 'threshold'`,
      );
    }
    return new Float64Array(neurons).fill(own);
  }
  if (given === undefined || given === 0) return undefined;
  const check = (value: unknown, name: string) =>
    checkNumber(value, name, 'a finite number', () => true);
  if (typeof given === 'number') {
    return new Float64Array(neurons).fill(check(given, 'thresholds'));
  }
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(
      `thresholds is ${describe(given)}, expected a number or ${neurons} of them`,
    );
  }
  if (given.length !== neurons) {
    throw new RangeError(
      `thresholds has length ${given.length}, expected ${neurons} (the network's neurons)`,
    );
  }
  return Float64Array.from(given, (value, i) => check(value, `thresholds[${i}]`));
}
