// A bundler plugin: puts the worker, bundled into the text of one classic script, where src/parallel/worker-source.ts
// stands. For the build and for tests, which run the sources.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { leanLoader } from './bundle-plugins.mjs';

const SOURCE = /[\\/]src[\\/]parallel[\\/]worker-source\.ts$/;

let made;

export function workerSource() {
  return {
    name: 'worker-source',
    enforce: 'pre',
    async load(id) {
      if (!SOURCE.test(id.replace(/\?.*$/, ''))) return;
      made ??= bundleWorker();
      return { code: `export const workerSource = ${JSON.stringify(await made)};`, map: null };
    },
  };
}

/** The worker as a classic script. */
export async function bundleWorker() {
  const { outputFiles } = await build({
    entryPoints: ['src/parallel/worker.ts'],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    mainFields: ['browser', 'module', 'main'],
    plugins: [lean()],
    write: false,
  });
  return outputFiles[0].text;
}

/** `leanLoader` for esbuild. */
function lean() {
  const { transform } = leanLoader();
  return {
    name: 'lean-loader',
    setup({ onLoad }) {
      onLoad({ filter: /@assemblyscript[\\/]loader[\\/]index\.js$/ }, ({ path }) => ({
        contents: transform(readFileSync(path, 'utf8'), path),
      }));
    },
  };
}
