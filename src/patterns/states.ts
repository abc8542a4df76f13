/** Reads what callers give as states, patterns and masks; says what is wrong with it. */
import { describe, isList } from '../checks.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { Machine } from '../kernels/open.ts';
import {
  checkStoreOptions,
  chooseForgotten,
  readLabels,
  type Forgotten,
  type Labels,
  type StoreOptions,
} from './labels.ts';
import type { PatternStore } from './pattern-store.ts';

/**
 * A state or pattern of N neurons: all values in {−1, 1}, or all in {0, 1}, or booleans.
 * In a bipolar network 0 and false mean −1; in a binary one −1 means 0.
 */
export type State = ArrayLike<number> | ArrayLike<boolean>;

/** One state, a list of states, or one flat typed array of states in a row. */
export type States = State | readonly State[];

/** The states in `states`, each to be read with `readState`. @throws when there is none. */
export function splitStates(states: States, neurons: number, name: string): State[] {
  if (!isList(states)) {
    throw new TypeError(`${name} is ${describe(states)}, expected arrays of ${neurons} values`);
  }
  if (states.length === 0) {
    throw new RangeError(`${name} is empty, expected at least one of ${neurons} values`);
  }
  if (isList(states[0])) return states as readonly State[] as State[];
  if (Array.isArray(states) || states.length === neurons) return [states as State];
  if (states.length % neurons !== 0) {
    throw new RangeError(
      `${name} has length ${states.length}, expected a multiple of ${neurons} (the network's neurons)`,
    );
  }
  const flat = states as unknown as Int8Array;
  return Array.from({ length: flat.length / neurons }, (_, k) =>
    flat.subarray(k * neurons, (k + 1) * neurons),
  );
}

/**
 * Writes a state as ±1 bytes to `address`.
 *
 * @throws TypeError when it is not an array or holds something else than numbers or booleans
 * @throws RangeError when its length or one of its values is wrong; names the first bad index
 */
export function readState(
  machine: Machine<PatternGroup>,
  address: number,
  state: State,
  neurons: number,
  name: string,
): void {
  if (!isList(state)) {
    throw new TypeError(`${name} is ${describe(state)}, expected an array of ${neurons} values`);
  }
  if (state.length !== neurons) {
    throw new RangeError(
      `${name} has length ${state.length}, expected ${neurons} (the network's neurons)`,
    );
  }
  // Memory may grow between two values, where one is a getter.
  const { views } = machine.memory;
  if (state instanceof Int8Array) {
    views.i8.set(state, address);
    if (machine.kernels.readSigns(address, address, neurons) === 1) return;
  }
  // The first 0 or −1 decides which of the two alphabets it is.
  let low: number | undefined;
  for (let i = 0; i < neurons; i++) {
    const given: unknown = state[i];
    const value = typeof given === 'boolean' ? Number(given) : given;
    if (value === 1) {
      views.i8[address + i] = 1;
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
    views.i8[address + i] = -1;
  }
}

/** Patterns to be stored: how many, and what writes the k-th as ±1 bytes to an address, or throws as `readState`. */
export interface GivenPatterns {
  readonly count: number;
  readonly write: (k: number, address: number) => void;
  readonly labels: Labels | undefined;
}

/** @throws TypeError, RangeError when `patterns` is no list of at least one; patterns are looked at when they are written */
export function readPatterns(
  machine: Machine<PatternGroup>,
  patterns: States,
  neurons: number,
  options: StoreOptions,
): GivenPatterns {
  const { labels } = checkStoreOptions(options);
  const list = splitStates(patterns, neurons, 'patterns');
  const name = (k: number) => (list.length === 1 ? 'pattern' : `pattern ${k}`);
  return {
    count: list.length,
    write: (k, address) => readState(machine, address, list[k], neurons, name(k)),
    labels: readLabels(labels, list.length),
  };
}

/** The indices of the stored patterns to forget, upwards. @throws TypeError, RangeError when `which` says none */
export function choosePatterns(
  machine: Machine<PatternGroup>,
  patterns: PatternStore,
  which: Forgotten<State>,
): number[] {
  return chooseForgotten(which, patterns.labels, (pattern) =>
    machine.memory.scope((take) => {
      const signs = take(patterns.neurons);
      readState(machine, signs, pattern, patterns.neurons, 'pattern');
      return patterns.find(signs);
    }),
  );
}

/** Checks a mask of N booleans (or 0/1) and calls `visit` with each value. */
export function readMask(
  mask: ArrayLike<number> | ArrayLike<boolean>,
  neurons: number,
  name: string,
  visit: (index: number, value: boolean) => void,
): void {
  if (!isList(mask)) {
    throw new TypeError(`${name} is ${describe(mask)}, expected an array of ${neurons} booleans`);
  }
  if (mask.length !== neurons) {
    throw new RangeError(
      `${name} has length ${mask.length}, expected ${neurons} (the network's neurons)`,
    );
  }
  for (let i = 0; i < neurons; i++) {
    const value: unknown = mask[i];
    if (value !== true && value !== false && value !== 0 && value !== 1) {
      throw new RangeError(
        `${name}[${i}] is ${describe(value)}, expected true or false (or 1 or 0)`,
      );
    }
    visit(i, Boolean(value));
  }
}
