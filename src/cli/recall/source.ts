/** Where patterns, networks and cues come from, by the options. */

import { basename } from 'node:path';
import type { HopfieldNetwork } from '../../index.ts';
import { Failure } from '../failure.ts';
import { inputName } from '../input-file.ts';
import { neuronsIn, numbered, type Library } from '../library.ts';
import { readMnist } from '../mnist.ts';
import { count } from '../words.ts';
import { readLibrary } from './read-patterns.ts';
import type { RecallFlags } from './options.ts';
import { signsOf } from '../score.ts';

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The patterns of FILE or of the data set, if one of them is given. */
export function givenPatterns(file: string | undefined, options: RecallFlags) {
  if (file !== undefined) return readLibrary(file, options);
  if (!options.dataset) return undefined;
  return readMnist(...digitsFrom(options), options);
}

/** Which digits of the data set, and how many in all. */
export function digitsFrom(options: RecallFlags): [digits: number[], count: number] {
  const { digits = DIGITS, count = digits.length } = options;
  const foreign = digits.find((digit) => !DIGITS.includes(digit));
  if (foreign !== undefined) throw new Failure(`--digits ${foreign}: expected digits from 0 to 9`);
  return [digits, count];
}

/** The patterns that a saved network holds; it does not know whether they are pictures. */
export function storedPatterns(network: HopfieldNetwork, path: string): Library {
  return {
    patterns: network.patterns.map(signsOf),
    shape: [network.neurons],
    source: basename(inputName(path)),
    names: numbered('pattern', network.patternCount),
  };
}

/** What to recall with: ready-made cues, or the patterns to be disturbed. */
export function cuePatterns(
  options: RecallFlags,
  given: Library | undefined,
  stored: Library,
): Library {
  const cues =
    options.cue === undefined ? (given ?? stored) : readLibrary(options.cue, options, 'cue');
  if (cues.patterns.length === 0) {
    throw new Failure(`${cues.source} holds no patterns; name a FILE or --cue FILE`);
  }
  const [found, expected] = [neuronsIn(cues.shape), neuronsIn(stored.shape)];
  if (found !== expected) {
    throw new Failure(
      `${cues.source} has patterns of ${count(found, 'neuron')}, expected ${expected} as in ${stored.source}`,
    );
  }
  return cues;
}
