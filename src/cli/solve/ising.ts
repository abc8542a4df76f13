/** Spins for the command. */

import { anneal, IsingModel, type IsingEntry, type SquareMatrix } from '../../optimise/index.ts';
import { timedSolver } from '../../optimise/problems/timed-solver.ts';
import { amount, count } from '../words.ts';
import { given } from './json/given.ts';
import { COUNT, MATRIX, NUMBER, NUMBERS, TRIPLES } from './json/shapes.ts';
import { problemOf } from './problem-of.ts';
import { numbersIn, puzzleOf, type ProblemKind } from './puzzle.ts';
import { screenful } from './screenful.ts';
import { SPIN_SOLVERS } from './solvers.ts';

interface IsingDocument {
  spins?: number;
  couplings?: readonly IsingEntry[];
  matrix?: SquareMatrix;
  fields?: readonly number[];
  offset?: number;
}

export const isingKind = {
  options: ['target'],
  document: {
    properties: {
      spins: COUNT,
      couplings: TRIPLES,
      matrix: MATRIX,
      fields: NUMBERS,
      offset: NUMBER,
    },
    required: [],
  },
  fromDocument({ spins, couplings, matrix, fields, offset }: IsingDocument, source) {
    given({ couplings, matrix }, { spins });
    const pairs = couplings ? { entries: couplings } : matrix!;
    const model = new IsingModel(spins ?? matrix!.length, { couplings: pairs, fields, offset });
    const problem = problemOf(model, { solver: anneal, timed: timedSolver(model) }, (state) =>
      Array.from(state),
    );
    const face = {
      result: (energy: number) => `energy ${amount(energy)}`,
      draw: (found: number[]) =>
        screenful(
          found
            .map((s) => (s > 0 ? '+' : '-'))
            .join('')
            .match(/.{1,60}/g) ?? [],
        ),
      file: (found: number[]) => `${found.join('\n')}\n`,
      parse: numbersIn,
    };
    const titles = { name: source, title: `Ising model, ${count(model.spins, 'spin')}` };
    return puzzleOf(titles, problem, SPIN_SOLVERS, face);
  },
} as const satisfies ProblemKind;
