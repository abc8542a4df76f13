/** Pools of the built package: what they ship, and that they keep no process alive. Needs `npm run build`. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

const DIST = resolve('dist');

/** What a module that is given as text prints, when it has ended by itself. */
function run(body: string, flags: string[] = []): unknown {
  const code = `import { HopfieldNetwork, Random } from '${DIST}/index.js';
    import { Pool } from '${DIST}/parallel.js';
    const patterns = Array.from({ length: 5 }, (_, k) => new Random(k).signs(50));
    const network = new HopfieldNetwork(50).store(patterns);
    const tell = (value) => console.log(JSON.stringify(value));
    ${body}`;
  const args = [...flags, '--input-type=module', '-e', code];
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect([status, signal, stderr.replace(/^.*ExperimentalWarning.*\n.*\n/, '')]).toEqual([
    0,
    null,
    '',
  ]);
  return JSON.parse(stdout);
}

describe('a process ends by itself', () => {
  test('after dispose', () => {
    const told = run(`const pool = new Pool({ workers: 2 });
      const { matches } = await pool.recallMany(network, patterns);
      await pool.dispose();
      tell([[...matches.indices], process.getActiveResourcesInfo().filter((kind) => /Worker|MessagePort|Timeout/.test(kind))]);`);
    expect(told).toEqual([[0, 1, 2, 3, 4], []]);
  });

  test('with a pool that is left alone, once its calls are over', () => {
    const told = run(`const pool = new Pool({ workers: 2 });
      pool.recallMany(network, patterns).then(({ matches }) => tell([...matches.indices]));`);
    expect(told).toEqual([0, 1, 2, 3, 4]);
  });

  test('when dispose comes while workers are being started', () => {
    const told = run(`const pool = new Pool({ workers: 2 });
      const call = pool.recallMany(network, patterns).catch((error) => tell(error.message));
      await pool.dispose();
      await call;`);
    expect(told).toBe('the pool has been disposed of');
  });
});

test('workers forget a model that nobody has any more', () => {
  const told = run(
    `import { Worker } from 'node:worker_threads';
      const said = [];
      const worker = () => {
        const made = new Worker('${DIST}/worker.js', { execArgv: [] });
        const post = made.postMessage.bind(made);
        made.postMessage = (message, transfer) => {
          if (/keep|drop/.test(message.say)) said.push(message.say);
          post(message, transfer);
        };
        return made;
      };
      const pool = new Pool({ workers: 1, worker });
      const use = async () => {
        const own = new HopfieldNetwork(50).store(patterns);
        for (let k = 0; k < 3; k++) await pool.recallMany(own, patterns);
      };
      await use();
      for (let k = 0; k < 100 && said.length < 2; k++) {
        await new Promise((resume) => setTimeout(resume, 10));
        gc();
      }
      await pool.dispose();
      tell(said);`,
    ['--expose-gc'],
  );
  expect(told).toEqual(['keep', 'drop']);
});

test('where the permission model refuses workers, this thread does the work and says why', () => {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  const told = run(
    `const pool = new Pool({ workers: 2 });
      const { matches } = await pool.recallMany(network, patterns);
      tell([[...matches.indices], pool.kind, pool.reason]);`,
    [flag, '--allow-fs-read=*'],
  );
  expect(told).toEqual([
    [0, 1, 2, 3, 4],
    'this-thread',
    expect.stringMatching(/^no worker could be started: Access to this API has been restricted/),
  ]);
});

describe('what a page ships, minified and gzipped', () => {
  const files = async (contents: string) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: DIST },
      bundle: true,
      minify: true,
      format: 'esm',
      splitting: true,
      outdir: '/out',
      write: false,
    });
    return outputFiles.map(({ path, text }) => ({
      name: path.replace(/.*[\\/]/, ''),
      size: gzipSync(text, { level: 9 }).length / 1000,
    }));
  };
  const importing = "import { Pool } from './parallel.js';\nconsole.log(Pool);\n";

  // docs/parallel.md says so too.
  test('the inlined worker: at most 155.5 kB, a file of its own, which is loaded when the first worker is started', async () => {
    const all = await files(importing);
    const [source, ...rest] = all.filter(({ name }) => name.startsWith('worker-source'));
    expect(rest).toEqual([]);
    expect(source.size).toBeLessThanOrEqual(155.5);
    expect(source.size).toBeGreaterThan(50);
  });

  test('Pool itself, with the solvers it knows and what deals out rows of a network: at most 63.5 kB', async () => {
    const all = await files(importing);
    const size = all
      .filter(({ name }) => !name.startsWith('worker-source'))
      .reduce((sum, file) => sum + file.size, 0);
    expect(size).toBeLessThanOrEqual(63.5);
  });

  test('nothing of either in the other entries', () => {
    for (const entry of ['index', 'optimise', 'layers', 'io']) {
      expect(readFileSync(`${DIST}/${entry}.js`, 'utf8')).not.toMatch(
        /worker-source|recallMany options/,
      );
    }
  });
});
