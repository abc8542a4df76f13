/** Checks of arguments: what was given, what was expected. */
import { quote } from './quote.ts';

/** The most neurons a network can have: overlaps and random indices stay exact up to here. */
const MAX_NEURONS = 2097151;

export function checkNeurons(neurons: number, name = 'neurons'): number {
  if (typeof neurons !== 'number') {
    throw new TypeError(`${name} is ${describe(neurons)}, expected a number`);
  }
  if (!Number.isInteger(neurons) || neurons < 1 || neurons > MAX_NEURONS) {
    throw new RangeError(`${name} is ${neurons}, expected an integer from 1 to ${MAX_NEURONS}`);
  }
  return neurons;
}

/** A finite number that satisfies `holds`. @throws TypeError or RangeError saying what was expected. */
export function checkNumber(
  value: unknown,
  name: string,
  expected: string,
  holds: (value: number) => boolean,
): number {
  if (typeof value !== 'number') {
    throw new TypeError(`${name} is ${describe(value)}, expected ${expected}`);
  }
  if (!Number.isFinite(value) || !holds(value)) {
    throw new RangeError(`${name} is ${value}, expected ${expected}`);
  }
  return value;
}

export function isPositiveInteger(value: number): boolean {
  return value >= 1 && Number.isInteger(value);
}

export function checkPositiveInteger(value: unknown, name: string): number {
  return checkNumber(value, name, 'a positive integer', isPositiveInteger);
}

/** A value of a small set of names. */
export function checkName<T extends string>(value: unknown, name: string, names: readonly T[]): T {
  if (!names.includes(value as T)) {
    const list = names.map((item) => `'${item}'`).join(', ');
    throw new TypeError(`${name} is ${describe(value)}, expected one of ${list}`);
  }
  return value as T;
}

/**
 * Rejects names of options that do not exist, so that a misspelt one is not ignored, and what somebody left on
 * Object.prototype. `more` are known names too.
 */
export function checkOptions(
  options: object,
  what: string,
  known: readonly string[],
  more: readonly string[] = [],
): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`${what} are ${describe(options)}, expected an object`);
  }
  for (const key in options) {
    const isKnown = known.includes(key) || more.includes(key);
    if (Object.hasOwn(options, key)) {
      if (isKnown) continue;
      throw new TypeError(`${what} have no ${key}; known are ${[...known, ...more].join(', ')}`);
    }
    if (isKnown && key in Object.prototype) {
      throw new TypeError(`${what} inherit ${key} from Object.prototype, expected their own`);
    }
  }
}

/** Whether something is an array or a typed array. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

export function describe(value: unknown): string {
  if (value === null) return 'null';
  // In single quotes, as a text stands in code.
  if (typeof value === 'string') return quote(value).replace(/^"|"(?=…?$)/g, "'");
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'object') {
    // An object out of a file may call anything its constructor.
    const given: unknown = value.constructor?.name;
    const name = typeof given === 'string' && /^\w+$/.test(given) ? given : 'object';
    return `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`;
  }
  return `${typeof value === 'function' ? 'a function' : String(value)}`;
}

/** @throws TypeError */
export function checkBoolean(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') {
    throw new TypeError(`${name} is ${describe(value)}, expected true or false`);
  }
  return value;
}
