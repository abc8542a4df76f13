/**
 * Couplings that are small integers, as matrices of i8 or i16: exact, whatever the order of the sums.
 *
 * - Hebb (1949), as in Hopfield (1982): J_ij = Σ_μ ξ_i^μ ξ_j^μ;
 * - the palimpsest (Parisi 1986): J_ij ← clamp(J_ij + ξ_i ξ_j, ±bound), pattern by pattern.
 */
import { padded, HEBBIAN_SCRATCH } from '../kernels/layout.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SpinGroup } from '../kernels/groups/spins.ts';
import type { SmallMatrix } from '../dynamics/quadratic-landscape.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';

/** Sums over more patterns than this do not fit i16. */
export const I16_PATTERNS = 32767;

/** No |J_ij| of a matrix of i8 is above this. */
export const I8_LARGEST = 127;

/** The integers that hold all |J_ij| up to `bound`. */
export function smallKind(bound: number): SmallMatrix['kind'] {
  return bound <= I8_LARGEST ? 'i8' : 'i16';
}

/**
 * J += sign·Σ ξ ξᵀ over the patterns from ≤ μ < to, the diagonal left out unless `self`; with `fresh` in place of
 * what was there. Returns the largest |J_ij|; more than `I8_LARGEST` when i8 does not hold them, and the matrix is then
 * worth nothing. O(N²·P).
 */
export function addHebbian(
  { kernels, memory }: Machine<PatternGroup & SpinGroup>,
  { blocks, stride, neurons }: PatternStore,
  { kind, address }: Pick<SmallMatrix, 'kind' | 'address'>,
  from: number,
  to: number,
  { sign = 1, fresh = false, self }: { sign?: 1 | -1; fresh?: boolean; self: boolean },
): number {
  const add = kind === 'i8' ? kernels.addHebbianI8 : kernels.addHebbianI16;
  return memory.scope((take) => {
    const tables = take(HEBBIAN_SCRATCH);
    return add(
      address,
      blocks,
      tables,
      stride,
      from,
      to,
      sign,
      Number(fresh),
      Number(self),
      neurons,
    );
  });
}

/** Parisi's rule for the patterns from `from` on; J_ii stays 0. O(N²) a pattern. */
export function addBounded(
  { kernels, memory }: Machine<PatternGroup & SpinGroup>,
  patterns: PatternStore,
  { kind, address }: Pick<SmallMatrix, 'kind' | 'address'>,
  from: number,
  bound: number,
): void {
  const { neurons } = patterns;
  const add = kind === 'i8' ? kernels.addBoundedI8 : kernels.addBoundedI16;
  memory.scope((take) => {
    const signs = take(padded(neurons));
    memory.views.i8.fill(0, signs, signs + padded(neurons));
    for (let k = from; k < patterns.count; k++) {
      kernels.unpackSigns(signs, patterns.row(k), neurons);
      add(address, signs, bound, neurons);
    }
  });
}
