/** Reads what callers give as states, patterns and masks; says what is wrong with it. */
import type { Address } from '../numbers.ts';
import { describe } from '../checks.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { Machine } from '../kernels/open.ts';
import { checkStoreOptions, readLabels, type Labels, type StoreOptions } from './labels.ts';
import { listOf, splitItems, takeItem, type ItemKind } from './lists.ts';

/**
 * A state or pattern of N neurons: all values in {−1, 1}, or all in {0, 1}, or booleans; in one list, or in the rows of a
 * grid. In a bipolar network 0 and false mean −1; in a binary one −1 means 0. What JSON makes of a typed array is a list
 * too.
 */
export type State =
  | ArrayLike<number>
  | ArrayLike<boolean>
  | readonly ArrayLike<number>[]
  | readonly ArrayLike<boolean>[];

/** One state, a list of states, or one flat typed array of states in a row. */
export type States = State | readonly State[];

/** The N values of a state, in a form that runs no code of the caller's: an Int8Array as it is, all else as ±1. */
export type TakenState = Int8Array;

function kindOf(neurons: number): ItemKind {
  return { size: neurons, what: 'values', of: "the network's neurons", many: true };
}

/**
 * Reads a state; `writeState` does the rest.
 *
 * @throws TypeError when it is not an array or holds something else than numbers or booleans
 * @throws RangeError when its length or one of its values is wrong; names the first bad index
 */
export function takeState(state: State, neurons: number, name: string): TakenState {
  const values = takeItem(state, kindOf(neurons), name);
  if (values instanceof Int8Array) return values;
  const signs = new Int8Array(neurons);
  toSigns(signs, 0, values, neurons, name);
  return signs;
}

/** Reads states: one, a list, or a flat typed array of them. */
export function takeStates(
  states: States,
  neurons: number,
  name: string,
  each: (k: number, count: number) => string,
): TakenState[] {
  const items = splitItems(states, kindOf(neurons), name);
  return items.map((state, k) => takeState(state as State, neurons, each(k, items.length)));
}

/** Writes a state as ±1 bytes to `address`. @throws RangeError for a bad value; names the first bad index */
export function writeState(
  machine: Machine<PatternGroup>,
  address: Address,
  state: TakenState,
  neurons: number,
  name: string,
): void {
  const bytes = machine.memory.views.i8;
  bytes.subarray(address, address + neurons).set(state);
  if (machine.kernels.readSigns(address, address, neurons) === 1) return;
  toSigns(bytes, address, state, neurons, name);
}

/** Writes values as ±1 to `out`, from `at` on. */
export function toSigns(
  out: Int8Array,
  at: number,
  values: ArrayLike<unknown>,
  neurons: number,
  name: string,
): void {
  // The first 0 or −1 decides which of the two alphabets it is.
  let low: number | undefined;
  for (let i = 0; i < neurons; i++) {
    const given = values[i];
    const value = typeof given === 'boolean' ? Number(given) : given;
    if (value === 1) {
      out[at + i] = 1;
      continue;
    }
    if (typeof value !== 'number') {
      throw new TypeError(`${name}[${i}] is ${describe(value)}, expected a number or a boolean`);
    }
    if (value !== 0 && value !== -1) {
      throw new RangeError(`${name}[${i}] is ${value}, expected −1 or 1 (or 0 or 1 throughout)`);
    }
    low ??= value;
    if (value !== low) {
      throw new RangeError(
        `${name}[${i}] is ${value}, expected ${low} or 1 like the values before`,
      );
    }
    out[at + i] = -1;
  }
}

/** Patterns to be stored: how many, and what writes the k-th as ±1 bytes to an address. */
export interface GivenPatterns {
  readonly count: number;
  readonly write: (k: number, address: number) => void;
  readonly labels: Labels | undefined;
}

/** @throws TypeError, RangeError as `takeState`, and for options that are none */
export function readGiven(
  machine: Machine<PatternGroup>,
  patterns: States,
  neurons: number,
  options: StoreOptions,
): GivenPatterns {
  const { labels } = checkStoreOptions(options);
  const name = (k: number, count: number) => (count === 1 ? 'pattern' : `pattern ${k}`);
  const list = takeStates(patterns, neurons, 'patterns', name);
  const count = list.length;
  return {
    count,
    write: (k, address) => writeState(machine, address, list[k], neurons, name(k, count)),
    labels: readLabels(labels, count),
  };
}

/** A mask of `count` booleans (or 0/1), as 0/1. `of`: what there are so many of, for messages. */
export function readMask(
  mask: unknown,
  count: number,
  name: string,
  of = "the network's neurons",
): Uint8Array {
  const list = listOf(mask);
  if (!list) {
    throw new TypeError(`${name} is ${describe(mask)}, expected an array of ${count} booleans`);
  }
  if (list.length !== count) {
    throw new RangeError(`${name} has length ${list.length}, expected ${count} (${of})`);
  }
  return Uint8Array.from({ length: count }, (_, i) => {
    const value = list[i];
    if (value === true || value === 1) return 1;
    if (value === false || value === 0) return 0;
    throw new RangeError(`${name}[${i}] is ${describe(value)}, expected true or false (or 1 or 0)`);
  });
}
