// Node: every version that `engines` allows, by import and by require, and with intrinsics frozen.
import { moduleProgram, printedResult, requireProgram } from './program.mjs';

// The first that `engines` allows, and the last of each line.
const VERSIONS = ['20.0.0', '20.20.2', '22.23.3', '24.21.0', '26.10.0'];

const reference = (entry) => `hopfield-wasm/${entry || 'reference'}`;

const PROGRAMS = [
  { entry: 'import', file: 'golden.mjs', source: moduleProgram() },
  { entry: 'require', file: 'golden.cjs', source: requireProgram() },
  {
    entry: 'import, frozen intrinsics',
    file: 'golden.mjs',
    source: moduleProgram(),
    flags: ['--frozen-intrinsics'],
  },
  {
    // The other entries have WebAssembly still: both live in one process.
    entry: 'reference',
    file: 'reference.mjs',
    source: moduleProgram({ specifier: reference }),
    backend: 'reference + wasm',
  },
];

export default VERSIONS.flatMap((version) =>
  PROGRAMS.map(({ entry, file, source, flags = [], backend }) => ({
    name: 'node',
    version,
    entry,
    backend,
    async run(shop) {
      const folder = await shop.project('node-consumer');
      shop.write(folder, { [file]: source });
      return printedResult(await shop.run(folder, await shop.node(version), [...flags, file]));
    },
  })),
);
