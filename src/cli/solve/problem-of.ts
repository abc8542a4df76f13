/** A bare energy as a problem: its states are its solutions. */

import type { Model, Problem, Solver } from '../../optimise/index.ts';

/** @param decode - a state as a list; `readState` takes it back */
export function problemOf<State extends ArrayLike<number>>(
  model: Model<State>,
  { solver, timed }: { solver: Solver<State>; timed?: Solver<State> },
  decode: (state: State) => number[],
): Problem<number[], State> {
  const read = (solution: number[]): State =>
    model.readState(solution as unknown as Parameters<typeof model.readState>[0], 'solution');
  return {
    model,
    solver,
    timed,
    target: -Infinity,
    encode: read,
    decode,
    // Whatever a model says is a state is a solution.
    check: () => [],
    cost: (solution) => model.energy(read(solution) as Parameters<typeof model.energy>[0]),
  };
}
