/** A time as it is typed. */

import { InvalidArgumentError } from 'commander';

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
