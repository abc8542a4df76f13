/** The learning rules by name, with their parameters, defaults and known capacities. */
import { checkName, checkNumber, checkOptions, describe, isPositiveInteger } from '../checks.ts';

/** A rule by its name alone (parameters at their defaults) or with parameters. */
export type Rule =
  | 'hebbian'
  | 'storkey'
  | 'projection'
  | 'perceptron'
  | 'diederich-opper'
  | 'palimpsest'
  | { name: 'hebbian' }
  | { name: 'storkey' }
  | { name: 'projection' }
  | {
      name: 'perceptron';
      /** Stability κ to reach: ξ_i h_i > κ‖w_i‖ with ‖ξ‖ not divided out. Default 0. */
      margin?: number;
      /** Epochs after which learning gives up, reported in `learning`. Default 1000. */
      maxEpochs?: number;
    }
  | {
      name: 'diederich-opper';
      /** Learning ends when no |1 − ξ_i h_i| of an epoch is above this. Default 1e−6. */
      tolerance?: number;
      /** Default 10,000. */
      maxEpochs?: number;
    }
  | {
      name: 'covariance';
      /** Mean activity f of the patterns, between 0 and 1. */
      activity: number;
      /** Threshold of every neuron. Default 0.6 (1 − 2f): above the middle, ½ − f, for the silent are many. */
      threshold?: number;
    }
  | {
      name: 'palimpsest';
      /** The largest |J_ij|, in units of 1/N. Default 0.37·√N, rounded, at least 1. */
      bound?: number;
    };

/** A rule with all its parameters. */
export type CompleteRule =
  | { readonly name: 'hebbian' }
  | { readonly name: 'storkey' }
  | { readonly name: 'projection' }
  | { readonly name: 'perceptron'; readonly margin: number; readonly maxEpochs: number }
  | { readonly name: 'diederich-opper'; readonly tolerance: number; readonly maxEpochs: number }
  | { readonly name: 'covariance'; readonly activity: number; readonly threshold: number }
  | { readonly name: 'palimpsest'; readonly bound: number };

const PARAMETERS = {
  hebbian: [],
  storkey: [],
  projection: [],
  perceptron: ['margin', 'maxEpochs'],
  'diederich-opper': ['tolerance', 'maxEpochs'],
  covariance: ['activity', 'threshold'],
  palimpsest: ['bound'],
} as const;

/** Rules for which a learnt W_ii has a meaning. */
export const SELF_COUPLED: readonly string[] = ['hebbian', 'projection', 'diederich-opper'];

export const RULES = /* @__PURE__ */ Object.keys(PARAMETERS) as (keyof typeof PARAMETERS)[];

/** Checks a rule and fills in its defaults. */
export function completeRule(rule: Rule, neurons: number): CompleteRule {
  if (typeof rule !== 'string' && (typeof rule !== 'object' || rule === null)) {
    throw new TypeError(`rule is ${describe(rule)}, expected a name or an object with a name`);
  }
  const given = (typeof rule === 'string' ? { name: rule } : rule) as Record<string, unknown>;
  const name = checkName(given.name, 'rule', RULES);
  checkOptions(given, `parameters of the rule '${name}'`, ['name', ...PARAMETERS[name]]);
  const parameter = (
    key: string,
    fallback: number | undefined,
    expected: string,
    holds: (value: number) => boolean,
  ) => checkNumber(given[key] ?? fallback, `${name} ${key}`, expected, holds);

  switch (name) {
    case 'perceptron':
      return {
        name,
        margin: parameter('margin', 0, 'a number from 0 up', (value) => value >= 0),
        maxEpochs: parameter('maxEpochs', 1000, 'a positive integer', isPositiveInteger),
      };
    case 'diederich-opper':
      return {
        name,
        tolerance: parameter('tolerance', 1e-6, 'a number above 0', (value) => value > 0),
        maxEpochs: parameter('maxEpochs', 10000, 'a positive integer', isPositiveInteger),
      };
    case 'covariance': {
      const inside = (value: number) => value > 0 && value < 1;
      const activity = parameter('activity', undefined, 'a number between 0 and 1', inside);
      const usual = 0.6 * (1 - 2 * activity);
      const threshold = parameter('threshold', usual, 'a finite number', () => true);
      return { name, activity, threshold };
    }
    case 'palimpsest': {
      const usual = Math.max(1, Math.round(0.37 * Math.sqrt(neurons)));
      const fits = (value: number) => isPositiveInteger(value) && value <= 32766;
      return { name, bound: parameter('bound', usual, 'an integer from 1 to 32766', fits) };
    }
    default:
      return { name };
  }
}

/**
 * How many random patterns the rule is known to hold in a network of N neurons, as N grows large:
 * 0.138 N (Amit, Gutfreund & Sompolinsky 1985), N/√(2 ln N) (Storkey 1997), N (projection, Diederich–Opper),
 * 2N (perceptron without margin, Gardner 1988). Undefined where no such figure applies.
 */
export function ruleCapacity(rule: CompleteRule, neurons: number): number | undefined {
  switch (rule.name) {
    case 'hebbian':
      return 0.138 * neurons;
    case 'storkey':
      return neurons > 2 ? neurons / Math.sqrt(2 * Math.log(neurons)) : neurons;
    case 'projection':
    case 'diederich-opper':
      return neurons;
    case 'perceptron':
      return rule.margin === 0 ? 2 * neurons : undefined;
    default:
      return undefined;
  }
}
