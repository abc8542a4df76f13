// Test runners with their defaults.
import { goldenFunction, moduleProgram, printedResult, requireProgram } from './program.mjs';
import { versions } from './shop.mjs';

const WRITE = "require('node:fs').writeFileSync('result.txt', JSON.stringify(result))";

// jsdom has no text codecs, and no bytes of Blobs; who reads files there brings Node's.
const JSDOM = `/** @jest-environment jsdom */
const { TextDecoder, TextEncoder } = require('node:util');
const { Blob } = require('node:buffer');
Object.assign(globalThis, { Blob, TextDecoder, TextEncoder });\n`;

function jest(entry, prefix = '', tools = []) {
  return {
    name: 'jest',
    version: versions.jest,
    entry,
    async run(shop) {
      const name = `jest-${tools.length}`;
      const folder = await shop.project(name, { tools: ['jest', ...tools], type: 'commonjs' });
      const test = `test('golden', async () => { const result = await golden(); ${WRITE}; });\n`;
      shop.write(folder, {
        'golden.test.js': prefix + goldenFunction(requireProgram) + test,
        'print.cjs': "console.log(require('node:fs').readFileSync('result.txt', 'utf8'));",
      });
      await shop.bin(folder, 'jest');
      return printedResult(await shop.run(folder, process.execPath, ['print.cjs']));
    },
  };
}

export default [
  jest('require'),
  jest('require, jsdom', JSDOM, ['jest-environment-jsdom']),
  {
    name: 'vitest',
    version: versions.vitest,
    entry: 'import',
    async run(shop) {
      const folder = await shop.project('vitest', { tools: ['vitest'] });
      const test = `import { test } from 'vitest';
        test('golden', async () => console.log(JSON.stringify(await golden())));\n`;
      shop.write(folder, { 'golden.test.js': goldenFunction(moduleProgram) + test });
      // It asks for a newer Node than this package does.
      const script = 'node_modules/vitest/vitest.mjs';
      return printedResult(await shop.run(folder, await shop.node('22.23.3'), [script, 'run']));
    },
  },
];
