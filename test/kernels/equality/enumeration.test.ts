import fc from 'fast-check';
import { test } from 'vitest';
import * as family from '../../../src/kernels/reference/enumeration.ts';
import { GENERATED, seeds } from '../cases.ts';
import { layEnumeration, randomSpins } from '../enumeration-cases.ts';
import { expectAllCompared, same } from '../twins.ts';

function compare(spins: number, share: number, seed: number): void {
  const all = 2 ** (spins - 4);
  const steps = Math.max(1, Math.round(share * all));
  same('enumerateSpins', seed, (desk) => {
    const size = [1, 3, 1000, 1e9][seed % 4];
    const { run, fields, couplings, table, writes } = layEnumeration(
      desk,
      randomSpins(desk, spins, size),
    );
    return { args: [run, fields, couplings, table, steps, spins], writes };
  });
}

test('every small size, whole and in part', () => {
  for (let spins = 4; spins <= 12; spins++) {
    for (const share of [0, 0.3, 1]) {
      for (let seed = 0; seed < 4; seed++) compare(spins, share, 17 * spins + seed);
    }
  }
});

test('generated sizes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: 14 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      seeds,
      compare,
    ),
    { ...GENERATED, numRuns: 40 },
  );
});

test('every kernel of the family was compared', () => {
  expectAllCompared(family);
});
