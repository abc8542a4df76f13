/** Searches whose runs grow longer: hard problems need slow cooling, easy ones are over before that. */

import { solve, type Problem, type SearchProgress, type Solved } from '../../optimise/index.ts';
import type { Budget } from './puzzle.ts';

/** Runs of one length, their sweeps in the first round, and by how much rounds grow. */
const RUNS = 4;
const SWEEPS = 1000;
const GROWTH = 4;
const MOST_SWEEPS = 1e6;

/**
 * Solves with a budget. When nobody said how many runs there are to be or how long, each round of four runs has four
 * times the sweeps of the one before it, up to a million, until the time is up. Round r has the seed of the budget plus r.
 */
export async function patientSolve<Solution, State>(
  problem: Problem<Solution, State>,
  budget: Budget,
  onProgress: (progress: SearchProgress) => void,
): Promise<Solved<Solution, State>> {
  const { time, restarts, sweeps, solver, signal, seed } = budget;
  if (restarts !== undefined || sweeps !== undefined || solver === 'descend') {
    return solve(problem, { ...given(budget), onProgress });
  }
  const started = performance.now();
  // Not the sum of the rounds' own: preparing a round takes time, too.
  const seconds = () => (performance.now() - started) / 1000;
  let sum: Solved<Solution, State> | undefined;
  for (let round = 0; ; round++) {
    const before = { restarts: sum?.restarts ?? 0, sweeps: sum?.sweeps ?? 0 };
    const best = sum?.energy ?? Infinity;
    const found = await solve(problem, {
      ...given(budget),
      time: Math.max(0.001, time! - seconds()),
      restarts: RUNS,
      sweeps: Math.min(SWEEPS * GROWTH ** round, MOST_SWEEPS),
      seed: (seed + round) % 2 ** 32,
      onProgress: (progress) =>
        onProgress({
          ...progress,
          energy: Math.min(best, progress.energy),
          restarts: before.restarts + progress.restarts,
          sweeps: before.sweeps + progress.sweeps,
          seconds: seconds(),
        }),
    });
    sum = {
      ...(sum && sum.energy <= found.energy ? sum : found),
      ended: found.ended,
      restarts: before.restarts + found.restarts,
      sweeps: before.sweeps + found.sweeps,
      seconds: seconds(),
    };
    if (found.ended === 'target' || found.ended === 'signal') return sum;
    if (seconds() >= time!) return { ...sum, ended: 'time' };
    if (signal?.aborted) return { ...sum, ended: 'signal' };
  }
}

/** What was asked for; the rest is left to `solve`. */
function given(budget: Budget): Budget {
  const entries = Object.entries(budget).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Budget;
}
