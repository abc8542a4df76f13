/** A problem written as an energy: its model, and the way from solutions to states and back. */
import type { Backend } from '../kernels/open.ts';
import type { Model } from './model.ts';
import { COOLING, type CoolingOptions, type SearchOptions } from './options.ts';
import type { SearchResult } from './search.ts';

/** `anneal`, `descend`, `meanField` (for spins), `potts` (for groups), `localSearch`, `exact`, or a function like these. */
export type Solver<State> = (
  model: Model<State>,
  options: SearchOptions<State> & CoolingOptions,
) => Promise<SearchResult<State>>;

/** What `maxCut`, `colouring` and the like return, and `solve` takes. */
export interface Problem<Solution, State> {
  /** The energy; its lowest states are the best solutions. */
  readonly model: Model<State>;
  /** The solver that suits it: what `solve` takes when none is given. */
  readonly solver: Solver<State>;
  /** One that suits it better where there is a time, and nothing is said of runs, sweeps, temperatures and ranks. */
  readonly timed?: Solver<State>;
  /** An energy below which nothing can be, so that reaching it ends the search; −Infinity when none is known. */
  readonly target: number;
  /**
   * What states are compared by with any solver but the problem's own, lower being better, where decoding mends them and the
   * energy is not the whole story. The energy when left out.
   */
  readonly rank?: (state: State) => number;
  /** The state that stands for a solution. @throws TypeError, RangeError when it is none */
  encode(solution: Solution): State;
  /** The solution that a state stands for. */
  decode(state: State): Solution;
  /** What is wrong with a solution, in words; empty when nothing is. */
  check(solution: Solution): string[];
  /** What a solution costs (or is worth), recomputed from the instance. */
  cost(solution: Solution): number;
}

/** Options of problems. */
export interface ProblemOptions {
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

/** Options that say how a search is to be made, or need many runs, so that it has to be the problem's usual one; cooling does, too. */
const MANNERS = ['rule', 'restarts', 'solutions', 'rank'];

/** Solvers by those that make their runs elsewhere. */
const ORIGINALS = new WeakMap<object, object>();

/** Notes that a solver finds what another one would, by making its runs elsewhere. */
export function standsFor(stand: object, original: object): void {
  ORIGINALS.set(stand, original);
}

/** Whether a solver is one that suits the problem, wherever its runs are made. */
export function isOwn(
  { solver, timed }: { readonly solver: unknown; readonly timed?: unknown },
  chosen: object,
): boolean {
  const original = ORIGINALS.get(chosen) ?? chosen;
  return original === solver || original === timed;
}

/** The solver that is used: what is asked for, or what suits the problem. */
export function solverFor<State>(
  problem: Pick<Problem<never, State>, 'solver' | 'timed'>,
  options: { readonly solver?: Solver<State>; readonly time?: number },
): Solver<State> {
  if (options.solver !== undefined) return options.solver;
  const said = options as Record<string, unknown>;
  const { time = Infinity } = options;
  const unsaid = (name: string) => said[name] === undefined;
  const free = time !== Infinity && MANNERS.every(unsaid) && COOLING.every(unsaid);
  return (free ? problem.timed : undefined) ?? problem.solver;
}
