/** QUBO for the command. */

import { qubo, readQubo, solve } from '../../optimise/index.ts';
import { courseOf, asked, type Found, type Puzzle } from './puzzle.ts';
import { amount, rough, screenful } from './wrap.ts';
import { SPIN_SOLVERS, nameOf } from './solvers.ts';

export function quboPuzzle(text: string, source: string): Puzzle {
  const entries = readQubo(text);
  const problem = qubo(entries);
  return {
    kind: 'qubo',
    name: source,
    title: `QUBO, ${entries.variables} variables, ${entries.entries.length} entries`,
    comment: '',
    solver: nameOf(problem.solver, SPIN_SOLVERS),
    reaches: (value, target) => value <= target,
    async find(budget, tell): Promise<Found> {
      const { solution, cost, violations, ...course } = await solve(problem, {
        ...asked(budget, SPIN_SOLVERS),
        onProgress: (progress) => tell(progress, `value ${rough(progress.energy)}`),
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
