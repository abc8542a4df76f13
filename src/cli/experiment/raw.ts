/** Raw trials as a table: one row a trial, its columns what stands in a record, the parts of objects and lists each by itself. */

import { writeNpy } from '../../io/index.ts';
import type { Plain, TrialRecord } from '../../experiments/index.ts';

type Cell = number | string | boolean | null;

/** By column. Lists of different lengths leave cells empty. */
function cellsOf({ point, number, trialSeed, result }: TrialRecord): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  spread('', point, cells);
  cells.set('number', number);
  cells.set('trialSeed', trialSeed);
  spread('', result, cells);
  return cells;
}

function spread(name: string, value: Plain, cells: Map<string, Cell>): void {
  if (typeof value !== 'object' || value === null) {
    // A result may be called as a parameter is.
    cells.set(cells.has(name) ? `${name}.result` : name, value);
    return;
  }
  for (const [key, item] of Object.entries(value) as [string, Plain][]) {
    spread(name === '' ? key : `${name}.${key}`, item, cells);
  }
}

function tableOf(records: readonly TrialRecord[]): {
  columns: string[];
  rows: Map<string, Cell>[];
} {
  const rows = records.map(cellsOf);
  return { columns: [...new Set(rows.flatMap((row) => [...row.keys()]))], rows };
}

/** With a line of names (RFC 4180). */
export function csvOf(records: readonly TrialRecord[]): string {
  const { columns, rows } = tableOf(records);
  const quoted = (cell: Cell | undefined) => {
    const text = String(cell ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns, ...rows.map((row) => columns.map((name) => row.get(name)))];
  return lines.map((line) => `${line.map(quoted).join()}\n`).join('');
}

/** Trials × columns as float64: the columns of `csvOf` that hold numbers alone; NaN where there is none. */
export function npyOf(records: readonly TrialRecord[]): Uint8Array {
  const { columns, rows } = tableOf(records);
  const numeric = columns.filter((name) =>
    rows.every((row) => ['number', 'undefined'].includes(typeof row.get(name))),
  );
  const values = rows.flatMap((row) => numeric.map((name) => (row.get(name) as number) ?? NaN));
  return writeNpy(Float64Array.from(values), [rows.length, numeric.length]);
}
