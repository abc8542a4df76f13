/** Number partitioning for the command. */

import { numberPartition } from '../../optimise/index.ts';
import { amount, count, wrap } from '../words.ts';
import { NUMBERS } from './json/shapes.ts';
import { numbersIn, puzzleOf, type ProblemKind } from './puzzle.ts';
import { screenful } from './screenful.ts';
import { SPIN_SOLVERS } from './solvers.ts';

export const partitionKind = {
  options: [],
  document: { properties: { numbers: NUMBERS }, required: ['numbers'] },
  fromDocument({ numbers }: { numbers: readonly number[] }, source) {
    const face = {
      result: (difference: number) => `difference ${amount(difference)}`,
      // The energy is the difference squared.
      best: (energy: number) => `difference ${amount(Math.sqrt(Math.max(0, energy)), 8)}`,
      draw: (heaps: Uint8Array, { width }: { width: number }) =>
        screenful(
          [0, 1].flatMap((heap) => {
            const own = numbers.filter((_, k) => heaps[k] === heap);
            return wrap([`Heap ${heap + 1}:`, ...own.map((n) => amount(n))], width, 8);
          }),
        ),
      file: (heaps: Uint8Array) => `${heaps.join('\n')}\n`,
      parse: numbersIn,
    };
    const titles = { name: source, title: `partition of ${count(numbers.length, 'number')}` };
    return puzzleOf(titles, numberPartition(numbers), SPIN_SOLVERS, face);
  },
} as const satisfies ProblemKind;
