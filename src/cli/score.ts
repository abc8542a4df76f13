/** How near a state is to patterns, all of them ±1. */

/** Neurons in which two states differ. */
export function hammingDistance(a: Int8Array, b: Int8Array): number {
  let different = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) different++;
  return different;
}

/** m/N, from −1 to 1, of two states that differ in `different` of their neurons. */
export function overlapOf(different: number, neurons: number): number {
  return 1 - (2 * different) / neurons;
}

/** The index of the pattern with the fewest differences, the first of equals; −1 without patterns. */
export function nearest(state: Int8Array, patterns: readonly Int8Array[]): number {
  let best = -1;
  let least = Infinity;
  patterns.forEach((pattern, k) => {
    const different = hammingDistance(state, pattern);
    if (different < least) [best, least] = [k, different];
  });
  return best;
}

/** ±1 for states of ±1 or 0/1. */
export function signsOf(state: Int8Array): Int8Array {
  return state.map((value) => (value > 0 ? 1 : -1));
}
