/**
 * Lists as callers give them: one item or several, flat or as the rows of a grid.
 *
 * They are read before a memory is looked at, since arrays with getters and proxies run code of the caller's, which may
 * change that memory. What these functions return runs none: typed arrays are taken as they are, anything else is
 * copied.
 */
import { describe, isList } from '../checks.ts';

/** What items are made of, for messages. */
export interface ItemKind {
  /** How many values an item has. */
  readonly size: number;
  /** `'values'` or `'numbers'` */
  readonly what: string;
  /** What has that size. */
  readonly of: string;
  /** Whether there is a recallMany. */
  readonly many?: boolean;
}

/** A list, or what JSON makes of a typed array, {"0": 1, "1": −1}, as one; undefined for anything else. */
export function listOf(value: unknown): ArrayLike<unknown> | undefined {
  if (isList(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const keys = Object.keys(value);
  const counted = keys.length > 0 && keys.every((key, i) => key === `${i}`);
  return counted ? Object.values(value) : undefined;
}

/** The items in a list of them, in one flat typed array, or the one that is given alone: each to be taken by `takeItem`. */
export function splitItems(given: unknown, kind: ItemKind, name: string): unknown[] {
  const { size, what, of } = kind;
  const list = listOf(given);
  if (!list)
    throw new TypeError(`${name} is ${describe(given)}, expected arrays of ${size} ${what}`);
  if (list.length === 0) {
    throw new RangeError(`${name} is empty, expected at least one of ${size} ${what}`);
  }
  if (Array.isArray(given)) {
    const items: unknown[] = [...given];
    if (listOf(items[0])) return isGrid(items, size) ? [items] : items;
    const { length } = items;
    if (length > size && length % size === 0 && typeof items[0] !== 'string') {
      throw new RangeError(
        `${name} has length ${length}, expected ${size} (${of}), a list of lists or a flat typed array`,
      );
    }
    return [items];
  }
  if (list.length === size) return [list];
  if (list.length % size !== 0) {
    throw new RangeError(
      `${name} has length ${list.length}, expected a multiple of ${size} (${of})`,
    );
  }
  const typed = ArrayBuffer.isView(list) ? (list as Int8Array) : undefined;
  return Array.from({ length: list.length / size }, (_, k) => {
    const [from, to] = [k * size, (k + 1) * size];
    return typed ? typed.subarray(from, to) : (list as unknown[]).slice(from, to);
  });
}

/** One item's values, `size` of them. @throws TypeError, RangeError when there are not as many */
export function takeItem(given: unknown, kind: ItemKind, name: string): ArrayLike<unknown> {
  const { size, what, of } = kind;
  const list = listOf(given);
  if (!list) {
    throw new TypeError(`${name} is ${describe(given)}, expected an array of ${size} ${what}`);
  }
  let values: ArrayLike<unknown> = ArrayBuffer.isView(list) ? list : [...(list as unknown[])];
  if (typeof values[0] === 'string') {
    throw new TypeError(
      `${name}[0] is ${describe(values[0])}, expected a number: a text becomes numbers by Array.from(text, Number)`,
    );
  }
  const row = listOf(values[0]);
  if (row?.length === size && values.length > 1) {
    const many = kind.many && /cue|query/.test(name) ? ': recallMany takes several' : '';
    throw new TypeError(`${name} is a list of ${values.length}, expected one${many}`);
  }
  if (row) values = flattened(values as unknown[], row.length, name);
  if (values.length !== size) {
    throw new RangeError(`${name} has length ${values.length}, expected ${size} (${of})`);
  }
  return values;
}

/** Whether these lists are the rows of one item. */
function isGrid(rows: readonly unknown[], size: number): boolean {
  const first = listOf(rows[0])!;
  return first.length !== size && first.length * rows.length === size && !listOf(first[0]);
}

/** The rows of a grid, one after the other. */
function flattened(rows: readonly unknown[], columns: number, name: string): unknown[] {
  return rows.flatMap((given, k) => {
    const row = listOf(given);
    if (row?.length === columns) return Array.from(row);
    const found = row ? `has length ${row.length}` : `is ${describe(given)}`;
    throw new RangeError(`row ${k} of ${name} ${found}, expected ${columns} values as row 0 has`);
  });
}
