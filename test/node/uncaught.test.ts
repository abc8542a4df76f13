/** What a program shows whose author has made a mistake. Needs `npm run build`. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

test.each([
  ['index', 'new x.HopfieldNetwork(3).store([1, 2])'],
  ['io', 'x.readPicture("photo.png")'],
  ['optimise', 'x.maxCut({ nodes: 3 })'],
  ['layers', 'new x.Pooling({})'],
])('an error of %s that nobody catches is not lost in the code around it', (entry, code) => {
  for (const [how, program] of [
    ['module', `import * as x from ${JSON.stringify(resolve(`dist/${entry}.js`))};`],
    ['commonjs', `const x = require(${JSON.stringify(resolve(`dist/${entry}.cjs`))});`],
  ]) {
    const { stderr } = spawnSync(
      process.execPath,
      [`--input-type=${how}`, '-e', `${program}\n${code}`],
      { encoding: 'utf8' },
    );
    expect(stderr).toMatch(/\n(Type|Range)Error: .*expected|known are/);
    expect(stderr.length).toBeLessThan(6000);
  }
});
