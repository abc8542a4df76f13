/** Workers that tests start themselves, in Node and in browsers, to do to them what happens to workers. */
import type { WorkerLike } from '../../src/parallel/index.ts';
import { workerSource } from '../../src/parallel/worker-source.ts';

const inNode = typeof Worker === 'undefined';
const threads = inNode ? await import('node:worker_threads') : undefined;

export const WORKER = workerSource!;

/** A worker of a classic script. */
export function start(source = WORKER): WorkerLike {
  if (threads) return new threads.Worker(source, { eval: true, stderr: true });
  return new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
}

/** The worker, which on an item does something else first. */
function onItem(action: { node: string; web: string }): string {
  const hear = inNode
    ? `require('node:worker_threads').parentPort.on('message', (data) => {
        if (data.say === 'item') { ${action.node} } });`
    : `addEventListener('message', ({ data }) => { if (data.say === 'item') { ${action.web} } });`;
  return `${hear}\n${WORKER}`;
}

/** Ends without a word. */
export const VANISHES = onItem({ node: 'process.exit(3)', web: 'close()' });

/** Throws where nobody catches it. */
export const THROWS = onItem({
  node: "setTimeout(() => { throw new Error('out of nowhere'); }); while (true);".replace(
    'while (true);',
    'data.say = undefined;',
  ),
  web: "setTimeout(() => { throw new Error('out of nowhere'); }); data.say = undefined;",
});
