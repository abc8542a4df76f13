/** What a memory of sequences is to be, and how it is to recall: options, checked and completed. */
import { checkNeurons, checkNumber, checkOptions, checkPositiveInteger } from '../../checks.ts';
import { checkQuantile } from '../../dynamics/options.ts';
import {
  completeSequenceSeparation,
  type SequenceSeparation,
} from '../../dynamics/sequence-separation.ts';
import type { Slowness } from '../../dynamics/sequence-step.ts';
import { polynomial } from '../../dynamics/separation.ts';
import type { Backend } from '../../kernels/open.ts';

export interface SequenceOptions {
  /**
   * f: `'linear'`, `polynomial(n)`, f(x) = xⁿ (default n = 3), or `exponential(beta)`, f(x) = e^(βx). Even powers do not tell a
   * pattern from its reverse.
   */
  separation?: SequenceSeparation;
  /**
   * τ, from 1 to 1000: for slow sequences, how many steps back a pattern calls for the next, and about how many it stays:
   * see `dwell`. Overlaps are divided by N − 1 then. Default: every step is the next pattern.
   */
  hold?: number;
  /** λ, above 0: how strongly the next pattern pulls against the one that is held. Only with `hold`; default 1.25. */
  strength?: number;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

export interface SequenceRecallOptions {
  /** Steps to make. Default: P, once for every pattern stored, times `hold`. Infinity: for as long as it is asked. */
  steps?: number;
  /** As of `RecallOptions`: there is no match where chance reaches as much. Default: the best pattern is the match. */
  quantile?: number;
}

/** Options of a memory, complete. */
export interface SequencePlan {
  readonly neurons: number;
  readonly separation: SequenceSeparation;
  readonly slowness: Slowness | undefined;
}

const MOST_HOLD = 1000;
const MOST_STRENGTH = 1e6;

/** Checks and completes what a memory is to be; the backend is checked where it is opened. */
export function planSequences(neurons: number, options: SequenceOptions): SequencePlan {
  checkNeurons(neurons);
  checkOptions(options, 'sequence memory options', ['separation', 'hold', 'strength', 'backend']);
  const { hold, strength } = options;
  const separation =
    options.separation === undefined
      ? polynomial(3)
      : completeSequenceSeparation(options.separation, neurons);
  if (hold === undefined) {
    if (strength === undefined) return { neurons, separation, slowness: undefined };
    throw new TypeError(`strength is ${strength}, expected none without hold`);
  }
  checkNumber(hold, 'hold', `an integer from 1 to ${MOST_HOLD}`, (t) => {
    return Number.isInteger(t) && t >= 1 && t <= MOST_HOLD;
  });
  const pull = checkNumber(
    strength ?? 1.25,
    'strength',
    `a number above 0, at most ${MOST_STRENGTH}`,
    (x) => x > 0 && x <= MOST_STRENGTH,
  );
  return { neurons, separation, slowness: { hold, strength: pull } };
}

/** Checks and completes how to recall from `patterns` of them. */
export function planReplay(
  options: SequenceRecallOptions,
  patterns: number,
  hold: number,
): { steps: number; quantile: number | undefined } {
  checkOptions(options, 'recall options', ['steps', 'quantile']);
  const { steps = patterns * hold, quantile } = options;
  if (quantile !== undefined) checkQuantile(quantile);
  if (options.steps !== undefined && steps !== Infinity) checkPositiveInteger(steps, 'steps');
  return { steps, quantile };
}
