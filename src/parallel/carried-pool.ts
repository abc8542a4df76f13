/** The pool that needs no worker of the caller's: it carries the source of its own. */
import { startInlined } from './inlined.ts';
import { type OwnPoolOptions, Pool as OwnPool } from './pool.ts';
import type { Thread, WorkerLike } from './thread.ts';

export interface PoolOptions {
  /** How many workers at most, 1 to 1024. Default: as many as there are cores, but no more than 8. */
  workers?: number;
  /**
   * Makes a worker that runs `hopfield-wasm/worker`: for who has a content-security policy without blob:. Default: workers of
   * the source that this package carries; `hopfield-wasm/pool` has a pool without it.
   */
  worker?: () => WorkerLike;
}

/**
 * A pool of workers: worker_threads in Node, Workers elsewhere, started when there is something to do for them.
 *
 * ```ts
 * await using pool = new Pool();
 * const { states } = await pool.recallMany(network, cues, { seed: 7 });
 * ```
 *
 * It is the pool of `hopfield-wasm/pool`, and has workers of its own where the caller makes none. Where no workers can be had
 * the caller's thread does the work, between turns of the event loop: `kind` and `reason` say so.
 */
export class Pool extends OwnPool {
  /** @throws TypeError for options of the wrong kind, RangeError for a number of workers out of range */
  constructor(options: PoolOptions = {}) {
    super(options as OwnPoolOptions);
  }

  /** @internal */
  protected override startCarried(): Promise<Thread> {
    return startInlined();
  }
}
