/** Values of options: text from the command line to numbers, lists and names, or a complaint. */

import { InvalidArgumentError } from 'commander';

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

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** A time with its unit, in seconds; without a unit it is seconds. */
export function duration(text: string): number {
  const [, amount, unit = 's'] = /^(\d+\.?\d*|\.\d+)(ms|s|m|h)?$/.exec(text) ?? [];
  const seconds = Number(amount) * UNITS[unit];
  if (!(seconds > 0 && seconds < Infinity)) {
    throw new InvalidArgumentError('Expected a time above 0, such as 10s, 500ms or 1m.');
  }
  return seconds;
}

/** Integers between commas, each once. Their range is for the command to judge. */
export function integers(text: string): number[] {
  if (!/^[+-]?\d+(,[+-]?\d+)*$/.test(text)) {
    throw new InvalidArgumentError('Expected integers between commas, such as 1,3,5.');
  }
  return [...new Set(text.split(',').map(Number))];
}

/** A temperature, or two with a colon between them: from the first sweep to the last. */
export interface Heat {
  from: number;
  to: number;
}

export function heat(text: string): Heat {
  const parts = text.split(':');
  if (parts.length > 2) throw new InvalidArgumentError('Expected T, or FROM:TO.');
  const [from, to = from] = parts.map(between(0, Number.MAX_VALUE));
  return { from, to };
}

export const SIDES = ['bottom', 'top', 'left', 'right'] as const;

/** The part of a picture that is covered. */
export interface Cover {
  side: (typeof SIDES)[number];
  /** How much of the rows or columns, from 0 to 100. */
  percent: number;
}

export function cover(text: string): Cover {
  const [name, percent = '50', ...rest] = text.split(':');
  const side = SIDES.find((side) => side === name);
  if (side === undefined || rest.length > 0) {
    throw new InvalidArgumentError(`Expected ${SIDES.join(', ')}, or such as ${SIDES[0]}:30.`);
  }
  return { side, percent: between(0, 100)(percent) };
}
