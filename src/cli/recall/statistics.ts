/** The runs of a task as one row of numbers. */

import type { Trial } from './trial.ts';

export interface Statistics {
  /** The task's number and name. */
  number: number;
  name: string;
  runs: number;
  exact: number;
  converged: number;
  /** Of the results with their targets; undefined where nothing is stored. */
  overlap: { mean: number; least: number; most: number } | undefined;
  /** Mean number of sweeps. */
  sweeps: number;
}

/** One entry a task, in the order of their first trials. */
export function statistics(trials: readonly Trial[]): Statistics[] {
  const tasks = [...new Set(trials.map(({ task }) => task))];
  return tasks.map((task) => {
    const runs = trials.filter((trial) => trial.task === task);
    const overlaps = runs.flatMap(({ after }) => (after ? [after.overlap] : []));
    return {
      number: task.number,
      name: task.name,
      runs: runs.length,
      exact: runs.filter(isExact).length,
      converged: runs.filter(({ converged }) => converged).length,
      overlap:
        overlaps.length === 0
          ? undefined
          : { mean: mean(overlaps), least: Math.min(...overlaps), most: Math.max(...overlaps) },
      sweeps: mean(runs.map(({ sweeps }) => sweeps)),
    };
  });
}

/** Whether the pattern came back without a wrong neuron. */
export function isExact({ after }: Trial): boolean {
  return after?.distance === 0;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
