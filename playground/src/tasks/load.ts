/** How full a memory is, and what `diagnose` says of it. */
import { diagnose, type HopfieldNetwork } from 'hopfield-wasm';
import { type Asked, memoryOf } from './memories.ts';

export interface Load {
  patterns: number;
  neurons: number;
  /** How many random patterns the rule is known to hold; null where no figure applies. */
  capacity: number | null;
  sentence: string;
}

export async function load(asked: Asked): Promise<Load> {
  // Of any kind: the result of each has a sentence, and that of classical ones a capacity.
  const found = diagnose((await memoryOf(asked)) as HopfieldNetwork);
  return {
    patterns: asked.patterns.length,
    neurons: asked.size ** 2,
    capacity: found.capacity ?? null,
    sentence: found.sentence,
  };
}
