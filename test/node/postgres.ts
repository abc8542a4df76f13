/**
 * PostgreSQL for tests: PGlite, or, where `TEST_POSTGRES` is the address of a server with pgvector
 * (`postgres://postgres@127.0.0.1/postgres`), a database of their own there.
 */
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';
import type { PostgresClient } from '../../src/postgres/index.ts';

export const SERVER = process.env.TEST_POSTGRES;

export interface Asker extends PostgresClient {
  query<T = Record<string, unknown>>(text: string, params?: unknown[]): Promise<{ rows: T[] }>;
}

/** A server, by clients of `pg`. */
export interface TestServer {
  /** Asks it by a connection of its own; several statements without parameters too. */
  readonly admin: Asker;
  reach(): pg.ClientConfig;
  /** Ends all connections, and takes no others until it is started again. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export function openServer(): Promise<TestServer> {
  return SERVER === undefined ? embedded() : served(SERVER);
}

/** A pool; what becomes of connections that nobody uses ends no test. */
export function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', () => {});
  return pool;
}

/** A client of `pg`, connected, whose end ends no test. */
export async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config);
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function embedded(): Promise<TestServer> {
  const db = await PGlite.create({ extensions: { vector } });
  let server: PGLiteSocketServer;
  let port = 0;
  const start = async () => {
    server = new PGLiteSocketServer({ db, port, maxConnections: 8 });
    await server.start();
    port = Number(server.getServerConn().split(':').at(-1));
  };
  await start();
  const query = async (text: string, params?: unknown[]) =>
    params ? db.query(text, params) : (await db.exec(text)).at(-1)!;
  return {
    admin: { query: query as Asker['query'] },
    reach: () => ({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' }),
    start,
    stop: () => server.stop(),
    close: async () => {
      await server.stop();
      await db.close();
    },
  };
}

let databases = 0;

/** @param how - behind `create database NAME` */
export async function served(address: string, how = ''): Promise<TestServer> {
  const name = `hopfield_${process.pid}_${Date.now()}_${++databases}`;
  const outside = await connect({ connectionString: address });
  await outside.query(`create database ${name} ${how}`);
  const url = new URL(address);
  url.pathname = name;
  const config = { connectionString: url.href };
  const admin = await connect(config);
  const { rows } = await admin.query('select pg_backend_pid() as own');
  const only = (limit: string, own: number) =>
    outside.query(
      `alter database ${name} allow_connections ${limit}; ` +
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> ${own} and ${limit} = false`,
    );
  return {
    admin: admin as Asker,
    reach: () => config,
    start: async () => void (await only('true', 0)),
    stop: async () => void (await only('false', rows[0].own)),
    close: async () => {
      await admin.end();
      await outside.query(`drop database ${name} with (force)`);
      await outside.end();
    },
  };
}

/** A database for memories, by the nearest client: PGlite, or a pool. */
export async function openDatabase(): Promise<{ db: Asker; close(): Promise<void> }> {
  if (SERVER === undefined) {
    const db = await PGlite.create({ extensions: { vector } });
    return { db, close: () => db.close() };
  }
  const server = await served(SERVER);
  const pool = poolOf({ ...server.reach(), max: 4 });
  return {
    db: pool as Asker,
    close: async () => {
      await pool.end();
      await server.close();
    },
  };
}
