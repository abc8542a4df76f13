/** Pages under a content-security policy: frames of the page under test that have one. */
import { describe, expect, test } from 'vitest';

const inNode = typeof document === 'undefined';

/** What a pool in a frame of this policy says and finds. */
async function underPolicy(policy: string, options: string, entry = 'index'): Promise<unknown> {
  const frame = document.createElement('iframe');
  const heard = new Promise((resolve, reject) => {
    addEventListener('message', function listen({ data, source }) {
      if (source !== frame.contentWindow) return;
      removeEventListener('message', listen);
      if (data.error) reject(new Error(data.error));
      else resolve(data);
    });
  });
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">
    <script type="module">
      // What the test runner makes of import() in modules that it serves.
      window.__vitest_browser_runner__ = { wrapDynamicImport: (load) => load() };
      try {
        const { HopfieldNetwork, Random } = await import('/src/index.ts');
        const { Pool } = await import('/src/parallel/${entry}.ts');
        const patterns = Array.from({ length: 5 }, (_, k) => new Random(k).signs(50));
        const network = new HopfieldNetwork(50).store(patterns);
        const pool = new Pool(${options});
        const { matches } = await pool.recallMany(network, patterns);
        await pool.dispose();
        parent.postMessage({ found: [...matches.indices], kind: pool.kind, reason: pool.reason }, '*');
      } catch (error) {
        parent.postMessage({ error: String(error) }, '*');
      }
    </script>`;
  document.body.append(frame);
  try {
    return await heard;
  } finally {
    frame.remove();
  }
}

describe.skipIf(inNode)('a policy', () => {
  const found = [0, 1, 2, 3, 4];

  test('without blob: has this thread do the work, and says what it takes', async () => {
    expect(await underPolicy("worker-src 'self'", '{ workers: 2 }')).toEqual({
      found,
      kind: 'this-thread',
      reason: expect.stringMatching(
        /^no worker could be started: .* content-security policy has to allow blob: as worker-src/,
      ),
    });
  });

  test('with blob: has workers', async () => {
    expect(await underPolicy('worker-src blob:', '{ workers: 2 }')).toEqual({
      found,
      kind: 'workers',
      reason: undefined,
    });
  });

  test.each(['index', 'own'])('without blob: has the workers that one makes: %s', async (entry) => {
    const worker = "() => new Worker('/src/parallel/worker.ts', { type: 'module' })";
    const options = `{ workers: 2, worker: ${worker} }`;
    // Not 'self', which Firefox takes for the address of the frame, about:srcdoc.
    expect(await underPolicy(`worker-src ${location.origin}`, options, entry)).toEqual({
      found,
      kind: 'workers',
      reason: undefined,
    });
  });
});
