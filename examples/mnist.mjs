// The 10,000 handwritten digits of the `mnist` package (out of MNIST by LeCun, Cortes & Burges).
import { createRequire } from 'node:module';

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;

/** All digits, class by class: pixels from 0 (paper) to 1 (ink), row by row, and the class. */
export function readDigits() {
  const require = createRequire(import.meta.url);
  return Array.from({ length: 10 }, (_, label) => {
    const { data } = require(`mnist/src/digits/${label}.json`);
    return Array.from({ length: data.length / PIXELS }, (_, k) => {
      return { label, pixels: Float32Array.from(data.slice(k * PIXELS, (k + 1) * PIXELS)) };
    });
  }).flat();
}
