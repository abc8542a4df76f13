/** The learning rule from `--rule` and the options that belong to some rules only. */

import type { Rule } from '../index.ts';
import { RULES } from '../learning/rules.ts';
import { Failure } from './failure.ts';

export { RULES };

export interface RuleOptions {
  rule?: (typeof RULES)[number];
  margin?: number;
  maxEpochs?: number;
  tolerance?: number;
  activity?: number;
  threshold?: number;
  bound?: number;
}

/** The rules that each parameter belongs to. */
const OWNERS: Record<Exclude<keyof RuleOptions, 'rule'>, (typeof RULES)[number][]> = {
  margin: ['perceptron'],
  maxEpochs: ['perceptron', 'diederich-opper'],
  tolerance: ['diederich-opper'],
  activity: ['covariance'],
  threshold: ['covariance'],
  bound: ['palimpsest'],
};

/** @throws Failure when a parameter is given that the rule does not have */
export function ruleFrom(options: RuleOptions, patterns: readonly Int8Array[]): Rule {
  const name = options.rule ?? 'hebbian';
  const parameters: Record<string, number> = {};
  for (const [key, owners] of Object.entries(OWNERS)) {
    const value = options[key as keyof typeof OWNERS];
    if (value === undefined) continue;
    if (!owners.includes(name)) {
      throw new Failure(`${flag(key)} belongs to --rule ${owners.join(' or ')}, not ${name}`);
    }
    parameters[key] = value;
  }
  if (name === 'covariance') parameters.activity ??= meanActivity(patterns);
  return { name, ...parameters } as Rule;
}

/** The option that is called `key` in the program. */
export function flag(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function meanActivity(patterns: readonly Int8Array[]): number {
  let on = 0;
  for (const pattern of patterns) for (const value of pattern) if (value === 1) on++;
  return on / (patterns.length * patterns[0].length);
}
