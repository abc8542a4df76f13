/**
 * Settings of built-in experiments: what a value has to be, what it is when none is given, how it is written on a command
 * line. One table serves the functions and the program.
 */
import { checkNumber, isList } from '../checks.ts';

export interface Setting<T, Given = T> {
  /** For people, with its unit. */
  readonly description: string;
  /** What stands for the value in a list of options. */
  readonly placeholder: string;
  readonly initial: T;
  /** The value, checked. @throws TypeError or RangeError naming it */
  read(value: unknown, name: string): T;
  /** From text. What it returns is to be read. */
  parse(text: string): unknown;
  /** Never there: the type of what callers may give. */
  readonly given?: Given;
}

// What a caller may leave out or give, and what an experiment is given, for a table of settings.
// oxlint-disable-next-line typescript/no-explicit-any
export type SettingTable = Readonly<Record<string, Setting<any, any>>>;
export type Complete<T extends SettingTable> = {
  [K in keyof T]: T[K] extends Setting<infer V, infer _> ? V : never;
};
export type Given<T extends SettingTable> = {
  [K in keyof T]?: T[K] extends Setting<infer _, infer G> ? G : never;
};

type Few = number | readonly number[];

/** Fills in what was left out. @throws TypeError, RangeError for what does not fit */
export function completeSettings<T extends SettingTable>(table: T, given: object): Complete<T> {
  const values = given as Record<string, unknown>;
  const entries = Object.entries(table).map(([name, setting]) => {
    const value = values[name];
    return [name, value === undefined ? setting.initial : setting.read(value, name)];
  });
  return Object.fromEntries(entries) as Complete<T>;
}

interface Numbers {
  least: number;
  most: number;
  integer?: boolean;
}

function checkIn({
  least,
  most,
  integer = false,
}: Numbers): (value: unknown, name: string) => number {
  const kind = integer ? 'an integer' : 'a number';
  const expected =
    most === Infinity ? `${kind} of at least ${least}` : `${kind} from ${least} to ${most}`;
  return (value, name) =>
    checkNumber(value, name, expected, (x) => {
      return x >= least && x <= most && (!integer || Number.isInteger(x));
    });
}

/** One number. */
export function numberSetting(
  description: string,
  initial: number,
  range: Numbers,
): Setting<number> {
  const parse = (text: string) => (/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(text) ? Number(text) : text);
  return { description, placeholder: 'n', initial, read: checkIn(range), parse };
}

/** Several numbers, each once: a list, or one. On the command line `500,1000`, or `0.05:0.15:0.01` for from, to and step. */
export function numbersSetting(
  description: string,
  initial: readonly number[],
  range: Numbers,
): Setting<readonly number[], Few> {
  const check = checkIn(range);
  const read = (value: unknown, name: string) => {
    const list = isList(value) ? Array.from(value) : [value];
    if (list.length === 0) throw new RangeError(`${name} is empty, expected at least one number`);
    const numbers = list.map((item, i) => check(item, isList(value) ? `${name}[${i}]` : name));
    return [...new Set(numbers)];
  };
  return { description, placeholder: 'n,…', initial, read, parse: parseNumbers };
}

function parseNumbers(text: string): unknown {
  return text.split(',').flatMap((part): (number | string)[] => {
    const ends = part
      .split(':')
      .map((word) => (/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(word) ? Number(word) : NaN));
    if (ends.some(Number.isNaN)) return [part];
    if (ends.length === 1) return ends;
    const [from, to, step] = ends;
    if (ends.length !== 3 || !(step > 0) || !(to >= from) || (to - from) / step > 1e4)
      return [part];
    // As decimal numbers are written: 0.05:0.15:0.01 is 0.11, not 0.11000000000000001.
    const count = Math.floor((to - from) / step + 1e-9) + 1;
    return Array.from({ length: count }, (_, k) => Number((from + k * step).toPrecision(12)));
  });
}

/** Several texts that `check` accepts, each once: a list, or one. On the command line with commas. */
export function textsSetting<N extends string>(
  description: string,
  initial: readonly N[],
  check: (value: unknown, name: string) => N,
): Setting<readonly N[], N | readonly N[]> {
  const read = (value: unknown, name: string) => {
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    if (list.length === 0) throw new RangeError(`${name} is empty, expected at least one`);
    return [...new Set(list.map((item) => check(item, name)))];
  };
  return { description, placeholder: 'name,…', initial, read, parse: (text) => text.split(',') };
}
