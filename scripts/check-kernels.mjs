// Fails when src/kernels/wasm-bytes.ts is not what assembly/ compiles to.
import { existsSync, readFileSync } from 'node:fs';
import { BYTES_FILE, bytesSource, compileKernels } from './compile-kernels.mjs';

const committed = existsSync(BYTES_FILE) ? readFileSync(BYTES_FILE, 'utf8') : '';
if (committed !== bytesSource(await compileKernels())) {
  console.error(`${BYTES_FILE} is not up to date: run npm run build:kernels and commit it`);
  process.exitCode = 1;
}
