/**
 * The pool of `hopfield-wasm/parallel` without the worker that it carries (`hopfield-wasm/pool`).
 *
 * @module hopfield-wasm/pool
 */
export type { DistributedMemory } from './distributed.ts';
export type { OwnPoolOptions as PoolOptions } from './options.ts';
export { Pool } from './pool.ts';
export type { WatchOptions } from './recalling.ts';
export type { NodeWorkerLike, WebWorkerLike, WorkerLike } from './thread.ts';
