import fc from 'fast-check';
import { describe, test } from 'vitest';
import * as family from '../../../src/kernels/reference/signs.ts';
import { GENERATED, list, range, seeds } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { rowBytes } from '../desk.ts';
import { expectAllCompared, same } from '../twins.ts';

const COUNTS = range(0, 150);
const GENERATED_COUNT = fc.nat({ max: 6000 });

describe('readSigns', () => {
  function readSigns(seed: number, values: (desk: Desk) => number[], inPlace: boolean): void {
    same('readSigns', seed, (desk) => {
      const all = values(desk);
      const input = desk.i8(all);
      const signs = inPlace ? input : desk.take(all.length, 1);
      return { args: [signs, input, all.length], writes: [signs] };
    });
  }

  const kinds: ((desk: Desk) => number)[] = [
    (desk) => desk.random.sign(),
    (desk) => desk.random.below(2),
    () => 1,
    () => 0,
    () => -1,
    (desk) => desk.integer(-1, 1),
  ];

  test('every small count of ±1, of 0/1 and of both', () => {
    for (const count of range(0, 70)) {
      for (const kind of kinds) {
        for (const inPlace of [false, true]) {
          readSigns(count, (desk) => list(count, () => kind(desk)), inPlace);
        }
      }
    }
  });

  test('one value out of place, wherever it stands', () => {
    for (const count of [1, 15, 16, 17, 31, 32, 33, 70]) {
      for (const at of range(0, count - 1)) {
        for (const [usual, odd] of [
          [1, 2],
          [1, -128],
          [-1, 127],
          [-1, -2],
          [-1, 0],
          [0, -1],
          [0, 2],
          [1, 3],
        ]) {
          readSigns(count, () => list(count, (i) => (i === at ? odd : usual)), false);
        }
      }
    }
  });

  test('generated counts', () => {
    fc.assert(
      fc.property(GENERATED_COUNT, seeds, fc.constantFrom(...kinds), (count, seed, kind) =>
        readSigns(seed, (desk) => list(count, () => kind(desk)), false),
      ),
      GENERATED,
    );
  });
});

describe('packSigns', () => {
  function packSigns(count: number, seed: number): void {
    same('packSigns', seed, (desk) => {
      const signs = desk.i8(desk.random.signs(count));
      const bits = desk.take(rowBytes(count) / 16, 16);
      return { args: [bits, signs, count], writes: [bits] };
    });
  }

  test('every small count', () => {
    for (const count of range(0, 300)) packSigns(count, count);
  });

  test('generated counts', () => {
    fc.assert(fc.property(GENERATED_COUNT, seeds, packSigns), GENERATED);
  });
});

describe('unpackSigns', () => {
  function unpackSigns(count: number, seed: number): void {
    same('unpackSigns', seed, (desk) => {
      const bits = desk.rows([desk.random.signs(count)], count);
      const signs = desk.take(count, 1);
      return { args: [signs, bits, count], writes: [signs] };
    });
  }

  test('every small count', () => {
    for (const count of range(0, 300)) unpackSigns(count, count);
  });

  test('generated counts', () => {
    fc.assert(fc.property(GENERATED_COUNT, seeds, unpackSigns), GENERATED);
  });
});

describe('signedSum', () => {
  function signedSum(count: number, seed: number, bound: number, aligned = false): void {
    same('signedSum', seed, (desk) => {
      const signs = desk.random.signs(count);
      const values = list(count, (i) => (aligned ? signs[i] * bound : desk.integer(-bound, bound)));
      return { args: [desk.i8(signs), desk.i32(values), count], writes: [] };
    });
  }

  test('every small count', () => {
    for (const count of COUNTS) {
      for (const bound of [0, 1, 1000, 2 ** 31 - 1]) signedSum(count, count, bound);
    }
  });

  test('sums beyond 32 bits', () => {
    for (const count of [3, 4, 5, 100, 10_001]) {
      signedSum(count, count, 2 ** 31 - 1, true);
      signedSum(count, count, -(2 ** 31 - 1), true);
    }
  });

  test('generated counts', () => {
    fc.assert(
      fc.property(GENERATED_COUNT, seeds, (count, seed) => signedSum(count, seed, 2 ** 31 - 1)),
      GENERATED,
    );
  });
});

describe('countDifferent', () => {
  function countDifferent(bytes: number, seed: number, distinct: number): void {
    same('countDifferent', seed, (desk) => {
      const a = desk.i8(list(bytes, () => desk.random.below(distinct)));
      const b = desk.i8(list(bytes, () => desk.random.below(distinct)));
      return { args: [a, b, bytes], writes: [] };
    });
  }

  test('every small number of bytes', () => {
    for (const bytes of COUNTS) {
      for (const distinct of [1, 2, 256]) countDifferent(bytes, bytes, distinct);
    }
  });

  test('generated numbers of bytes', () => {
    fc.assert(
      fc.property(GENERATED_COUNT, seeds, (bytes, seed) => countDifferent(bytes, seed, 2)),
      GENERATED,
    );
  });
});

test('every kernel of the family was compared', () => expectAllCompared(family));
