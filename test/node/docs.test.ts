/** What has a name is in the documents. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { separationNames } from '../../src/dynamics/separation.ts';
import { parametersOf, ruleNames } from '../../src/learning/rules/index.ts';
import { modernSeparationNames } from '../../src/models/modern/separations.ts';

const readme = readFileSync('README.md', 'utf8');
const memories = readFileSync('docs/memories.md', 'utf8');

test.each(ruleNames())('the rule %s has a row in README.md, which names its parameters', (name) => {
  const row = readme.split('\n').find((line) => /^\| `[^|]*/.exec(line)?.[0].includes(`'${name}'`));
  for (const key of Object.keys(parametersOf(name))) expect(row).toContain(key);
  expect(row).toBeDefined();
});

test.each(separationNames())('the separation %s is in docs/memories.md', (name) => {
  const constructor = name.replace(/-./g, ([, letter]) => letter.toUpperCase());
  expect(memories).toContain(name === 'table' ? `'table'` : `${constructor}(`);
});

test.each(modernSeparationNames())('the separation %s is in docs/memories.md', (name) => {
  expect(memories).toContain(`'${name}'`);
});
