// Runtimes other than Node.
import { join } from 'node:path';
import { moduleProgram, printedResult, requireProgram } from './program.mjs';
import { versions } from './shop.mjs';

const BUN = { 'golden.mjs': moduleProgram(), 'golden.cjs': requireProgram() };

async function bun(shop, ...args) {
  const folder = await shop.project('bun', { tools: ['bun'] });
  shop.write(folder, BUN);
  return shop.bin(folder, 'bun', ...args);
}

export default [
  {
    name: 'bun',
    version: versions.bun,
    entry: 'import',
    run: async (shop) => printedResult(await bun(shop, 'golden.mjs')),
  },
  {
    name: 'bun',
    version: versions.bun,
    entry: 'require',
    run: async (shop) => printedResult(await bun(shop, 'golden.cjs')),
  },
  {
    name: 'bun',
    version: versions.bun,
    entry: 'bun build, in Node',
    async run(shop) {
      await bun(shop, 'build', 'golden.mjs', '--outdir', 'out', '--target', 'node');
      const folder = await shop.project('bun');
      return printedResult(await shop.run(folder, process.execPath, [join('out', 'golden.js')]));
    },
  },
  {
    name: 'deno',
    version: versions.deno,
    entry: 'no permissions',
    async run(shop) {
      const folder = await shop.project('deno', { tools: ['deno'] });
      shop.write(folder, { 'golden.mjs': moduleProgram() });
      return printedResult(await shop.bin(folder, 'deno', 'run', '--no-prompt', 'golden.mjs'));
    },
  },
];
