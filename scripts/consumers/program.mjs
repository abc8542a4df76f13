// golden.mjs in the forms consumers write: its imports, and the line that hands over the result, made to measure.
import { readFileSync } from 'node:fs';

const source = readFileSync(new URL('golden.mjs', import.meta.url), 'utf8');
const IMPORT = /^import \{([^}]*)\} from 'hopfield-wasm\/?(\w*)';\n/gm;
const imports = Array.from(source.matchAll(IMPORT), ([, names, entry]) => ({
  names: names.trim().replace(/,$/, '').replaceAll(/\s+/g, ' '),
  entry,
}));
const LAST = /^golden\(\)\.then\(.*$/m;
const body = source.replaceAll(IMPORT, '').replace(LAST, '');

const PRINT = 'console.log(JSON.stringify(result))';

const bare = (entry) => (entry ? `hopfield-wasm/${entry}` : 'hopfield-wasm');

/** A module; `specifier` gives what stands for an entry ('', 'optimise' …), `finish` is what is done with `result`. */
export function moduleProgram({ specifier = bare, finish } = {}) {
  return compose(({ names, entry }) => `import { ${names} } from '${specifier(entry)}';`, finish);
}

/** CommonJS. */
export function requireProgram({ finish } = {}) {
  return compose(({ names, entry }) => `const { ${names} } = require('${bare(entry)}');`, finish);
}

/** A program on one object, `hopfield`, that holds all entries. */
export function scriptProgram({ finish } = {}) {
  const from = (entry) => (entry ? `hopfield.${entry}` : 'hopfield');
  return compose(({ names, entry }) => `const { ${names} } = ${from(entry)};`, finish);
}

/** The program without its last line: for test runners and servers, which call `golden` themselves. */
export function goldenFunction(form) {
  return form({ finish: '' }).replace(LAST, '');
}

function compose(line, finish = PRINT) {
  return `${imports.map(line).join('\n')}\n${body}golden().then((result) => ${finish});\n`;
}

/** The result that a program printed, among whatever else its tools said. */
export function printedResult(output) {
  const line = output.split(/\r?\n/).find((text) => text.includes('{"digest":'));
  if (line === undefined) throw new Error(`no result in: ${output}`);
  const start = line.indexOf('{"digest":');
  return JSON.parse(line.slice(start, line.lastIndexOf('}') + 1));
}
