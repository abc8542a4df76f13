/** Engines without SIMD, or with a policy against compiling: the reference takes over and says why. */
import { afterEach, expect, test, vi } from 'vitest';

/** A fresh copy of the package, in which nothing has been compiled yet. */
async function freshPackage() {
  vi.resetModules();
  return import('../../src/index.ts');
}

const REAL = globalThis.WebAssembly;

/** WebAssembly, but for what `changes` says. */
function stubWasm(changes: Partial<typeof WebAssembly>): void {
  const { Module, Instance, Memory, CompileError, RuntimeError, LinkError } = REAL;
  const validate = (bytes: BufferSource) => REAL.validate(bytes);
  const whole = { Module, Instance, Memory, CompileError, RuntimeError, LinkError, validate };
  vi.stubGlobal('WebAssembly', { ...whole, ...changes });
}

afterEach(() => vi.unstubAllGlobals());

async function expectFallback(reason: string): Promise<void> {
  const { HopfieldNetwork } = await freshPackage();
  const memory = new HopfieldNetwork(4).store([1, 1, -1, -1]);
  expect(memory.backend).toBe('reference');
  expect(memory.backendReason).toContain(reason);
  expect([...memory.recall([1, 1, -1, 1], { seed: 1 }).state]).toEqual([1, 1, -1, -1]);
  expect(() => new HopfieldNetwork(4, { backend: 'wasm' })).toThrow(reason);
  expect(new HopfieldNetwork(4, { backend: 'reference' }).backendReason).toBeUndefined();
}

test('no WebAssembly', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  await expectFallback('no WebAssembly');
});

test('no SIMD', async () => {
  function refuse(): never {
    throw new REAL.CompileError('invalid value type 0x7b');
  }
  const Module = refuse as unknown as typeof WebAssembly.Module;
  stubWasm({ Module, validate: () => false });
  await expectFallback('SIMD');
});

test('a content-security policy that forbids compiling', async () => {
  const refusal = "Refused to compile: 'wasm-unsafe-eval' is not an allowed source";
  function refuse(): never {
    throw new REAL.CompileError(refusal);
  }
  stubWasm({ Module: refuse as unknown as typeof WebAssembly.Module });
  await expectFallback(refusal);
});

test('WebAssembly where nothing is in the way', async () => {
  const { HopfieldNetwork } = await freshPackage();
  expect(new HopfieldNetwork(4).backend).toBe('wasm');
});
