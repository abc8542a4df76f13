/** The outcome as one JSON document. Pictures, runs and cues count from 1. */

import type { ExitCode } from '../../failure.ts';
import { jsonText } from '../../visible.ts';
import type { PictureOutcome } from './outcome.ts';
import type { PictureTrial } from './trial.ts';

/** @param verbose - with the pictures that weigh most and the values of cues and results, too */
export function pictureDocument(
  outcome: PictureOutcome,
  verbose: boolean,
  exitCode: ExitCode,
): string {
  const { network, stored, trials, cover } = outcome;
  return jsonText({
    source: stored.source,
    shape: stored.patterns[0].shape,
    network: {
      model: 'modern',
      dimension: network.dimension,
      patterns: network.patternCount,
      similarity: network.similarity,
      separation: network.separation,
      beta: network.beta,
      ...(network.nothing !== undefined && { nothing: network.nothing }),
      backend: network.backend,
    },
    cues: {
      source: outcome.cues.source,
      ready: outcome.cues.ready,
      noise: outcome.noise,
      occlude: cover ?? null,
    },
    seed: outcome.seed,
    repeat: outcome.repeat,
    recalls: trials.map((trial) => recall(trial, verbose)),
    summary: {
      recalls: trials.length,
      exact: trials.filter(({ exact }) => exact).length,
      converged: trials.filter(({ converged }) => converged).length,
    },
    warnings: outcome.warnings,
    exitCode,
  });
}

function recall({ run, seed, task, match, ...trial }: PictureTrial, verbose: boolean) {
  const { before, after, exact, converged, steps, entropy, top = [] } = trial;
  return {
    run,
    seed,
    number: task.number,
    name: task.name,
    before: { error: before ?? null },
    after: { error: after ?? null },
    exact,
    converged,
    steps,
    entropy,
    ...(trial.nothing !== undefined && { nothing: trial.nothing }),
    match: match ? { pattern: match.index + 1, weight: match.weight } : null,
    ...(verbose && {
      top: top.map(({ index, weight }) => ({ pattern: index + 1, weight })),
      cue: [...trial.cue.data],
      state: [...trial.state.data],
    }),
  };
}
