/**
 * Memories in PostgreSQL, by pgvector (`hopfield-wasm/postgres`): on a server, or embedded, by PGlite.
 *
 * @module hopfield-wasm/postgres
 */
export {
  PostgresMemory,
  type PostgresManyResult,
  type PostgresOptions,
  type PostgresRecallOptions,
  type PostgresResult,
  type PostgresStoreOptions,
} from './postgres-memory.ts';
export type { PostgresClient } from './client.ts';
