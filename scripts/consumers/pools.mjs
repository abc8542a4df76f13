// Pools of workers: in runtimes, through bundlers without a configuration, on pages under a content-security policy. The
// column of the backend says where the work was done.
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inBrowsers, visit } from './browser.mjs';
import { bare, goldenFunction, poolModule, poolRequire, printedResult } from './program.mjs';
import { oncePerShop, versions } from './shop.mjs';

const page = (script) => `<!doctype html><script type="module" src="${script}"></script>`;

/** A worker of the page's own: what bundlers take for one. */
const OWN = "() => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })";
/** The pool that carries no worker. */
const withoutSource = (entry) => bare(entry === 'parallel' ? 'pool' : entry);
const FILES = {
  'src/index.js': poolModule(),
  'src/own.js': poolModule({ worker: OWN, specifier: withoutSource }),
  'src/worker.js': "import 'hopfield-wasm/worker';\n",
  'index.html': page('/src/index.js'),
  'own.html': page('/src/own.js'),
};

function row(name, version, entry, run, rest = {}) {
  return {
    name,
    version,
    entry: `pool, ${entry}`,
    program: 'pool',
    backend: 'workers',
    run,
    ...rest,
  };
}

function bundler(name, entry, tools, run) {
  return row(name, versions[name], entry, async (shop) => {
    const folder = await shop.project(`pool-${name}`, { tools: [name, ...tools] });
    shop.write(folder, FILES);
    return run(shop, folder);
  });
}

async function open(shop, folder, script) {
  const file = `${script.replaceAll('/', '-')}.html`;
  shop.write(folder, { [file]: page(script) });
  return visit(shop, `${await shop.serve(folder)}/${file}`);
}

const node = ['20.0.0', '20.20.2', '22.23.3', '24.21.0', '26.10.0'].flatMap((version) =>
  [
    ['import', 'pool.mjs', poolModule()],
    ['require', 'pool.cjs', poolRequire()],
    [
      'a worker of its own',
      'own.mjs',
      `import { Worker } from 'node:worker_threads';\n${poolModule({
        worker:
          "() => new Worker(new URL('node_modules/hopfield-wasm/dist/worker.js', import.meta.url))",
      })}`,
    ],
  ].map(([entry, file, source]) =>
    row('node', version, entry, async (shop) => {
      const folder = await shop.project('pool-node');
      shop.write(folder, { [file]: source });
      return printedResult(await shop.run(folder, await shop.node(version), [file]));
    }),
  ),
);

const bundlers = [
  bundler('vite', 'build', [], async (shop, folder) => {
    await shop.bin(folder, 'vite', 'build');
    return visit(shop, `${await shop.serve(`${folder}/dist`)}/index.html`);
  }),
  bundler('vite', 'build, a worker of its own', [], async (shop, folder) => {
    await shop.bin(folder, 'vite', 'build', '--outDir', 'own', '--config', own(shop, folder));
    return visit(shop, `${await shop.serve(`${folder}/own`)}/own.html`);
  }),
  bundler('vite', 'development', [], async (shop, folder) => {
    const vite = `${folder}/node_modules/.bin/vite`;
    return visit(shop, await shop.start(folder, vite, ['--port', '0', '--host', '127.0.0.1']));
  }),
  bundler('webpack', 'page', ['webpack-cli'], async (shop, folder) => {
    await shop.bin(folder, 'webpack', '--mode', 'production', '-o', 'out');
    return open(shop, folder, 'out/main.js');
  }),
  bundler('webpack', 'page, a worker of its own', ['webpack-cli'], async (shop, folder) => {
    const entry = ['--entry', './src/own.js'];
    await shop.bin(folder, 'webpack', '--mode', 'production', '-o', 'own', ...entry);
    return open(shop, folder, 'own/main.js');
  }),
  bundler('esbuild', 'page', [], async (shop, folder) => {
    await shop.bin(folder, 'esbuild', 'src/index.js', '--bundle', '--outfile=page.js');
    return open(shop, folder, 'page.js');
  }),
  bundler('esbuild', 'one file beside its worker', [], async (shop, folder) => {
    const module = ['--bundle', '--format=esm'];
    await shop.bin(folder, 'esbuild', 'src/own.js', ...module, '--outfile=one/page.js');
    await shop.bin(folder, 'esbuild', 'src/worker.js', ...module, '--outfile=one/worker.js');
    const text = readFileSync(join(folder, 'one/page.js'), 'utf8');
    if (text.includes('createObjectURL')) throw new Error('the page carries a worker');
    return open(shop, folder, 'one/page.js');
  }),
  bundler('esbuild', 'CommonJS, in Node', [], async (shop, folder) => {
    const to = ['--bundle', '--platform=node', '--outfile=node.cjs'];
    await shop.bin(folder, 'esbuild', 'src/index.js', ...to);
    return printedResult(await shop.run(folder, process.execPath, ['node.cjs']));
  }),
  bundler('rollup', 'page', ['@rollup/plugin-node-resolve'], async (shop, folder) => {
    const resolve = ['-p', '@rollup/plugin-node-resolve'];
    await shop.bin(folder, 'rollup', 'src/index.js', '-d', 'out', '-f', 'es', ...resolve);
    return open(shop, folder, 'out/index.js');
  }),
];

/** The one thing that a second page of Vite's takes: to say where it is. */
function own(shop, folder) {
  const config = "export default { build: { rollupOptions: { input: 'own.html' } } };\n";
  shop.write(folder, { 'own.config.mjs': config });
  return 'own.config.mjs';
}

const bun = (entry, run) =>
  row('bun', versions.bun, entry, async (shop) => {
    const folder = await shop.project('pool-bun', { tools: ['bun'] });
    shop.write(folder, { 'pool.mjs': poolModule(), 'pool.cjs': poolRequire() });
    return printedResult(await run(shop, folder));
  });

const runtimes = [
  bun('import', (shop, folder) => shop.bin(folder, 'bun', 'pool.mjs')),
  bun('require', (shop, folder) => shop.bin(folder, 'bun', 'pool.cjs')),
  bun('bun build, in Node', async (shop, folder) => {
    await shop.bin(folder, 'bun', 'build', 'pool.mjs', '--outdir=out', '--target=node');
    return shop.run(folder, process.execPath, ['out/pool.js']);
  }),
  row('deno', versions.deno, 'no permissions', async (shop) => {
    const folder = await shop.project('pool-deno', { tools: ['deno'] });
    shop.write(folder, { 'pool.mjs': poolModule() });
    const flags = ['--no-prompt', '--node-modules-dir=manual'];
    return printedResult(await shop.bin(folder, 'deno', 'run', ...flags, 'pool.mjs'));
  }),
  row('jest', versions.jest, 'require', async (shop) => {
    const folder = await shop.project('pool-jest', { tools: ['jest'], type: 'commonjs' });
    const write = "require('node:fs').writeFileSync('result.txt', JSON.stringify(result))";
    const test = `test('pool', async () => { const result = await golden(); ${write}; }, 60000);\n`;
    shop.write(folder, {
      'pool.test.js': goldenFunction(poolRequire) + test,
      'print.cjs': "console.log(require('node:fs').readFileSync('result.txt', 'utf8'));",
    });
    await shop.bin(folder, 'jest');
    return printedResult(await shop.run(folder, process.execPath, ['print.cjs']));
  }),
  row(
    'miniflare',
    versions.miniflare,
    'esbuild --conditions=workerd',
    async (shop) => {
      const folder = await shop.project('pool-miniflare', { tools: ['miniflare', 'esbuild'] });
      const worker = `${goldenFunction(poolModule)}
        export default { async fetch() { return Response.json(await golden()); } };\n`;
      shop.write(folder, { 'edge.js': worker });
      const how = ['--bundle', '--format=esm', '--conditions=workerd', '--external:*.wasm?module'];
      await shop.bin(folder, 'esbuild', 'edge.js', '--outfile=out.js', ...how);
      return dispatch(folder);
    },
    { backend: 'this-thread', reason: /for runtimes without workers/ },
  ),
];

async function dispatch(folder) {
  const modules = join(folder, 'node_modules/hopfield-wasm/dist/modules');
  const main = join(folder, 'node_modules/miniflare/dist/src/index.js');
  const { default: library, Miniflare = library.Miniflare } = await import(pathToFileURL(main));
  const wasm = readdirSync(modules).filter((file) => file.endsWith('.wasm'));
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
}

const inModules = (entry) => `./hopfield/${entry || 'index'}.js`;
const site = oncePerShop(async (shop) => {
  const folder = await shop.project('pool-site');
  const worker = "() => new Worker('./hopfield/worker.js', { type: 'module' })";
  shop.write(folder, {
    'pool.js': poolModule({ specifier: inModules }),
    'own.js': poolModule({
      specifier: (entry) => inModules(entry === 'parallel' ? 'pool' : entry),
      worker,
    }),
    'pool.html': page('pool.js'),
    'own.html': page('own.js'),
  });
  const dist = join(folder, 'node_modules/hopfield-wasm/dist');
  cpSync(dist, join(folder, 'hopfield'), { recursive: true });
  return folder;
});

function served(entry, file, policy, rest) {
  const headers = policy && { 'content-security-policy': policy };
  return {
    name: 'page',
    entry: `pool, ${entry}`,
    program: 'pool',
    backend: 'workers',
    open: async (shop, browser) =>
      visit(shop, `${await shop.serve(await site(shop), headers)}/${file}`, browser),
    ...rest,
  };
}

const SCRIPTS = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
const pages = inBrowsers([
  served('served', 'pool.html'),
  served('policy with worker-src blob:', 'pool.html', `${SCRIPTS}; worker-src blob:`),
  served("policy worker-src 'self'", 'pool.html', `${SCRIPTS}; worker-src 'self'`, {
    backend: 'this-thread',
    reason: /content-security policy has to allow blob: as worker-src/,
  }),
  served(
    "policy worker-src 'self', a worker of its own",
    'own.html',
    `${SCRIPTS}; worker-src 'self'`,
  ),
]);

export default [...node, ...bundlers, ...runtimes, ...pages];
