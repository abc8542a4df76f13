import { defineConfig } from 'tsdown';
import { licenses } from './scripts/licenses-plugin.mjs';

const common = {
  format: 'esm',
  target: 'es2022',
  fixedExtension: false,
  // src/index.ts, src/layers/index.ts and src/optimise/index.ts install the WebAssembly backend: no import of them may be dropped here.
  treeshake: { moduleSideEffects: [{ test: /[\\/]src[\\/]/, sideEffects: true }] },
};

export default defineConfig([
  {
    ...common,
    entry: {
      index: 'src/index.ts',
      layers: 'src/layers/index.ts',
      optimise: 'src/optimise/index.ts',
      reference: 'src/reference.ts',
      io: 'src/io/index.ts',
    },
    platform: 'neutral',
    dts: true,
    // The declarations name Symbol.dispose, which a project's own `lib` may not know.
    banner: { dts: '/// <reference lib="esnext.disposable" />' },
    deps: { onlyBundle: ['fflate', 'jpeg-js'] },
    // Libraries that do work when they are loaded stand in files of their own, which have no side effects for
    // whoever does not use them: a page that reads grids ships neither.
    outputOptions: {
      codeSplitting: {
        groups: [
          { name: 'deflate', test: /[\\/]node_modules[\\/]fflate[\\/]/ },
          { name: 'jpeg', test: /[\\/](node_modules[\\/]jpeg-js[\\/]|io[\\/]jpeg-decoder\.ts$)/ },
        ],
      },
    },
    inputOptions: { resolve: { mainFields: ['browser', 'module', 'main'] } },
    plugins: [licenses('io.licenses.txt')],
    copy: ['build/kernels.wasm'],
  },
  {
    ...common,
    entry: { cli: 'src/cli/main.ts', demo: 'src/cli/demo.ts' },
    platform: 'node',
    dts: false,
    deps: { neverBundle: ['mnist'], onlyBundle: false },
    plugins: [licenses('cli.licenses.txt')],
  },
]);
