/** A worker as a pool sees it, whatever the runtime calls it; and how one is started. */
import { describe } from '../checks.ts';
import { builtin, builtinNow } from '../builtin.ts';
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
interface WebWorker extends WebWorkerLike {
  addEventListener(type: string, heard: (event: never) => void): void;
}
interface NodeWorker extends NodeWorkerLike {
  on(event: string, heard: (value: never) => void): unknown;
}

/** Node itself, and not a runtime or a page that only has its modules. */
function isNode(): boolean {
  const { process, Deno, Bun } = globalThis as Record<string, unknown>;
  const { release, type } = (process ?? {}) as { release?: { name?: string }; type?: string };
  return release?.name === 'node' && type !== 'renderer' && !Deno && !Bun;
}

/** A worker of the source that the build put in. @throws Error saying why there is none */
export async function startInlined(): Promise<Thread> {
  // A chunk of its own: who brings a worker does not load it.
  const { workerSource } = await import('./worker-source.ts');
  if (workerSource === undefined) {
    throw new Error('this build of the package, for runtimes without workers, carries none');
  }
  if (isNode()) {
    const { Worker } = await builtin('node:worker_threads');
    // The source is a classic script, whatever the process was told that its own would be.
    const execArgv = process.execArgv.filter((flag) => !/^--(input-type|eval|print)/.test(flag));
    return threadOf(new Worker(workerSource, { eval: true, execArgv }));
  }
  const { Worker, Deno } = globalThis as {
    Worker?: new (url: string, options: object) => WebWorkerLike;
    Deno?: unknown;
  };
  if (typeof Worker !== 'function') throw new Error('this runtime has no workers');
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  try {
    // Deno has no classic workers; elsewhere they are older than the others.
    const type = Deno ? 'module' : 'classic';
    return webThread(new Worker(url, { type }) as WebWorker, url);
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
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
function webThread(worker: WebWorker, url?: string): Thread {
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
