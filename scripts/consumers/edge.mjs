// Runtimes that compile no bytes but take compiled modules: the package's conditions workerd and edge-light.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { goldenFunction, moduleProgram } from './program.mjs';
import { oncePerShop, versions } from './shop.mjs';

const WORKER = `${goldenFunction(moduleProgram)}
export default { async fetch() { return Response.json(await golden()); } };\n`;

const route = (runtime) => `${goldenFunction(moduleProgram)}
export const runtime = '${runtime}';
export const dynamic = 'force-dynamic';
export async function GET() { return Response.json(await golden()); }\n`;

const PAGE = 'export default ({ children }) => <html><body>{children}</body></html>;\n';

/** The address of an application that has been built and runs; one a shop. */
const next = oncePerShop(async (shop) => {
  const folder = await shop.project('next', { tools: ['next', 'react', 'react-dom'] });
  shop.write(folder, {
    'app/layout.jsx': PAGE,
    'app/edge/route.js': route('edge'),
    'app/nodejs/route.js': route('nodejs'),
  });
  await shop.bin(folder, 'next', 'build');
  return shop.start(folder, join(folder, 'node_modules/.bin/next'), ['start', '-p', '0']);
});

async function ask(shop, address, path = '') {
  const response = await fetch(`${address}${path}`);
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}: ${text}\n${shop.said(address)}`);
  }
  return JSON.parse(text);
}

export default [
  {
    name: 'miniflare',
    version: versions.miniflare,
    entry: 'esbuild --conditions=workerd',
    async run(shop) {
      const folder = await shop.project('miniflare', { tools: ['miniflare', 'esbuild'] });
      shop.write(folder, { 'worker.js': WORKER });
      const how = ['--bundle', '--format=esm', '--conditions=workerd', '--external:*.wasm?module'];
      await shop.bin(folder, 'esbuild', 'worker.js', '--outfile=out.js', ...how);
      const modules = join(folder, 'node_modules/hopfield-wasm/dist/modules');
      const wasm = readdirSync(modules).filter((file) => file.endsWith('.wasm'));
      const main = join(folder, 'node_modules/miniflare/dist/src/index.js');
      const { default: library, Miniflare = library.Miniflare } = await import(pathToFileURL(main));
      const server = new Miniflare({
        compatibilityDate: '2026-07-01',
        modules: [
          { type: 'ESModule', path: 'out.js', contents: readFileSync(join(folder, 'out.js')) },
          ...wasm.map((file) => ({
            type: 'CompiledWasm',
            path: `${file}?module`,
            contents: readFileSync(join(modules, file)),
          })),
        ],
      });
      try {
        const response = await server.dispatchFetch('http://localhost/');
        const text = await response.text();
        if (!response.ok) throw new Error(text);
        return JSON.parse(text);
      } finally {
        await server.dispose();
      }
    },
  },
  {
    name: 'wrangler',
    version: versions.wrangler,
    entry: 'dev',
    async run(shop) {
      const folder = await shop.project('wrangler', { tools: ['wrangler'] });
      shop.write(folder, { 'worker.js': WORKER });
      const script = 'node_modules/wrangler/bin/wrangler.js';
      const options = ['--compatibility-date', '2026-07-01', '--ip', '127.0.0.1', '--port', '0'];
      const args = [script, 'dev', 'worker.js', ...options, '--inspector-port', '0'];
      // It asks for a newer Node than this package does.
      return ask(shop, await shop.start(folder, await shop.node('22.23.3'), args));
    },
  },
  ...['edge', 'nodejs'].map((runtime) => ({
    name: 'next',
    version: versions.next,
    entry: `${runtime} runtime`,
    run: async (shop) => ask(shop, await next(shop), `/${runtime}`),
  })),
];
