/** The learning rule from `--rule` and the options that belong to some rules only. */

import type { Rule } from '../../index.ts';
import {
  parametersOf,
  ruleNames,
  type RuleName,
  type RuleParameters,
} from '../../learning/rules/index.ts';
import { flag } from '../command.ts';
import { Failure } from '../failure.ts';
import { either } from '../words.ts';

/** Parameters of rules, all of which are numbers. */
type Parameters = { [Key in { [N in RuleName]: keyof RuleParameters[N] }[RuleName]]?: number };

export interface RuleFlags extends Parameters {
  rule?: RuleName;
}

/** All parameters of rules, each once. */
export const RULE_PARAMETERS = [
  ...new Set(ruleNames().flatMap((name) => parametersOf(name))),
] as (keyof Parameters)[];

/** @throws Failure when a parameter is given that the rule does not have */
export function ruleFrom(flags: RuleFlags, patterns: readonly Int8Array[]): Rule {
  const { rule: name = 'hebbian' } = flags;
  const given: Parameters = {};
  for (const key of RULE_PARAMETERS) {
    const value = flags[key];
    if (value === undefined) continue;
    const owners = ruleNames().filter((rule) => parametersOf(rule).includes(key));
    if (!owners.includes(name)) {
      throw new Failure(`${flag(key)} belongs to --rule ${either(owners)}, not ${name}`);
    }
    given[key] = value;
  }
  if (parametersOf(name).includes('activity')) given.activity ??= meanActivity(patterns);
  return { name, ...given } as Rule;
}

function meanActivity(patterns: readonly Int8Array[]): number {
  let on = 0;
  for (const pattern of patterns) for (const value of pattern) if (value === 1) on++;
  return on / (patterns.length * patterns[0].length);
}
