/** Values of options of `hopfield recall` that are more than a number. */

import { InvalidArgumentError } from 'commander';
import { SIDES, type Cover } from '../disturb.ts';
import { between } from '../values.ts';

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

export function cover(text: string): Cover {
  const [name, percent = '50', ...rest] = text.split(':');
  const side = SIDES.find((side) => side === name);
  if (side === undefined || rest.length > 0) {
    throw new InvalidArgumentError(`Expected ${SIDES.join(', ')}, or such as ${SIDES[0]}:30.`);
  }
  return { side, percent: between(0, 100)(percent) };
}
