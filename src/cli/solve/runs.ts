/** The runs of a search, one after the other, each with a seed of its own. */

import { solve, type Problem, type SearchProgress, type Solved } from '../../optimise/index.ts';
import { Pauses } from '../../pacing.ts';
import { asked, type Budget } from './puzzle.ts';

/**
 * Solves by runs, of which run r has the seed of the budget plus r, and gives the one of lowest cost. `solve` would give the
 * one of lowest energy, which is another where states are mended before they are solutions.
 */
export async function solveByRuns<Solution, State>(
  problem: Problem<Solution, State>,
  budget: Budget,
  onProgress: (progress: SearchProgress) => void,
): Promise<Solved<Solution, State>> {
  const { time = Infinity, restarts = Infinity, target, signal, seed } = budget;
  const shared = asked({ ...budget, restarts: 1 });
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const pauses = new Pauses();
  let best: Solved<Solution, State> | undefined;
  let sweeps = 0;
  for (let run = 0; ; run++) {
    const found = await solve(problem, {
      ...shared,
      time: time === Infinity ? time : Math.max(0.001, time - seconds()),
      seed: (seed + run) % 2 ** 32,
      onProgress: (progress) =>
        onProgress({
          done: (run + progress.done) / restarts,
          energy: best ? best.cost : progress.energy,
          restarts: run + 1,
          sweeps: sweeps + progress.sweeps,
          seconds: seconds(),
        }),
    });
    sweeps += found.sweeps;
    if (!best || found.cost < best.cost) best = found;
    // Short runs never pause themselves.
    if (pauses.due) await pauses.pause();
    const reached = target === undefined ? found.ended === 'target' : best.cost <= target;
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
