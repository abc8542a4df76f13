/** Sums of all blocks (models/modern/blocks.ts), here to the bit, or in the database to rounding. */
import type { ModernGroup } from '../kernels/groups/modern.ts';
import type { Machine } from '../kernels/open.ts';
import { squareOf } from '../models/modern/apart.ts';
import { BLOCK_ROWS, floorBelow, type BlockSums, type Summed } from '../models/modern/blocks.ts';
import { scoreOfNothing } from '../models/modern/nothing.ts';
import type { ModernPlan } from '../models/modern/options.ts';
import { sumBlock } from '../models/modern/block-sums.ts';
import { boundOf } from './bound.ts';
import type { Session } from './client.ts';
import type { TableReader, Wanted } from './reader.ts';
import { candidatesSql, conditionOf, sumsSql, type Chosen } from './statements.ts';
import { vectorText } from './text.ts';

/** Whose rows, and what is asked of them. */
export interface Asked {
  readonly session: Session;
  readonly machine: Machine<ModernGroup>;
  readonly reader: TableReader;
  readonly plan: ModernPlan;
  readonly valueDimension: number | undefined;
  /** The table, quoted. */
  readonly rows: string;
  readonly chosen: Chosen | undefined;
}

/** For each query the sums of all blocks, of the rows that the database says may have a weight. */
export async function sumHere(
  asked: Asked,
  queries: readonly Float32Array[],
): Promise<BlockSums[][]> {
  const { session, machine, plan, reader, chosen, valueDimension } = asked;
  const floors = new Float64Array(queries.length);
  const wanted = new Map<number, Set<number> | undefined>();
  for (const [b, query] of queries.entries()) {
    const low = await askCandidates(asked, query, wanted);
    floors[b] = floorBelow(Math.max(scoreOfNothing(plan), Math.fround(plan.beta) * low));
  }
  const found = new Map<number, Summed[][]>();
  const pass = (blocks: readonly Wanted[]) =>
    reader.each(session, chosen, blocks, (at) => {
      found.set(at.first, sumBlock(machine, plan, at, queries, floors, valueDimension ?? 0));
    });
  const all: Wanted[] = [...wanted.entries()]
    .sort(([a], [b]) => a - b)
    .map(([block, slots]) => ({ block, slots: slots && [...slots].sort((a, b) => a - b) }));
  await pass(all);
  const late = ({ block }: Wanted) =>
    found
      .get(block)
      ?.some((sums, b) =>
        sums.some(({ largest, least }) => largest >= floors[b] && least < floors[b]),
      );
  await pass(all.filter(late));
  return queries.map((_, b) => all.flatMap(({ block }) => found.get(block)?.[b] ?? []));
}

/** Adds the rows that may have a weight to those that are wanted; returns what the largest similarity is not below. */
async function askCandidates(
  { session, plan, rows, chosen }: Asked,
  query: Float32Array,
  wanted: Map<number, Set<number> | undefined>,
): Promise<number> {
  const compared = comparedOf(plan, query);
  const { relative, absolute, reach } = boundOf(plan, Math.sqrt(squareOf(compared)));
  const [condition, params] = conditionOf(chosen, 5);
  const found = await session.ask(candidatesSql(rows, plan.similarity, condition), [
    vectorText(compared),
    relative,
    absolute,
    reach,
    plan.nothing ?? null,
    ...params,
  ]);
  for (const row of found) {
    const block = Number(row.block);
    const slots = row.slots as number[] | null;
    const before = wanted.get(block);
    if (slots === null) wanted.set(block, undefined);
    else if (before) for (const slot of slots) before.add(slot);
    else if (!wanted.has(block)) wanted.set(block, new Set(slots));
  }
  return found.length > 0 ? Number(found[0].low) : -Infinity;
}

/** The query that rows are compared with: with cosine similarity its direction, as `normalise` has it. */
function comparedOf({ similarity }: ModernPlan, query: Float32Array): Float32Array {
  if (similarity !== 'cosine') return query;
  const factor = 1 / Math.sqrt(squareOf(query));
  return query.map((x) => x * factor);
}

/** For each query the sums of all blocks, as the database adds them up. */
export async function sumThere(
  { session, plan, valueDimension, rows, chosen }: Asked,
  queries: readonly Float32Array[],
): Promise<BlockSums[][]> {
  const beta = Math.fround(plan.beta);
  const sizes = valueDimension === undefined ? [plan.dimension] : [plan.dimension, valueDimension];
  const [condition, params] = conditionOf(chosen, 2 + sizes.length);
  const statement = sumsSql(rows, plan.similarity, condition, valueDimension !== undefined);
  const sums: BlockSums[][] = [];
  for (const query of queries) {
    const text = vectorText(comparedOf(plan, query));
    const found = await session.ask(statement, [text, beta, ...sizes, ...params]);
    sums.push(
      found.map((row) => {
        const total = (mean: unknown) =>
          Float64Array.from(
            JSON.parse(String(mean)) as number[],
            (x) => (x * Number(row.rows)) / 2 ** 70,
          );
        return {
          block: Number(row.block),
          largest: beta * Number(row.largest),
          index: Number(row.block) * BLOCK_ROWS + Number(row.slot),
          z: Number(row.z),
          u: Number(row.u),
          state: total(row.state),
          value: valueDimension === undefined ? undefined : total(row.value),
        };
      }),
    );
  }
  return sums;
}
