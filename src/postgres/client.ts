/** What a memory needs of a client, and transactions by it: a pool's, an embedded database's, or a client's own. */
import { describe } from '../checks.ts';

/**
 * Anything that asks PostgreSQL: `Client` and `Pool` of `pg`, `PGlite`, or what is made like them. Parameters are numbers, strings,
 * null, and arrays of those.
 */
export interface PostgresClient {
  query(text: string, params?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** A pool of clients, as `pg` has it. */
interface PoolLike extends PostgresClient {
  readonly totalCount: number;
  connect(
    done?: (error: unknown, client?: PooledClient) => void,
  ): Promise<PooledClient> | undefined;
}

interface PooledClient extends PostgresClient {
  release(error?: boolean): void;
  on?(event: 'error', listener: () => void): unknown;
  removeListener?(event: 'error', listener: () => void): unknown;
}

/** PGlite: transactions are its own affair, and a table can be filled with bytes. */
interface EmbeddedClient extends PostgresClient {
  transaction<T>(work: (inside: EmbeddedQuery) => Promise<T>): Promise<T>;
}

interface EmbeddedQuery {
  query(text: string, params?: unknown[], options?: { blob?: Blob }): Promise<{ rows: unknown[] }>;
}

/** A row of an answer. */
export type Row = Record<string, unknown>;

/** What stands between the beginning of a transaction and its end. */
export interface Session {
  ask(text: string, params?: unknown[]): Promise<Row[]>;
  /** `copy … from '/dev/blob'`, where there is such a thing. */
  readonly copy: ((text: string, blob: Blob) => Promise<void>) | undefined;
}

type Ask = (text: string, params?: unknown[]) => Promise<{ rows: unknown[] }>;

/** @throws TypeError for what has no `query` */
export function checkClient(client: unknown): PostgresClient {
  const { query } = Object(client) as { query?: unknown };
  if (typeof query === 'function') return client as PostgresClient;
  throw new TypeError(
    `client is ${describe(client)}, expected a Client or Pool of pg, a PGlite, or what has query(text, params)`,
  );
}

/** What is under way on clients that have one transaction at a time: memories that share one take turns. */
const busy = new WeakMap<PostgresClient, Promise<unknown>>();

const LEVELS = {
  read: 'isolation level repeatable read, read only',
  write: 'isolation level read committed',
};

/**
 * Carries `work` out in a transaction, which sees one state of the database where it reads, and the last one, statement by
 * statement, where it writes, behind a lock of its own; what it throws takes everything back.
 *
 * @param undone - what an error of the database's begins with: that nothing has happened
 */
export async function transact<T>(
  client: PostgresClient,
  access: 'read' | 'write',
  undone: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  if ('transaction' in client && typeof client.transaction === 'function') {
    const embedded = client as EmbeddedClient;
    let failed: { error: unknown } | undefined;
    const inside = async (own: EmbeddedQuery) => {
      await own.query(`set transaction ${LEVELS[access]}`);
      const copy = async (text: string, blob: Blob) => {
        await told(undone, () => own.query(text, [], { blob }));
      };
      const session = sessionOf((text, params) => own.query(text, params), undone, copy);
      return work(session).catch((error: unknown) => {
        failed = { error };
        throw error;
      });
    };
    try {
      return await told(undone, () => embedded.transaction(inside));
    } catch (error) {
      throw failed ? failed.error : error;
    }
  }
  if (!('totalCount' in client)) {
    const before = busy.get(client) ?? Promise.resolve();
    const ask: Ask = (text, params) => client.query(text, params);
    const turn = before.then(async () => {
      await checkOutside(ask, undone);
      return alone(ask, access, undone, work);
    });
    busy.set(
      client,
      turn.catch(() => {}),
    );
    return turn;
  }
  // Whoever waits for an answer is told; a client that nobody listens to would end the process besides.
  const heard = () => {};
  const own = await told(undone, () => connect(client as PoolLike, heard));
  let broken = true;
  try {
    const done = await alone(
      (text, params) => own.query(text, params),
      access,
      undone,
      work,
      () => (broken = false),
    );
    broken = false;
    return done;
  } finally {
    own.removeListener?.('error', heard);
    own.release(broken);
  }
}

/**
 * In a transaction of the caller's a beginning would be none, and the end the end of that one. A setting that is local to a
 * transaction is gone by the next statement where there is none.
 *
 * @throws Error, and leaves the transaction as it is
 */
async function checkOutside(ask: Ask, undone: string): Promise<void> {
  const name = 'hopfield.transaction';
  const mark = `${Math.random()}`;
  await told(undone, () => ask('select set_config($1, $2, true)', [name, mark]));
  const { rows } = await told(undone, () =>
    ask('select current_setting($1, true) as mark', [name]),
  );
  if ((rows as Row[])[0].mark !== mark) return;
  throw new Error(`${undone}: the client is in a transaction, expected one that is in none`);
}

/**
 * A client of a pool, to which `heard` listens from the moment on at which the pool does no more: a promise is answered later. What
 * is like a pool may have promises alone.
 */
function connect(pool: PoolLike, heard: () => void): Promise<PooledClient> {
  return new Promise((resolve, reject) => {
    const take = (own: PooledClient) => {
      own.on?.('error', heard);
      resolve(own);
    };
    const promised =
      pool.connect.length === 0
        ? pool.connect()
        : pool.connect((error, own) => (own ? take(own) : reject(error)));
    promised?.then(take, reject);
  });
}

/** A transaction of a client that nobody else uses meanwhile; `takenBack` is called when it has come to nothing, in order. */
async function alone<T>(
  ask: Ask,
  access: 'read' | 'write',
  undone: string,
  work: (session: Session) => Promise<T>,
  takenBack: () => void = () => {},
): Promise<T> {
  await told(undone, () => ask(`begin ${LEVELS[access]}`));
  let done: T;
  try {
    done = await work(sessionOf(ask, undone));
  } catch (error) {
    // If this fails too, the connection is gone, and the transaction with it.
    await ask('rollback').then(takenBack, () => {});
    throw error;
  }
  const { command } = (await told(undone, () => ask('commit'), access === 'write')) as {
    command?: unknown;
  };
  if (command === 'ROLLBACK') {
    throw new Error(`${undone}: the transaction was rolled back before its end`);
  }
  return done;
}

function sessionOf(ask: Ask, undone: string, copy?: Session['copy']): Session {
  return {
    ask: async (text, params) => (await told(undone, () => ask(text, params))).rows as Row[],
    copy,
  };
}

/** Errors of the database's, with what they mean for who called. */
async function told<T>(undone: string, work: () => Promise<T>, commits = false): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { message, code } = Object(cause) as { message?: unknown; code?: unknown };
    const said = typeof message === 'string' && message !== '' ? message : String(code ?? cause);
    // SQLSTATE: the server answered, so it has taken everything back; unless what stands before it says that the connection
    // to it has failed, or that it does not know.
    const answered = typeof code === 'string' && /^(?!08|40003)(?=.*\d)[0-9A-Z]{5}$/.test(code);
    const what =
      commits && !answered
        ? `the connection failed during the commit, and it is not known whether all of it has happened or ${undone}`
        : undone;
    throw new Error(`${what}: ${said}`, { cause });
  }
}
