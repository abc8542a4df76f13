/**
 * Labels of stored patterns: what they are called, and how one says which of them to forget.
 *
 * A label is a string or a finite number; any number of patterns may share one, and a pattern need not have any.
 */
import { checkNumber, checkOptions, describe, isList } from '../checks.ts';
import { listOf } from './lists.ts';

export type Label = string | number;

/** One a pattern; undefined (or a hole) where there is none. */
export type Labels = readonly (Label | undefined)[];

export interface StoreOptions {
  /** Strings or finite numbers, one for each pattern given (undefined for one without). Default none. */
  labels?: ArrayLike<Label | undefined>;
}

/** What to forget: the pattern with this index, the first that equals this one, or all with this label. */
export type Forgotten<T> = number | T | { readonly label: Label };

/** @throws TypeError, RangeError when `options` are none, or `labels` are not `count` labels */
export function checkStoreOptions(options: StoreOptions, known = ['labels']): StoreOptions {
  if (Array.isArray(options) || ArrayBuffer.isView(options)) {
    throw new TypeError(
      'the second argument is a list, expected options; patterns go in one list: store([a, b])',
    );
  }
  checkOptions(options, 'store options', known);
  return options;
}

/** A copy of the labels of `count` patterns; null stands for undefined, as in files. @throws TypeError, RangeError */
export function readLabels(labels: unknown, count: number): Labels | undefined {
  if (labels === undefined) return undefined;
  if (!isList(labels)) {
    throw new TypeError(`labels is ${describe(labels)}, expected a list of ${count}`);
  }
  if (labels.length !== count) {
    throw new RangeError(
      `labels has length ${labels.length}, expected ${count} (one for each pattern)`,
    );
  }
  return Array.from(labels, (label, k) =>
    label === undefined || label === null ? undefined : checkLabel(label, `labels[${k}]`),
  );
}

export function checkLabel(label: unknown, name: string): Label {
  if (typeof label === 'string') return label;
  // −0 and 0 are one label, and the same in JSON.
  if (typeof label === 'number' && Number.isFinite(label)) return label + 0;
  throw new TypeError(`${name} is ${describe(label)}, expected a string or a finite number`);
}

/** The index of one of `count` patterns. @throws TypeError, RangeError when there is no such pattern */
export function checkIndex(index: unknown, name: string, count: number): number {
  if (count === 0) throw new RangeError(`${name} is ${describe(index)}, but nothing is stored`);
  return checkNumber(index, name, `an integer from 0 to ${count - 1}`, (k) => {
    return Number.isInteger(k) && k >= 0 && k < count;
  });
}

/**
 * The indices of the stored patterns that are meant, upwards; none where there is no such pattern or label.
 *
 * @param find - the index of a pattern that is given itself, or −1; checks it
 */
export function chooseForgotten<T>(
  which: Forgotten<T>,
  labels: Labels,
  find: (pattern: T) => number,
): number[] {
  if (typeof which === 'number') return [checkIndex(which, 'index', labels.length)];
  if (typeof which === 'object' && which !== null && 'label' in which) {
    checkOptions(which, 'what to forget', ['label']);
    const label = checkLabel(which.label, 'label');
    return [...labels.keys()].filter((k) => labels[k] === label);
  }
  if (!listOf(which)) {
    throw new TypeError(
      `what to forget is ${describe(which)}, expected an index, a pattern or { label }`,
    );
  }
  const index = find(which as T);
  return index < 0 ? [] : [index];
}
