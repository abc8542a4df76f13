/** Who does items: a worker, or the caller's own thread. */
import { version } from '../../package.json';
import { Pauses } from '../pacing.ts';
import { drawSeed } from '../random.ts';
import type { Bench } from './bench.ts';
import type { Deal, Parcel } from './deal.ts';
import type { FromWorker } from './protocol.ts';
import type { Thread } from './thread.ts';

/** How long a worker may take to say that it is ready, in milliseconds. */
const PATIENCE = 30_000;

type Numbered = Parcel & { readonly index: number };

export interface Hand {
  /** From 1; undefined for the caller's thread, which does anyone's items. */
  readonly number?: number;
  /** Whether it can take an item. */
  readonly free: boolean;
  begin(deal: Deal, parcel: Numbered): void;
  /** No more items of this deal will come. */
  finish(deal: number): void;
}

/** What a pool is told of a worker. */
export interface Listener {
  ready(hand: WorkerHand): void;
  /** It has nothing to do. */
  idle(hand: WorkerHand): void;
  /** It is no more. `deal` is what it was doing, or undefined when it was doing nothing. */
  lost(hand: WorkerHand, error: Error, was: { deal: Deal; index: number } | undefined): void;
}

export class WorkerHand implements Hand {
  /** From 1 to the number of workers. */
  readonly number: number;
  readonly #listener: Listener;
  readonly #thread: Thread;
  /** Revisions of the models it has. */
  readonly #models = new Map<number, number>();
  readonly #deals = new Set<number>();
  readonly #patience: ReturnType<typeof setTimeout>;
  readonly #watch = new AbortController();
  /** The name of a lock that it holds while it lives. */
  readonly #lock: string | undefined;
  #state: 'starting' | 'ready' | 'over' = 'starting';
  #doing: { deal: Deal; index: number; item: number } | undefined;
  #items = 0;

  constructor(number: number, thread: Thread, listener: Listener) {
    this.number = number;
    this.#listener = listener;
    this.#thread = thread;
    const late = `it has not said that it is ready within ${PATIENCE / 1000} s, expected the worker of hopfield-wasm/worker`;
    this.#patience = setTimeout(() => this.#lose(new Error(late)), PATIENCE);
    thread.listen(
      (message) => this.#hear(message),
      (error) => this.#lose(error),
    );
    const name = `hopfield-wasm ${drawSeed()} ${drawSeed()}`;
    this.#lock = thread.silent && hasLocks() ? name : undefined;
    thread.post({ say: 'hello', lock: this.#lock }, []);
  }

  get free(): boolean {
    return this.#state === 'ready' && this.#doing === undefined;
  }

  /** Whether it has this revision of a model. */
  has(key: number, revision: number): boolean {
    return this.#models.get(key) === revision;
  }

  begin(deal: Deal, { data, transfer = [], models, index }: Numbered): void {
    const item = ++this.#items;
    this.#doing = { deal, index, item };
    deal.begin(index, () => this.#stop(item));
    this.#thread.hold(true);
    try {
      for (const freight of models ?? deal.options.models ?? []) {
        const { key, revision } = freight;
        if (this.has(key, revision)) continue;
        this.#thread.post({ say: 'keep', key, cargo: freight.cargo }, []);
        this.#models.set(key, revision);
      }
      this.#deals.add(deal.id);
      this.#thread.post({ say: 'item', item, deal: deal.id, task: deal.task, data }, transfer);
    } catch (error) {
      // Such as options that cannot be copied.
      this.#rest();
      deal.failed(index, error);
    }
  }

  finish(deal: number): void {
    if (this.#deals.delete(deal)) this.#thread.post({ say: 'over', deal }, []);
  }

  /** The model is gone. */
  drop(key: number): void {
    if (this.#models.delete(key)) this.#thread.post({ say: 'drop', key }, []);
  }

  /** Ends it; nothing more is heard of it. */
  async terminate(): Promise<void> {
    this.#end();
    await this.#thread.terminate();
  }

  #hear(message: FromWorker): void {
    if (this.#state === 'over') return;
    if (message?.say === 'ready') {
      this.#greeted(message);
      return;
    }
    const doing = this.#doing;
    if (doing === undefined || message?.item !== doing.item) return;
    const { deal, index } = doing;
    switch (message.say) {
      case 'progress':
        deal.progress(index, message.progress);
        break;
      case 'result':
        this.#rest();
        deal.done(index, message.result);
        this.#listener.idle(this);
        break;
      case 'error':
        // What it holds may be anything now.
        this.#end();
        void this.#thread.terminate();
        deal.failed(index, named(message.error, this.number));
        this.#listener.lost(this, new Error('an item failed'), undefined);
        break;
    }
  }

  #greeted(message: Extract<FromWorker, { say: 'ready' }>): void {
    if (this.#state !== 'starting') return;
    if (message.version !== version) {
      this.#lose(new Error(`it is of version ${message.version}, expected ${version}`));
      return;
    }
    clearTimeout(this.#patience);
    this.#state = 'ready';
    this.#rest();
    if (message.locked) {
      const over = () => this.#lose(new Error('it ended without an error'));
      // Granted when the worker's hold ends; aborted when nobody wants to know any more.
      navigator.locks.request(this.#lock!, { signal: this.#watch.signal }, over).catch(() => {});
    }
    this.#listener.ready(this);
  }

  #rest(): void {
    this.#doing = undefined;
    this.#thread.hold(false);
  }

  #stop(item: number): void {
    if (this.#doing?.item === item && this.#state === 'ready') {
      this.#thread.post({ say: 'stop', item }, []);
    }
  }

  #lose(error: Error): void {
    if (this.#state === 'over') return;
    const doing = this.#doing;
    this.#end();
    void this.#thread.terminate();
    this.#listener.lost(this, error, doing);
  }

  #end(): void {
    clearTimeout(this.#patience);
    this.#watch.abort();
    this.#state = 'over';
    this.#doing = undefined;
  }
}

/** An error that came from a worker says from which. */
function named(error: unknown, number: number): unknown {
  if (error instanceof Error) {
    Object.defineProperty(error, 'worker', { value: number, configurable: true });
  }
  return error;
}

/** The caller's thread, which lets other work have its turn between items. */
export class HereHand implements Hand {
  readonly #idle: () => void;
  readonly #pauses = new Pauses();
  readonly #shared = new Map<number, { made: unknown; dispose?: (made: never) => void }>();
  #free = true;

  constructor(idle: () => void) {
    this.#idle = idle;
  }

  get free(): boolean {
    return this.#free;
  }

  begin(deal: Deal, { data, index }: Numbered): void {
    this.#free = false;
    const controller = new AbortController();
    deal.begin(index, () => controller.abort());
    void this.#work(deal, index, data, controller.signal);
  }

  finish(deal: number): void {
    const shared = this.#shared.get(deal);
    this.#shared.delete(deal);
    shared?.dispose?.(shared.made as never);
  }

  async #work(deal: Deal, index: number, data: unknown, signal: AbortSignal): Promise<void> {
    const models = deal.options.models ?? [];
    const bench: Bench = {
      model: (key) => models.find((freight) => freight.key === key)!.model,
      once: (make, dispose) => this.#once(deal.id, make, dispose),
      signal,
      report: (progress) => deal.progress(index, progress),
    };
    if (this.#pauses.due) await this.#pauses.pause();
    try {
      if (signal.aborted) {
        deal.skip(index);
        return;
      }
      for (const freight of models) freight.check();
      deal.done(index, await deal.options.local(data, bench));
    } catch (error) {
      deal.failed(index, error);
    } finally {
      this.#free = true;
      this.#idle();
    }
  }

  #once<T>(deal: number, make: () => T, dispose?: (made: T) => void): T {
    const shared = this.#shared.get(deal) ?? { made: make(), dispose };
    this.#shared.set(deal, shared);
    return shared.made as T;
  }
}

function hasLocks(): boolean {
  return typeof navigator === 'object' && typeof navigator.locks?.request === 'function';
}
