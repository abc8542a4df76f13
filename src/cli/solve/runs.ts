/** The runs of a search, one after the other, each with a seed of its own. */

import { solve, type Problem, type SearchProgress, type Solved } from '../../optimise/index.ts';
import { Pauses } from '../../pacing.ts';
import type { Budget } from './puzzle.ts';

/** Runs of one length, the sweeps of the first of them, and by how much the length grows after them. */
const RUNS = 4;
const SWEEPS = 1000;
const GROWTH = 4;
const MOST_SWEEPS = 1e6;
/** Averages do not get better by slow cooling, but by many beginnings. */
const AVERAGING_SWEEPS = 300;

/**
 * Solves by runs, of which run r has the seed of the budget plus r, and gives the one of lowest rank.
 *
 * When nobody said how many runs there are to be, or how long, those of `anneal` grow: four have 1000 sweeps, the next four
 * 4000, and so on, up to a million. Hard problems need slow cooling, easy ones are over before that.
 *
 * @param rankOf - what makes one result better than another; the energy, where that says it all
 */
export async function solveByRuns<Solution, State>(
  problem: Problem<Solution, State>,
  budget: Budget,
  onProgress: (progress: SearchProgress) => void,
  rankOf: (solved: Solved<Solution, State>) => number = ({ energy }) => energy,
): Promise<Solved<Solution, State>> {
  const { time = Infinity, restarts = Infinity, target, signal, seed } = budget;
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const pauses = new Pauses();
  let best: Solved<Solution, State> | undefined;
  let sweeps = 0;
  for (let run = 0; ; run++) {
    const found = await solve(problem, {
      ...options({ ...budget, solver: budget.solver ?? problem.solver }, run),
      restarts: 1,
      time: time === Infinity ? time : Math.max(0.001, time - seconds()),
      seed: (seed + run) % 2 ** 32,
      onProgress: (progress) =>
        onProgress({
          done: (run + progress.done) / restarts,
          energy: best ? rankOf(best) : progress.energy,
          restarts: run + 1,
          sweeps: sweeps + progress.sweeps,
          seconds: seconds(),
        }),
    });
    sweeps += found.sweeps;
    if (!best || rankOf(found) < rankOf(best)) best = found;
    // Short runs never pause themselves.
    if (pauses.due) await pauses.pause();
    const reached = target === undefined ? found.ended === 'target' : rankOf(best) <= target;
    const late = found.ended === 'time' || seconds() >= time;
    const ended = reached
      ? 'target'
      : signal?.aborted
        ? 'signal'
        : late
          ? 'time'
          : run + 1 === restarts
            ? 'restarts'
            : undefined;
    if (ended) return { ...best, ended, restarts: run + 1, sweeps, seconds: seconds(), seed };
  }
}

/** What was asked for and is the same for all runs; what was not is left to `solve`. */
function options({ solver, target, sweeps, signal, restarts }: Budget, run: number) {
  const free = restarts === undefined && sweeps === undefined;
  const length = free ? lengthOf(run, solver) : sweeps;
  const given = { solver, target, sweeps: length, signal };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Sweeps of a run when nobody said how many. */
function lengthOf(run: number, solver: Budget['solver']): number | undefined {
  if (solver === 'descend') return undefined;
  if (solver === 'mean-field') return AVERAGING_SWEEPS;
  return Math.min(SWEEPS * GROWTH ** Math.floor(run / RUNS), MOST_SWEEPS);
}
