/** How long a recall takes: the fastest batch of many, in microseconds. */

import { HopfieldNetwork } from '../../index.ts';
import { hammingDistance } from '../score.ts';
import { textbookRecall, textbookWeights } from './textbook.ts';

export interface Timing {
  title: string;
  microseconds: number;
}

/**
 * Times recalls of `cues` in a Hebbian network of `patterns`, visiting neurons by index.
 *
 * @param patience - at least so many milliseconds for each way to write it
 *
 * @throws Error when the three do not reach the same states
 */
export function timings(patterns: Int8Array[], cues: Int8Array[], patience: number): Timing[] {
  const options = { order: 'index', seed: 0 } as const;
  const weights = textbookWeights(patterns);
  const memories = (['reference', 'wasm'] as const).map((backend) =>
    new HopfieldNetwork(patterns[0].length, { backend }).store(patterns),
  );
  const ways = [
    {
      title: 'textbook JavaScript',
      recall: (cue: Int8Array) => textbookRecall(weights, cue),
    },
    ...memories.map((memory) => ({
      title: memory.backend === 'wasm' ? 'WebAssembly' : 'TypeScript reference',
      recall: (cue: Int8Array) => memory.recall(cue, options).state,
    })),
  ];
  for (const cue of cues) {
    const [expected, ...others] = ways.map(({ recall }) => recall(cue));
    if (others.some((state) => hammingDistance(state, expected) > 0)) {
      throw new Error('textbook JavaScript, reference and WebAssembly reached different states');
    }
  }
  return ways.map(({ title, recall }) => ({
    title,
    microseconds: fastest(recall, cues, patience),
  }));
}

function fastest(
  recall: (cue: Int8Array) => Int8Array,
  cues: Int8Array[],
  patience: number,
): number {
  let best = Infinity;
  const start = performance.now();
  for (let now = start; now - start < patience;) {
    for (const cue of cues) recall(cue);
    const end = performance.now();
    best = Math.min(best, end - now);
    now = end;
  }
  return (best / cues.length) * 1000;
}
