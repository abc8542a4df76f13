/**
 * The worker of a `Pool`, for those who start it themselves (`hopfield-wasm/worker`):
 *
 *     new Pool({ worker: () => new Worker(new URL('hopfield-wasm/worker', import.meta.url), { type: 'module' }) })
 *
 * It listens to the thread that started it, in browsers and in Node's worker_threads.
 */
import { builtin } from '../builtin.ts';
import type { Port, ToWorker } from './protocol.ts';
import { serve } from './serve.ts';

/** The scope of a worker in browsers, and in runtimes that are like them. */
interface Scope {
  postMessage?(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message', heard: (event: { data: ToWorker }) => void): void;
}

const scope = globalThis as unknown as Scope;

if (typeof scope.postMessage === 'function') {
  serve({
    post: (message, transfer) => scope.postMessage!(message, transfer),
    listen: (heard) => scope.addEventListener('message', ({ data }) => heard(data)),
  });
} else {
  void inNode();
}

async function inNode(): Promise<void> {
  const { parentPort } = await builtin('node:worker_threads');
  if (!parentPort) throw new Error('hopfield-wasm/worker runs in a worker, expected one');
  const port: Port = {
    post: (message, transfer) => parentPort.postMessage(message, transfer),
    listen: (heard) => parentPort.on('message', heard),
  };
  serve(port);
}
