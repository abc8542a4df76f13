// Builds the page into playground/dist: `index.html` with its script and style beside it, for any static host, and
// `playground.html`, all in one file, which opens from disk. Needs the package's own build (`npm run build`).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { digitsPng } from './digits.mjs';

const here = import.meta.dirname;
const out = join(here, 'dist');
/** Of those, the first come apart too: the first screen does not wait for all. */
const [FIRST, DIGITS] = [10, 2500];

// One classic script: it is also what its workers run, so that kernels are there once.
const { output } = (
  await build({
    root: here,
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    resolve: {
      alias: [
        { find: /^hopfield-wasm$/, replacement: resolve(here, '../dist/index.js') },
        { find: /^hopfield-wasm\/(\w+)$/, replacement: `${resolve(here, '../dist')}/$1.js` },
      ],
    },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: 'src/main.tsx', formats: ['iife'], name: 'playground', fileName: 'page' },
    },
  })
)[0];
const script = output.find(({ type }) => type === 'chunk').code;
const style = String(output.find(({ fileName }) => fileName.endsWith('.css')).source);
const digits = [FIRST, DIGITS]
  .map((count) => Buffer.from(digitsPng(count)).toString('base64'))
  .join(' ');

/** The page with these in the places of its comments. A function replaces: `$` in a string would mean something. */
function page(parts) {
  const template = readFileSync(join(here, 'index.html'), 'utf8');
  return template.replaceAll(/<!-- (style|script|digits) -->/g, (_, name) => parts[name]);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const write = (name, text) => writeFileSync(join(out, name), text);
write('page.js', script);
write('page.css', style);
const linked = {
  style: '<link rel="stylesheet" href="page.css" />',
  script: '<script src="page.js"></script>',
};
write('index.html', page({ ...linked, digits }));
const inline = {
  style: `<style>${style}</style>`,
  script: `<script>${script.replaceAll(/<(?=\/script|!--)/gi, String.raw`\x3c`)}</script>`,
};
write('playground.html', page({ ...inline, digits }));
console.log(`playground/dist: index.html, playground.html`);
