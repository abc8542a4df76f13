import { ANNEAL_SCRATCH } from '../../../src/kernels/layout.ts';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { Kernels } from '../../../src/kernels/abi/index.ts';
import * as family from '../../../src/kernels/reference/annealing.ts';
import { EDGES, GENERATED, list, range, SMALL, seeds, symmetric } from '../cases.ts';
import type { Desk } from '../desk.ts';
import { leading } from '../desk.ts';
import { expectAllCompared, same } from '../twins.ts';

type Layout = 'I8' | 'I16' | 'I32' | 'Sparse';
const LAYOUTS = ['I8', 'I16', 'I32', 'Sparse'] as const;
const BYTES = { I8: 1, I16: 2, I32: 4, Sparse: 4 };
const LIMIT = { I8: 127, I16: 32767, I32: 2 ** 30 - 1, Sparse: 2 ** 30 - 1 };

/** Couplings, and the fields that belong to a random state: what kernels are promised. */
interface Laid {
  signs: number;
  fields: number;
  /** Arguments that say where the couplings are. */
  couplings: number[];
  /** What fields are about as large as. */
  scale: number;
}

function lay(desk: Desk, views: Desk['views'], layout: Layout, neurons: number): Laid {
  const density = [0.1, 0.5, 1][desk.random.below(3)];
  const largest = Math.floor(LIMIT[layout] / (2 * neurons)) || 1;
  const bound = [1, Math.min(3, largest), largest][desk.random.below(3)];
  const full = symmetric(desk, neurons, bound);
  const there = symmetric(desk, neurons, 1000);
  const reach = list(neurons, () => 0);
  const J = list(neurons, () => list(neurons, () => 0));
  for (let i = 0; i < neurons; i++) {
    for (let j = 0; j < i; j++) {
      const value = Math.abs(there(i, j)) < 1000 * density ? full(i, j) : 0;
      const size = Math.abs(value);
      if (reach[i] + size > LIMIT[layout] || reach[j] + size > LIMIT[layout]) continue;
      J[i][j] = J[j][i] = value;
      reach[i] += size;
      reach[j] += size;
    }
  }
  const state = desk.random.signs(neurons);
  const signs = desk.signs(state);
  const h = reach.map(
    (r) => Math.min(LIMIT[layout] - r, desk.integer(0, bound)) * desk.random.sign(),
  );
  const values = J.map((row, i) => row.reduce((sum, x, j) => sum + x * state[j], h[i]));
  const fields = desk.take(leading(neurons), BYTES[layout]);
  const view = { I8: views.i8, I16: views.i16, I32: views.i32, Sparse: views.i32 }[layout];
  view.set(values, fields / BYTES[layout]);
  return { signs, fields, couplings: couplings(desk, layout, J), scale: bound };
}

function couplings(desk: Desk, layout: Layout, J: number[][]): number[] {
  const n = J.length;
  if (layout === 'Sparse') {
    const starts = [0];
    const links: number[] = [];
    for (const row of J) {
      for (const [j, x] of row.entries()) if (x !== 0) links.push(j, 2 * x);
      starts.push(links.length / 2);
    }
    return [desk.u32(starts), desk.i32(links)];
  }
  if (layout === 'I32') return [desk.couplingsI32(n, (i, j) => 2 * J[i][j])];
  if (layout === 'I16') return [desk.couplingsI16(n, (i, j) => 2 * J[i][j])];
  const lda = leading(n);
  const flat = list(n * lda, (k) => (k % lda < n ? 2 * J[Math.floor(k / lda)][k % lda] : 0));
  return [desk.i8(flat)];
}

/** A run record; 96 bytes. */
function someRun(desk: Desk, views: Desk['views'], count: number): number {
  const run = desk.take(12, 8);
  const energy = desk.integer(-1e6, 1e6);
  const lowest = energy - [0, 1, 1e9][desk.random.below(3)];
  const target = [-Infinity, energy - 2, energy - 20][desk.random.below(3)];
  views.f64.set([energy, lowest, target], run / 8);
  views.u32[run / 4 + 6] = desk.random.below(3) === 0 ? desk.integer(0, count + 1) : 0;
  views.u32[run / 4 + 7] = desk.random.below(8) === 0 ? 1 : 0;
  for (let k = 0; k < 16; k++) views.u32[run / 4 + 8 + k] = desk.random.next();
  // A draw depends on the second word of its lane alone: where that is 0, so is the draw.
  const lane = desk.random.below(8);
  if (lane < 4) views.u32[run / 4 + 12 + lane] = 0;
  return run;
}

describe.each(LAYOUTS)('turn%s', (layout) => {
  function turn(neurons: number, seed: number): void {
    const kernel = `turn${layout}` as 'turnI8';
    same(kernel, seed, (desk) => {
      const { views } = desk;
      const { signs, fields, couplings: where } = lay(desk, views, layout, neurons);
      const run = someRun(desk, views, 0);
      const wanted = desk.i8(desk.random.signs(neurons));
      const args = [run, signs, fields, ...where, wanted, neurons] as Parameters<Kernels['turnI8']>;
      return { args, writes: [run, signs, fields] };
    });
  }

  test('every small size, and those around the lengths of rows', () => {
    for (const neurons of [...SMALL, ...EDGES.slice(0, 6)])
      for (const k of [1, 2]) turn(neurons, k);
  });
});

describe.each(LAYOUTS)('anneal%s', (layout) => {
  function anneal(neurons: number, rule: number, heat: number, sweeps: number, seed: number): void {
    const kernel = `anneal${layout}` as 'annealI8';
    same(kernel, seed, (desk) => {
      const { views } = desk;
      const { signs, fields, couplings: where, scale } = lay(desk, views, layout, neurons);
      const count = desk.integer(0, 8);
      const run = someRun(desk, views, count);
      const best = desk.i8(desk.random.signs(neurons));
      const temperatures = desk.f64(
        list(
          count,
          () =>
            [0, 1e-300, 1e300, scale * heat * desk.random.real()][desk.integer(0, 9)] ??
            scale * heat * (0.01 + desk.random.real()),
        ),
      );
      const scratch = desk.take(ANNEAL_SCRATCH / 4, 4);
      const args = [
        run,
        signs,
        best,
        fields,
        ...where,
        temperatures,
        scratch,
        count,
        rule,
        sweeps,
        neurons,
      ];
      return {
        args: args as Parameters<Kernels['annealI8']>,
        writes: [run, signs, best, fields],
        scratch: [scratch],
      };
    });
  }

  test('every small size, both rules', () => {
    for (const neurons of SMALL) {
      for (const rule of [0, 1]) {
        for (const [k, heat] of [0.1, 1, 10].entries())
          anneal(neurons, rule, heat, 12, neurons * 3 + k);
      }
    }
  });

  test('every number of sweeps', () => {
    for (const sweeps of range(0, 12))
      for (const rule of [0, 1]) anneal(60, rule, 5, sweeps, sweeps);
  });

  test('sizes around the lengths of rows', () => {
    for (const neurons of EDGES.slice(0, 6))
      for (const rule of [0, 1]) anneal(neurons, rule, 10, 20, 1);
  });

  test('generated cases', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 150 }),
        fc.constantFrom(0, 1),
        fc.constantFrom(0.01, 0.3, 1, 3, 10, 1e4),
        fc.integer({ min: 1, max: 40 }),
        seeds,
        anneal,
      ),
      GENERATED,
    );
  });
});

test('all kernels of the family were compared', () => expectAllCompared(family));
