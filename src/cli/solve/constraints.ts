/** Variables of finite domains and what their values have to be, for the command. */

import {
  constraintProblem,
  type Assignment,
  type Constraint,
  type Domains,
} from '../../optimise/index.ts';
import { amount, count } from '../words.ts';
import type { Schema } from './json/schema.ts';
import { NUMBER } from './json/shapes.ts';
import { puzzleOf, type ProblemKind } from './puzzle.ts';
import { screenful } from './screenful.ts';
import { GROUP_SOLVERS } from './solvers.ts';

const VALUE: Schema = {
  description: 'a string, number or boolean',
  anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
};
const NAMES: Schema = { type: 'array', items: { type: 'string' } };
const INTEGER: Schema = { type: 'integer' };

/** Members of all kinds of constraints; which go together the library says. */
const CONSTRAINT: Schema = {
  description: 'a constraint, such as { "different": ["a", "b"] }',
  type: 'object',
  properties: {
    different: NAMES,
    equal: NAMES,
    allow: NAMES,
    cost: NAMES,
    values: {
      description: 'lists of values: those that are fine, or each with its cost at the end',
      type: 'array',
      items: { type: 'array', items: VALUE },
    },
    sum: {
      description: 'names of variables, or an object of their integer weights',
      anyOf: [NAMES, { type: 'object', additionalProperties: INTEGER }],
    },
    count: NAMES,
    value: VALUE,
    exactly: INTEGER,
    atLeast: INTEGER,
    atMost: INTEGER,
    weight: NUMBER,
  },
  additionalProperties: false,
};

interface ConstraintsDocument {
  variables: Domains;
  constraints: readonly Constraint[];
}

export const constraintsKind = {
  options: ['target'],
  document: {
    properties: {
      variables: {
        description: 'an object of lists of values',
        type: 'object',
        additionalProperties: { type: 'array', items: VALUE },
      },
      constraints: { type: 'array', items: CONSTRAINT },
    },
    required: ['variables', 'constraints'],
  },
  fromDocument({ variables, constraints }: ConstraintsDocument, source) {
    const names = Object.keys(variables);
    const lines = (found: Assignment): string[] =>
      names.map((name) => `${name} = ${JSON.stringify(found[name])}`);
    const face = {
      result: (cost: number) => `cost ${amount(cost)}`,
      draw: (found: Assignment) => screenful(lines(found)),
      file: (found: Assignment) => `${JSON.stringify(found)}\n`,
      parse(text: string): unknown {
        throw new Error(`no JSON: ${JSON.stringify(text.slice(0, 20))}`);
      },
    };
    const size = `${count(names.length, 'variable')}, ${count(constraints.length, 'constraint')}`;
    const titles = { name: source, title: `constraints, ${size}` };
    return puzzleOf(titles, constraintProblem(variables, constraints), GROUP_SOLVERS, face);
  },
} as const satisfies ProblemKind;
