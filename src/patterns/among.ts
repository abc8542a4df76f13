/**
 * Which of the stored patterns take part in a recall.
 *
 * A list of numbers or booleans is a mask, as everywhere; labels that are numbers, and indices, are given by name, since
 * nobody could tell them from one.
 */
import { describe, isList } from '../checks.ts';
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

/** Reads which patterns are meant; undefined for all. @throws TypeError when that says nothing of the kind */
export function takeAmong(among: unknown): TakenAmong | undefined {
  if (among === undefined) return undefined;
  const list = listOf(among);
  if (list) {
    const items = Array.from(list);
    return { as: typeof items[0] === 'string' ? 'labels' : 'mask', items };
  }
  const [[as, items] = [], more] = Object.entries(Object(among) as object);
  if ((as === 'labels' || as === 'indices') && !more && isList(items)) {
    return { as, items: Array.from(items) };
  }
  throw new TypeError(
    `among is ${describe(among)}, expected a mask, { labels: [] } or { indices: [] }`,
  );
}

/**
 * The indices of the patterns that take part, upwards, each once.
 *
 * @param labels - those of the stored patterns
 * @throws TypeError, RangeError when the mask does not fit, or there is no such label or index
 */
export function chooseAmong({ as, items }: TakenAmong, labels: Labels): number[] {
  const all = [...labels.keys()];
  if (as === 'mask') {
    const mask = readMask(items, all.length, 'among', 'the stored patterns');
    return all.filter((k) => mask[k]);
  }
  const check = as === 'labels' ? checkLabel : checkIndex;
  const named: Labels = as === 'labels' ? labels : all;
  const chosen = new Set(items.map((item, i) => check(item, `${as}[${i}]`, all.length)));
  for (const item of chosen) {
    if (!named.includes(item)) throw new RangeError(`no pattern has the label ${describe(item)}`);
  }
  return all.filter((k) => chosen.has(named[k]!));
}
