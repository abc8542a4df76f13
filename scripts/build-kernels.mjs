// assembly/ -> build/kernels.wasm and the source that carries the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BYTES_FILE, WASM_FILE, bytesSource, compileKernels } from './compile-kernels.mjs';

try {
  const wasm = await compileKernels();
  mkdirSync(dirname(WASM_FILE), { recursive: true });
  writeFileSync(WASM_FILE, wasm);
  writeFileSync(BYTES_FILE, bytesSource(wasm));
  console.log(`${WASM_FILE}: ${wasm.length} bytes`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
