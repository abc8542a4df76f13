// Packs the package, installs it in an empty project and uses it as a stranger would: imports every
// entry, calls the command, runs each ```js block of README.md and docs/ (snippets.mjs says what is asked of it), type-checks
// each ```ts block, and follows their links inside the package. The last line counts: `N passed, N failed`.
// `node scripts/check-tarball.mjs docs/learn` looks at these pages only.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, resolve } from 'node:path';
import { faultOf, snippets } from './snippets.mjs';

const { name, exports, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const temporary = mkdtempSync(join(tmpdir(), 'hopfield-tarball-'));
const project = join(temporary, 'project');
const windows = process.platform === 'win32';
let passed = 0;
let failed = 0;

try {
  if (step('install the tarball', install)) {
    step('nothing else is installed', installedAlone);
    step('licences of what is bundled', licences);
    linkPeers();
    for (const entry of Object.keys(exports)) step(`resolve ${entry}`, () => importEntry(entry));
    step('types of the entries, where nothing declares what is global', () =>
      checkTypes('entries', entryImports(), ['es2022']),
    );
    step('hopfield --help', () => run(join('node_modules', '.bin', 'hopfield'), ['--help']));
    for (const page of pages()) {
      step(`links of ${page}`, () => checkLinks(page));
      const { js, ts } = snippets(page);
      if (page === 'README.md' && js.length === 0)
        step(`${page} has a js block`, () => 'it has none');
      const title = page.replaceAll(/\W/g, '-').toLowerCase();
      for (const block of js) {
        step(`run ${page}:${block.line}`, () => faultOf(block, fileOf(`${title}-${block.line}`)));
      }
      for (const { line, code } of ts) {
        step(`types of ${page}:${line}`, () => checkTypes(`${title}-${line}`, code));
      }
    }
  }
} finally {
  rmSync(temporary, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Counts and reports one step; `action` returns what went wrong, or nothing. */
function step(title, action) {
  let fault;
  try {
    fault = action();
  } catch (error) {
    fault = error.message;
  }
  const ok = fault === undefined;
  console.log(ok ? `ok     ${title}` : `FAILED ${title}\n${fault}`);
  if (ok) passed++;
  else failed++;
  return ok;
}

function install() {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  const fault = run('npm', ['pack', '--pack-destination', temporary], process.cwd());
  if (fault !== undefined) return fault;
  const tarball = readdirSync(temporary).find((file) => file.endsWith('.tgz'));
  return run('npm', ['install', '--no-audit', '--no-fund', join(temporary, tarball)]);
}

function installedAlone() {
  const others = readdirSync(join(project, 'node_modules')).filter(
    (folder) => folder !== name && !folder.startsWith('.'),
  );
  if (others.length > 0) return `also installed: ${others.join(', ')}`;
}

/** What stands in a bundle is named in the package, with the text of its licence. */
function licences() {
  const expected = {
    'licenses.txt': ['@assemblyscript/loader', 'fflate', 'jpeg-js'],
    'cli.licenses.txt': ['commander', 'picocolors', 'cli-progress', 'jpeg-js'],
  };
  const texts = { Apache: 'TERMS AND CONDITIONS FOR USE', MIT: 'Permission is hereby granted' };
  for (const [file, libraries] of Object.entries(expected)) {
    const text = readFileSync(join(project, 'node_modules', name, 'dist', file), 'utf8');
    const missing = libraries.filter((library) => !text.includes(`${library} `));
    if (missing.length > 0) return `${file} does not name ${missing.join(', ')}`;
    const [unsaid] = Object.entries(texts).filter(([, part]) => !text.includes(part));
    if (unsaid) return `${file} has no text of the licence ${unsaid[0]}`;
  }
}

/** Optional peers, which pages show, are there for who installs them: the repository's own. */
function linkPeers() {
  for (const peer of Object.keys(peerDependencies)) {
    const link = join(project, 'node_modules', ...peer.split('/'));
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve('node_modules', ...peer.split('/')), link, 'junction');
  }
}

/** Code is imported; anything else must resolve to a file that is there. */
function importEntry(entry) {
  // What is no module, or one for workers alone, is there at least.
  const code = exports[entry].default?.default
    ? `await import('${specifier(entry)}')`
    : `(await import('node:fs')).accessSync(new URL(import.meta.resolve('${specifier(entry)}')))`;
  return run(process.execPath, ['--input-type=module', '--eval', code]);
}

/** A source that imports everything that has types. */
function entryImports() {
  const typed = Object.keys(exports).filter((entry) => exports[entry].default?.types);
  return typed
    .map((entry, i) => `import * as e${i} from '${specifier(entry)}';\ne${i};`)
    .join('\n');
}

function specifier(entry) {
  return name + entry.slice(1);
}

function pages() {
  const all = readdirSync('docs', { recursive: true }).map((file) =>
    posix.join('docs', slashes(file)),
  );
  const wanted = process.argv.slice(2);
  return ['README.md', 'CHANGELOG.md', ...all.sort()].filter(
    (file) =>
      file.endsWith('.md') &&
      (wanted.length === 0 || wanted.some((start) => file.startsWith(start))),
  );
}

function slashes(path) {
  return path.replaceAll('\\', '/');
}

/** Links to other files, and to headings, must lead somewhere in the installed package. */
function checkLinks(page) {
  const dead = [];
  for (const [, target] of prose(page).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [path, heading] = target.split('#');
    const file = path === '' ? page : posix.join(posix.dirname(page), path);
    const found =
      existsSync(join(project, 'node_modules', name, file)) &&
      (heading === undefined || headings(file).includes(heading));
    if (!found) dead.push(target);
  }
  if (dead.length > 0) return `nothing at ${dead.join(', ')}`;
}

/** The anchors of a page's headings, as GitHub writes them. */
function headings(page) {
  return Array.from(prose(page).matchAll(/^#+ (.*)$/gm), ([, text]) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}

/** A page without its blocks of code. */
function prose(page) {
  return readFileSync(page, 'utf8').replaceAll(/^```.*?^```$/gms, '');
}

/** Runs code as a file of the project. */
function fileOf(title) {
  return (code) => {
    writeFileSync(join(project, `${title}.mjs`), code);
    const options = { cwd: project, encoding: 'utf8', timeout: 120_000 };
    const { status, error, stdout, stderr } = spawnSync(
      process.execPath,
      [`${title}.mjs`],
      options,
    );
    return { status, stdout, stderr: error?.message ?? stderr };
  };
}

/** Compiles with no more libraries than the package asks for, and looks into its declarations too. */
function checkTypes(title, code, lib = ['es2022', 'dom']) {
  const file = `${title}.ts`;
  const config = `tsconfig-${title}.json`;
  writeFileSync(join(project, file), `${code}\nexport {};\n`);
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    lib,
    types: [],
    strict: true,
    noEmit: true,
  };
  writeFileSync(join(project, config), JSON.stringify({ compilerOptions, files: [file] }));
  const tsc = resolve('node_modules', 'typescript', 'bin', 'tsc');
  return run(process.execPath, [tsc, '-p', config]);
}

/** What the command said if it failed. */
function run(command, args, cwd = project) {
  const options = { cwd, encoding: 'utf8', timeout: 120_000, shell: windows };
  const { status, error, stdout, stderr } = spawnSync(command, args, options);
  if (status !== 0) return error?.message ?? `${stdout}${stderr}`;
}
