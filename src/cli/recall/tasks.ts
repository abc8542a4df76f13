/** What is to be recalled: disturbed patterns, or ready-made cues. */

import { Random } from '../../index.ts';
import { covered, withNoise } from '../disturb.ts';
import { EXIT, Failure } from '../failure.ts';

export interface Task<S = Int8Array> {
  /** Its number in the file it is from, counting from 1. */
  number: number;
  name: string;
  /** The pattern it should bring back; a ready-made cue has none. */
  original: S | undefined;
  /** The cue; the same for the same seed. */
  cue(seed: number): S;
}

/** A damaged copy of a pattern. */
export type Damage<S> = (pattern: S, random: Random) => S;

/** Streams of a seed for damage start here, one a pattern: recall draws from the first few. */
const DAMAGE_STREAMS = 1000;

/**
 * Patterns as tasks: those with the given numbers, or all.
 *
 * @param damage - what to do to them, the same for the same seed; undefined when they are ready-made cues
 * @throws Failure when a number is out of range
 */
export function tasksFrom<S>(
  { patterns, names, source }: { patterns: readonly S[]; names: string[]; source: string },
  numbers: readonly number[] | undefined,
  damage: Damage<S> | undefined,
): Task<S>[] {
  const chosen = numbers ?? patterns.map((_, k) => k + 1);
  return chosen.map((number) => {
    if (number < 1 || number > patterns.length) {
      const range =
        patterns.length === 1 ? 'has only pattern 1' : `has patterns 1 to ${patterns.length}`;
      throw new Failure(`--pattern ${number}: ${source} ${range}`, EXIT.outOfRange);
    }
    const pattern = patterns[number - 1];
    return {
      number,
      name: names[number - 1],
      original: damage && pattern,
      cue: (seed) =>
        damage ? damage(pattern, new Random(seed, DAMAGE_STREAMS + number)) : pattern,
    };
  });
}

/**
 * What is done to signs.
 *
 * @param noise - percentage of neurons to flip
 * @param mask - neurons that are set to −1 before the flips
 */
export function flips(noise: number, mask: readonly boolean[] | undefined): Damage<Int8Array> {
  return (pattern, random) => withNoise(mask ? covered(pattern, mask) : pattern, noise, random);
}
