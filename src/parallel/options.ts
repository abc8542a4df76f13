/** Options of pools. */
import type { WorkerLike } from './thread.ts';

export interface PoolOptions {
  /** How many workers at most, 1 to 1024. Default: as many as there are cores, but no more than 8. */
  workers?: number;
  /**
   * Makes a worker that runs `hopfield-wasm/worker`: for who has a content-security policy without blob:. Default: workers of
   * the source that this package carries; the pool of `hopfield-wasm/pool` is without it.
   */
  worker?: () => WorkerLike;
}

/** Options of the pool of `hopfield-wasm/pool`. */
export interface OwnPoolOptions extends PoolOptions {
  /** Makes a worker that runs `hopfield-wasm/worker`. */
  worker: () => WorkerLike;
}
