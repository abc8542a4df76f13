/** One trial of an experiment. */
import { loadTrial, runTrial, type TrialTask, type TrialModule } from '../experiments/executor.ts';
import { EXPERIMENTS, type ExperimentName } from '../experiments/table.ts';
import type { TrialFunction } from '../experiments/executor.ts';
import type { Bench } from './bench.ts';

export interface TrialItem extends TrialTask {
  /** The name of a built-in experiment, or where the trial is to be loaded from. */
  readonly trial: string | TrialModule;
}

export async function trialItem({ trial, point, seed }: TrialItem, bench: Bench): Promise<unknown> {
  const work = bench.once(() =>
    loadTrial(typeof trial === 'string' ? builtIn(trial as ExperimentName) : trial),
  );
  return runTrial(await work, { point, seed });
}

function builtIn(name: ExperimentName): TrialFunction {
  return EXPERIMENTS[name].kind.trial as unknown as TrialFunction;
}
