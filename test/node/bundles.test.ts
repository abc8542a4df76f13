/** What a page ships that imports one thing: how much, and what it must not hold. Needs `npm run build`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { describe, expect, test } from 'vitest';
import BUNDLES from './bundles.json' with { type: 'json' };

const DIST = resolve('dist');

/** `ceiling` is in thousands of bytes, minified and gzipped; one that rose says `why`; `without` are words of what is not imported. */
type Bundle = (typeof BUNDLES)[number];

/** A module that imports some names and uses them. */
function use({ names, from }: Pick<Bundle, 'names' | 'from'>): string {
  return `import { ${names} } from '${DIST}/${from}.js';\nconsole.log(${names});\n`;
}

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: DIST },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return outputFiles[0].text;
}

async function roll(code: string): Promise<string> {
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry' ? id : null),
    load: (id: string) => (id === 'entry' ? code : null),
  };
  const rolled = await rollup({ input: 'entry', plugins: [entry], treeshake: true });
  const { output } = await rolled.generate({ format: 'es' });
  return output[0].code;
}

function thousands(code: string): number {
  return gzipSync(code, { level: 9 }).length / 1000;
}

describe.each(BUNDLES)('$names', ({ names, from, ceiling, without }) => {
  test(`esbuild: at most ${ceiling} kB`, async () => {
    const code = await bundle(use({ names, from }));
    expect(thousands(code)).toBeLessThanOrEqual(ceiling);
    expect(without.filter((word) => code.includes(word))).toEqual([]);
  });

  test('rollup leaves out the same', async () => {
    const code = await roll(use({ names, from }));
    expect(without.filter((word) => code.includes(word))).toEqual([]);
    // Rollup does not minify: esbuild does, of what rollup left.
    expect(thousands(await bundle(code))).toBeLessThanOrEqual(ceiling);
  });
});

// 62.3 kB when kernels came in groups; saved models, labels, couplings of one byte and results as data in six models +9,
// diagnose +2.6, the rest of being told why +1.2, recall among some of the patterns +1; sequences +3.3, the census +0.9,
// calibrate +1.4, nothing and log-sum-ReLU +1, last sweeps without an order and flips by pairs of rows +0.8, softmax in blocks +0.5, codes +4.5.
test('the main entry as a whole: at most 92.4 kB', async () => {
  const code = await bundle(`import * as all from '${DIST}/index.js';\nconsole.log(all);\n`);
  expect(thousands(code)).toBeLessThanOrEqual(92.4);
});

describe('importing for nothing leaves nothing', () => {
  test.each(['index', 'boltzmann', 'layers', 'optimise', 'reference'])('%s', async (entry) => {
    expect((await roll(`import '${DIST}/${entry}.js';`)).trim()).toBe('');
  });
});

test.each([
  'index.js',
  'index.cjs',
  'boltzmann.js',
  'layers.js',
  'optimise.js',
  'reference.js',
  'hopfield.min.js',
])('%s: classes are called what they are exported as', async (file) => {
  const entry: Record<string, unknown> = await import(pathToFileURL(join(DIST, file)).href);
  const classes = Object.entries(entry).filter(([, value]) => /^class\b/.test(String(value)));
  expect(classes.length).toBeGreaterThan(1);
  for (const [name, value] of classes) expect((value as Function).name).toBe(name);
});

test('declarations refer to declarations', () => {
  for (const file of readdirSync(DIST).filter((name) => /\.d\.c?ts$/.test(name))) {
    const code = readFileSync(join(DIST, file), 'utf8');
    for (const [, other] of code.matchAll(/from ["']\.\/(.+?)["']/g)) {
      const declaration = other.replace(/\.(c?)js$/, '.d.$1ts');
      expect([file, existsSync(join(DIST, declaration)) && declaration]).toEqual([
        file,
        declaration,
      ]);
    }
  }
});

test('declarations are understood by compilers for which typed arrays have no parameters', () => {
  for (const file of readdirSync(DIST).filter((name) => /\.d\.c?ts$/.test(name))) {
    const code = readFileSync(join(DIST, file), 'utf8');
    expect([file, /\w+Array<\w*Buffer\w*>/.exec(code)?.[0]]).toEqual([file, undefined]);
  }
});

test('files are ASCII, whatever a page says of its encoding', () => {
  for (const file of readdirSync(DIST, { recursive: true }) as string[]) {
    if (!/\.c?js$/.test(file)) continue;
    expect([file, readFileSync(join(DIST, file)).some((byte) => byte > 127)]).toEqual([
      file,
      false,
    ]);
  }
});

test('no file imports a package', () => {
  for (const file of readdirSync(DIST).filter((name) => /\.(c?js)$/.test(name))) {
    if (/^(cli|demo|standard-output)/.test(file)) continue;
    // Rollup and esbuild resolve nothing here, so that what is bare would fail.
    expect([file, /from\s*["'][^."']|require\(["'][^."']/.test(file)]).toEqual([file, false]);
  }
});

/** The files that are read when one is imported. */
function readWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const code = readFileSync(join(DIST, file), 'utf8');
  for (const [, other] of code.matchAll(/\b(?:from|import)\s*["']\.\/(.+?)["']/g)) {
    readWith(other, found);
  }
  return found;
}

// Each file that is read at the start costs every user time before the first recall.
test.each(['index', 'boltzmann', 'layers'])(
  '%s reads itself and what all share, no solvers',
  (entry) => {
    const names = [...readWith(`${entry}.js`)].map((file) => file.replace(/-[\w-]{8}\.js$/, ''));
    expect(names.filter((name) => !/^(shared|rolldown-runtime)$/.test(name))).toEqual([
      `${entry}.js`,
    ]);
  },
);
