/**
 * Many cores (`hopfield-wasm/parallel`).
 *
 * @module hopfield-wasm/parallel
 */
export {
  fold,
  maximum,
  partial,
  type PartOptions,
  type SoftmaxPart,
} from '../models/modern/parts.ts';
export { BLOCK_ROWS } from '../models/modern/blocks.ts';
export type { ApartRecallOptions } from '../models/modern/apart.ts';
export type { DistributedMemory } from './distributed.ts';
export { Pool } from './carried-pool.ts';
export type { PoolOptions } from './options.ts';
export type { WatchOptions } from './recalling.ts';
export type { NodeWorkerLike, WebWorkerLike, WorkerLike } from './thread.ts';
