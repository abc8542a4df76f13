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
  connect(): Promise<PooledClient>;
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

/**
 * Carries `work` out in a transaction that sees one state of the database; what it throws takes everything back.
 *
 * @param undone - what an error of the database's begins with: that nothing has happened
 */
export async function transact<T>(
  client: PostgresClient,
  access: 'read' | 'write',
  undone: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const level = `isolation level repeatable read${access === 'read' ? ', read only' : ''}`;
  if ('transaction' in client && typeof client.transaction === 'function') {
    const embedded = client as EmbeddedClient;
    let failed: { error: unknown } | undefined;
    const inside = async (own: EmbeddedQuery) => {
      await own.query(`set transaction ${level}`);
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
    const turn = before.then(() => alone(ask, level, undone, work));
    busy.set(
      client,
      turn.catch(() => {}),
    );
    return turn;
  }
  const own = await told(undone, () => (client as PoolLike).connect());
  const heard = () => {};
  // Whoever waits for an answer is told; a client that nobody listens to would end the process besides.
  own.on?.('error', heard);
  let broken = true;
  try {
    const done = await alone(
      (text, params) => own.query(text, params),
      level,
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

/** A transaction of a client that nobody else uses meanwhile; `takenBack` is called when it has come to nothing, in order. */
async function alone<T>(
  ask: Ask,
  level: string,
  undone: string,
  work: (session: Session) => Promise<T>,
  takenBack: () => void = () => {},
): Promise<T> {
  await told(undone, () => ask(`begin ${level}`));
  let done: T;
  try {
    done = await work(sessionOf(ask, undone));
  } catch (error) {
    // If this fails too, the connection is gone, and the transaction with it.
    await ask('rollback').then(takenBack, () => {});
    throw error;
  }
  const { command } = (await told(undone, () => ask('commit'), 'commit')) as { command?: unknown };
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
async function told<T>(undone: string, work: () => Promise<T>, at?: 'commit'): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { message, code } = Object(cause) as { message?: unknown; code?: unknown };
    const said = typeof message === 'string' && message !== '' ? message : String(code ?? cause);
    // SQLSTATE: the server answered, so it has taken everything back.
    const answered = typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code);
    const what =
      at === 'commit' && !answered
        ? `the connection failed during the commit, and it is not known whether all of it has happened or ${undone}`
        : undone;
    throw new Error(`${what}: ${said}`, { cause });
  }
}
