/** Workers of the source that the package carries. */
import { builtin } from '../builtin.ts';
import { threadOf, webThread, type Thread, type WebWorker } from './thread.ts';

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
    Worker?: new (url: string, options: object) => WebWorker;
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
