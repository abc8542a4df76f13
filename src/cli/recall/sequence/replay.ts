/** One replay of a stored sequence, with what it is measured by. */

import type { Match, SequenceMemory } from '../../../index.ts';
import { hammingDistance, nearest, overlapOf } from '../../score.ts';
import type { Task } from '../tasks.ts';

/** A state of a replay, against the pattern whose turn it is. */
export interface Turn {
  /** From 1. */
  step: number;
  state: Int8Array;
  /** Neurons that changed in this step. */
  flips: number;
  /** The stored pattern with the largest |overlap|. */
  match: Match;
  /** The index of the pattern whose turn it is; of slow sequences the one before, or its successor, whichever is nearer. */
  due: number;
  /** Neurons in which the state differs from that. */
  wrong: number;
}

export interface Replay {
  /** From 1; every run has a seed of its own. */
  run: number;
  seed: number;
  task: Task;
  cue: Int8Array;
  /** The index of the pattern it starts from: the one that was damaged, or the one nearest to a ready-made cue. */
  start: number;
  /** The overlap of the cue with that. */
  overlap: number;
  turns: Turn[];
}

/** Replays every task, `repeat` times, run r (from 0) with the seed `seed + r`. */
export function replays(
  memory: SequenceMemory,
  patterns: readonly Int8Array[],
  tasks: readonly Task[],
  { seed, repeat, steps }: { seed: number; repeat: number; steps: number },
): Replay[] {
  return Array.from({ length: repeat }, (_, run) =>
    tasks.map((task): Replay => {
      const own = (seed + run) % 2 ** 32;
      const cue = task.cue(own);
      const start = task.original ? task.number - 1 : nearest(cue, patterns);
      return {
        run: run + 1,
        seed: own,
        task,
        cue,
        start,
        overlap: overlapOf(hammingDistance(cue, patterns[start]), cue.length),
        turns: turnsOf(memory, patterns, cue, start, steps),
      };
    }),
  ).flat();
}

function turnsOf(
  memory: SequenceMemory,
  patterns: readonly Int8Array[],
  cue: Int8Array,
  start: number,
  steps: number,
): Turn[] {
  const [{ length, cyclic }] = memory.sequences;
  const after = (k: number): number => (k < length - 1 ? k + 1 : cyclic ? 0 : k);
  const turns: Turn[] = [];
  let due = start;
  for (const { step, state, flips, match } of memory.recall(cue, { steps })) {
    if (step === 0) continue;
    const next = after(due);
    const stays =
      memory.slowness &&
      hammingDistance(state, patterns[due]) <= hammingDistance(state, patterns[next]);
    if (!stays) due = next;
    turns.push({
      step,
      state,
      flips,
      match: match!,
      due,
      wrong: hammingDistance(state, patterns[due]),
    });
  }
  return turns;
}

/** Steps after which every neuron was right. */
export function rightSteps({ turns }: Replay): number {
  return turns.filter(({ wrong }) => wrong === 0).length;
}

/** Whether all of it was right. */
export function isWhole(replay: Replay): boolean {
  return rightSteps(replay) === replay.turns.length;
}
