/** What callers give a memory in a table: rows, whom to forget, who takes part. */
import { checkBoolean, checkOptions, describe } from '../checks.ts';
import { squareOf } from '../models/modern/apart.ts';
import {
  takeValues,
  takeVector,
  takeVectors,
  writeNumbers,
  type ModernStoreOptions,
  type Vector,
  type Vectors,
} from '../models/modern/vectors.ts';
import { takeAmong } from '../patterns/among.ts';
import {
  checkIndex,
  checkLabel,
  checkStoreOptions,
  readLabels,
  type Forgotten,
  type Label,
} from '../patterns/labels.ts';
import { listOf } from '../patterns/lists.ts';
import type { Row } from './client.ts';
import { conditionOf, type Chosen } from './statements.ts';
import type { Names, TablePlan } from './table.ts';
import { vectorText } from './text.ts';
import type { NewRow } from './write.ts';

/** A label that a column of text can hold. @throws TypeError, RangeError */
function checkText(given: unknown, name: string): Label {
  const label = checkLabel(given, name);
  if (typeof label === 'string' && /\0|\p{Surrogate}/u.test(label)) {
    throw new RangeError(
      `${name} is ${describe(label)}, expected a text without NUL and halves of characters`,
    );
  }
  return label;
}

export function labelOf(row: Row | undefined): Label | undefined {
  if (row === undefined) return undefined;
  if (row.label !== null) return String(row.label);
  return row.label_number === null ? undefined : Number(row.label_number);
}

/** Rows to be stored; `rows` gives them one by one, each time anew, in singles. @throws TypeError, RangeError */
export function takeRows(
  { dimension, valueDimension }: TablePlan,
  vectors: Vectors,
  options: ModernStoreOptions & { replace?: boolean },
): { labels: readonly (Label | undefined)[]; rows: () => Generator<NewRow> } {
  checkStoreOptions(options, ['values', 'labels', 'replace']);
  const { values, replace = false } = options;
  const name = (k: number, count: number) => (count === 1 ? 'vector' : `vector ${k}`);
  const list = takeVectors(vectors, dimension, 'vectors', name);
  const labels = readLabels(options.labels, list.length) ?? [];
  labels.forEach((label, k) => label !== undefined && checkText(label, `labels[${k}]`));
  if (checkBoolean(replace, 'replace') && labels.length === 0) {
    throw new TypeError('replace is true, but there are no labels: expected those to be replaced');
  }
  if ((values === undefined) !== (valueDimension === undefined)) {
    throw new TypeError(
      valueDimension === undefined
        ? 'values are given, but the memory was made without valueDimension'
        : `values are missing, expected one of ${valueDimension} numbers for each vector`,
    );
  }
  const given =
    values === undefined ? undefined : takeValues(values, list.length, valueDimension).list;
  const singles = (vector: Vector, size: number, what: string) => {
    const out = new Float32Array(size);
    writeNumbers(out, 0, vector as ArrayLike<number>, size, what);
    return out;
  };
  const rows = function* (): Generator<NewRow> {
    for (const [k, one] of list.entries()) {
      const vector = singles(one, dimension, name(k, list.length));
      const value =
        given && singles(given[k], valueDimension!, list.length === 1 ? 'value' : `value ${k}`);
      yield { label: labels[k], norm: Math.sqrt(squareOf(vector)), vector, value };
    }
  };
  return { labels, rows };
}

/** Whom to forget. @throws TypeError, RangeError */
export function takeForgotten(
  { rows }: Names,
  { dimension }: TablePlan,
  which: Forgotten<Vector>,
): { condition: string; params: unknown[] } {
  const of = (chosen: Chosen) => {
    const [condition, params] = conditionOf(chosen, 0);
    return { condition, params };
  };
  // Whether there is such an index is known later.
  if (typeof which === 'number') return of({ indices: [which] });
  if (typeof which === 'object' && which !== null && 'label' in which && !listOf(which)) {
    checkOptions(which, 'what to forget', ['label']);
    return of({ labels: [checkText(which.label, 'label')] });
  }
  if (!listOf(which)) {
    throw new TypeError(
      `what to forget is ${describe(which)}, expected an index, a vector or { label }`,
    );
  }
  const wanted = new Float32Array(dimension);
  const given = takeVector(which, dimension, 'vector');
  writeNumbers(wanted, 0, given as ArrayLike<number>, dimension, 'vector');
  const first = `select block, slot from ${rows} where embedding = $1::vector order by block, slot limit 1`;
  return { condition: `(block, slot) in (${first})`, params: [vectorText(wanted)] };
}

/** Who takes part; undefined for all. @throws TypeError for masks, RangeError for indices that never were */
export function takeChosen(among: unknown, next: number): Chosen | undefined {
  const taken = takeAmong(among);
  if (taken === undefined) return undefined;
  const { as, items } = taken;
  if (as === 'labels') return { labels: items.map((item, k) => checkText(item, `labels[${k}]`)) };
  if (as === 'indices') {
    return {
      indices: [...new Set(items.map((item, k) => checkIndex(item, `indices[${k}]`, next)))],
    };
  }
  throw new TypeError('among is a mask, expected labels, { labels: [] } or { indices: [] }');
}
