// Which tests have to notice a fault in which file.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';

/** Tests of every classical network, and of what couplings become. */
const SPINS = 'laws-|thresholds|limits|errors|save|representations|stale';
/** Tests of what several models do alike. */
const SHARED = 'labels|objects|correlation|lists|reentry|among|interleaving|chance|history|stale';
const LEARNING =
  'dreams|from-couplings|perceptron|covariance|palimpsest|storkey|memory-use|short-of';

/** The first that fits a file of src, and the tests that state its laws. */
const SCOPES = [
  [/^src\/kernels\/reference\//, () => '^test/kernels/reference/'],
  [/^src\/models\/modern/, () => `^test/(saved/|models/(modern/|${SHARED}))`],
  [/^src\/models\/graded/, () => `^test/(saved/|models/(graded/|${SHARED}))`],
  [/^src\/(boltzmann|layers|optimise)\//, ([, folder]) => `^test/${folder}/`],
  [/^src\/.*simplicial/, () => `^test/(saved/|models/(simplicial|${SHARED}))`],
  [/^src\/io\//, () => '^test/io-'],
  [/^src\/cli\//, () => '^test/node/cli/'],
  [/^src\/file\//, () => '^test/node/file-memory'],
  [/^src\/dynamics\//, () => `^test/models/(${SPINS}|recall-|dense|binary|inputs)`],
  [
    /^src\/learning\/rules\/by-neuron/,
    () => `^test/models/(${SPINS}|perceptron|minimal-overlap|diederich-opper)`,
  ],
  [/^src\/learning\/rules\/(.*)\.ts/, ([, name]) => `^test/models/(${SPINS}|${name})`],
  [/^src\/learning\//, () => `^test/(models/(${SPINS}|${LEARNING})|saved/)`],
  [/^src\/models\/sequence/, () => `^test/(saved/|models/(sequence/|${SHARED}))`],
  [/^src\/models\/calibrate/, () => '^test/models/modern/'],
  [/^src\/models\/(attractors|diagnose)/, ([, name]) => `^test/models/${name}`],
  [
    /^src\/models\/(bidirectional|dense)/,
    ([, name]) => `^test/(saved/|models/(${name}|${SHARED}))`,
  ],
  [/^src\/(models|patterns)\//, () => '^test/(models/[^/]*$|saved/)'],
  [/^src\//, () => '^test/(?!node|golden|physics|kernels/equality)'],
];

/** Whether a test file has to notice faults in a source file: by its place, and by importing it at all. */
export function concerns(test, file) {
  const name = relative('.', file);
  const [pattern, scope] = SCOPES.find(([fits]) => fits.test(name));
  if (!new RegExp(scope(pattern.exec(name))).test(relative('.', test))) return false;
  return basename(test).startsWith(basename(file, '.ts')) || importsOf(test).has(file);
}

const known = new Map();

/** All files of this package that a file imports, at any distance. */
function importsOf(path) {
  const found = known.get(path);
  if (found) return found;
  const all = new Set();
  const left = [path];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    for (const [, name] of readFileSync(next, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      const file = resolve(dirname(next), name);
      if (all.has(file) || !file.endsWith('.ts') || !existsSync(file)) continue;
      all.add(file);
      left.push(file);
    }
  }
  known.set(path, all);
  return all;
}
