/** What documents of several problems are made of. */

import type { Schema } from './schema.ts';

export const NUMBER: Schema = { type: 'number' };
export const COUNT: Schema = { type: 'integer', minimum: 1 };
export const NUMBERS: Schema = { type: 'array', items: NUMBER };

/** Rows of numbers. */
export const MATRIX: Schema = { description: 'rows of numbers', type: 'array', items: NUMBERS };

/** Lists of two indices and a number. */
export const TRIPLES: Schema = {
  type: 'array',
  items: {
    description: '[i, j, number], counted from 0',
    type: 'array',
    items: NUMBER,
    minItems: 3,
    maxItems: 3,
  },
};

export const EDGES: Schema = {
  type: 'array',
  items: {
    description: 'an edge, [a, b] or [a, b, weight], vertices counted from 0',
    type: 'array',
    items: NUMBER,
    minItems: 2,
    maxItems: 3,
  },
};
