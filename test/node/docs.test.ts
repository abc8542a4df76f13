/** What has a name is in the documents. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import * as index from '../../src/index.ts';
import { separationNames } from '../../src/dynamics/separation.ts';
import { parametersOf, ruleNames } from '../../src/learning/rules/index.ts';
import { modernSeparationNames } from '../../src/models/modern/separations.ts';

const readme = readFileSync('README.md', 'utf8');
const rules = readFileSync('docs/rules.md', 'utf8');
const bundles: Array<{ names: string; from: string; ceiling: number }> = JSON.parse(
  readFileSync('test/node/bundles.json', 'utf8'),
);
const performance = readFileSync('docs/performance.md', 'utf8');
const memories = readFileSync('docs/memories.md', 'utf8');

test.each(ruleNames())(
  'the rule %s has a row in docs/rules.md, which names its parameters',
  (name) => {
    const row = rules
      .split('\n')
      .find((line) => /^\| `[^|]*/.exec(line)?.[0].includes(`'${name}'`));
    for (const key of Object.keys(parametersOf(name))) expect(row).toContain(key);
    expect(row).toBeDefined();
  },
);

test.each(separationNames())('the separation %s is in docs/memories.md', (name) => {
  const constructor = name.replace(/-./g, ([, letter]) => letter.toUpperCase());
  expect(memories).toContain(name === 'table' ? `'table'` : `${constructor}(`);
});

test.each(modernSeparationNames())('the separation %s is in docs/memories.md', (name) => {
  expect(memories).toContain(`'${name}'`);
});

test('README.md and CHANGELOG.md count the learning rules', () => {
  const words = ['seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
  const counted = `${words[ruleNames().length - 7]} learning rules`;
  expect(readme).toContain(counted);
  expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(counted);
});

const { exports, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const subPaths = Object.keys(exports).filter((path) => /^\.\/\w+$/.test(path));

test.each(subPaths)('the entry %s is in README.md, or in docs/parallel.md', (path) => {
  const page = ['./pool', './worker'].includes(path)
    ? readFileSync('docs/parallel.md', 'utf8')
    : readme;
  expect(page).toContain(`hopfield-wasm${path.slice(1)}`);
});

test('every model of the main entry has a row in README.md', () => {
  const models = Object.entries(index).filter(
    ([, value]) => typeof value === 'function' && 'store' in (value.prototype ?? {}),
  );
  expect(models.length).toBeGreaterThan(5);
  for (const [name] of models) expect(readme).toContain(`\n| \`${name}\``);
});

test('CHANGELOG.md begins with the version of package.json', () => {
  const heading = /^## \[(.*)\]/m.exec(readFileSync('CHANGELOG.md', 'utf8'))?.[1];
  expect(heading).toBe(version);
});

test.each(bundles)('docs/performance.md has the ceiling of $names', ({ names, from, ceiling }) => {
  const entry = from === 'index' ? 'hopfield-wasm' : `hopfield-wasm/${from}`;
  const row = performance.split('\n').find((line) => line.startsWith(`| \`{ ${names} }\` of`));
  expect(row?.split('|').map((cell) => cell.trim())).toEqual([
    '',
    `\`{ ${names} }\` of \`${entry}\``,
    `${ceiling}`,
    '',
  ]);
});

test('every page is reached by links from README.md, and stands in the site', () => {
  const site = JSON.parse(readFileSync('typedoc.json', 'utf8')).projectDocuments as string[];
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const [, target] of readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s]+\.md)/g)) {
      if (!target.includes(':')) reached.add(posix.join(posix.dirname(page), target));
    }
  }
  const files = readdirSync('docs', { recursive: true, encoding: 'utf8' });
  const pages = files
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`);
  for (const page of pages) {
    expect(reached).toContain(page);
    expect(site.some((part) => part === page || part === `${posix.dirname(page)}/*.md`)).toBe(true);
  }
});
