/** Modern Hopfield networks with codes of one byte a number, against those without: the same bits. */
import { ModernHopfieldNetwork } from '../../dist/index.js';
import { checkEqual } from '../equal.mjs';
import { noisyQueries, randomVectors } from '../inputs.mjs';
import { consume } from '../measure.mjs';
import { duration } from '../report.mjs';

const DIMENSION = 384;
const COUNTS = [10_000, 100_000, 1_000_000];
const QUERIES = 64;
/** For vectors of norm about 1: where all rows have a weight, some, few, and one. */
const BETAS = [20, 40, 100, 400];
/** How often each is run, one after the other. */
const ROUNDS = { one: 40, many: 4 };
/** Of so many rows and more, a tenth of that. */
const LARGE = 1_000_000;
/** What codes are for: so many times as fast, at P = 100,000 and β of 100 or more. */
const TARGETS = { one: 3, many: 1.7 };

/** @param {import('../report.mjs').Report} report */
export function codes(report) {
  for (const count of COUNTS) {
    const vectors = randomVectors(DIMENSION, count);
    const queries = noisyQueries(vectors, DIMENSION, QUERIES);
    const first = queries.subarray(0, DIMENSION);
    for (const beta of BETAS) {
      const size = `β = ${beta}, P = ${count}, d = ${DIMENSION}`;
      report.progress(`with codes and without, ${size}`);
      const plain = new ModernHopfieldNetwork(DIMENSION, { beta }).store(vectors);
      const coded = new ModernHopfieldNetwork(DIMENSION, { beta, codes: 'int8' }).store(vectors);
      checkEqual(coded.recallMany(queries).states, plain.recallMany(queries).states, size);
      const { rows } = coded.recall(first, { error: 0 }).read;
      for (const [what, recall] of Object.entries({
        one: (network) => consume(network.recall(first).state[0]),
        many: (network) => consume(network.recallMany(queries).states[0]),
      })) {
        const rounds = count < LARGE ? ROUNDS[what] : Math.ceil(ROUNDS[what] / 10);
        const [without, by] = race([plain, coded], recall, rounds);
        const ratio = without / by;
        const aimed = beta >= 100 && count === 100_000;
        report.figure({
          figure: `recall by codes, ${what === 'one' ? 'one query' : `${QUERIES} queries`}, ${size}`,
          measured: `${duration(by)}, ${ratio.toFixed(2)}x as fast as without (${duration(without)}), ${rows} rows read`,
          target: aimed ? `${TARGETS[what]}x` : 'none',
          reached: aimed ? ratio >= TARGETS[what] : undefined,
        });
      }
    }
  }
}

/** Milliseconds of processor time that each takes at least, in turns. */
function race(networks, recall, rounds) {
  const least = networks.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const [k, network] of networks.entries()) {
      const before = process.cpuUsage();
      const start = performance.now();
      recall(network);
      const took = performance.now() - start;
      const { user, system } = process.cpuUsage(before);
      // Its clock is coarse: for short calls the wall's.
      least[k] = Math.min(least[k], took < 20 ? took : (user + system) / 1000);
    }
  }
  return least;
}
