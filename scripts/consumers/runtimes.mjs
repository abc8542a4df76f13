// Runtimes other than Node.
import { moduleProgram, printedResult, requireProgram } from './program.mjs';
import { versions } from './shop.mjs';

function bun(entry, run) {
  return {
    name: 'bun',
    version: versions.bun,
    entry,
    async run(shop) {
      const folder = await shop.project('bun', { tools: ['bun'] });
      shop.write(folder, { 'golden.mjs': moduleProgram(), 'golden.cjs': requireProgram() });
      return printedResult(await run(shop, folder));
    },
  };
}

export default [
  bun('import', (shop, folder) => shop.bin(folder, 'bun', 'golden.mjs')),
  bun('require', (shop, folder) => shop.bin(folder, 'bun', 'golden.cjs')),
  bun('bun build, in Node', async (shop, folder) => {
    await shop.bin(folder, 'bun', 'build', 'golden.mjs', '--outdir=out', '--target=node');
    return shop.run(folder, process.execPath, ['out/golden.js']);
  }),
  {
    name: 'deno',
    version: versions.deno,
    entry: 'no permissions',
    async run(shop) {
      const folder = await shop.project('deno', { tools: ['deno'] });
      shop.write(folder, { 'golden.mjs': moduleProgram() });
      // Asked for because the package was installed from a file.
      const flags = ['--no-prompt', '--node-modules-dir=manual'];
      return printedResult(await shop.bin(folder, 'deno', 'run', ...flags, 'golden.mjs'));
    },
  },
];
