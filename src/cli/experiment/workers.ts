/** Worker threads for trials: those of the package's own `worker.js`, which stands beside the program. */

import { Worker } from 'node:worker_threads';
import type { Experiment, PointResult, RunOptions } from '../../experiments/index.ts';
import { Pool } from '../../parallel/index.ts';

/** Runs an experiment; one worker is this thread. */
export type Runner = <P extends object, R, S extends object>(
  experiment: Experiment<P, R, S>,
  options: RunOptions,
) => AsyncIterable<PointResult<P, S>>;

/** Lends a runner with so many workers for as long as `work` takes. */
export async function withWorkers<T>(
  workers: number,
  work: (run: Runner) => Promise<T>,
): Promise<T> {
  if (workers === 1) return work((experiment, options) => experiment.run(options));
  const worker = () => new Worker(new URL('./worker.js', import.meta.url));
  const pool = new Pool({ workers, worker });
  try {
    return await work((experiment, options) => pool.run(experiment, options));
  } finally {
    await pool.dispose();
  }
}
