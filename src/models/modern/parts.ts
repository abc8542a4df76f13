/**
 * Softmax retrieval where rows are apart, in other processes or on other machines: the bits of one memory, whoever holds which
 * blocks of 4,096 rows (blocks.ts has the definition).
 */
import { checkNumber, checkOptions, checkPositiveInteger, describe, isList } from '../../checks.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Label } from '../../patterns/labels.ts';
import type { ModernHopfieldNetwork } from '../modern-hopfield-network.ts';
import { checkSoftmax, squareOf, updateOf } from './apart.ts';
import { BLOCK_ROWS, floorBelow, type BlockSums, type Summed } from './blocks.ts';
import { scoreOfNothing } from './nothing.ts';
import { planModern, type ModernPlan } from './options.ts';
import { distance, type RecallSetting } from './recall.ts';
import type { ModernResult } from './results.ts';
import { checkNorm } from './similarity.ts';
import { sumBlocks } from './softmax-pass.ts';
import { takeVector, writeNumbers, type Vector } from './vectors.ts';

/** Which blocks are meant, and where they stand. */
export interface PartOptions {
  /**
   * Numbers of blocks of the network: block k holds its rows 4096·k to 4096·k + 4095. In any order, each once. Default
   * all.
   */
  blocks?: readonly number[];
  /** For a network that holds a part of the rows: how many blocks are before its first. Default 0. */
  first?: number;
}

/** What blocks of rows add to one update of a query: plain data, for `structuredClone` and the like. */
export interface SoftmaxPart {
  /** Options of the network. */
  readonly network: ModernPlan;
  readonly query: Float32Array;
  /** The largest score of all blocks, which this was judged by. */
  readonly maximum: number;
  /** M, the largest norm of a vector that the network holds. */
  readonly largestNorm: number;
  /** Sums of blocks that have a weight, by number. */
  readonly blocks: readonly (BlockSums & { readonly label?: Label })[];
  readonly valueDimension: number | undefined;
}

/** What a network lends to functions of this package. */
interface Held extends RecallSetting {
  readonly plan: ModernPlan;
}

/** @throws TypeError for what is no modern network, or not of softmax */
export function heldBy(network: ModernHopfieldNetwork): Held {
  const known = typeof network === 'object' && network !== null && 'errorBound' in network;
  if (!known) {
    throw new TypeError(`network is ${describe(network)}, expected a ModernHopfieldNetwork`);
  }
  const held = (network as unknown as { hold(): Held }).hold();
  checkSoftmax(held.plan);
  return held;
}

/** Stretches of neighbouring blocks, upwards. */
function takeBlocks(count: number, given: unknown): (readonly [from: number, to: number])[] {
  const all = Math.ceil(count / BLOCK_ROWS);
  if (given === undefined) return all > 0 ? [[0, all]] : [];
  if (!isList(given)) {
    throw new TypeError(`blocks is ${describe(given)}, expected an array of numbers of blocks`);
  }
  const blocks = Array.from(given as ArrayLike<number>, (block, i) =>
    checkNumber(
      block,
      `blocks[${i}]`,
      `an integer from 0 to ${all - 1}`,
      (k) => Number.isInteger(k) && k >= 0 && k < all,
    ),
  ).sort((a, b) => a - b);
  const stretches: [number, number][] = [];
  for (const block of blocks) {
    const last = stretches.at(-1);
    if (last && block < last[1]) throw new RangeError(`blocks holds ${block} twice`);
    if (last && block === last[1]) last[1]++;
    else stretches.push([block, block + 1]);
  }
  return stretches;
}

function takeFirst(first: number | undefined): number {
  if (first === undefined || first === 0) return 0;
  return checkPositiveInteger(first, 'first');
}

/** A query in singles, its scores checked. */
function takeQuery({ plan, retrieval }: Held, query: Vector): Float32Array {
  const { dimension } = plan;
  const singles = new Float32Array(dimension);
  writeNumbers(singles, 0, takeVector(query, dimension, 'query'), dimension, 'query');
  checkNorm(plan, Math.sqrt(squareOf(singles)), retrieval.members.largestNorm, 'query');
  return singles;
}

/** Writes queries as rows to memory that is taken. */
export function writeQueries(
  { memory }: Machine<ModernGroup>,
  address: number,
  queries: readonly Float32Array[],
  width: number,
): void {
  const { f32 } = memory.views;
  f32.fill(0, address >>> 2, (address >>> 2) + queries.length * width);
  for (const [b, query] of queries.entries()) f32.set(query, (address >>> 2) + b * width);
}

/**
 * Copies of the sums of blocks from … to − 1 for each query, of those that may have a weight.
 *
 * @param floors - as `sumBlocks` has them
 * @param first - the number of the network's first block among all
 */
export function copySums(
  held: Held,
  queries: readonly Float32Array[],
  floors: Float64Array,
  [from, to]: readonly [number, number],
  first: number,
): Summed[][] {
  const { machine, plan, stored, retrieval } = held;
  const { dimension, width } = stored.vectors;
  const found: Summed[][] = [];
  machine.memory.scope((take) => {
    const rows = take(queries.length * width * 4);
    writeQueries(machine, rows, queries, width);
    const directions = retrieval.directions(rows, queries.length, take);
    const at = retrieval.rowsAt(stored.values, from, to, first);
    sumBlocks(machine, plan, at, directions, queries.length, floors, (b, sums) => {
      found[b] = copiesOf(sums, dimension, stored.values?.dimension ?? 0);
    });
  });
  return found;
}

/** Sums with numbers of their own, in one buffer, without padding. */
export function copiesOf(sums: readonly Summed[], dimension: number, values: number): Summed[] {
  const size = dimension + values;
  const room = new Float64Array(sums.length * size);
  return sums.map((sum, k) => {
    const state = room.subarray(k * size, k * size + dimension);
    const value = sum.value && room.subarray(k * size + dimension, (k + 1) * size);
    state.set(sum.state.subarray(0, dimension));
    if (value) value.set(sum.value.subarray(0, values));
    return { ...sum, state, value };
  });
}

/**
 * The largest score, β times similarity, of the rows of some blocks; that of nothing, where the network has it, included. The first
 * of two rounds: m of all blocks is the largest of what parts give. O(P·d).
 *
 * @param network - with softmax
 * @param query - d numbers
 * @param options - `blocks`; default all
 * @returns −Infinity where there are no rows, and no nothing
 * @throws TypeError, RangeError for what is no such network, query or block
 */
export function maximum(
  network: ModernHopfieldNetwork,
  query: Vector,
  options: Pick<PartOptions, 'blocks'> = {},
): number {
  checkOptions(options, 'options of maximum', ['blocks']);
  const held = heldBy(network);
  const singles = takeQuery(held, query);
  const { machine, stored, retrieval, plan } = held;
  let largest = scoreOfNothing(plan);
  if (stored.count === 0) return largest;
  const stretches = takeBlocks(stored.count, options.blocks);
  machine.memory.scope((take) => {
    const row = take(stored.vectors.width * 4);
    writeQueries(machine, row, [singles], stored.vectors.width);
    const scores = retrieval.scores(row);
    for (const [from, to] of stretches) {
      const end = Math.min(to * BLOCK_ROWS, scores.length);
      for (let k = from * BLOCK_ROWS; k < end; k++) if (scores[k] > largest) largest = scores[k];
    }
  });
  return largest;
}

/**
 * What blocks of rows add to one update: the second round. For `fold`, on whatever thread or machine. O(P·d).
 *
 * @param network - with softmax
 * @param query - d numbers
 * @param largest - the largest of what `maximum` gave for all blocks
 * @param options - `blocks`, default all, and `first`
 * @returns plain data, a sum of d + v doubles for each block that has a weight
 * @throws as `maximum`
 */
export function partial(
  network: ModernHopfieldNetwork,
  query: Vector,
  largest: number,
  options: PartOptions = {},
): SoftmaxPart {
  checkOptions(options, 'options of partial', ['blocks', 'first']);
  const held = heldBy(network);
  const singles = takeQuery(held, query);
  const { plan, stored } = held;
  checkNumber(largest, 'maximum', 'a number, what maximum gives', (m) => m > -Infinity);
  const first = takeFirst(options.first);
  const blocks = takeBlocks(stored.count, options.blocks).flatMap(
    (stretch) => copySums(held, [singles], Float64Array.of(floorBelow(largest)), stretch, first)[0],
  );
  return {
    network: { ...plan },
    query: singles,
    maximum: largest,
    largestNorm: stored.largestNorm,
    blocks: blocks.map((sum) => {
      const label = stored.labels[sum.index - first * BLOCK_ROWS];
      return label === undefined ? sum : { ...sum, label };
    }),
    valueDimension: stored.values?.dimension,
  };
}

/**
 * What `recall` of one memory with all the rows gives for one step, bit for bit: sums of blocks, folded by number. O(d) a
 * block.
 *
 * @param parts - what `partial` gave for one query and one maximum; all blocks that have a weight, each once
 * @throws TypeError, RangeError when parts do not belong together, a block is there twice, or the largest score is missing
 */
export function fold(parts: readonly SoftmaxPart[]): ModernResult {
  if (!Array.isArray(parts) || parts.length === 0) {
    throw new TypeError(`parts is ${describe(parts)}, expected an array of what partial gives`);
  }
  const [{ network, query, maximum: judged }] = parts as readonly SoftmaxPart[];
  const { dimension, ...given } = network;
  const plan = planModern(dimension, given);
  checkSoftmax(plan);
  const options = ['dimension', 'beta', 'similarity', 'nothing'] as const;
  for (const [k, part] of parts.entries()) {
    const alike =
      options.every((name) => part.network[name] === network[name]) &&
      part.maximum === judged &&
      part.query.every((x: number, i: number) => x === query[i]);
    if (!alike) {
      throw new RangeError(`parts[${k}] is of another network, query or maximum than parts[0]`);
    }
  }
  const sums = parts.flatMap(({ blocks }) => blocks).sort((a, b) => a.block - b.block);
  for (const [k, { block }] of sums.entries()) {
    if (k > 0 && sums[k - 1].block === block) throw new RangeError(`block ${block} is there twice`);
  }
  const nothing = scoreOfNothing(plan);
  const largest = sums.reduce((most, sum) => Math.max(most, sum.largest), nothing);
  if (largest !== judged) {
    throw new RangeError(
      `the largest score is ${largest}, expected ${judged}: parts are missing, or it is not theirs`,
    );
  }
  const valueDimension = parts.find((part) => part.valueDimension !== undefined)?.valueDimension;
  const { state, value, attended } = updateOf(plan, sums, query, valueDimension);
  const { index, weight, entropy } = attended;
  const reach = 1e-6 * Math.max(...parts.map(({ largestNorm }) => largestNorm));
  const converged = distance(query, 0, state, 0, state.length) <= reach;
  const result: ModernResult = { state, value, steps: 1, converged, match: undefined, entropy };
  if (index >= 0 && !(attended.nothing > weight)) {
    const label = sums.find((sum) => sum.index === index)?.label;
    result.match = label === undefined ? { index, weight } : { index, weight, label };
  }
  if (plan.nothing !== undefined) result.nothing = attended.nothing;
  return result;
}
