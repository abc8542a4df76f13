/** Patterns as the readers return them and the writers take them, and the check before writing. */

/** Patterns of one size, with the shape they have on paper. */
export interface PatternSet {
  /** At least one pattern of ±1 values, row after row; each has as many as `shape` multiplies to. */
  patterns: Int8Array[];
  /** Rows and columns of a picture, or the number of neurons where there is no picture. */
  shape: [rows: number, columns: number] | [neurons: number];
}

/**
 * The number of neurons in a pattern of `set`.
 *
 * @throws TypeError when a pattern is not an Int8Array; RangeError when the shape, the number of
 *   patterns, a length or a value is not what {@link PatternSet} says
 */
export function checkedNeurons({ patterns, shape }: PatternSet): number {
  if (shape.length < 1 || shape.length > 2 || !shape.every((n) => Number.isInteger(n) && n > 0)) {
    throw new RangeError(`shape is [${shape}], expected one or two positive integers`);
  }
  if (patterns.length === 0) throw new RangeError('0 patterns, expected at least 1');
  const neurons = shape.reduce((product, n) => product * n, 1);
  patterns.forEach((pattern, k) => checkPattern(pattern, neurons, `pattern ${k}`));
  return neurons;
}

/** @throws TypeError unless `pattern` is an Int8Array; RangeError unless it has `neurons` values ±1 */
export function checkPattern(pattern: Int8Array, neurons: number, name = 'pattern'): void {
  if (!(pattern instanceof Int8Array)) {
    throw new TypeError(`${name} is ${kindOf(pattern)}, expected an Int8Array`);
  }
  if (pattern.length !== neurons) {
    throw new RangeError(`${name} has ${pattern.length} values, expected ${neurons}`);
  }
  const bad = pattern.findIndex((value) => value !== 1 && value !== -1);
  if (bad >= 0) throw new RangeError(`${name} has ${pattern[bad]} at ${bad}, expected 1 or -1`);
}

/** @throws TypeError unless `bytes` is a Uint8Array */
export function checkBytes(bytes: Uint8Array): void {
  if (!(bytes instanceof Uint8Array)) {
    const path = typeof bytes === 'string' ? ': what is in the file, not its path' : '';
    throw new TypeError(`bytes are ${kindOf(bytes)}, expected a Uint8Array${path}`);
  }
}

/** What to call a value in a message: the name of its class, or of its primitive type. */
export function kindOf(value: unknown): string {
  return value === null || value === undefined
    ? String(value)
    : (Object(value) as object).constructor?.name || typeof value;
}
