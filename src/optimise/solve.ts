/** From a problem to a solution in one call. */
import { checkOptions, describe } from '../checks.ts';
import type { CoolingOptions, SearchOptions } from './options.ts';
import { isOwn, solverFor, type Problem, type Solver } from './problem.ts';
import type { SearchResult } from './search.ts';

export interface SolveOptions<State> extends SearchOptions<State>, CoolingOptions {
  /**
   * `anneal`, `descend`, `meanField` (for spins), `potts` (for groups), `localSearch`, or `exact` for at most 30 spins. Default: what
   * suits the problem. For spins that is `anneal`; with `time` and no `restarts`, `sweeps`, `solutions`, `rank`, temperatures or
   * rule, and couplings with which runs are not made side by side, `localSearch`.
   */
  solver?: Solver<State>;
}

/** One of the best solutions. */
export interface Alternative<Solution, State> {
  solution: Solution;
  cost: number;
  violations: string[];
  state: State;
  energy: number;
}

/** What `solve` found, and how the search went. */
export interface Solved<Solution, State> extends SearchResult<State> {
  /** The best that was found, in the terms of the problem: what these are, the function that makes the problem says. */
  solution: Solution;
  /** What it costs (or is worth), recomputed from the instance. */
  cost: number;
  /** What is wrong with it, in words; empty when nothing is. */
  violations: string[];
  /** With `solutions`: the best distinct ones, the best first, each with its state, energy, cost and violations. */
  solutions?: Alternative<Solution, State>[];
  /** Whether nothing can be better: what the problem itself says cannot be passed was reached, or `exact` visited all states. */
  proved: boolean;
}

/**
 * Searches for a good solution, checks it and recomputes its cost.
 *
 * @param problem - what `maxCut`, `colouring`, `travellingSalesman` and the like return
 * @param options - those of the solver; the search ends early when the problem's own target is reached
 * @throws TypeError, RangeError for a bad option
 */
export async function solve<Solution, State>(
  problem: Problem<Solution, State>,
  options: SolveOptions<State> = {},
): Promise<Solved<Solution, State>> {
  if (typeof problem?.decode !== 'function') {
    throw new TypeError(
      `problem is ${describe(problem)}, expected what maxCut, colouring and the like return`,
    );
  }
  // Which options there are depends on the solver: it checks them.
  checkOptions(options, 'solve options', Object.keys(options ?? {}));
  const { solver: _, ...rest } = options;
  const solver = solverFor(problem, options);
  if (typeof solver !== 'function') {
    throw new TypeError(
      `solver is ${describe(solver)}, expected a function: anneal, descend, meanField, potts, localSearch or exact`,
    );
  }
  const { model } = problem;
  const { target = problem.target, rank = isOwn(problem, solver) ? undefined : problem.rank } =
    rest;
  const given = { ...rest, target, ...(rank && { rank }) };
  const found = await solver(model, given);
  const state = model.readState(found?.state, 'state of the solver');
  const solution = problem.decode(state);
  const judged = (one: Solution) => ({ cost: problem.cost(one), violations: problem.check(one) });
  const { states, ...course } = found;
  return {
    ...course,
    state,
    solution,
    ...judged(solution),
    ...(states && {
      solutions: states.map((one) => {
        const decoded = problem.decode(one.state);
        return { solution: decoded, ...judged(decoded), ...one };
      }),
    }),
    proved: found.proved === true || (found.ended === 'target' && target === problem.target),
  };
}
