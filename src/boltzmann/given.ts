/** Reads what callers give as states, averages and parameters of units. */
import { checkNumber, describe } from '../checks.ts';
import { listOf, splitItems, takeItem, type ItemKind } from '../patterns/lists.ts';

/** The largest size of a parameter, or of a Gaussian unit: sums of them stay far inside single precision. */
const LARGEST = 1e15;

export function isParameter(x: number): boolean {
  return Math.abs(x) <= LARGEST;
}

const PARAMETER = 'a number from -1e15 to 1e15';

/** What units may be. */
export interface Units {
  readonly count: number;
  /** The lower of the two values, −1 or 0; undefined where any number will do. */
  readonly low: -1 | 0 | undefined;
  /** Whose they are, for messages. */
  readonly of: string;
}

/** Rows of units. */
export interface StateRows {
  readonly count: number;
  readonly values: Float32Array;
}

/**
 * Rows of units: one, a list, or a flat typed array of rows. Nothing but −1 and 1, nothing but 0 and 1, and booleans are
 * states; other numbers are averages, which have to be allowed, and lie between the two values of a unit.
 *
 * @throws TypeError, RangeError naming the first wrong value
 */
export function readRows(given: unknown, units: Units, name: string, averages: boolean): StateRows {
  const kind: ItemKind = { size: units.count, what: 'values', of: units.of };
  const items = splitItems(given, kind, name);
  const values = new Float32Array(items.length * units.count);
  for (const [k, item] of items.entries()) {
    const title = items.length === 1 ? name : `${name}[${k}]`;
    const row = takeItem(item, kind, title);
    readInto(values.subarray(k * units.count, (k + 1) * units.count), row, units, title, averages);
  }
  return { count: items.length, values };
}

/** One row: a state, or any numbers where they will do. */
export function readRow(given: unknown, units: Units, name: string): Float32Array {
  const { count, values } = readRows(given, units, name, false);
  if (count !== 1) throw new RangeError(`${name} holds ${count} rows, expected one`);
  return values;
}

function readInto(
  out: Float32Array,
  row: ArrayLike<unknown>,
  { count, low }: Units,
  name: string,
  averages: boolean,
): void {
  // Whether all values so far are 1 or −1, and 1 or 0.
  let signs = true;
  let bits = true;
  for (let i = 0; i < count; i++) {
    const given = row[i];
    const value = typeof given === 'boolean' ? Number(given) : given;
    if (typeof value !== 'number') {
      throw new TypeError(`${name}[${i}] is ${describe(value)}, expected a number or a boolean`);
    }
    if (value !== 1) {
      signs &&= value === -1;
      bits &&= value === 0;
    }
    out[i] = value;
  }
  if (low === -1 && bits && !signs) for (let i = 0; i < count; i++) out[i] = 2 * out[i] - 1;
  else if (low === 0 && signs && !bits) for (let i = 0; i < count; i++) out[i] = (out[i] + 1) / 2;
  else if (!(signs && low === -1) && !(bits && low === 0)) {
    for (let i = 0; i < count; i++) checkValue(out[i], `${name}[${i}]`, low, averages);
  }
}

function checkValue(value: number, name: string, low: number | undefined, averages: boolean): void {
  if (low === undefined) checkNumber(value, name, PARAMETER, isParameter);
  else if (averages) {
    checkNumber(value, name, `a number from ${low} to 1`, (x) => x >= low && x <= 1);
  } else checkNumber(value, name, `${low} or 1`, (x) => x === low || x === 1);
}

/** `count` parameters, as singles. @throws TypeError, RangeError when one is none */
export function readSingles(given: unknown, count: number, name: string, of: string): Float32Array {
  const list = listOf(given);
  if (!list) throw new TypeError(`${name} is ${describe(given)}, expected ${count} numbers`);
  if (list.length !== count) {
    throw new RangeError(`${name} has length ${list.length}, expected ${count} (${of})`);
  }
  return Float32Array.from({ length: count }, (_, i) =>
    checkNumber(list[i], `${name}[${i}]`, PARAMETER, isParameter),
  );
}

/** Parameters out of a file. @throws RangeError when one is none */
export function singlesOf(bytes: Uint8Array<ArrayBuffer>, name: string): Float32Array {
  const numbers = new Float32Array(bytes.buffer);
  for (let i = 0; i < numbers.length; i++) {
    checkNumber(numbers[i], `${name}[${i}]`, PARAMETER, isParameter);
  }
  return numbers;
}
