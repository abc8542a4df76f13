/** Softmax in one pass over the stored rows, for a batch of queries. */
import { attendScratch } from '../../kernels/layout.ts';
import { ln } from '../../elementary.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Batch, Attended } from './attended.ts';
import type { ModernPlan } from './options.ts';
import { measureOf } from './similarity.ts';
import type { Stored } from './stored.ts';

/** Fills `states` and `readouts` of `count` queries. May move memory. O(P·d) a query. */
export function softmaxPass(
  machine: Machine<ModernGroup>,
  plan: ModernPlan,
  stored: Stored,
  { queries, states, readouts }: Batch,
  count: number,
): Attended[] {
  const { kernels, memory } = machine;
  const { address, width, count: patterns } = stored.vectors;
  const values = readouts === 0 ? undefined : stored.values;
  const valueWidth = values?.width ?? 0;
  const { scale, metric } = measureOf(plan);
  const factors = stored.factors();
  return memory.scope((take) => {
    const stats = take(count * 32);
    const scratch = take(attendScratch(count, width, valueWidth));
    kernels.attendF32(
      states,
      readouts,
      stats,
      queries,
      address,
      values?.address ?? 0,
      factors,
      scratch,
      scale,
      metric,
      patterns,
      width,
      valueWidth,
      count,
    );
    const first = stats >>> 3;
    const numbers = memory.views.f64.subarray(first, first + 4 * count);
    return Array.from({ length: count }, (_, b) => {
      const [best, index, z, u] = numbers.subarray(4 * b, 4 * b + 4);
      const lnZ = ln(z);
      // −Σ p ln p with p = w/Z and ln w = s − M.
      const entropy = Math.max(0, lnZ - u / z);
      return { index, weight: 1 / z, nothing: 0, entropy, conjugate: best + lnZ };
    });
  });
}
