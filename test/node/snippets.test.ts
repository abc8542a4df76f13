/** What is asked of the blocks of code in documents. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultOf, snippets } from '../../scripts/snippets.mjs';

const printing = (stdout: string) => () => ({ status: 0, stdout, stderr: '' });
const block = (...comments: string[]) => ({ line: 1, code: comments.join('\n') });

test.each([
  ['nothing is said', [], 'whatever\n'],
  ['one line', ['log(1); // → 1'], '1\n'],
  ['in order', ['log(1);', '// → 1', '// 2: no output', '// → a.b (c)'], '1\na.b (c)\n'],
  ['a part left open', ['// → about … percent'], 'about 12 percent\n'],
  ['lines left open', ['// → first', '// → …', '// → last'], 'first\n2\n3\nlast\n'],
])('a block is right: %s', (_, code, stdout) => {
  expect(faultOf(block(...code), printing(stdout))).toBeUndefined();
});

test.each([
  ['another value', ['// → 1'], '2\n'],
  ['one more line', ['// → 1'], '1\n2\n'],
  ['a line too few', ['// → 1', '// → 2'], '1\n'],
  ['another order', ['// → 1', '// → 2'], '2\n1\n'],
  ['a dot is a dot', ['// → a.b'], 'acb\n'],
  ['a part of a line left open is no line break', ['// → a … b'], 'a 1\n2 b\n'],
])('a block is wrong: %s', (_, code, stdout) => {
  expect(faultOf(block(...code), printing(stdout))).toContain('expected');
});

test('a block that throws is wrong whatever it printed', () => {
  const thrown = () => ({ status: 1, stdout: '1\n', stderr: 'Error: no' });
  expect(faultOf(block('// → 1'), thrown)).toContain('Error: no');
});

test('an exercise fails by an assertion as it stands, and passes with its solution', () => {
  const exercise = {
    line: 1,
    code: 'let x = 0;\n// your code here\nassert(x);',
    solution: 'x = 1;',
  };
  const run = (solved: boolean, message: string) => (code: string) => {
    const passes = code.includes('x = 1') ? solved : message === '';
    return { status: passes ? 0 : 1, stdout: '', stderr: passes ? '' : message };
  };
  expect(faultOf(exercise, run(true, 'AssertionError'))).toBeUndefined();
  expect(faultOf(exercise, run(false, 'AssertionError'))).toContain('AssertionError');
  expect(faultOf(exercise, run(true, 'TypeError'))).toContain('fails otherwise');
  expect(faultOf(exercise, run(true, ''))).toContain('before it is solved');
});

test.each(readdirSync('docs/learn').filter((file) => /^[a-z]+\.md$/.test(file)))(
  'the chapter %s has one exercise',
  (file) => {
    const { js } = snippets(`docs/learn/${file}`);
    expect(js.filter(({ solution }) => solution !== undefined)).toHaveLength(1);
  },
);
