/** Sums of all blocks of a file (src/models/modern/blocks.ts). */
import { widthOf } from '../kernels/layout.ts';
import type { ModernGroup } from '../kernels/groups/modern.ts';
import type { Machine } from '../kernels/open.ts';
import type { Address } from '../numbers.ts';
import { BLOCK_ROWS, floorBelow, type BlockSums, type Summed } from '../models/modern/blocks.ts';
import {
  blocksOf,
  ChosenSums,
  chooseRows,
  type Candidates,
  type Reading,
} from '../models/modern/candidates.ts';
import { normalise, squaresOf } from '../models/modern/norms.ts';
import { scoreOfNothing } from '../models/modern/nothing.ts';
import type { ModernPlan } from '../models/modern/options.ts';
import { sumBlock } from '../models/modern/block-sums.ts';
import { copiesOf, writeQueries } from '../models/modern/parts.ts';
import { floorsFor } from '../models/modern/softmax-pass.ts';
import { Scan } from '../models/modern/scan.ts';
import { measureOf } from '../models/modern/similarity.ts';
import type { BlockReader } from './blocks.ts';
import { CodeReader } from './code-reader.ts';
import { damaged } from './log.ts';

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

/**
 * The same by codes: all of them are read, and then those rows that can have a weight, twice: for their scores, and for the sums.
 * Queries for which these are many get what `sumFile` gives: `whole` of them.
 */
export async function sumByCodes(
  machine: Machine<ModernGroup>,
  plan: ModernPlan,
  reader: BlockReader,
  queries: readonly Float32Array[],
  largestNorm: number,
  reading: Reading | undefined,
): Promise<{ sums: BlockSums[][]; whole: number }> {
  const { memory } = machine;
  const { log } = reader;
  const width = widthOf(plan.dimension);
  const taken: Address[] = [];
  const take = (bytes: number) => {
    taken.push(memory.reserve(bytes));
    return taken.at(-1)!;
  };
  const codes = new CodeReader(machine, log);
  const found: BlockSums[][] = [];
  try {
    const asked = take(queries.length * width * 4);
    writeQueries(machine, asked, queries, width);
    if (plan.similarity === 'cosine') normalise(machine, asked, asked, queries.length, width);
    const scan = new Scan(machine, plan, take, asked, queries.length, width, log.rows, largestNorm);
    if (scan.queries.length > 0) {
      await codes.each((at, block, count) =>
        scan.add(at, reader.mask(block, count), block * BLOCK_ROWS, count),
      );
    }
    const sums = new ChosenSums(machine, take, width, widthOf(log.plan.valueDimension ?? 0));
    const known = floorBelow(scoreOfNothing(plan));
    for (const [k, b] of scan.queries.entries()) {
      const error = reading?.error ?? 0;
      const choice = chooseRows(scan, k, plan, log.rows, largestNorm, known, error);
      let step = choice.next();
      while (!step.done) {
        const rows = step.value;
        const scores = await scoresOf(machine, plan, reader, codes, asked + b * width * 4, rows);
        for (const [i, row] of rows.entries()) {
          if (!(scores[i] <= scan.upper(k, row)))
            damaged(log.segmentOf(row), 'its codes are not its own');
        }
        step = choice.next(scores);
      }
      if (!step.value) continue;
      found[b] = await sumChosen(machine, reader, codes, sums, step.value);
      if (reading) reading.reads[b] = { rows: step.value.rows, bound: step.value.bound };
    }
  } finally {
    codes.free();
    for (const address of taken) memory.free(address);
  }
  const left = queries.filter((_, b) => found[b] === undefined);
  const others =
    left.length === 0 ? [] : await sumFile(machine, plan, reader, left, log.plan.valueDimension);
  return { sums: queries.map((_, b) => found[b] ?? others.shift()!), whole: left.length };
}

/** Scores of rows of the file for the query at an address. */
async function scoresOf(
  machine: Machine<ModernGroup>,
  plan: ModernPlan,
  { room }: BlockReader,
  codes: CodeReader,
  query: Address,
  rows: Uint32Array,
): Promise<Float32Array> {
  const { kernels, memory } = machine;
  const { scale, metric } = measureOf(plan);
  const width = widthOf(plan.dimension);
  const out = new Float32Array(rows.length);
  for (let from = 0; from < rows.length; from += BLOCK_ROWS) {
    const part = rows.subarray(from, from + BLOCK_ROWS);
    const count = part.length;
    await codes.rows(part, (i) => ({ row: room.rows + i * width * 4, value: room.values }));
    memory.scope((take) => {
      let factors = 0;
      if (plan.similarity === 'cosine') {
        const squares = squaresOf(machine, room.rows, count, width);
        factors = take(count * 4);
        const { f32 } = memory.views;
        for (const [i, square] of squares.entries())
          f32[(factors >>> 2) + i] = 1 / Math.sqrt(square);
      }
      const scores = take(count * 4);
      kernels.scoresF32(scores, query, room.rows, factors, scale, metric, count, width, 1);
      out.set(memory.views.f32.subarray(scores >>> 2, (scores >>> 2) + count), from);
    });
  }
  return out;
}

/** Block by block, each row in its place. */
async function sumChosen(
  machine: Machine<ModernGroup>,
  { room, log }: BlockReader,
  codes: CodeReader,
  sums: ChosenSums,
  { rowIndices, scores, floor }: Candidates,
): Promise<BlockSums[]> {
  const width = widthOf(log.plan.network.dimension);
  const valueWidth = widthOf(log.plan.valueDimension ?? 0);
  const found: BlockSums[] = [];
  const kept = rowIndices.filter((_, i) => scores[i] >= floor);
  const own = scores.filter((score) => score >= floor);
  for (const [block, from, to] of blocksOf(kept)) {
    const first = block * BLOCK_ROWS;
    const rows = kept.subarray(from, to);
    const rowAt = (index: number) => room.rows + index * width * 4;
    const valueAt = (index: number) => room.values + index * valueWidth * 4;
    for (const row of rows) {
      // The kernel takes the first row of a tile, zero times, for want of others.
      const tile = (row - first) & ~63;
      const { u8 } = machine.memory.views;
      u8.fill(0, rowAt(tile), rowAt(tile + 1));
      u8.fill(0, valueAt(tile), valueAt(tile + 1));
    }
    await codes.rows(rows, (i) => ({
      row: rowAt(rows[i] - first),
      value: valueAt(rows[i] - first),
    }));
    const at = {
      count: Math.min(BLOCK_ROWS, log.rows - first),
      width,
      valueWidth,
      rows: room.rows,
      values: room.values,
      factors: 0,
      mask: 0,
      first: block,
    };
    const indices = rows.map((row) => row - first);
    const sum = sums.sum(at, indices, own.subarray(from, to), floor);
    if (sum)
      found.push(copiesOf([sum], log.plan.network.dimension, log.plan.valueDimension ?? 0)[0]);
  }
  return found;
}
