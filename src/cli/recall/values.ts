/** Values of options of `hopfield recall` that are more than a number. */

import { InvalidArgumentError } from 'commander';
import { SIDES, type Cover } from '../disturb.ts';
import type { PatternSet } from '../../io/index.ts';
import type { Threshold } from '../../io/binarise.ts';
import { MOST_NEURONS } from '../library.ts';
import { between, BIG, integer, number } from '../values.ts';

/** Integers between commas, each once. Their range is for the command to judge. */
export function integers(text: string): number[] {
  if (!/^[+-]?\d+(,[+-]?\d+)*$/.test(text)) {
    throw new InvalidArgumentError('Expected integers between commas, such as 1,3,5.');
  }
  return [...new Set(text.split(',').map(Number))];
}

/** A number of epochs, or until all patterns are fixed points. */
export function epochs(text: string): number | 'stable' {
  return text === 'stable' ? text : integer(1, BIG)(text);
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

/** A separation function by its name, and its parameter, if it has one: `polynomial:3`. */
export interface SeparationFlag {
  name: string;
  parameter?: number;
}

export function separation(text: string): SeparationFlag {
  const [name, parameter, ...rest] = text.split(':');
  if (rest.length > 0) throw new InvalidArgumentError('Expected NAME, or NAME:NUMBER.');
  return parameter === undefined ? { name } : { name, parameter: number(parameter) };
}

/** A threshold for values that are to become signs. */
export function threshold(text: string): Threshold {
  if (text === 'otsu') return text;
  try {
    return number(text);
  } catch {
    throw new InvalidArgumentError('Expected a number, or otsu.');
  }
}

/** Rows and columns, or one number for both. */
export function size(text: string): [rows: number, columns: number] {
  const [rows, columns = rows] = lengths(text);
  if (rows * columns > MOST_NEURONS) {
    throw new InvalidArgumentError(`Expected at most ${MOST_NEURONS} pixels in all.`);
  }
  return [rows, columns];
}

/** Rows and columns of a pattern, or its neurons. */
export function shape(text: string): PatternSet['shape'] {
  return lengths(text);
}

function lengths(text: string): [number] | [number, number] {
  if (!/^[1-9]\d{0,6}(x[1-9]\d{0,6})?$/.test(text)) {
    throw new InvalidArgumentError('Expected rows and columns, such as 48x64, or one number.');
  }
  return text.split('x').map(Number) as [number] | [number, number];
}
