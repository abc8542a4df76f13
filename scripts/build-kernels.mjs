// assembly/ -> build/*.wasm and the sources that carry the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { GROUPS, bytesFile, bytesSource, compileGroup, wasmFile } from './compile-kernels.mjs';

try {
  mkdirSync('build', { recursive: true });
  mkdirSync('src/kernels/bytes', { recursive: true });
  for (const group of GROUPS) {
    const wasm = await compileGroup(group);
    writeFileSync(wasmFile(group), wasm);
    writeFileSync(bytesFile(group), bytesSource(wasm));
    console.log(`${wasmFile(group)}: ${wasm.length} bytes`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
