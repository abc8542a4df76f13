/** A worker as a pool sees it, whatever the runtime calls it. */
import { describe } from '../checks.ts';
import { builtinNow } from '../builtin.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

export interface Thread {
  post(message: ToWorker, transfer: readonly ArrayBuffer[]): void;
  /** `ended` is told once, why it is no more; not after `terminate`. */
  listen(heard: (message: FromWorker) => void, ended: (error: Error) => void): void;
  /** Whether nothing tells when it has ended without an error, so that a lock has to. */
  readonly silent: boolean;
  /** Whether it keeps the process alive. */
  hold(busy: boolean): void;
  terminate(): Promise<void>;
}

/** What is needed of a Worker of browsers. */
export interface WebWorkerLike {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: never, heard: never): void;
  terminate(): unknown;
}

/** What is needed of a Worker of Node. */
export interface NodeWorkerLike {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  on(event: never, heard: never): unknown;
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

export type WorkerLike = WebWorkerLike | NodeWorkerLike;

/** The same as they are used here. */
export interface WebWorker extends WebWorkerLike {
  addEventListener(type: string, heard: (event: never) => void): void;
}
interface NodeWorker extends NodeWorkerLike {
  on(event: string, heard: (value: never) => void): unknown;
}

/** @throws TypeError when it is no worker */
export function threadOf(worker: WorkerLike): Thread {
  if (typeof worker?.postMessage !== 'function' || typeof worker.terminate !== 'function') {
    throw new TypeError(`worker gave ${describe(worker)}, expected a function that makes a Worker`);
  }
  return 'on' in worker && typeof worker.on === 'function'
    ? nodeThread(worker as NodeWorker)
    : webThread(worker as WebWorker);
}

function nodeThread(worker: NodeWorker): Thread {
  let over = false;
  return {
    silent: false,
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    listen(heard, ended) {
      let fault: Error | undefined;
      worker.on('message', heard);
      worker.on('error', (error: unknown) => (fault = errorOf(error)));
      worker.on('exit', (code: number) => {
        if (!over) ended(fault ?? new Error(`exit code ${code}`));
        over = true;
      });
    },
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
    async terminate() {
      over = true;
      await worker.terminate();
    },
  };
}

/** @param url - of a source that is to be let go of once it is loaded */
export function webThread(worker: WebWorker, url?: string): Thread {
  const loaded = () => url && URL.revokeObjectURL(url);
  let over = false;
  const { ref, unref } = worker as { ref?: () => void; unref?: () => void };
  const terminate = worker.terminate.bind(worker);
  return {
    silent: true,
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    listen(heard, ended) {
      worker.addEventListener('message', ({ data }: { data: FromWorker }) => {
        loaded();
        heard(data);
      });
      worker.addEventListener('error', (event: ErrorEvent) => {
        event.preventDefault?.();
        loaded();
        // Of a script that could not be loaded nothing else is said.
        end(errorOf(event.error || event.message || (url ? REFUSED : undefined)));
      });
      const end = (error: Error) => {
        terminate();
        if (!over) ended(error);
        over = true;
      };
      // No event tells of it.
      worker.terminate = () => end(new Error('it was terminated'));
    },
    hold: (busy) => (busy ? ref?.call(worker) : unref?.call(worker)),
    async terminate() {
      over = true;
      loaded();
      terminate();
    },
  };
}

const REFUSED =
  'the script could not be loaded; a content-security policy has to allow blob: as worker-src, ' +
  'or let the option worker of the pool make one';

function errorOf(error: unknown): Error {
  if (error instanceof Error) return error;
  return new Error(error ? String(error) : 'the script could not be loaded');
}

/** Cores, at most 8; 4 where nothing says how many there are. */
export function cores(): number {
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  const count =
    navigator?.hardwareConcurrency ?? builtinNow('node:os')?.availableParallelism() ?? 4;
  return Math.max(1, Math.min(8, count));
}
