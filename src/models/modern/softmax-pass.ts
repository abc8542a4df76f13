/** Softmax over stored rows, a block at a time (blocks.ts), for a batch of queries. */
import { ATTEND_SCRATCH } from '../../kernels/layout.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Address } from '../../numbers.ts';
import { BLOCK_ROWS, floorBelow, type Summed } from './blocks.ts';
import { sumCandidates, type Reading } from './candidates.ts';
import type { ModernPlan } from './options.ts';
import { STATS, type RowsAt } from './rows-at.ts';
import { measureOf } from './similarity.ts';

/**
 * From so many queries on scores come first and sums when the largest is known: reading rows a second time costs little beside
 * what is computed of them, and nothing is summed twice. For fewer, reading is what costs, and rows are summed as they are read.
 */
const SCORES_FIRST = 8;

/**
 * The sums of all blocks for `count` queries; by codes, where there are any and they help. May move memory. O(P·d) a query.
 *
 * @param floors - for each query a score below which rows surely weigh 0, −Infinity for none; then what is known of it
 * @param use - is given the sums of query b, upwards, of blocks that have a weight as far as is known; they are gone afterwards
 * @param reading - what may be left out, for codes alone
 * @returns for how many queries all rows were read
 */
export function sumBlocks(
  machine: Machine<ModernGroup>,
  plan: ModernPlan,
  at: RowsAt,
  queries: Address,
  count: number,
  floors: Float64Array,
  use: (b: number, sums: Summed[]) => void,
  reading?: Reading,
): number {
  if (!at.codes) {
    sumAll(machine, plan, at, queries, count, floors, use);
    return count;
  }
  const left = sumCandidates(machine, plan, at, queries, count, floors, use, reading);
  if (left.length === 0) return 0;
  machine.memory.scope((take) => {
    const line = at.width * 4;
    const given = take(left.length * line);
    for (const [k, b] of left.entries()) {
      const from = queries + b * line;
      machine.memory.views.u8.copyWithin(given + k * line, from, from + line);
    }
    const known = Float64Array.from(left, (b) => floors[b]);
    sumAll(machine, plan, at, given, left.length, known, (k, sums) => use(left[k], sums));
    for (const [k, b] of left.entries()) floors[b] = known[k];
  });
  return left.length;
}

/** The same, reading all rows. */
function sumAll(
  machine: Machine<ModernGroup>,
  plan: ModernPlan,
  at: RowsAt,
  queries: Address,
  count: number,
  floors: Float64Array,
  use: (b: number, sums: Summed[]) => void,
): void {
  const { kernels, memory } = machine;
  const { width, valueWidth } = at;
  const { scale, metric } = measureOf(plan);
  const blocks = Math.ceil(at.count / BLOCK_ROWS);
  memory.scope((take) => {
    const sums = take(blocks * count * width * 8);
    const readouts = take(blocks * count * valueWidth * 8);
    const stats = take(blocks * count * STATS * 8);
    const scores = take(Math.ceil(at.count / 64) * 64 * count * 4);
    const scratch = take(ATTEND_SCRATCH);

    /** With scores at hand unless queries are given. */
    const attend = (block: number, given: Address) => {
      const from = block * BLOCK_ROWS;
      const rows = Math.min(BLOCK_ROWS, at.count - from);
      const item = block * count;
      const part = (address: Address, bytes: number) =>
        address === 0 ? 0 : address + from * bytes;
      kernels.attendF32(
        sums + item * width * 8,
        readouts + item * valueWidth * 8,
        stats + item * STATS * 8,
        scores + from * count * 4,
        given,
        part(at.rows, width * 4),
        part(at.values, valueWidth * 4),
        part(at.factors, 4),
        part(at.mask, 1),
        scratch,
        scale,
        metric,
        rows,
        width,
        valueWidth,
        count,
      );
    };

    const { f64 } = memory.views;
    const stat = (block: number, b: number) => (stats >>> 3) + (block * count + b) * STATS;
    const pass = (given: Address, floor: (b: number) => number, seen: (block: number) => void) => {
      for (let block = 0; block < blocks; block++) {
        for (let b = 0; b < count; b++) f64[stat(block, b)] = floor(b);
        attend(block, given);
        seen(block);
      }
    };
    if (count >= SCORES_FIRST) {
      pass(
        queries,
        () => Infinity,
        (block) => {
          for (let b = 0; b < count; b++) {
            floors[b] = Math.max(floors[b], floorBelow(f64[stat(block, b) + 1]));
          }
        },
      );
      pass(
        0,
        (b) => floors[b],
        () => {},
      );
    } else {
      pass(
        queries,
        (b) => floors[b],
        (block) => {
          // What the largest score so far leaves, also of this block.
          for (let b = 0; b < count; b++) floors[b] = f64[stat(block, b)];
        },
      );
    }
    for (let block = 0; block < blocks; block++) {
      const late = (b: number) => {
        const s = stat(block, b);
        return f64[s + 1] >= floors[b] && f64[s + 5] < floors[b];
      };
      let b = 0;
      while (b < count && !late(b)) b++;
      if (b === count) continue;
      for (b = 0; b < count; b++) f64[stat(block, b)] = floors[b];
      attend(block, 0);
    }
    for (let b = 0; b < count; b++) {
      const found: Summed[] = [];
      for (let block = 0; block < blocks; block++) {
        const s = stat(block, b);
        if (f64[s + 1] < floors[b]) continue;
        const item = block * count + b;
        const slice = (address: Address, size: number) =>
          f64.subarray((address >>> 3) + item * size, (address >>> 3) + (item + 1) * size);
        found.push({
          block: at.first + block,
          largest: f64[s + 1],
          index: (at.first + block) * BLOCK_ROWS + f64[s + 2],
          z: f64[s + 3],
          u: f64[s + 4],
          least: f64[s + 5],
          state: slice(sums, width),
          value: at.values === 0 ? undefined : slice(readouts, valueWidth),
        });
      }
      use(b, found);
    }
  });
}

/** The largest score among sums and that of nothing. */
export function largestOfSums(sums: readonly Summed[], nothing: number): number {
  return sums.reduce((most, { largest }) => Math.max(most, largest), nothing);
}

export function floorsFor(count: number, nothing: number): Float64Array {
  return new Float64Array(count).fill(floorBelow(nothing));
}
