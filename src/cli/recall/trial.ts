/** One recall of one task, with what it is measured by. */

import type { Match, RecallOptions } from '../../index.ts';
import { hammingDistance, nearest, overlapOf, signsOf } from '../score.ts';
import type { SignMemory } from './models.ts';
import type { Task } from './tasks.ts';

/** A state against the pattern it should be. */
interface Standing {
  overlap: number;
  distance: number;
}

export interface Trial {
  /** From 1; every run has a seed of its own. */
  run: number;
  seed: number;
  task: Task;
  cue: Int8Array;
  state: Int8Array;
  /**
   * The pattern it is measured by: the one that was disturbed, or, for a ready-made cue, the stored
   * pattern nearest to the result. Undefined where nothing is stored.
   */
  target: Int8Array | undefined;
  /** The index of `target` among the stored patterns; −1 when it is not one of them. */
  targetIndex: number;
  before: Standing | undefined;
  after: Standing | undefined;
  /** The index of the stored pattern nearest to the result; −1 where nothing is stored. */
  nearestIndex: number;
  /** The stored pattern with the largest |overlap| with the result, as `recall` gives it. */
  match: Match | undefined;
  /** Energy of the cue, and then of the state after every sweep. */
  energies: number[];
  converged: boolean;
  period: number | undefined;
  sweeps: number;
  flips: number;
}

type TrialOptions = Omit<RecallOptions, 'onSweep'> & { seed: number };

/** Recalls with every task, `repeat` times, run r (from 0) with the seed `seed + r`. */
export function runTrials(
  network: SignMemory,
  stored: readonly Int8Array[],
  tasks: readonly Task[],
  repeat: number,
  options: TrialOptions,
): Trial[] {
  return Array.from({ length: repeat }, (_, run) =>
    tasks.map((task) =>
      runTrial(
        network,
        stored,
        task,
        { ...options, seed: (options.seed + run) % 2 ** 32 },
        run + 1,
      ),
    ),
  ).flat();
}

function runTrial(
  network: SignMemory,
  stored: readonly Int8Array[],
  task: Task,
  options: TrialOptions,
  run: number,
): Trial {
  const { seed } = options;
  const cue = task.cue(seed);
  const energies = [network.energy(cue)];
  const onSweep = ({ energy }: { energy: number }): void => void energies.push(energy);
  const { state: found, ...result } = network.recall(cue, { ...options, onSweep });
  const state = signsOf(found);
  const nearestIndex = nearest(state, stored);
  const target = task.original ?? stored[nearestIndex];
  const targetIndex = task.original
    ? stored.findIndex((p) => hammingDistance(p, task.original!) === 0)
    : nearestIndex;
  return {
    run,
    seed,
    task,
    cue,
    state,
    target,
    targetIndex,
    before: target && standing(cue, target),
    after: target && standing(state, target),
    nearestIndex,
    match: result.match,
    energies,
    converged: result.converged,
    period: result.period,
    sweeps: result.sweeps,
    flips: result.flips,
  };
}

function standing(state: Int8Array, pattern: Int8Array): Standing {
  const different = hammingDistance(state, pattern);
  return { overlap: overlapOf(different, state.length), distance: different };
}
