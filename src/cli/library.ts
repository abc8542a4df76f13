/** Patterns to store or to recall, with what to call them and how to draw them. */

import type { PatternSet } from '../io/index.ts';
import { Failure } from './failure.ts';
import { count } from './words.ts';

/** The most neurons of a network. */
export const MOST_NEURONS = 2097151;

export interface Library extends PatternSet {
  /** Where they come from, for people. */
  source: string;
  /** One name a pattern, such as `pattern 1` or `digit 7`. */
  names: string[];
}

export function numbered(what: string, count: number): string[] {
  return Array.from({ length: count }, (_, k) => `${what} ${k + 1}`);
}

/** The neurons in a pattern of that shape. */
export function neuronsIn(shape: PatternSet['shape']): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** The first shape that is a picture's, or else the one that was asked for, or else the first. */
export function shapeFrom(
  shapes: readonly PatternSet['shape'][],
  asked: PatternSet['shape'] | undefined,
): PatternSet['shape'] {
  const neurons = neuronsIn(shapes[0]);
  const found = shapes.find(({ length }) => length === 2);
  if (found || asked === undefined) return found ?? shapes[0];
  if (neuronsIn(asked!) !== neurons) {
    throw new Failure(
      `--shape ${asked!.join('x')}: ${count(neuronsIn(asked!), 'neuron')}, expected ${neurons}`,
    );
  }
  return asked!;
}

/**
 * Columns to draw a state in: those of the picture, or, where there is no picture, those of the most
 * nearly square one, which may leave the last row short.
 */
export function columnsOf(shape: PatternSet['shape']): number {
  if (shape.length === 2) return shape[1];
  const [neurons] = shape;
  for (let columns = Math.ceil(Math.sqrt(neurons)); columns * columns <= 2 * neurons; columns++) {
    if (neurons % columns === 0) return columns;
  }
  return Math.ceil(Math.sqrt(neurons));
}
