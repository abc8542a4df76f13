// Fails when a source in src/kernels/bytes is not what assembly/ compiles to.
import { existsSync, readFileSync } from 'node:fs';
import { GROUPS, bytesFile, bytesSource, compileGroup } from './compile-kernels.mjs';

for (const group of GROUPS) {
  const file = bytesFile(group);
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (committed === bytesSource(await compileGroup(group))) continue;
  console.error(`${file} is not up to date: run npm run build:kernels and commit it`);
  process.exitCode = 1;
}
