/**
 * Σ_μ ξ_i^μ w_μ for weights that are integers up to 2⁵³ in all, exactly: the kernel that makes fields of overlaps gets them
 * digit by digit, each small enough for its own integers.
 */
import { fieldsBlocksScratch, overlapBytes, padded } from '../kernels/layout.ts';
import type { SequenceGroup } from '../kernels/groups/sequences.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';

/** Bits of a digit at most: the overlaps that the kernel is made for. */
const MOST_BITS = 20;

/** Adds the fields to `out`, f64[N]. `weights`, f64[P], are used up. May move memory. O(P·N) a digit. */
export function addWeightedFields(
  { kernels, memory }: Machine<SequenceGroup>,
  out: Float64Array,
  weights: Float64Array,
  { blocks, stride, count, neurons }: PatternStore,
): void {
  // P digits add up to less than 2³⁰.
  const bits = Math.min(MOST_BITS, 30 - Math.ceil(Math.log2(count)));
  const base = 2 ** bits;
  memory.scope((take) => {
    const digits = take(overlapBytes(count));
    const fields = take(4 * padded(neurons));
    const scratch = take(fieldsBlocksScratch(count));
    const { i32 } = memory.views;
    const [from, at] = [digits >>> 2, fields >>> 2];
    i32.fill(0, from, (digits + overlapBytes(count)) >>> 2);
    let left = true;
    for (let unit = 1; left; unit *= base) {
      left = false;
      for (let p = 0; p < count; p++) {
        const above = Math.trunc(weights[p] / base);
        i32[from + p] = weights[p] - above * base;
        weights[p] = above;
        if (above !== 0) left = true;
      }
      kernels.fieldsBlocks(fields, digits, blocks, scratch, stride, count, neurons);
      for (let i = 0; i < neurons; i++) out[i] += unit * i32[at + i];
    }
  });
}
