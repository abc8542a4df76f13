/** How fast the machine is while the bench runs: a loop of WebAssembly that no change of the package changes. */
import { compile } from './compile.mjs';
import { processorTime } from './measure.mjs';

const ROUNDS = 100_000;
const TIMES = 5;
const { products } = new WebAssembly.Instance(await compile('probe.ts')).exports;

export class Pace {
  #samples = [];

  /** Two milliseconds of it. */
  measure() {
    for (let k = 0; k < TIMES; k++) {
      const start = processorTime();
      products(ROUNDS);
      this.#samples.push(processorTime() - start);
    }
  }

  /** Milliseconds of the loop. */
  get median() {
    return this.#samples.toSorted((a, b) => a - b)[this.#samples.length >> 1];
  }
}
