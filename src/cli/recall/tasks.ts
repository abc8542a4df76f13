/** What is to be recalled: disturbed patterns, or ready-made cues. */

import { Random } from '../../index.ts';
import { covered, withNoise } from '../disturb.ts';
import { EXIT, Failure } from '../failure.ts';
import type { Library } from '../library.ts';

export interface Task {
  /** Its number in the file it is from, counting from 1. */
  number: number;
  name: string;
  /** The pattern it should bring back; a ready-made cue has none. */
  original: Int8Array | undefined;
  /** The cue; the same for the same seed. */
  cue(seed: number): Int8Array;
}

/** What is done to a pattern. */
export interface Damage {
  /** Percentage of neurons to flip. */
  noise: number;
  /** Neurons that are set to −1 before the flips. */
  mask: readonly boolean[] | undefined;
}

/** Streams of a seed for flips start here, one a pattern: recall draws from the first few. */
const FLIP_STREAMS = 1000;

/**
 * Patterns as tasks: those with the given numbers, or all.
 *
 * @param damage - what to do to them; undefined when they are ready-made cues
 * @throws Failure when a number is out of range
 */
export function tasksFrom(
  { patterns, names, source }: Library,
  numbers: readonly number[] | undefined,
  damage: Damage | undefined,
): Task[] {
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
        damage ? damaged(pattern, damage, new Random(seed, FLIP_STREAMS + number)) : pattern,
    };
  });
}

function damaged(pattern: Int8Array, { noise, mask }: Damage, random: Random): Int8Array {
  return withNoise(mask ? covered(pattern, mask) : pattern, noise, random);
}
