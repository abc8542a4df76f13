/** A modern Hopfield network whose rows are in a table of PostgreSQL. */
import { checkName, checkNumber, checkOptions, describe } from '../checks.ts';
import { modernKernels, type ModernGroup } from '../kernels/groups/modern.ts';
import { openMachine, type Backend, type Machine } from '../kernels/open.ts';
import {
  recallManyApart,
  recallOneApart,
  type ApartRecallOptions,
  type Rowsource,
} from '../models/modern/apart.ts';
import { BLOCK_ROWS } from '../models/modern/blocks.ts';
import {
  planModern,
  type ModernOptions,
  type ModernPlan,
  type Similarity,
} from '../models/modern/options.ts';
import type { ModernManyResult, ModernResult } from '../models/modern/results.ts';
import { checkNorm } from '../models/modern/similarity.ts';
import type { ModernStoreOptions, Vector, Vectors } from '../models/modern/vectors.ts';
import { checkIndex, type Forgotten, type Label } from '../patterns/labels.ts';
import { checkClient, transact, type PostgresClient, type Session } from './client.ts';
import { labelOf, takeChosen, takeForgotten, takeRows } from './given.ts';
import { TableReader } from './reader.ts';
import { conditionOf, type Chosen } from './statements.ts';
import { sumHere, sumThere, type Asked } from './sums.ts';
import {
  createTables,
  isThere,
  MOST_NUMBERS,
  tableNames,
  nextPlace,
  type Names,
  type TablePlan,
} from './table.ts';
import { addRows } from './write.ts';

/** Which table, and what it is a memory of. */
export interface PostgresOptions extends Pick<ModernOptions, 'beta' | 'similarity' | 'nothing'> {
  /** Its name, as it is, of 1 to 56 bytes; made by the first `store`, together with `<table>_memory`, which says what it is. */
  table: string;
  /** d, from 1 to 16,000. */
  dimension: number;
  /** v, the dimension of the values, likewise; default none. */
  valueDimension?: number;
  /** Where the table is; default the first of the connection's search path. */
  schema?: string;
  /** As for `ModernHopfieldNetwork`. */
  backend?: Backend;
}

export interface PostgresStoreOptions extends ModernStoreOptions {
  /** Whether what has one of the labels is forgotten first, in the same transaction. Default false. */
  replace?: boolean;
}

export interface PostgresRecallOptions extends Omit<ApartRecallOptions, 'error'> {
  /** Who takes part, as if the others were forgotten: what has one of these labels, or these indices. Default all. */
  among?:
    | readonly string[]
    | { readonly labels: ArrayLike<Label> }
    | { readonly indices: ArrayLike<number> };
  /**
   * Who adds up: `'here'` (default), the bits of a network in memory; `'database'`, right to rounding of single precision,
   * while one row a block is sent. For small β, where most rows weigh something.
   */
  aggregate?: 'here' | 'database';
}

/** `aggregate` says it where the database has added up: then bits are not those of a network in memory. */
export interface PostgresResult extends ModernResult {
  aggregate?: 'database';
}

/** As `PostgresResult`. */
export interface PostgresManyResult extends ModernManyResult {
  aggregate?: 'database';
}

function checkSize(size: unknown, name: string): void {
  const expected = `an integer from 1 to ${MOST_NUMBERS} (pgvector)`;
  checkNumber(size, name, expected, (n) => Number.isInteger(n) && n >= 1 && n <= MOST_NUMBERS);
}

/** Indices are integers of 32 bits where many are told. */
const MOST_PLACES = 2 ** 31;

/** Doubles of sums that are held: 64 MB. */
const MOST_SUMS = 2 ** 23;

/**
 * A memory of real vectors in PostgreSQL with pgvector: what `ModernHopfieldNetwork` with softmax gives for the same rows, bit for
 * bit, with no more in memory than one block of rows and the sums of blocks.
 *
 * The database computes all similarities; rows that weigh something, with a proved margin for the rounding of its sums,
 * are sent, and added up here. Each call is a transaction that sees one state of the table: O(P·d) there, and what is
 * sent. Calls of one memory are carried out one after the other, in the order in which they were made.
 *
 * ```ts
 * const client = await PGlite.create('./notes', { extensions: { vector } }); // or a Pool of pg
 * const memory = new PostgresMemory(client, { table: 'notes', dimension: 384, similarity: 'cosine', beta: 100 });
 * await memory.store(embeddings, { labels });
 * const { match } = await memory.recall(query);
 * ```
 */
export class PostgresMemory {
  /** d. */
  readonly dimension: number;
  /** v, the dimension of the values; undefined where there are none. */
  readonly valueDimension: number | undefined;
  readonly beta: number;
  readonly similarity: Similarity;
  /** c, where there is one. */
  readonly nothing: number | undefined;

  readonly #client: PostgresClient;
  readonly #names: Names;
  readonly #plan: ModernPlan;
  readonly #table: TablePlan;
  readonly #machine: Machine<ModernGroup>;
  readonly #reader: TableReader;
  /** The last call, whatever came of it. */
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Asks nothing of the database yet.
   *
   * @param client - a `Client` of `pg` that nobody else uses while a call is carried out, a `Pool`, of which each call takes a
   *   client of its own, or a `PGlite`; it stays the caller's to close
   * @param options - see there for defaults; `beta` and `nothing` may be others each time, the rest is the table's
   * @throws TypeError, RangeError
   */
  constructor(client: PostgresClient, options: PostgresOptions) {
    this.#client = checkClient(client);
    checkOptions(options, 'options of PostgresMemory', [
      'table',
      'dimension',
      'valueDimension',
      'beta',
      'similarity',
      'nothing',
      'schema',
      'backend',
    ]);
    const { table, dimension, valueDimension, schema, backend = 'auto', ...network } = options;
    this.#names = tableNames(table, schema);
    checkSize(dimension, 'dimension');
    if (valueDimension !== undefined) checkSize(valueDimension, 'valueDimension');
    const plan = planModern(dimension, network);
    const { similarity } = plan;
    this.#plan = plan;
    this.#table = { dimension, valueDimension, similarity };
    this.#machine = openMachine(backend, [modernKernels]);
    this.#reader = new TableReader(this.#machine, this.#names.rows, this.#table);
    this.dimension = dimension;
    this.valueDimension = valueDimension;
    this.beta = plan.beta;
    this.similarity = similarity;
    this.nothing = plan.nothing;
  }

  /** Which kernels run; the results are the same. */
  get backend(): 'wasm' | 'reference' {
    return this.#machine.backend;
  }

  /** P, the number of vectors in the table. O(P). */
  patternCount(): Promise<number> {
    return this.#read('vectors were not counted', (session, next) =>
      next === undefined ? 0 : this.#count(session, undefined),
    );
  }

  /** The index that the next vector stored gets: forgotten ones keep theirs. */
  nextIndex(): Promise<number> {
    return this.#read('the table was not read', (_, next) => next ?? 0);
  }

  /**
   * Adds vectors, all of them or none, in one transaction, in batches. Whoever else writes waits for its end.
   *
   * @param vectors - d numbers, an array of such, or a flat typed array of P×d; none above 10¹⁵ in size
   * @param options - `values`, where the memory has them, `labels`, one a vector, texts without NUL, and `replace`
   * @throws TypeError, RangeError as the network's `store`; Error when the database refuses, or cannot be reached: nothing is
   *   stored then, unless it says that this is not known, as when the connection is lost during the commit
   */
  store(vectors: Vectors, options: PostgresStoreOptions = {}): Promise<void> {
    return this.#turn(async () => {
      const { labels, rows } = takeRows(this.#table, vectors, options);
      await this.#write('nothing was stored', true, async (session, next) => {
        if (options.replace) {
          const given = labels.filter((label) => label !== undefined);
          const [condition, params] = conditionOf({ labels: given }, 0);
          await session.ask(`delete from ${this.#names.rows} where ${condition}`, params);
        }
        let largest = await this.#largestNorm(session, undefined);
        let count = 0;
        // All are looked at before any is sent.
        for (const { norm } of rows()) {
          largest = Math.max(largest, norm);
          checkNorm(this.#plan, norm, largest, labels.length === 1 ? 'vector' : `vector ${count}`);
          count++;
        }
        if (next + count > MOST_PLACES) {
          throw new RangeError(
            `${count} vectors from index ${next} on, expected room below ${MOST_PLACES}: forgotten ones keep their places, so a new table has room`,
          );
        }
        await addRows(session, this.#names.rows, next, rows());
        await session.ask(`update ${this.#names.head} set next = next + $1::int8`, [count]);
      });
    });
  }

  /**
   * Forgets a stored vector. It leaves a hole: indices of others stay, and recalls are those of a memory of all rows
   * `among` those that are left. So it is with rows that are deleted by a statement of one's own.
   *
   * @param which - its index, d numbers (the first vector equal to them in single precision, O(P·d)), or `{ label }` (all that
   *   have it)
   * @returns whether there was any such vector
   * @throws TypeError, RangeError when it is none of these, or there never was such an index; Error as `store`
   */
  forget(which: Forgotten<Vector>): Promise<boolean> {
    return this.#turn(async () => {
      const { condition, params } = takeForgotten(this.#names, this.#table, which);
      const number = typeof which === 'number' ? which : undefined;
      const found = await this.#write('nothing was forgotten', false, (session, next) => {
        if (number !== undefined) checkIndex(number, 'index', next);
        const text = `delete from ${this.#names.rows} where ${condition} returning block`;
        return session.ask(text, params);
      });
      if (!found && number !== undefined) checkIndex(number, 'index', 0);
      return found !== undefined && found.length > 0;
    });
  }

  /**
   * What `recall` of a network gives.
   *
   * @param query - d numbers
   * @param options - `steps`, `tolerance`, `energy`, `among` and `aggregate`
   * @throws as the network's; Error when the database refuses, cannot be reached, or the table is another's
   */
  recall(query: Vector, options: PostgresRecallOptions = {}): Promise<PostgresResult> {
    return this.#recall(options, (source, own) => recallOneApart(source, query, own));
  }

  /**
   * Recalls many queries, each with the bits it has by itself. Rows that several need are sent once.
   *
   * @param queries - a list of queries, or a flat typed array of them
   * @param options - as for `recall`
   * @throws as `recall`
   */
  recallMany(queries: Vectors, options: PostgresRecallOptions = {}): Promise<PostgresManyResult> {
    return this.#recall(options, (source, own) => recallManyApart(source, queries, own));
  }

  #recall<T extends ModernResult | ModernManyResult>(
    options: PostgresRecallOptions,
    work: (source: Rowsource, own: ApartRecallOptions) => Promise<T>,
  ): Promise<T & { aggregate?: 'database' }> {
    return this.#read('nothing was recalled', async (session, next) => {
      checkOptions(options, 'recall options', [
        'steps',
        'tolerance',
        'energy',
        'among',
        'aggregate',
      ]);
      const { among, aggregate = 'here', ...own } = options;
      checkName(aggregate, 'aggregate', ['here', 'database']);
      const chosen = takeChosen(among, next ?? 0);
      if (chosen?.labels) await this.#checkLabels(session, chosen.labels, next !== undefined);
      const source = await this.#source(session, next, chosen, aggregate, own.energy === true);
      const result = await work(source, own);
      return aggregate === 'database' ? { ...result, aggregate } : result;
    });
  }

  /** Carries work out when all before it is done. */
  #turn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** In its turn, in a transaction; `next` is undefined where there is no table. */
  #read<T>(
    undone: string,
    work: (session: Session, next: number | undefined) => T | Promise<T>,
  ): Promise<T> {
    return this.#turn(() =>
      transact(this.#client, 'read', undone, async (session) => {
        const there = await isThere(session, this.#names);
        const next = there ? await nextPlace(session, this.#names, this.#table) : undefined;
        return work(session, next);
      }),
    );
  }

  /** In a transaction, while nobody else writes; undefined where there is no table and none is to be made. */
  async #write<T>(
    undone: string,
    make: boolean,
    work: (session: Session, next: number) => Promise<T>,
  ): Promise<T | undefined> {
    const client = this.#client;
    const there = await transact(client, 'read', undone, (one) => isThere(one, this.#names));
    if (!there) {
      if (!make) return undefined;
      await transact(client, 'write', undone, (one) => createTables(one, this.#names, this.#table));
    }
    return transact(client, 'write', undone, async (session) => {
      // Before anything is read: what is seen is what the one before has left.
      await session.ask(`lock table ${this.#names.head} in exclusive mode`);
      return work(session, await nextPlace(session, this.#names, this.#table));
    });
  }

  async #source(
    session: Session,
    next: number | undefined,
    chosen: Chosen | undefined,
    aggregate: 'here' | 'database',
    energy: boolean,
  ): Promise<Rowsource> {
    const { valueDimension } = this;
    const largestNorm = next === undefined ? -1 : await this.#largestNorm(session, chosen, -1);
    const there = largestNorm >= 0;
    const asked: Asked = {
      session,
      machine: this.#machine,
      reader: this.#reader,
      plan: this.#plan,
      valueDimension,
      rows: this.#names.rows,
      chosen,
    };
    const size = this.dimension + (valueDimension ?? 0);
    return {
      plan: this.#plan,
      // How many matters to the energy alone.
      count: there && energy ? await this.#count(session, chosen) : Number(there),
      largestNorm: Math.max(largestNorm, 0),
      valueDimension,
      batch: Math.floor(MOST_SUMS / (Math.ceil((next ?? 0) / BLOCK_ROWS) * size)),
      sums: (queries) => (aggregate === 'here' ? sumHere : sumThere)(asked, queries),
      label: async (index) => {
        const [condition, params] = conditionOf({ indices: [index] }, 0);
        const text = `select label, label_number from ${this.#names.rows} where ${condition}`;
        const [row] = await session.ask(text, params);
        return labelOf(row);
      },
    };
  }

  /** M of those that take part, or `none`. */
  async #largestNorm(session: Session, chosen: Chosen | undefined, none = 0): Promise<number> {
    const [condition, params] = conditionOf(chosen, 0);
    const text = `select max(norm) as norm from ${this.#names.rows} where ${condition}`;
    const [{ norm }] = await session.ask(text, params);
    return norm === null ? none : Number(norm);
  }

  async #count(session: Session, chosen: Chosen | undefined): Promise<number> {
    const [condition, params] = conditionOf(chosen, 0);
    const text = `select count(*)::float8 as count from ${this.#names.rows} where ${condition}`;
    const [{ count }] = await session.ask(text, params);
    return Number(count);
  }

  /** @throws RangeError when no vector has one of them */
  async #checkLabels(session: Session, labels: readonly Label[], there: boolean): Promise<void> {
    const [condition, params] = conditionOf({ labels }, 0);
    const text = `select distinct label, label_number from ${this.#names.rows} where ${condition}`;
    const found = new Set((there ? await session.ask(text, params) : []).map(labelOf));
    for (const label of labels) {
      if (!found.has(label)) throw new RangeError(`no pattern has the label ${describe(label)}`);
    }
  }
}
