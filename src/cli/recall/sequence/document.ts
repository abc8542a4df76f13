/** The outcome as one JSON document. Patterns, runs, steps and cues count from 1. */

import type { ExitCode } from '../../failure.ts';
import { jsonText } from '../../visible.ts';
import { text } from '../document.ts';
import type { SequenceOutcome } from './outcome.ts';
import { isWhole, rightSteps, type Replay, type Turn } from './replay.ts';

export function sequenceDocument(outcome: SequenceOutcome, exitCode: ExitCode): string {
  const { memory, replays, cover } = outcome;
  const { neurons, patternCount, separation, slowness, dwell, backend } = memory;
  return jsonText({
    source: outcome.stored.source,
    shape: outcome.shape,
    network: {
      model: 'sequence',
      neurons,
      patterns: patternCount,
      separation,
      cyclic: memory.sequences[0].cyclic,
      ...(slowness && { ...slowness, dwell: dwell < Infinity ? dwell : null }),
      backend,
    },
    cues: {
      source: outcome.cues.source,
      ready: outcome.cues.ready,
      noise: outcome.noise,
      occlude: cover ?? null,
    },
    seed: outcome.seed,
    repeat: outcome.repeat,
    recalls: replays.map(recall),
    summary: {
      recalls: replays.length,
      exact: replays.filter(isWhole).length,
      steps: outcome.steps * replays.length,
      right: replays.reduce((sum, replay) => sum + rightSteps(replay), 0),
    },
    warnings: outcome.warnings,
    exitCode,
  });
}

function recall(replay: Replay) {
  const { run, seed, task, start, overlap, cue, turns } = replay;
  return {
    run,
    seed,
    number: task.number,
    name: task.name,
    target: start + 1,
    before: { overlap },
    exact: isWhole(replay),
    right: rightSteps(replay),
    cue: text(cue),
    steps: turns.map(step),
  };
}

function step({ step, due, wrong, flips, match, state }: Turn) {
  return {
    step,
    target: due + 1,
    distance: wrong,
    flips,
    match: { pattern: match.index + 1, overlap: match.overlap },
    state: text(state),
  };
}
