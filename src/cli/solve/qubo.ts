/** QUBO for the command. */

import { qubo, readQubo, solve } from '../../optimise/index.ts';
import { amount, count } from '../words.ts';
import {
  courseOf,
  asked,
  type Content,
  type Found,
  type ProblemKind,
  type Puzzle,
} from './puzzle.ts';
import { hasDiagonal, isTriples } from './triples.ts';
import { screenful } from './screenful.ts';
import { SPIN_SOLVERS, solverName } from './solvers.ts';

export const quboKind = {
  extensions: ['.qubo', '.sparse'],
  sign: {
    test: (text) => isQbsolv(text) || (isTriples(text) && hasDiagonal(text)),
  },
  told: (text) =>
    isQbsolv(text) ? undefined : 'the content: it has entries of one variable alone',
  options: ['target'],
  read: quboPuzzle,
} as const satisfies ProblemKind;

function isQbsolv(text: string): boolean {
  return /^[ \t]*p[ \t]+qubo\s/m.test(text);
}

function quboPuzzle({ text }: Content, source: string): Puzzle {
  const entries = readQubo(text);
  const problem = qubo(entries);
  return {
    name: source,
    title: `QUBO, ${count(entries.variables, 'variable')}, ${count(entries.entries.length, 'entry', 'entries')}`,
    comment: '',
    solver: solverName(problem.solver, SPIN_SOLVERS),
    reaches: (value, target) => value <= target,
    async find(budget, tell): Promise<Found> {
      const { solution, cost, violations, ...course } = await solve(problem, {
        ...asked(budget, SPIN_SOLVERS),
        onProgress: (progress) => tell(progress, `value ${amount(progress.energy, 8)}`),
      });
      const bits = Array.from(solution);
      return {
        ...courseOf(course),
        result: `value ${amount(cost)}`,
        cost,
        violations,
        rows: [['xᵀQx', amount(cost)]],
        facts: {},
        solution: bits,
        draw: ({ width }) => screenful(chunks(bits.join(''), width)),
        file: () => `${bits.join('\n')}\n`,
      };
    },
  };
}

function chunks(text: string, width: number): string[] {
  return Array.from({ length: Math.ceil(text.length / width) }, (_, k) =>
    text.slice(k * width, (k + 1) * width),
  );
}
