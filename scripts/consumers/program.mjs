// golden.mjs, and pool.mjs, in the forms consumers write: their imports, and the line that hands over the result, made to
// measure.
import { readFileSync } from 'node:fs';

const IMPORT = /^import \{([^}]*)\} from 'hopfield-wasm\/?(\w*)';\n/gm;
const LAST = /^golden\(\)\.then\(.*$/m;
const PRINT = 'console.log(JSON.stringify(result))';

export const bare = (entry) => (entry ? `hopfield-wasm/${entry}` : 'hopfield-wasm');

/** The forms of a program. */
function formsOf(url) {
  const source = readFileSync(url, 'utf8');
  const imports = Array.from(source.matchAll(IMPORT), ([, names, entry]) => ({
    names: names.trim().replace(/,$/, '').replaceAll(/\s+/g, ' '),
    entry,
  }));
  const body = source.replaceAll(IMPORT, '').replace(LAST, '');
  const compose = (line, finish = PRINT) =>
    `${imports.map(line).join('\n')}\n${body}golden().then((result) => ${finish});\n`;
  return {
    /** A module; `specifier` gives what stands for an entry ('', 'optimise' …), `finish` is what is done with `result`. */
    moduleProgram: ({ specifier = bare, finish } = {}) =>
      compose(({ names, entry }) => `import { ${names} } from '${specifier(entry)}';`, finish),
    /** CommonJS. */
    requireProgram: ({ finish } = {}) =>
      compose(({ names, entry }) => `const { ${names} } = require('${bare(entry)}');`, finish),
    /** A program on one object, `hopfield`, that holds all entries. */
    scriptProgram({ finish } = {}) {
      const from = (entry) => (entry ? `hopfield.${entry}` : 'hopfield');
      return compose(({ names, entry }) => `const { ${names} } = ${from(entry)};`, finish);
    },
  };
}

export const { moduleProgram, requireProgram, scriptProgram } = formsOf(
  new URL('golden.mjs', import.meta.url),
);

const pool = formsOf(new URL('pool.mjs', import.meta.url));

/** Calls of a pool, as a module; `worker` is the code of what makes one, when it is not the pool. */
export function poolModule({ worker, ...options } = {}) {
  const program = pool.moduleProgram(options);
  return worker ? program.replace('/* or a worker */', `, worker: ${worker}`) : program;
}

export const poolRequire = pool.requireProgram;

/** The program without its last line: for test runners and servers, which call `golden` themselves. */
export function goldenFunction(form) {
  return form({ finish: '' }).replace(LAST, '');
}

/** The result that a program printed, among whatever else its tools said. */
export function printedResult(output) {
  const line = output.split(/\r?\n/).find((text) => text.includes('{"digest":'));
  if (line === undefined) throw new Error(`no result in: ${output}`);
  const start = line.indexOf('{"digest":');
  return JSON.parse(line.slice(start, line.lastIndexOf('}') + 1));
}
