/** Sums of rows that lie in memory for a while, for queries from outside it. */
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Summed } from './blocks.ts';
import { normalise } from './norms.ts';
import type { ModernPlan } from './options.ts';
import { copiesOf, writeQueries } from './parts.ts';
import type { RowsAt } from './rows-at.ts';
import { sumBlocks } from './softmax-pass.ts';

/** For each query copies of the sums of these rows; `floors` as `sumBlocks` has them. O(rows·d) a query. */
export function sumBlock(
  machine: Machine<ModernGroup>,
  plan: ModernPlan,
  at: RowsAt,
  queries: readonly Float32Array[],
  floors: Float64Array,
  valueDimension: number | undefined,
): Summed[][] {
  const found: Summed[][] = [];
  machine.memory.scope((take) => {
    const bytes = queries.length * at.width * 4;
    let address = take(bytes);
    writeQueries(machine, address, queries, at.width);
    if (plan.similarity === 'cosine') {
      const directions = take(bytes);
      normalise(machine, directions, address, queries.length, at.width);
      address = directions;
    }
    sumBlocks(machine, plan, at, address, queries.length, floors, (_, sums) => {
      found.push(copiesOf(sums, plan.dimension, valueDimension ?? 0));
    });
  });
  return found;
}
