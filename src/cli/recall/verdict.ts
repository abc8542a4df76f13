/** What became of a cue, in words. */

import type { Library } from '../library.ts';
import { hammingDistance } from '../score.ts';
import { count } from '../words.ts';
import { isExact } from './statistics.ts';
import type { Trial } from './trial.ts';

/** The library is that of the stored patterns. */
export function verdict(trial: Trial, { patterns, names }: Library): string {
  const { converged, period, nearestIndex, match, state, task } = trial;
  if (!converged) {
    return period === undefined
      ? 'did not converge'
      : `ended in a cycle of ${count(period, 'state')}`;
  }
  if (isExact(trial)) return task.original ? 'recalled exactly' : `is ${names[nearestIndex]}`;
  if (!match) return 'converged; nothing is stored to compare it with';
  if (hammingDistance(state, patterns[nearestIndex]) === 0) return `became ${names[nearestIndex]}`;
  if (match.overlap === -1) return `became the reverse of ${names[match.index]}`;
  return `is no stored pattern; the nearest is ${names[nearestIndex]}`;
}
