/** The pool that needs no worker of the caller's: it carries the source of its own. */
import { startInlined } from './inlined.ts';
import type { OwnPoolOptions, PoolOptions } from './options.ts';
import { Pool as OwnPool } from './pool.ts';
import type { Thread } from './thread.ts';

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
