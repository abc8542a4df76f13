/**
 * The learning rules by name. One more is a file beside this one, and a line in each of the two lists below; what is left
 * out of one of them does not compile.
 */
import { checkName, checkNumber, checkOptions, describe } from '../../checks.ts';
import { covariance, type CovarianceParameters } from './covariance.ts';
import { diederichOpper, type DiederichOpperParameters } from './diederich-opper.ts';
import { hebbian } from './hebbian.ts';
import { minimalOverlap, type MinimalOverlapParameters } from './minimal-overlap.ts';
import { palimpsest, type PalimpsestParameters } from './palimpsest.ts';
import { perceptron, type PerceptronParameters } from './perceptron.ts';
import { projection } from './projection.ts';
import type { LearningRule, RuleParameter } from './rule.ts';
import { storkey } from './storkey.ts';

/** No parameters. */
// oxlint-disable-next-line typescript/no-empty-object-type
type None = {};

/** The parameters of each rule. */
export interface RuleParameters {
  hebbian: None;
  storkey: None;
  projection: None;
  perceptron: PerceptronParameters;
  'minimal-overlap': MinimalOverlapParameters;
  'diederich-opper': DiederichOpperParameters;
  covariance: CovarianceParameters;
  palimpsest: PalimpsestParameters;
}

const RULES: { readonly [N in RuleName]: LearningRule<RuleParameters[N]> } = {
  hebbian,
  storkey,
  projection,
  perceptron,
  'minimal-overlap': minimalOverlap,
  'diederich-opper': diederichOpper,
  covariance,
  palimpsest,
};

export type RuleName = keyof RuleParameters;

/** A rule by its name alone (parameters at their defaults) or with parameters. */
export type Rule = {
  [N in RuleName]:
    | (object extends RuleParameters[N] ? N : never)
    | ({ name: N } & RuleParameters[N]);
}[RuleName];

/** A rule with all its parameters. */
export type CompleteRule = {
  [N in RuleName]: { readonly name: N } & Readonly<Required<RuleParameters[N]>>;
}[RuleName];

export function ruleNames(): RuleName[] {
  return Object.keys(RULES) as RuleName[];
}

/** What there is to know of a rule. */
export function definitionOf(name: RuleName): LearningRule<object> {
  return RULES[name] as LearningRule<object>;
}

/** A rule's parameters by name, in the order in which their defaults are found. */
export function parametersOf(name: RuleName): Readonly<Record<string, RuleParameter<object>>> {
  return definitionOf(name).parameters;
}

/** Rules for which a learnt W_ii has a meaning. */
export function selfCoupled(): RuleName[] {
  return ruleNames().filter((name) => RULES[name].selfCoupling);
}

/** Checks a rule and fills in its defaults. */
export function completeRule(rule: Rule, neurons: number): CompleteRule {
  const given = (typeof rule === 'string' ? { name: rule } : rule) as Record<string, unknown>;
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(`rule is ${describe(rule)}, expected a name or an object with a name`);
  }
  const name = checkName(given.name, 'rule', ruleNames());
  const parameters = parametersOf(name);
  checkOptions(given, `parameters of the rule '${name}'`, ['name', ...Object.keys(parameters)]);
  const complete: Record<string, unknown> = { name };
  for (const [key, { usual, expected, holds }] of Object.entries(parameters)) {
    const value = given[key] ?? (typeof usual === 'function' ? usual(neurons, complete) : usual);
    complete[key] = checkNumber(value, `${name} ${key}`, expected, holds);
  }
  return complete as unknown as CompleteRule;
}

/** How many random patterns the rule is known to hold in a network of N neurons; see `LearningRule`. */
export function ruleCapacity(rule: CompleteRule, neurons: number): number | undefined {
  return definitionOf(rule.name).capacity?.(neurons, rule);
}
