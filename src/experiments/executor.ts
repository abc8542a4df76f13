/** Who runs trials: this thread, or workers. A trial is found again by its index, so the order in which results come is free. */
import { describe } from '../checks.ts';
import { Pauses, type StopSignal } from '../pacing.ts';
import type { Plain } from './plain.ts';

/** One network: parameters and a seed to plain data. The same arguments give the same result. */
export type TrialFunction<Point = Plain, Result = Plain> = (
  point: Point,
  seed: number,
) => Result | Promise<Result>;

/** A trial in a module of one's own, which workers can load too. */
export interface TrialModule {
  /** Its URL: `new URL('./trial.js', import.meta.url).href`. */
  module: string;
  /** The name that the function is exported under. Default `'default'`. */
  export?: string;
}

/** What a trial is: built in under a name, of a module, or a function that only this thread has. */
export interface Work {
  /** The name in `EXPERIMENTS`, where it is built in. */
  readonly builtIn?: string;
  readonly trial: TrialFunction | TrialModule;
}

export interface TrialTask {
  readonly point: Plain;
  readonly seed: number;
}

/**
 * Runs all tasks and yields each result with the index of its task, as soon as it is there, in any order. It throws an error
 * that names the trial when one throws (`runTask`), and what the signal gives when that is aborted.
 */
export type Executor = (
  work: Work,
  tasks: readonly TrialTask[],
  signal?: StopSignal,
) => AsyncIterable<{ index: number; result: Plain }>;

/** The function of a trial, loaded if it is in a module. @throws TypeError when the module has no such function */
export async function loadTrial(trial: TrialFunction | TrialModule): Promise<TrialFunction> {
  if (typeof trial === 'function') return trial;
  const name = trial.export ?? 'default';
  const module = (await import(
    /* webpackIgnore: true */ /* @vite-ignore */ trial.module
  )) as Record<string, unknown>;
  const found = module[name];
  if (typeof found !== 'function') {
    throw new TypeError(
      `${name} of ${trial.module} is ${describe(found)}, expected the function of a trial`,
    );
  }
  return found as TrialFunction;
}

/** One trial after the other on this thread, with a turn for the event loop now and then. */
export const runHere: Executor = async function* (work, tasks, signal) {
  const trial = await loadTrial(work.trial);
  const pauses = new Pauses();
  for (const [index, { point, seed }] of tasks.entries()) {
    if (pauses.due) await pauses.pause();
    signal?.throwIfAborted();
    yield { index, result: await runTrial(trial, { point, seed }) };
  }
};

/** @throws Error naming the trial, with what it threw as the cause */
export async function runTrial(trial: TrialFunction, { point, seed }: TrialTask): Promise<Plain> {
  try {
    return await trial(point, seed);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const where = `the trial of ${JSON.stringify(point)} with seed ${seed}`;
    throw new Error(`${where}: ${reason}`, { cause });
  }
}
