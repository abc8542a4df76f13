/** The outcome as one JSON document. Patterns, runs and cues count from 1. */

import type { ExitCode } from '../failure.ts';
import { jsonText } from '../visible.ts';
import { networkFacts } from './models.ts';
import type { RecallOutcome } from './outcome.ts';
import { isExact, statistics } from './statistics.ts';
import type { Trial } from './trial.ts';

export function recallDocument(
  outcome: RecallOutcome,
  verbose: boolean,
  exitCode: ExitCode,
): string {
  const { network, trials, cover, heat } = outcome;
  const document = {
    source: outcome.stored.source,
    shape: outcome.shape,
    network: networkFacts(network),
    cues: {
      source: outcome.cues.source,
      ready: outcome.cues.ready,
      noise: outcome.noise,
      occlude: cover ?? null,
      clamp: outcome.clamp,
    },
    update: outcome.update,
    temperature: heat ?? null,
    seed: outcome.seed,
    repeat: outcome.repeat,
    recalls: trials.map((trial) => recall(trial, verbose)),
    statistics: statistics(trials).map(({ overlap, ...row }) => ({
      ...row,
      overlap: overlap ?? null,
    })),
    summary: {
      recalls: trials.length,
      exact: trials.filter(isExact).length,
      converged: trials.filter(({ converged }) => converged).length,
    },
    warnings: outcome.warnings,
    exitCode,
  };
  return jsonText(document);
}

function recall(trial: Trial, verbose: boolean) {
  const { energies, targetIndex, match } = trial;
  return {
    run: trial.run,
    seed: trial.seed,
    number: trial.task.number,
    name: trial.task.name,
    target: targetIndex < 0 ? null : targetIndex + 1,
    before: { ...(trial.before ?? { overlap: null, distance: null }), energy: energies[0] },
    after: { ...(trial.after ?? { overlap: null, distance: null }), energy: energies.at(-1)! },
    exact: isExact(trial),
    converged: trial.converged,
    period: trial.period ?? null,
    sweeps: trial.sweeps,
    flips: trial.flips,
    match: match ? { pattern: match.index + 1, overlap: match.overlap } : null,
    ...(verbose ? { energies } : {}),
    cue: text(trial.cue),
    state: text(trial.state),
  };
}

/** `*` for +1 and `.` for −1, one character a neuron. */
export function text(state: Int8Array): string {
  return Array.from(state, (value) => (value > 0 ? '*' : '.')).join('');
}
