/** The learning rule from `--rule` and the options of its parameters, made from the rules themselves. */

import { InvalidArgumentError, Option } from 'commander';
import type { Rule } from '../../index.ts';
import {
  parametersOf,
  ruleNames,
  type RuleName,
  type RuleParameters,
} from '../../learning/rules/index.ts';
import { flag } from '../command.ts';
import { Failure } from '../failure.ts';
import { number } from '../values.ts';
import { either } from '../words.ts';

/** Parameters of rules, all of which are numbers. */
type Parameters = { [Key in { [N in RuleName]: keyof RuleParameters[N] }[RuleName]]?: number };

export interface RuleFlags extends Parameters {
  rule?: RuleName;
}

/** All parameters of rules, each once. */
export const RULE_PARAMETERS = [
  ...new Set(ruleNames().flatMap((name) => Object.keys(parametersOf(name)))),
] as (keyof Parameters)[];

/** The rules that have a parameter. */
function ownersOf(key: keyof Parameters): RuleName[] {
  return ruleNames().filter((rule) => key in parametersOf(rule));
}

/** `--rule`, and an option for each parameter of a rule. */
export function ruleOptions(): Option[] {
  const rule = new Option('--rule <name>', 'learning rule (default: hebbian)').choices(ruleNames());
  return [rule, ...RULE_PARAMETERS.map(parameterOption)];
}

function parameterOption(key: keyof Parameters): Option {
  const owners = ownersOf(key);
  const parameters = owners.map((rule) => parametersOf(rule)[key]);
  const defaults: (number | string)[] = parameters
    .map(({ usual }) => usual)
    .filter((one) => typeof one === 'number');
  if (key === 'activity') defaults.push('that of the patterns');
  const known = defaults.length > 0 ? ` (default: ${defaults.join(', ')})` : '';
  return new Option(
    `${flag(key)} <x>`,
    `${owners.join(', ')}: ${parameters[0].is}${known}`,
  ).argParser((text) => {
    const value = number(text);
    if (parameters.some(({ holds }) => holds(value))) return value;
    throw new InvalidArgumentError(`Expected ${parameters[0].expected}.`);
  });
}

/** @throws Failure when a parameter is given that the rule does not have */
export function ruleFrom(flags: RuleFlags, patterns: readonly Int8Array[]): Rule {
  const { rule: name = 'hebbian' } = flags;
  const given: Parameters = {};
  for (const key of RULE_PARAMETERS) {
    const value = flags[key];
    if (value === undefined) continue;
    const owners = ownersOf(key);
    if (!owners.includes(name)) {
      throw new Failure(`${flag(key)} belongs to --rule ${either(owners)}, not ${name}`);
    }
    given[key] = value;
  }
  if ('activity' in parametersOf(name)) given.activity ??= meanActivity(patterns);
  return { name, ...given } as Rule;
}

function meanActivity(patterns: readonly Int8Array[]): number {
  let on = 0;
  for (const pattern of patterns) for (const value of pattern) if (value === 1) on++;
  return on / (patterns.length * patterns[0].length);
}
