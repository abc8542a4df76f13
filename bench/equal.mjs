/** Equality checks; what is not equal is not timed. */

/**
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 * @param {string} what
 */
export function checkEqual(a, b, what) {
  if (a.length !== b.length) throw new Error(`${what}: ${a.length} values against ${b.length}`);
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) throw new Error(`${what}: ${a[i]} against ${b[i]} at ${i}`);
  }
}

/**
 * No value further off than `tolerance` times the largest.
 *
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 * @param {number} tolerance
 * @param {string} what
 */
export function checkClose(a, b, tolerance, what) {
  if (a.length !== b.length) throw new Error(`${what}: ${a.length} values against ${b.length}`);
  let largest = 0;
  for (let i = 0; i < b.length; i++) largest = Math.max(largest, Math.abs(b[i]));
  for (let i = 0; i < a.length; i++) {
    if (!(Math.abs(a[i] - b[i]) <= tolerance * largest)) {
      throw new Error(`${what}: ${a[i]} against ${b[i]} at ${i}, the largest being ${largest}`);
    }
  }
}

/**
 * Two results of `recall` or `recallMany`, every value in them.
 *
 * @param {object} a
 * @param {object} b
 * @param {string} what
 */
export function checkSame(a, b, what) {
  const text = (value) => JSON.stringify(value, (_, v) => (ArrayBuffer.isView(v) ? [...v] : v));
  if (text(a) !== text(b)) throw new Error(`${what}: the results differ`);
}

/**
 * @param {boolean} holds
 * @param {string} what
 */
export function check(holds, what) {
  if (!holds) throw new Error(`not so: ${what}`);
}
