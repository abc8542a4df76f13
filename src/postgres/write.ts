/** Adding rows to the table: as text, which every client knows, or as the bytes of COPY where rows need not be parsed. */
import type { Session } from './client.ts';
import { BLOCK_ROWS } from '../models/modern/blocks.ts';
import type { Label } from '../patterns/labels.ts';
import { vectorText } from './text.ts';

/** A row to be added. */
export interface NewRow {
  readonly label: Label | undefined;
  readonly norm: number;
  readonly vector: Float32Array;
  readonly value: Float32Array | undefined;
}

/** Numbers that are sent at once. */
const BATCH_NUMBERS = 2 ** 18;

/**
 * Adds rows from place `next` on, in batches.
 *
 * @param rows - gives each when it is its turn
 */
export async function addRows(
  session: Session,
  table: string,
  next: number,
  rows: Iterable<NewRow>,
): Promise<void> {
  let batch: NewRow[] = [];
  let numbers = 0;
  let first = next;
  const send = async () => {
    if (batch.length === 0) return;
    await (session.copy
      ? copy(session.copy, table, first, batch)
      : insert(session, table, first, batch));
    first += batch.length;
    [batch, numbers] = [[], 0];
  };
  for (const row of rows) {
    batch.push(row);
    numbers += row.vector.length + (row.value?.length ?? 0);
    if (numbers >= BATCH_NUMBERS) await send();
  }
  await send();
}

function columnsOf(row: NewRow): string[] {
  const columns = ['block', 'slot', 'label', 'label_number', 'norm', 'embedding'];
  return row.value ? [...columns, 'value'] : columns;
}

function textOf(label: Label | undefined): string | null {
  return typeof label === 'string' ? label : null;
}

function numberOf(label: Label | undefined): number | null {
  return typeof label === 'number' ? label : null;
}

async function insert(
  { ask }: Session,
  table: string,
  first: number,
  rows: readonly NewRow[],
): Promise<void> {
  const columns = columnsOf(rows[0]);
  const params: unknown[] = [
    rows.map((_, k) => Math.floor((first + k) / BLOCK_ROWS)),
    rows.map((_, k) => (first + k) % BLOCK_ROWS),
    rows.map(({ label }) => textOf(label)),
    rows.map(({ label }) => numberOf(label)),
    rows.map(({ norm }) => norm),
    rows.map(({ vector }) => vectorText(vector)),
  ];
  if (rows[0].value) params.push(rows.map(({ value }) => vectorText(value!)));
  const types = ['int4', 'int4', 'text', 'float8', 'float8', 'text', 'text'];
  const lists = params.map((_, k) => `$${k + 1}::${types[k]}[]`).join(', ');
  const taken = columns.map((name, k) => (k < 5 ? name : `${name}::vector`)).join(', ');
  await ask(
    `insert into ${table} (${columns.join(', ')}) select ${taken} from unnest(${lists}) as given (${columns.join(', ')})`,
    params,
  );
}

/** PostgreSQL's documentation of COPY has the format, under "Binary Format"; a vector is as `vector_send` makes it. */
async function copy(
  send: NonNullable<Session['copy']>,
  table: string,
  first: number,
  rows: readonly NewRow[],
): Promise<void> {
  const encoder = new TextEncoder();
  const columns = columnsOf(rows[0]);
  const labels = rows.map(({ label }) =>
    typeof label === 'string' ? encoder.encode(label) : undefined,
  );
  const size = rows.reduce((sum, { vector, value }, k) => {
    const numbers = 4 * (vector.length + (value?.length ?? 0));
    return sum + 58 + (labels[k]?.length ?? 0) + numbers + 8;
  }, 64);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = (x: number, count: 2 | 4 | 8) => {
    if (count === 2) view.setInt16(at, x);
    else if (count === 4) view.setInt32(at, x);
    else view.setFloat64(at, x);
    at += count;
  };
  const field = (length: number) => put(length, 4);
  const vector = (numbers: Float32Array | undefined) => {
    if (!numbers) return;
    field(4 + 4 * numbers.length);
    put(numbers.length, 2);
    put(0, 2);
    for (const x of numbers) {
      view.setFloat32(at, x);
      at += 4;
    }
  };
  bytes.set([0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a]);
  at = 19;
  for (const [k, row] of rows.entries()) {
    put(columns.length, 2);
    field(4);
    put(Math.floor((first + k) / BLOCK_ROWS), 4);
    field(4);
    put((first + k) % BLOCK_ROWS, 4);
    field(labels[k]?.length ?? -1);
    if (labels[k]) {
      bytes.set(labels[k], at);
      at += labels[k].length;
    }
    const number = numberOf(row.label);
    field(number === null ? -1 : 8);
    if (number !== null) put(number, 8);
    field(8);
    put(row.norm, 8);
    vector(row.vector);
    vector(row.value);
  }
  put(-1, 2);
  const blob = new Blob([bytes.subarray(0, at)]);
  await send(`copy ${table} (${columns.join(', ')}) from '/dev/blob' with (format binary)`, blob);
}
