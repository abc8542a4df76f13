/**
 * A call of a pool: items by number, dealt out one after the other, and their results by number. What comes out does not
 * depend on who did what when: of several failures the one of the lowest number counts, and what ends a deal ends it for
 * the numbers behind it only.
 */
import type { StopSignal } from '../pacing.ts';
import type { Bench } from './bench.ts';
import type { Freight } from './freight.ts';
import type { TaskName } from './tasks.ts';

/** An item as it is sent. */
export interface Parcel {
  readonly data: unknown;
  /** Buffers that go with it and are no longer needed here. */
  readonly transfer?: readonly ArrayBuffer[];
  /** Models that it alone needs. */
  readonly models?: readonly Freight[];
}

/** What `onResult` answers when no items of higher numbers are wanted. */
export const LAST = Symbol('last');

export interface DealOptions<Result> {
  /** How many items there are; Infinity when it is not known. */
  readonly count: number;
  /** Item `index`, made when it is its turn; undefined when there are no more. */
  readonly item: (index: number) => Parcel | undefined;
  /** What the task does, for this thread. */
  readonly local: (data: never, bench: Bench) => unknown;
  /** What all items need, unless parcels have models of their own. */
  readonly models?: readonly Freight[];
  /** The number of the only worker that is to do an item, where that matters; then `count` is finite. */
  readonly owner?: (index: number) => number;
  readonly signal?: StopSignal;
  /** Whether, once aborted, what items under way come to is still a result; otherwise the signal's reason is thrown. */
  readonly gather?: boolean;
  /** Called in the order in which results arrive. */
  readonly onResult?: (result: Result, index: number) => typeof LAST | void;
  readonly onProgress?: (progress: unknown, index: number) => void;
  /** Why no worker can do it; undefined when one can. */
  readonly here?: string;
}

/** What is needed of an AbortSignal to hear of it. */
interface Listened extends StopSignal {
  readonly reason?: unknown;
  addEventListener?(type: 'abort', heard: () => void): void;
  removeEventListener?(type: 'abort', heard: () => void): void;
}

let deals = 0;

export class Deal {
  /** Of all deals of all pools. */
  readonly id = ++deals;
  readonly task: TaskName;
  readonly options: DealOptions<unknown> & { local: (data: unknown, bench: Bench) => unknown };
  /** The results, in order. */
  readonly outcome: Promise<unknown[]>;
  readonly #results: unknown[] = [];
  /** What stops the items under way. */
  readonly #underWay = new Map<number, () => void>();
  #next = 0;
  /** Where items have owners, those that nobody has taken. */
  readonly #left: number[] | undefined;
  #exhausted = false;
  /** No item behind this one is wanted. */
  #last = Infinity;
  #failure: { index: number; error: unknown } | undefined;
  #settled = false;
  readonly #resolve: (results: unknown[]) => void;
  readonly #reject: (error: unknown) => void;
  readonly #abort = () => this.#aborted();

  constructor(task: TaskName, options: DealOptions<never>) {
    this.task = task;
    this.options = options as Deal['options'];
    if (options.owner) this.#left = Array.from({ length: options.count }, (_, k) => k);
    let settle: [(results: unknown[]) => void, (error: unknown) => void];
    this.outcome = new Promise((resolve, reject) => (settle = [resolve, reject]));
    [this.#resolve, this.#reject] = settle!;
    (options.signal as Listened | undefined)?.addEventListener?.('abort', this.#abort);
  }

  /** How many items are waiting, as far as is known. */
  get waiting(): number {
    if (this.#settled || this.#exhausted) return 0;
    if (this.#left) return this.#left.filter((index) => index <= this.#last).length;
    return Math.max(0, Math.min(this.options.count, this.#last + 1) - this.#next);
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** The next item for this worker, or for anyone; undefined when there is none. */
  take(hand?: number): (Parcel & { readonly index: number }) | undefined {
    if (this.waiting === 0) return undefined;
    const left = this.#left;
    const at = left?.findIndex((k) => hand === undefined || this.options.owner!(k) === hand);
    if (at === -1) return undefined;
    const index = left ? left[at!] : this.#next;
    let parcel: Parcel | undefined;
    try {
      parcel = this.options.item(index);
    } catch (error) {
      this.abandon(error);
      return undefined;
    }
    if (parcel) {
      if (left) left.splice(at!, 1);
      else this.#next++;
      return { ...parcel, index };
    }
    this.#exhausted = true;
    this.#settle();
    return undefined;
  }

  begin(index: number, stop: () => void): void {
    this.#underWay.set(index, stop);
  }

  progress(index: number, progress: unknown): void {
    if (!this.#wants(index)) return;
    this.#call(() => this.options.onProgress?.(progress, index));
  }

  done(index: number, result: unknown): void {
    if (!this.#wants(index)) return;
    this.#underWay.delete(index);
    this.#results[index] = result;
    this.#call(() => {
      if (this.options.onResult?.(result, index) === LAST) this.#cut(index);
    });
    this.#settle();
  }

  failed(index: number, error: unknown): void {
    if (!this.#wants(index)) return;
    this.#underWay.delete(index);
    this.#failure = { index, error };
    this.#cut(index);
    this.#settle();
  }

  /** An item that was stopped before it had begun. */
  skip(index: number): void {
    if (!this.#wants(index)) return;
    this.#underWay.delete(index);
    this.#cut(index - 1);
    this.#settle();
  }

  /** Ends it with an error, whatever is under way. */
  abandon(error: unknown): void {
    if (this.#settled) return;
    this.#close();
    for (const stop of this.#underWay.values()) stop();
    this.#underWay.clear();
    this.#reject(error);
  }

  #wants(index: number): boolean {
    return !this.#settled && this.#underWay.has(index);
  }

  /** Calls what the caller gave. */
  #call(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.abandon(error);
    }
  }

  #aborted(): void {
    if (this.#settled) return;
    if (!this.options.gather) {
      this.abandon((this.options.signal as Listened).reason);
      return;
    }
    this.#exhausted = true;
    for (const stop of this.#underWay.values()) stop();
    this.#settle();
  }

  /** Items behind this one are not wanted. */
  #cut(index: number): void {
    this.#last = index;
    for (const [behind, stop] of this.#underWay) {
      if (behind <= index) continue;
      this.#underWay.delete(behind);
      stop();
    }
  }

  #settle(): void {
    if (this.#settled || this.#underWay.size > 0 || this.waiting > 0) return;
    this.#close();
    const results = this.#results.slice(0, this.#last + 1);
    const { signal } = this.options;
    if (this.#failure && this.#failure.index <= this.#last) this.#reject(this.#failure.error);
    else if (results.length === 0 && signal?.aborted) this.#reject((signal as Listened).reason);
    else this.#resolve(results);
  }

  #close(): void {
    this.#settled = true;
    (this.options.signal as Listened | undefined)?.removeEventListener?.('abort', this.#abort);
  }
}
