/**
 * Many cores (`hopfield-wasm/parallel`).
 *
 * @module hopfield-wasm/parallel
 */
export { Pool, type PoolOptions } from './pool.ts';
export type { WatchOptions } from './recalling.ts';
export type { NodeWorkerLike, WebWorkerLike, WorkerLike } from './thread.ts';
