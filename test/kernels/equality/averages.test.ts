import { test } from 'vitest';
import * as family from '../../../src/kernels/reference/averages.ts';
import { EDGES, list, range } from '../cases.ts';
import { sparse } from '../sparse.ts';
import { expectAllCompared, same } from '../twins.ts';

function averageSweeps(spins: number, most: number, bound: number, heat: number[]): void {
  same('averageSweeps', spins, (desk) => {
    const { starts, neighbours, weights, extra } = sparse(desk, spins, most, bound);
    const averages = desk.f64(list(spins, () => desk.double()));
    return {
      args: [
        averages,
        desk.u32(starts),
        desk.u32(neighbours),
        desk.i32(weights),
        desk.i32(extra),
        desk.f64(heat),
        heat.length,
        spins,
      ],
      writes: [averages],
    };
  });
}

test('every small size, cold and hot, with few and with many neighbours', () => {
  for (const spins of [...range(0, 40), ...EDGES]) {
    averageSweeps(spins, 3, 1, [2, 1]);
    averageSweeps(spins, 9, 5, [30, 7, 0.5, 0]);
  }
});

test('no sweep, and the largest weights', () => {
  averageSweeps(9, 5, 3, []);
  averageSweeps(9, 5, 2 ** 30, [2 ** 29, 1e-300]);
});

test('every kernel of the family was compared', () => expectAllCompared(family));
