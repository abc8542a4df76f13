/** Values of options: text from the command line to numbers, or a complaint. */

import { InvalidArgumentError } from 'commander';

/** The largest integer that a number holds exactly. */
export const BIG = Number.MAX_SAFE_INTEGER;

export const LARGEST_SEED = 2 ** 32 - 1;

/** A decimal number; nothing that `Number` reads as one by kindness, such as '' or '0x10'. */
export function number(text: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    throw new InvalidArgumentError('Expected a number.');
  }
  return Number(text);
}

export function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = number(text);
    if (value < least || value > most) {
      throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`);
    }
    return value;
  };
}

export function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`Expected an integer from ${least} to ${most}.`);
    }
    return value;
  };
}

/** The names in a table that has one entry for each: the list that a type alone cannot give. */
export function namesIn<Name extends string>(table: Record<Name, unknown>): Name[] {
  return Object.keys(table) as Name[];
}
