import { describe, expect, test } from 'vitest';
import { openMachine } from '../../src/kernels/open.ts';
import type { Integer } from '../../src/numbers.ts';
import { GROUPS } from './machines.ts';

describe.each(Object.entries(GROUPS))('%s', (_, group) => {
  const { kernels } = openMachine('wasm', [group]);
  const exported: object = kernels;
  const { twins } = group;

  test('the module exports the kernels of the reference and nothing else', () => {
    expect(Object.keys(exported).sort()).toEqual(Object.keys(twins).sort());
  });

  test('twins take the same number of parameters', () => {
    const lengths = (functions: object, more: number) =>
      Object.fromEntries(
        Object.entries(functions).map(([name, kernel]) => [
          name,
          (kernel as { length: number }).length - more,
        ]),
      );
    expect(lengths(exported, 0)).toEqual(lengths(twins, 1));
  });
});

test('groups share one memory', () => {
  const { kernels, memory } = openMachine('wasm', [GROUPS.patterns, GROUPS.spins]);
  const signs = memory.allocate(64);
  const fields = memory.allocate(256);
  memory.views.i8.set([1, 0, 1], signs);
  expect(kernels.readSigns(signs, signs, 3)).toBe(1);
  memory.views.i32.set([5, 6, 7], fields >>> 2);
  kernels.finishFields(fields, signs, 0, 2, 1, 3);
  expect([...memory.views.i32.subarray(fields >>> 2, (fields >>> 2) + 3)]).toEqual([6, 16, 10]);
});

test('the compiler tells addresses from counts and real numbers', () => {
  const { kernels, memory } = openMachine('reference', [GROUPS.patterns, GROUPS.graded]);
  const at = memory.allocate(64);
  const count: Integer = 4;
  // Never called: what is looked at are the errors that `tsc` expects here.
  const swapped = () => [
    // @ts-expect-error
    kernels.countUp(count, at),
    // @ts-expect-error
    kernels.unpackSigns(at, count, at),
    // @ts-expect-error
    kernels.gradedOutputs(at, at, at, 0, count),
  ];
  kernels.countUp(at, count);
  expect([...memory.views.u32.subarray(at >>> 2, (at >>> 2) + count)]).toEqual([0, 1, 2, 3]);
  expect(swapped).toBeTypeOf('function');
});
