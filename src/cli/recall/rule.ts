/** The learning rule from `--rule` and the options that belong to some rules only. */

import type { Rule } from '../../index.ts';
import type { RULES } from '../../learning/rules.ts';
import { flag } from '../command.ts';
import { Failure } from '../failure.ts';
import { namesIn } from '../values.ts';
import { either } from '../words.ts';

type RuleName = (typeof RULES)[number];

/** The parameters of a rule, by its name. */
type Parameter<Name extends RuleName> = Exclude<keyof Extract<Rule, { name: Name }>, 'name'>;

/** The options of each rule, and so the rules that there are: what is left out here does not compile. */
export const RULE_OPTIONS = {
  hebbian: {},
  storkey: {},
  projection: {},
  perceptron: { margin: 1, maxEpochs: 1 },
  'diederich-opper': { tolerance: 1, maxEpochs: 1 },
  covariance: { activity: 1, threshold: 1 },
  palimpsest: { bound: 1 },
} satisfies { [Name in RuleName]: Record<Parameter<Name>, 1> };

/** Parameters of rules, all of which are numbers. */
type RuleParameters = { [Key in { [N in RuleName]: Parameter<N> }[RuleName]]?: number };

export interface RuleFlags extends RuleParameters {
  rule?: RuleName;
}

/** @throws Failure when a parameter is given that the rule does not have */
export function ruleFrom(flags: RuleFlags, patterns: readonly Int8Array[]): Rule {
  const { rule: name = 'hebbian' } = flags;
  const given: Record<string, number> = {};
  for (const key of RULE_PARAMETERS) {
    const value = flags[key];
    if (value === undefined) continue;
    const owners = namesIn(RULE_OPTIONS).filter((rule) => key in RULE_OPTIONS[rule]);
    if (!owners.includes(name)) {
      throw new Failure(`${flag(key)} belongs to --rule ${either(owners)}, not ${name}`);
    }
    given[key] = value;
  }
  if (name === 'covariance') given.activity ??= meanActivity(patterns);
  return { name, ...given } as Rule;
}

/** All of them, each once. */
export const RULE_PARAMETERS = [
  ...new Set(Object.values(RULE_OPTIONS).flatMap((parameters) => Object.keys(parameters))),
] as (keyof RuleParameters)[];

function meanActivity(patterns: readonly Int8Array[]): number {
  let on = 0;
  for (const pattern of patterns) for (const value of pattern) if (value === 1) on++;
  return on / (patterns.length * patterns[0].length);
}
