// Bundlers without a configuration, their output opened in Chromium or run in Node.
import { visit } from './browser.mjs';
import { moduleProgram, printedResult } from './program.mjs';
import { versions } from './shop.mjs';

const page = (script) => `<!doctype html><script type="module" src="${script}"></script>`;

function bundler(name, entry, tools, run) {
  return { name, version: versions[name], entry, run: (shop) => start(shop, name, tools, run) };
}

async function start(shop, name, tools, run) {
  const folder = await shop.project(name, { tools: [name, ...tools] });
  shop.write(folder, { 'src/index.js': moduleProgram(), 'index.html': page('/src/index.js') });
  return run(shop, folder);
}

/** Opens a page that has one script. */
async function open(shop, folder, script) {
  shop.write(folder, { 'page.html': page(script) });
  return visit(shop, `${await shop.serve(folder)}/page.html`);
}

export default [
  bundler('vite', 'build', [], async (shop, folder) => {
    await shop.bin(folder, 'vite', 'build');
    return visit(shop, `${await shop.serve(`${folder}/dist`)}/index.html`);
  }),
  bundler('vite', 'development', [], async (shop, folder) => {
    const vite = `${folder}/node_modules/.bin/vite`;
    return visit(shop, await shop.start(folder, vite, ['--port', '0', '--host', '127.0.0.1']));
  }),
  bundler('webpack', 'page', ['webpack-cli'], async (shop, folder) => {
    await shop.bin(folder, 'webpack', '--mode', 'production', '-o', 'out');
    return open(shop, folder, 'out/main.js');
  }),
  bundler('esbuild', 'page', [], async (shop, folder) => {
    await shop.bin(folder, 'esbuild', 'src/index.js', '--bundle', '--outfile=page.js');
    return open(shop, folder, 'page.js');
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
