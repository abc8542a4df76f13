import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as family from '../../../src/kernels/reference/colourings.ts';
import { GENERATED, seeds } from '../cases.ts';
import { layColouring, randomColouring } from '../colouring-cases.ts';
import type { Desk } from '../desk.ts';
import { openAll } from '../machines.ts';
import { expectAllCompared, same } from '../twins.ts';

const reference = openAll('reference');

/** A run that has begun: the twin, which the first comparison covers, fills in what follows from the colours. */
function begun(desk: Desk, ...args: [vertices: number, colours: number, density: number]) {
  const laid = layColouring(desk, randomColouring(desk, ...args));
  const { memory, kernels } = reference;
  const { u8 } = desk.views;
  if (memory.bytes < u8.length) memory.allocate(u8.length - memory.used - 1024);
  memory.views.u8.set(u8);
  kernels.countColouring(laid.run);
  u8.set(memory.views.u8.subarray(0, u8.length));
  return laid;
}

function compare(vertices: number, colours: number, moves: number, seed: number): void {
  const density = [0, 0.1, 0.5, 0.9][seed % 4];
  same('countColouring', seed, (desk) => {
    const { run, writes, scratch } = layColouring(
      desk,
      randomColouring(desk, vertices, colours, density),
    );
    return { args: [run], writes, scratch };
  });
  same('tabuColouring', seed, (desk) => {
    const { run, writes, scratch } = begun(desk, vertices, colours, density);
    // Near the last number of a move, tabus begin anew.
    if (seed % 5 === 0) desk.views.u32[run / 4 + 13] = 2147483647 - desk.integer(1, 20);
    return { args: [run, moves], writes, scratch };
  });
}

test('every small size', () => {
  for (let vertices = 1; vertices <= 12; vertices++) {
    for (let colours = 1; colours <= 10; colours++) {
      compare(vertices, colours, 40, 13 * vertices + colours);
    }
  }
});

test('generated sizes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 300 }),
      seeds,
      compare,
    ),
    { ...GENERATED, numRuns: 40 },
  );
});

test('every kernel of the family was compared', () => {
  expectAllCompared(family);
  expect(reference.backend).toBe('reference');
});
