/** How many inputs to try, and the number of the first: a few in the suite, more by `npm run fuzz -- COUNT FIRST`. */
const { FUZZ_RUNS, FUZZ_FIRST } = process.env;

export const RUNS = FUZZ_RUNS === undefined ? undefined : Number(FUZZ_RUNS);
export const FIRST = Number(FUZZ_FIRST ?? 0);
/** In milliseconds; 0: none. */
export const TIMEOUT = RUNS === undefined ? 60_000 : 0;

/** No input may take longer, in milliseconds. */
const LONGEST = 1000;

/** An input took long; no error of the package. */
class Slow extends Error {}

/** Does `work`; fails when it takes long twice, since a machine may have been busy with something else. */
export function inTime<T>(work: () => T): T {
  let start = 0;
  const late = () => performance.now() - start >= LONGEST;
  for (let tries = 0; tries < 2; tries++) {
    start = performance.now();
    try {
      const result = work();
      if (!late()) return result;
    } catch (error) {
      if (!late()) throw error;
    }
  }
  throw new Slow(`it took more than ${LONGEST} ms`);
}
