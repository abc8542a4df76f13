/**
 * Which of the stored patterns take part in a recall.
 *
 * A list of numbers or booleans is a mask, as everywhere; labels that are numbers, and indices, are given by name, since
 * nobody could tell them from one.
 */
import { checkOptions, describe, isList } from '../checks.ts';
import { checkIndex, checkLabel, type Label, type Labels } from './labels.ts';
import { listOf } from './lists.ts';
import { readMask } from './states.ts';

/** A mask of P booleans (or 0/1), all with one of these labels, or those with these indices. */
export type Among =
  | ArrayLike<boolean>
  | ArrayLike<number>
  | readonly string[]
  | { readonly labels: ArrayLike<Label> }
  | { readonly indices: ArrayLike<number> };

/** The same in a form that runs no code of the caller's. */
export interface TakenAmong {
  readonly as: 'mask' | 'labels' | 'indices';
  readonly items: readonly unknown[];
}

const EXPECTED = 'a mask of the stored patterns, { labels } or { indices }';

/** Reads which patterns are meant; undefined for all. @throws TypeError when that says nothing of the kind */
export function takeAmong(among: unknown): TakenAmong | undefined {
  if (among === undefined) return undefined;
  const list = listOf(among);
  if (list) {
    const items = Array.from(list);
    return { as: typeof items[0] === 'string' ? 'labels' : 'mask', items };
  }
  if (typeof among !== 'object' || among === null) {
    throw new TypeError(`among is ${describe(among)}, expected ${EXPECTED}`);
  }
  checkOptions(among, 'among', ['labels', 'indices']);
  const given = Object.entries(among);
  if (given.length !== 1) {
    throw new TypeError(`among has ${given.length} of labels and indices, expected ${EXPECTED}`);
  }
  const [[as, items]] = given as [['labels' | 'indices', unknown]];
  if (!isList(items)) throw new TypeError(`${as} is ${describe(items)}, expected a list of them`);
  return { as, items: Array.from(items) };
}

/**
 * The indices of the patterns that take part, upwards, each once.
 *
 * @param stored - the labels of the stored patterns
 * @throws TypeError, RangeError when the mask does not fit, or there is no such label or index
 */
export function chooseAmong({ as, items }: TakenAmong, stored: Labels): number[] {
  const all = [...stored.keys()];
  if (as === 'mask') {
    const of = 'the stored patterns; a list of indices is { indices }';
    const mask = readMask(items, all.length, 'among', of);
    return all.filter((k) => mask[k] === 1);
  }
  if (as === 'indices') {
    const chosen = new Set(items.map((k, i) => checkIndex(k, all.length, `indices[${i}]`)));
    return all.filter((k) => chosen.has(k));
  }
  const chosen = new Set<unknown>(items.map((label, i) => checkLabel(label, `labels[${i}]`)));
  for (const label of chosen) {
    if (stored.includes(label as Label)) continue;
    throw new RangeError(`no stored pattern has the label ${describe(label)}`);
  }
  return all.filter((k) => stored[k] !== undefined && chosen.has(stored[k]));
}
