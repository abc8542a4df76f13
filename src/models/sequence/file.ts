/**
 * A memory of sequences as a file: what it is, where its sequences end, and its patterns.
 *
 * The patterns' bits are the only section, ⌈N/8⌉ bytes each, one sequence after the other.
 */
import type { SequenceSeparation } from '../../dynamics/sequence-separation.ts';
import { patternBytes } from '../../patterns/pattern-store.ts';
import { describe } from '../../checks.ts';
import { checkCount, checkFlag, type Format, type Untrusted } from '../saved-model.ts';
import { planSequences } from './options.ts';

/** One sequence: how many patterns, and whether the first comes after the last. */
export interface Span {
  readonly length: number;
  readonly cyclic: boolean;
}

interface Description {
  readonly neurons: number;
  readonly separation: SequenceSeparation;
  readonly hold?: number;
  readonly strength?: number;
  readonly sequences: readonly Span[];
}

export const SEQUENCES: Format<Description> = {
  model: 'SequenceMemory',
  expect(given) {
    const { neurons, separation, hold, strength } = given;
    const { slowness, ...plan } = planSequences(neurons, { separation, hold, strength });
    const sequences = readSpans(given.sequences);
    const patterns = sequences.reduce((sum, { length }) => sum + length, 0);
    return {
      description: { ...plan, ...slowness, sequences },
      sections: { patterns: patterns * Math.ceil(plan.neurons / 8) },
      patterns,
      memory: 2 * patternBytes(patterns, plan.neurons) + 16 * patterns,
    };
  },
};

function readSpans(given: unknown): Span[] {
  if (!Array.isArray(given)) {
    throw new TypeError(`sequences is ${describe(given)}, expected a list`);
  }
  return given.map((span: unknown, k) => {
    const { length, cyclic } = (span ?? {}) as Untrusted;
    const name = `sequences[${k}]`;
    if (checkCount(length, `${name}.length`) === 0) {
      throw new RangeError(`${name}.length is 0, expected 1 or more`);
    }
    return { length, cyclic: checkFlag(cyclic, `${name}.cyclic`) };
  });
}
