/** Sums of all blocks of a file (src/models/modern/blocks.ts). */
import type { ModernGroup } from '../kernels/groups/modern.ts';
import type { Machine } from '../kernels/open.ts';
import type { BlockSums, Summed } from '../models/modern/blocks.ts';
import { normalise } from '../models/modern/norms.ts';
import { scoreOfNothing } from '../models/modern/nothing.ts';
import type { ModernPlan } from '../models/modern/options.ts';
import { copiesOf, writeQueries } from '../models/modern/parts.ts';
import type { RowsAt } from '../models/modern/rows-at.ts';
import { floorsFor, sumBlocks } from '../models/modern/softmax-pass.ts';
import type { BlockReader } from './blocks.ts';

/** For each query the sums of all blocks; a second pass reads blocks that were summed knowing too little of the largest score. */
export async function sumFile(
  machine: Machine<ModernGroup>,
  plan: ModernPlan,
  reader: BlockReader,
  queries: readonly Float32Array[],
  valueDimension: number | undefined,
): Promise<BlockSums[][]> {
  const floors = floorsFor(queries.length, scoreOfNothing(plan));
  const found = new Map<number, Summed[][]>();
  const pass = (blocks: readonly number[]) =>
    reader.each(blocks, (at, block) => {
      found.set(block, sumBlock(machine, plan, at, queries, floors, valueDimension));
    });
  const all = Array.from({ length: reader.blocks }, (_, k) => k);
  await pass(all);
  const late = (block: number) =>
    found
      .get(block)!
      .some((sums, b) =>
        sums.some(({ largest, least }) => largest >= floors[b] && least < floors[b]),
      );
  await pass(all.filter(late));
  return queries.map((_, b) => all.flatMap((block) => found.get(block)![b]));
}

function sumBlock(
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
