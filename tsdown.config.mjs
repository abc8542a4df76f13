import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsdown';
import { ascii, leanLoader, lines, wasmModules, withoutWasm } from './scripts/bundle-plugins.mjs';
import { licenses } from './scripts/licenses-plugin.mjs';
import { workerSource } from './scripts/worker-source.mjs';

// Messages and consoles show what class an object is of.
const keepNames = { class: true, function: false };

const common = {
  target: 'es2022',
  fixedExtension: false,
  platform: 'neutral',
  dts: false,
  deps: { onlyBundle: [] },
  inputOptions: { resolve: { mainFields: ['browser', 'module', 'main'] } },
  checks: { pluginTimings: false },
  // Names at the top stay, for whoever reads a stack trace; what is read at every import should be short.
  minify: {
    compress: true,
    mangle: { toplevel: false, keepNames },
    codegen: { removeWhitespace: true },
  },
};

const LOADER = { onlyBundle: ['@assemblyscript/loader'] };
const ALL = { onlyBundle: ['@assemblyscript/loader', 'fflate', 'jpeg-js'] };

/**
 * Libraries that do work when they are loaded stand in files of their own, which have no side effects for whoever does
 * not use them: a page that reads grids ships neither.
 */
const APART = {
  codeSplitting: {
    groups: [
      // One file for what entries share: each file costs an import half a millisecond. A group takes what its
      // modules import along, so the lowest comes first.
      // Declarations pass through here too, and are no code.
      {
        name: 'shared',
        test: /[\\/]src[\\/](?!experiments|plot|parallel|optimise|kernels[\\/]\w+[\\/](annealing|averages|potts|tours|colourings|enumeration)).*(?<!\.d)\.ts$/,
        minShareCount: 2,
      },
      // What a pool shares with the solvers is nothing to who imports neither.
      { name: 'solvers', test: /[\\/]src[\\/]optimise[\\/].*(?<!\.d)\.ts$/, minShareCount: 2 },
      // Experiments are made when they are loaded: pools share them, who imports neither has nothing of them.
      { name: 'measures', test: /[\\/]src[\\/].*(?<!\.d)\.ts$/, minShareCount: 2 },
      { name: 'deflate', test: /[\\/]node_modules[\\/]fflate[\\/].*\.m?js$/ },
      { name: 'jpeg', test: /[\\/](node_modules[\\/]jpeg-js[\\/].*\.js|io[\\/]jpeg-decoder\.ts)$/ },
    ],
  },
};

// Declarations name Symbol.dispose and its asynchronous twin, which a project's own `lib` may not know.
const declarations = {
  dts: true,
  banner: {
    dts: 'declare global { interface SymbolConstructor { readonly dispose: unique symbol; readonly asyncDispose: unique symbol } }',
  },
};

const models = {
  index: 'src/index.ts',
  boltzmann: 'src/boltzmann/index.ts',
  experiments: 'src/experiments/index.ts',
  file: 'src/file/index.ts',
  layers: 'src/layers/index.ts',
  optimise: 'src/optimise/index.ts',
  parallel: 'src/parallel/index.ts',
  postgres: 'src/postgres/index.ts',
  pool: 'src/parallel/own.ts',
};
const entries = { ...models, io: 'src/io/index.ts' };
// A file that is copied out of the package says where it comes from and where the licences are.
const { name, version, license } = JSON.parse(readFileSync('package.json', 'utf8'));
const banner = {
  js: `/*! ${name} ${version}, ${license}; bundled libraries: ${name}/dist/licenses.txt */`,
};
const page = {
  ...common,
  deps: ALL,
  entry: { hopfield: 'src/page.ts' },
  minify: { mangle: { keepNames } },
  banner,
};

const builds = [
  {
    ...common,
    format: 'esm',
    entry: entries,
    deps: ALL,
    outputOptions: APART,
    ...declarations,
    plugins: [leanLoader(), workerSource(), licenses('licenses.txt')],
  },
  {
    ...common,
    deps: ALL,
    outputOptions: APART,
    format: 'cjs',
    entry: entries,
    ...declarations,
    plugins: [leanLoader(), workerSource()],
  },
  // A worker that callers start: one file, which shares nothing with the page.
  {
    ...common,
    format: 'esm',
    deps: LOADER,
    entry: { worker: 'src/parallel/worker.ts' },
    ...declarations,
    plugins: [leanLoader()],
  },
  ...['esm', 'cjs'].map((format) => ({
    ...common,
    format,
    entry: { reference: 'src/index.ts' },
    plugins: [withoutWasm()],
  })),
  {
    ...common,
    format: 'esm',
    deps: LOADER,
    entry: models,
    outDir: 'dist/modules',
    plugins: [leanLoader(), wasmModules()],
  },
  // One file for a page: a module, and a script that makes `hopfield` global.
  {
    ...page,
    format: 'esm',
    outputOptions: { entryFileNames: 'hopfield.min.js' },
    plugins: [leanLoader()],
  },
  {
    ...page,
    format: 'iife',
    globalName: 'hopfield',
    outputOptions: { entryFileNames: 'hopfield.global.js' },
    plugins: [leanLoader()],
  },
  {
    ...common,
    format: 'esm',
    platform: 'node',
    entry: { cli: 'src/cli/main.ts', demo: 'src/cli/demo/main.ts' },
    deps: { neverBundle: ['mnist'], onlyBundle: false },
    inputOptions: {},
    plugins: [leanLoader(), licenses('cli.licenses.txt')],
  },
];

export default defineConfig(
  builds.map((build) => ({ ...build, plugins: [...build.plugins, ascii(), lines()] })),
);
