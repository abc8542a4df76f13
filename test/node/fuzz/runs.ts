/** How many inputs to try, and the number of the first: a few in the suite, more by `npm run fuzz -- COUNT FIRST`. */
const { FUZZ_RUNS, FUZZ_FIRST } = process.env;

export const RUNS = FUZZ_RUNS === undefined ? undefined : Number(FUZZ_RUNS);
export const FIRST = Number(FUZZ_FIRST ?? 0);
/** In milliseconds; 0: none. */
export const TIMEOUT = RUNS === undefined ? 60_000 : 0;
