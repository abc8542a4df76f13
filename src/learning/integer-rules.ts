/**
 * Rules whose couplings are integers, as i16 matrices: exact, whatever the order of the sums.
 *
 * - Hebb (1949), as in Hopfield (1982): J_ij = Σ_μ ξ_i^μ ξ_j^μ;
 * - the palimpsest (Parisi 1986): J_ij ← clamp(J_ij + ξ_i ξ_j, ±bound), pattern by pattern.
 */
import { padded, HEBBIAN_SCRATCH } from '../kernels/layout.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SpinGroup } from '../kernels/groups/spins.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';

/** Sums over more patterns than this do not fit i16. */
export const I16_PATTERNS = 32767;

/**
 * J += sign·Σ ξ ξᵀ over the patterns from ≤ μ < to, the diagonal included; with `fresh` in place of what was
 * there. O(N²·P).
 */
export function addHebbian(
  { kernels, memory }: Machine<PatternGroup & SpinGroup>,
  { blocks, stride, neurons }: PatternStore,
  couplings: number,
  from: number,
  to: number,
  sign: 1 | -1,
  fresh: boolean,
): void {
  memory.scope((take) => {
    const tables = take(HEBBIAN_SCRATCH);
    const set = Number(fresh);
    kernels.addHebbianI16(couplings, blocks, tables, stride, from, to, sign, set, neurons);
  });
}

/** Parisi's rule for the patterns from `from` on; J_ii stays 0. O(N²) a pattern. */
export function addBounded(
  { kernels, memory }: Machine<PatternGroup & SpinGroup>,
  patterns: PatternStore,
  couplings: number,
  from: number,
  bound: number,
): void {
  const { neurons } = patterns;
  memory.scope((take) => {
    const signs = take(padded(neurons));
    memory.views.i8.fill(0, signs, signs + padded(neurons));
    for (let k = from; k < patterns.count; k++) {
      kernels.unpackSigns(signs, patterns.row(k), neurons);
      kernels.addBoundedI16(couplings, signs, bound, neurons);
    }
  });
  kernels.setDiagonalI16(couplings, 0, neurons);
}
