/** From grey values to signs: a threshold given, or the one of Otsu (IEEE Trans. SMC 9, 62, 1979). */

/** The least value that is +1, or 'otsu': the threshold that the values themselves suggest. */
export type Threshold = number | 'otsu';

/**
 * Signs of grey values: +1 where a value is `threshold` or more, −1 where it is less.
 *
 * @param threshold - in the unit of the values; 'otsu' for {@link otsuThreshold}
 * @throws TypeError when `threshold` is neither a number nor 'otsu'; RangeError when it is not finite, or
 *   'otsu' and there is nothing to choose from
 */
export function binarise(values: ArrayLike<number>, threshold: Threshold): Int8Array {
  const level = threshold === 'otsu' ? otsuThreshold(values) : threshold;
  if (typeof level !== 'number') {
    throw new TypeError(`threshold is ${String(level)}, expected a number or 'otsu'`);
  }
  if (!Number.isFinite(level)) {
    throw new RangeError(`threshold is ${level}, expected a finite number or 'otsu'`);
  }
  const signs = new Int8Array(values.length);
  for (let i = 0; i < signs.length; i++) signs[i] = values[i] >= level ? 1 : -1;
  return signs;
}

/**
 * The threshold that parts the values into a dark and a light class with the largest variance between
 * them, which is the smallest within them; of several such, the least.
 *
 * Every value that occurs is tried, not bins of a histogram. Takes time in proportion to the number of
 * values, and n log n in the number of different ones.
 *
 * @returns a value that occurs: the least of the light class
 * @throws RangeError when a value is not finite or all are the same
 */
export function otsuThreshold(values: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) {
      throw new RangeError(`value ${value} at ${i}, expected a finite number`);
    }
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const levels = Float64Array.from(counts.keys()).sort();
  if (levels.length < 2) {
    const found = levels.length === 0 ? 'no values' : `${values.length} values, all ${levels[0]}`;
    throw new RangeError(`${found}: Otsu's threshold needs two that differ`);
  }
  // Measured from the least, so that large values with small differences keep their digits.
  const origin = levels[0];
  for (const level of levels) total += counts.get(level)! * (level - origin);
  const mean = total / values.length;
  let best = { threshold: levels[1], variance: -1 };
  let [below, sum] = [0, 0];
  for (let k = 1; k < levels.length; k++) {
    const count = counts.get(levels[k - 1])!;
    below += count;
    sum += count * (levels[k - 1] - origin);
    const above = values.length - below;
    // Between-class variance times n²: (n₀ mean − sum₀)² n² / (n₀ n₁).
    const variance = (below * mean - sum) ** 2 / (below * above);
    if (variance > best.variance) best = { threshold: levels[k], variance };
  }
  return best.threshold;
}
