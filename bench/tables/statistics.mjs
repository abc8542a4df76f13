/** What tables say of several runs. */

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** @param {number} most how many seeds: 1, 2, … */
export function seedsUpTo(most) {
  return Array.from({ length: most }, (_, k) => k + 1);
}
