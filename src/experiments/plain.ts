/** Plain data: what survives JSON unchanged. Points and results of trials are such, since they go through files. */
import { describe } from '../checks.ts';

export type Plain =
  | number
  | string
  | boolean
  | null
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** @throws TypeError naming the part that JSON would change or lose */
export function checkPlain(value: unknown, name: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)) return;
  if (Array.isArray(value)) {
    value.forEach((item, i) => checkPlain(item, `${name}[${i}]`));
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) checkPlain(item, `${name}.${key}`);
  } else {
    const given = Object.is(value, -0) ? '-0' : describe(value);
    throw new TypeError(`${name} is ${given}, expected what JSON keeps as it is`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The value as text, the same for every order of keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => compareTexts(a, b));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}

/** A total order: numbers by size, texts by code, lists and objects by their first difference, keys in the order of their names. */
export function comparePlain(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [first, second] = [entriesOf(a), entriesOf(b)];
  if (!first || !second) return compareTexts(canonical(a), canonical(b));
  for (let i = 0; i < Math.min(first.length, second.length); i++) {
    const order =
      compareTexts(first[i][0], second[i][0]) || comparePlain(first[i][1], second[i][1]);
    if (order !== 0) return order;
  }
  return first.length - second.length;
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  return Array.isArray(value) ? entries : entries.sort(([a], [b]) => compareTexts(a, b));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What differs between two objects, as `neurons is 500, expected 1000`; empty when nothing does. */
export function differences(given: object, expected: object): string[] {
  const [found, wanted] = [given, expected] as Record<string, unknown>[];
  const keys = new Set([...Object.keys(wanted), ...Object.keys(found)]);
  const show = (value: unknown) => (value === undefined ? 'missing' : canonical(value));
  return [...keys]
    .filter((key) => show(found[key]) !== show(wanted[key]))
    .map((key) => `${key} is ${show(found[key])}, expected ${show(wanted[key])}`);
}
