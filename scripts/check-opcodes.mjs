// Fails when the module that ships holds a relaxed SIMD instruction or imports anything.
//
// Relaxed SIMD gives different bits on different engines; an import would tie the module to a host.
import { readFileSync } from 'node:fs';
import binaryen from 'binaryen';

/** What is wrong with a module: one line for each relaxed instruction and each import. */
export function faults(wasm) {
  const module = binaryen.readBinary(wasm);
  const text = module.emitText();
  module.dispose();
  const relaxed = text.match(/[\w.]*relaxed[\w.]*/g) ?? [];
  const imports = text.match(/\(import [^\n]*/g) ?? [];
  return [...new Set(relaxed), ...imports];
}

/** The module in src/kernels/wasm-bytes.ts. */
function shipped() {
  const source = readFileSync('src/kernels/wasm-bytes.ts', 'utf8');
  return Buffer.from(/'([^']*)'/.exec(source)[1], 'hex');
}

/** A module with one fault of each kind, to see that both are found. */
function faulty() {
  const module = binaryen.parseText(`(module
    (import "host" "call" (func $call))
    (func (export "f") (param v128 v128 v128) (result v128)
      (call $call)
      (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2))))`);
  module.setFeatures(binaryen.Features.All);
  const wasm = module.emitBinary();
  module.dispose();
  return wasm;
}

if (faults(faulty()).length !== 2) throw new Error('the check does not see what it looks for');
const found = faults(shipped());
for (const fault of found) console.error(`the kernels hold ${fault}`);
if (found.length > 0) process.exitCode = 1;
