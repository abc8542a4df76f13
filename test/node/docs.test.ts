/** What has a name is in the documents. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
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

test('README.md counts the learning rules', () => {
  const words = ['seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
  expect(readme).toContain(`${words[ruleNames().length - 7]} learning rules`);
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
