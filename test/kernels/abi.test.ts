import { expect, test } from 'vitest';
import { kernels } from '../../src/kernels/reference/index.ts';
import { wasmMachine } from '../../src/kernels/wasm.ts';

const exported = wasmMachine().kernels as unknown as Record<string, unknown>;
const names = Object.keys(exported).filter((name) => name !== 'memory');

test('the instance exports the kernels of the reference, a memory and nothing else', () => {
  expect(names.sort()).toEqual(Object.keys(kernels).sort());
  expect(exported.memory).toBeInstanceOf(WebAssembly.Memory);
});

test('twins take the same number of parameters', () => {
  const lengths = (functions: object, more: number) =>
    Object.fromEntries(
      Object.entries(functions)
        .filter(([, value]) => typeof value === 'function')
        .map(([name, kernel]) => [name, (kernel as { length: number }).length - more]),
    );
  expect(lengths(exported, 0)).toEqual(lengths(kernels, 1));
});
