/**
 * A bidirectional memory as a file: its two sizes and its pairs.
 *
 * The sections of the file are the bits of the x parts (⌈xNeurons/8⌉ bytes each), and those of the y parts.
 */
import { checkNeurons } from '../checks.ts';
import { checkProduct } from '../learning/fixed-point.ts';
import { patternBytes, type PatternStore } from '../patterns/pattern-store.ts';
import { encodeModel } from './save-format.ts';
import { checkCount, type Format } from './saved-model.ts';

interface Description {
  readonly xNeurons: number;
  readonly yNeurons: number;
  /** How many pairs. */
  readonly patterns: number;
}

export const BIDIRECTIONAL: Format<Description> = {
  model: 'BidirectionalMemory',
  expect(given) {
    const xNeurons = checkNeurons(given.xNeurons, 'xNeurons');
    const yNeurons = checkNeurons(given.yNeurons, 'yNeurons');
    const patterns = checkCount(given.patterns, 'patterns');
    checkProduct(patterns, Math.max(xNeurons, yNeurons));
    return {
      description: { xNeurons, yNeurons, patterns },
      sections: {
        x: patterns * Math.ceil(xNeurons / 8),
        y: patterns * Math.ceil(yNeurons / 8),
      },
      patterns,
      // The last is what a recall works with.
      memory:
        patternBytes(patterns, xNeurons) +
        patternBytes(patterns, yNeurons) +
        16 * (xNeurons + yNeurons),
    };
  },
};

export function encodeBidirectional(x: PatternStore, y: PatternStore): Uint8Array {
  const description: Description = { xNeurons: x.neurons, yNeurons: y.neurons, patterns: x.count };
  return encodeModel(
    { model: BIDIRECTIONAL.model, ...description },
    [x.save(), y.save()],
    x.labels,
  );
}
