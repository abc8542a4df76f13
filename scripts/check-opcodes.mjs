// Fails when a module that ships holds a relaxed SIMD instruction, data, or an import other than its memory.
//
// Relaxed SIMD gives different bits on different engines; an import would tie the module to a host; groups share a
// memory, in which one would overwrite the other's data.
import { readFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { GROUPS, bytesFile } from './compile-kernels.mjs';

const MEMORY = '(import "env" "memory" ';

/** What is wrong with a module: one line for each fault. */
export function faults(wasm) {
  const module = binaryen.readBinary(wasm);
  const text = module.emitText();
  module.dispose();
  const relaxed = text.match(/[\w.]*relaxed[\w.]*/g) ?? [];
  const imports = text.match(/\(import [^\n]*/g) ?? [];
  const data = text.match(/\(data [^\n]*/g) ?? [];
  return [...new Set(relaxed), ...imports.filter((line) => !line.startsWith(MEMORY)), ...data];
}

/** A group's module in src/kernels/bytes. */
function shipped(group) {
  return Buffer.from(/'([^']*)'/.exec(readFileSync(bytesFile(group), 'utf8'))[1], 'hex');
}

/** A module with one fault of each kind, to see that all are found. */
function faulty() {
  const module = binaryen.parseText(`(module
    (import "env" "memory" (memory 1))
    (import "host" "call" (func $call))
    (data (i32.const 8) "x")
    (func (export "f") (param v128 v128 v128) (result v128)
      (call $call)
      (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2))))`);
  module.setFeatures(binaryen.Features.All);
  const wasm = module.emitBinary();
  module.dispose();
  return wasm;
}

if (faults(faulty()).length !== 3) throw new Error('the check does not see what it looks for');
for (const group of GROUPS) {
  for (const fault of faults(shipped(group))) {
    console.error(`the kernels of ${group} hold ${fault}`);
    process.exitCode = 1;
  }
}
