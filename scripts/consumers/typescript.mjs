// TypeScript: compiled with every declaration checked, in ESM and CommonJS projects, and then run.
import { moduleProgram, poolModule, printedResult } from './program.mjs';

const PROJECTS = [
  { entry: 'node16', options: { module: 'node16' } },
  { entry: 'nodenext', options: { module: 'nodenext' } },
  { entry: 'bundler', options: { module: 'esnext', moduleResolution: 'bundler' } },
  { entry: 'without dom', options: { module: 'nodenext', lib: ['es2022'], types: ['node'] } },
  { entry: 'CommonJS, node16', type: 'commonjs', options: { module: 'node16' } },
];
// What `tsc --init` writes in 5.0; later versions no longer have this resolution.
const INIT = {
  entry: 'CommonJS, node10',
  type: 'commonjs',
  options: { target: 'es2019', module: 'commonjs', esModuleInterop: true },
};

export default [
  ...[...PROJECTS, INIT].map((project) => consumer('5.0.4', project)),
  ...PROJECTS.map((project) => consumer('6.0.3', project)),
  ...PROJECTS.map((project) => consumer('7.0.2', project)),
  ...['5.0.4', '6.0.3', '7.0.2'].flatMap((version) =>
    [PROJECTS[1], PROJECTS[3]].map((project) => ({
      ...consumer(version, { ...project, entry: `pool, ${project.entry}`, source: poolModule() }),
      program: 'pool',
      backend: 'workers',
    })),
  ),
];

function consumer(version, { entry, type = 'module', options, source = moduleProgram() }) {
  return {
    name: 'typescript',
    version,
    entry,
    async run(shop) {
      const tools = [`typescript@${version}`, '@types/node'];
      const root = await shop.project(`typescript-${version}`, { tools });
      const folder = entry.replaceAll(/\W+/g, '-');
      const compilerOptions = {
        target: 'es2022',
        types: [],
        strict: true,
        skipLibCheck: false,
        rootDir: '.',
        outDir: 'out',
        ...options,
      };
      shop.write(root, {
        [`${folder}/package.json`]: { type },
        [`${folder}/tsconfig.json`]: { compilerOptions, files: ['golden.ts'] },
        [`${folder}/golden.ts`]: source,
      });
      await shop.bin(root, 'tsc', '-p', folder);
      return printedResult(await shop.run(root, process.execPath, [`${folder}/out/golden.js`]));
    },
  };
}
