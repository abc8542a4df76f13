import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as family from '../../../src/kernels/reference/random.ts';
import { nextWord } from '../../../src/random.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import { expectAllCompared, same } from '../twins.ts';

/** The second word of a state whose next draw is `draw`: the generator's output function undone. */
function middleWord(draw: number): number {
  const x = Math.imul(draw, 0x38e38e39);
  return Math.imul((x >>> 7) | (x << 25), 0xcccccccd) >>> 0;
}

function shuffle(count: number, seed: number, first?: number): void {
  same('shuffle', seed, (desk) => {
    const words = list(4, () => desk.random.next());
    if (first !== undefined) words[1] = middleWord(first);
    const order = desk.u32(list(count, () => desk.random.next()));
    const generator = desk.u32(words);
    return { args: [order, count, generator], writes: [order, generator] };
  });
}

describe('shuffle', () => {
  test('every small count', () => {
    for (const count of range(0, 140)) for (const seed of [1, 2, 3]) shuffle(count, seed);
  });

  test('first draws that are just drawn again and just not', () => {
    for (const count of [2, 3, 5, 6, 7, 1000, 1025]) {
      // The lower half of word × count is below count for the first word past a multiple of 2³²/count.
      for (const k of range(0, Math.min(count - 1, 20))) {
        const word = Math.ceil((k * 2 ** 32) / count);
        shuffle(count, k, word);
        shuffle(count, k, word + 1);
      }
    }
  });

  test('those first draws are what they are meant to be', () => {
    for (const draw of [0, 1, 0x80000000, 0xffffffff]) {
      expect(nextWord(Uint32Array.of(1, middleWord(draw), 2, 3), 0)).toBe(draw);
    }
  });

  test('as many that some are drawn again', () => {
    shuffle(1000, 4);
    shuffle(300_000, 5);
  });
});

describe('countUp', () => {
  function countUp(count: number, seed: number): void {
    same('countUp', seed, (desk) => {
      const order = desk.take(count, 4);
      return { args: [order, count], writes: [order] };
    });
  }

  test('every small count', () => {
    for (const count of range(0, 140)) countUp(count, count);
  });

  test('generated counts', () => {
    fc.assert(fc.property(fc.nat({ max: 20_000 }), seeds, countUp), GENERATED);
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));
