/** Groups of variables, one of each on, for the command. */

import { anneal, PottsModel, type PottsPair } from '../../optimise/index.ts';
import { amount, count, wrap } from '../words.ts';
import { COUNT, NUMBER, NUMBERS, TRIPLES } from './json/shapes.ts';
import { problemOf } from './problem-of.ts';
import { numbersIn, puzzleOf, type ProblemKind } from './puzzle.ts';
import { screenful } from './screenful.ts';
import { GROUP_SOLVERS } from './solvers.ts';

interface PottsDocument {
  sizes: readonly number[];
  costs?: readonly number[];
  pairs?: readonly PottsPair[];
  offset?: number;
}

export const pottsKind = {
  options: ['target'],
  document: {
    properties: {
      sizes: { type: 'array', items: COUNT },
      costs: NUMBERS,
      pairs: TRIPLES,
      offset: NUMBER,
    },
    required: ['sizes'],
  },
  fromDocument({ sizes, costs, pairs, offset }: PottsDocument, source) {
    const model = new PottsModel(sizes, { costs, pairs, offset });
    const problem = problemOf(model, { solver: anneal }, (state) => Array.from(state));
    const face = {
      result: (energy: number) => `energy ${amount(energy)}`,
      draw: (found: number[], { width }: { width: number }) =>
        screenful(wrap(['States:', ...found.map(String)], width, 8)),
      file: (found: number[]) => `${found.join('\n')}\n`,
      parse: numbersIn,
    };
    const groups = `${count(model.groups, 'group')}, ${count(model.variables, 'variable')}`;
    return puzzleOf(
      { name: source, title: `Potts model, ${groups}` },
      problem,
      GROUP_SOLVERS,
      face,
    );
  },
} as const satisfies ProblemKind;
