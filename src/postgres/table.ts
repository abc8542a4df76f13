/**
 * The tables of a memory. Rows have places, by block of 4,096 and slot in it, which they keep:
 *
 *     NAME          block, slot, label or label_number, norm ‖x‖, embedding x, value y
 *     NAME_memory   one row: version, dimension, value_dimension, similarity, block_rows; next, the place of the next vector
 */
import { describe } from '../checks.ts';
import { BLOCK_ROWS } from '../models/modern/blocks.ts';
import type { Similarity } from '../models/modern/options.ts';
import type { Session } from './client.ts';

/** The most numbers a vector of pgvector's holds. */
export const MOST_NUMBERS = 16_000;
/** Bytes of a name. */
const MOST_NAME = 63;
const HEAD = '_memory';
/** Of these tables: others are refused. */
const VERSION = 1;
/** Numbers of a row that fits in a page of 8 kB, where it is read faster than from elsewhere. */
const PAGE_NUMBERS = 1900;

/** What a table is of. */
export interface TablePlan {
  readonly dimension: number;
  readonly valueDimension: number | undefined;
  readonly similarity: Similarity;
}

export interface Names {
  readonly table: string;
  readonly schema: string | undefined;
  /** As they stand in statements, quoted. */
  readonly rows: string;
  readonly head: string;
}

/** @throws TypeError, RangeError for what is no name */
export function tableNames(table: unknown, schema: unknown): Names {
  const before = schema === undefined ? '' : `${quoted(schema, 'schema', MOST_NAME)}.`;
  const most = MOST_NAME - HEAD.length;
  return {
    table: table as string,
    schema: schema as string | undefined,
    rows: before + quoted(table, 'table', most),
    head: before + quoted(`${table as string}${HEAD}`, 'table', MOST_NAME),
  };
}

function quoted(name: unknown, what: string, most: number): string {
  if (typeof name !== 'string') {
    throw new TypeError(`${what} is ${describe(name)}, expected the name of one`);
  }
  const bytes = new TextEncoder().encode(name).length;
  if (bytes < 1 || bytes > most || name.includes('\0')) {
    throw new RangeError(`${what} is ${describe(name)}, expected a name of 1 to ${most} bytes`);
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Settings for the rest of the transaction: types and operators of the extension are found wherever it is, behind all else, and
 * numbers are told in full.
 */
const SETTINGS =
  `set_config('extra_float_digits', '1', true), set_config('array_nulls', 'on', true), ` +
  `(select set_config('search_path', concat_ws(', ', nullif(current_setting('search_path'), ''), quote_ident(nspname)), true) ` +
  `from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace where extname = 'vector')`;

/**
 * Whether there is such a memory, as the statement sees it: `to_regclass` says what is there a moment later, or, from a cache,
 * what was there before, and so may know one of two tables that are made at once.
 *
 * @throws Error where one of its tables is there alone
 */
export async function isThere({ ask }: Session, names: Names): Promise<boolean> {
  const [found] = await ask(
    'select count(*) filter (where relname = $1::name) > 0 as rows, count(*) filter (where relname = $2::name) > 0 as head ' +
      'from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where relname in ($1::name, $2::name) ' +
      'and nspname = any(case when $3::name is null then current_schemas(true) else array[$3::name] end)',
    [names.table, `${names.table}${HEAD}`, names.schema ?? null],
  );
  if (found.rows === found.head) return found.rows === true;
  const [there, missing] = found.rows ? [names.rows, names.head] : [names.head, names.rows];
  throw new Error(`there is a table ${there}, but no ${missing}: it is no memory's`);
}

/** The place of the next vector; the first question to a table of a transaction's. @throws RangeError, Error for another memory's table */
export async function nextPlace({ ask }: Session, names: Names, plan: TablePlan): Promise<number> {
  const [head] = await ask(
    'select version, dimension, value_dimension, similarity, block_rows, next::float8 as next, ' +
      `${SETTINGS} from ${names.head}`,
  );
  if (head === undefined) throw new Error(`the table ${names.head} is empty, expected one row`);
  const said = [
    ['the version of the tables', VERSION, head.version],
    ['dimension', plan.dimension, head.dimension],
    ['valueDimension', plan.valueDimension, head.value_dimension ?? undefined],
    ['similarity', plan.similarity, head.similarity],
    ['the size of a block', BLOCK_ROWS, head.block_rows],
  ] as const;
  for (const [name, own, its] of said) {
    if (own === its) continue;
    throw new RangeError(
      `${name} is ${describe(own)}, expected ${describe(its)}, that of the table ${names.rows}`,
    );
  }
  return Number(head.next);
}

/** Makes the tables, unless someone has made them meanwhile. */
export async function createTables(
  session: Session,
  names: Names,
  { dimension, valueDimension, similarity }: TablePlan,
): Promise<void> {
  const { ask } = session;
  // Two that make one table, or the extension, at once would both fail.
  await ask("select pg_advisory_xact_lock(hashtextextended('hopfield-wasm/postgres', 4096))");
  if (await isThere(session, names)) return;
  await ask('create extension if not exists vector');
  await ask(`select ${SETTINGS}`);
  const value = valueDimension === undefined ? '' : `value vector(${valueDimension}) not null, `;
  await ask(
    `create table ${names.rows} (block integer not null, slot integer not null, ` +
      'label text, label_number double precision, norm double precision not null, ' +
      `embedding vector(${dimension}) not null, ${value}primary key (block, slot))`,
  );
  if (dimension + (valueDimension ?? 0) <= PAGE_NUMBERS) {
    await ask(`alter table ${names.rows} alter column embedding set storage plain`);
    if (value) await ask(`alter table ${names.rows} alter column value set storage plain`);
  }
  await ask(`create index on ${names.rows} (norm)`);
  await ask(`create index on ${names.rows} using hash (label) where label is not null`);
  await ask(`create index on ${names.rows} (label_number) where label_number is not null`);
  await ask(
    `create table ${names.head} (head boolean primary key default true check (head), ` +
      'version integer not null, dimension integer not null, value_dimension integer, similarity text not null, ' +
      'block_rows integer not null, next bigint not null)',
  );
  await ask(
    `insert into ${names.head} (version, dimension, value_dimension, similarity, block_rows, next) ` +
      'values ($1, $2, $3, $4, $5, 0)',
    [VERSION, dimension, valueDimension ?? null, similarity, BLOCK_ROWS],
  );
}
