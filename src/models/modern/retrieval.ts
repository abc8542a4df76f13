/**
 * One retrieval: how much each stored row weighs for a query, and the averages of rows and values with
 * those weights.
 *
 * Softmax streams through the rows once, block by block (blocks.ts). The other separations compute all scores first, and
 * then often need few rows.
 */
import type { Address } from '../../numbers.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import { NOTHING, type Attended, type Batch, type Read } from './attended.ts';
import { BLOCK_ROWS, foldBlocks, writeAverage, type Summed } from './blocks.ts';
import type { Reading } from './candidates.ts';
import type { Members } from './members.ts';
import { normalise } from './norms.ts';
import { addShare, scoreOfNothing, surprise } from './nothing.ts';
import type { ModernPlan } from './options.ts';
import type { Rows } from './rows.ts';
import { LOWEST, weigh, type Weights } from './separations.ts';
import { measureOf, scoreError } from './similarity.ts';
import type { Stored } from './stored.ts';
import type { RowsAt } from './rows-at.ts';
import { floorsFor, largestOfSums, sumBlocks } from './softmax-pass.ts';

/** The most queries at a time. */
const MOST_QUERIES = 64;
/** Singles of scratch above which there are fewer of them: 64 MB. */
const MOST_SCRATCH = 16777216;

export class Retrieval {
  readonly #machine: Machine<ModernGroup>;
  readonly #plan: ModernPlan;
  readonly #stored: Stored;
  readonly #among: Members | undefined;

  /** @param among - those that take part; all that is stored, whenever that is, where they are not given */
  constructor(machine: Machine<ModernGroup>, plan: ModernPlan, stored: Stored, among?: Members) {
    this.#machine = machine;
    this.#plan = plan;
    this.#stored = stored;
    this.#among = among;
  }

  /** Who takes part. */
  get members(): Members {
    return this.#among ?? this.#stored.all;
  }

  /** Their values; undefined where there are none. */
  get values(): Rows | undefined {
    return this.members.count > 0 ? this.#stored.values : undefined;
  }

  /** How many queries to retrieve with at once. */
  get batch(): number {
    const { vectors, values } = this.#stored;
    const width = vectors.width + (values?.width ?? 0);
    const sums =
      this.#plan.separation === 'softmax' ? 2 * Math.ceil(vectors.count / BLOCK_ROWS) : 0;
    const scratch = (4 + sums) * width + vectors.count;
    return Math.max(1, Math.min(MOST_QUERIES, Math.floor(MOST_SCRATCH / scratch)));
  }

  /**
   * Fills `states` and `readouts` of `count` queries. May move memory. O(P·d) a query.
   *
   * @param error - ε, where rows may be left out and what was read is to be told
   */
  update(batch: Batch, count: number, error?: number): Attended[] {
    const { width } = this.#stored.vectors;
    if (this.members.count === 0) {
      // Nothing pulls: the query stays where it is.
      const { queries, states } = batch;
      const bytes = count * width * 4;
      this.#machine.memory.views.u8.copyWithin(states, queries, queries + bytes);
      const none = error === undefined ? NOTHING : { ...NOTHING, read: { rows: 0, bound: 0 } };
      return Array.from({ length: count }, () => none);
    }
    return this.#machine.memory.scope((take) =>
      this.#plan.separation === 'softmax'
        ? this.#softmaxPass(batch, count, take, error)
        : this.#sparse(batch, count, take),
    );
  }

  /** The weights of all rows for one query, in doubles. May move memory. O(P·d). */
  weights(query: Address): Weights {
    if (this.members.count === 0) {
      const [indices, weights] = [new Uint32Array(0), new Float64Array(0)];
      return { indices, weights, nothing: 1, conjugate: NaN };
    }
    return this.#machine.memory.scope((take) => this.#weigh(this.#scores(query, 1, take), query));
  }

  /** A copy of the scores, β times similarity, of all rows for one query. May move memory. O(P·d). */
  scores(query: Address): Float32Array {
    const { memory } = this.#machine;
    return memory.scope((take) => {
      const scores = this.#scores(query, 1, take) >>> 2;
      return memory.views.f32.slice(scores, scores + this.#stored.count);
    });
  }

  /** f32[count×P] scores of queries. */
  #scores(queries: Address, count: number, take: (bytes: number) => Address): number {
    const { vectors } = this.#stored;
    const { scale, metric } = measureOf(this.#plan);
    const directions = this.directions(queries, count, take);
    const scores = take(count * vectors.count * 4);
    const factors = this.#stored.factors();
    const { kernels, memory } = this.#machine;
    const { count: patterns, width } = vectors;
    const { mask, stretches } = this.members;
    const compare = (out: Address, query: Address, first: number, many: number, batch: number) =>
      kernels.scoresF32(
        out + first * 4,
        query,
        vectors.row(first),
        factors === 0 ? 0 : factors + first * 4,
        scale,
        metric,
        many,
        width,
        batch,
      );
    if (mask === 0) {
      compare(scores, directions, 0, patterns, count);
      return scores;
    }
    memory.views.f32.fill(LOWEST, scores >>> 2, (scores >>> 2) + count * patterns);
    for (let b = 0; b < count; b++) {
      const [out, query] = [scores + b * patterns * 4, directions + b * width * 4];
      for (const [first, many] of stretches) compare(out, query, first, many, 1);
    }
    return scores;
  }

  /** What the kernels are to compare: with cosine similarity, queries of norm 1. */
  directions(queries: Address, count: number, take: (bytes: number) => Address): number {
    if (this.#plan.similarity !== 'cosine') return queries;
    const { width } = this.#stored.vectors;
    const out = take(count * width * 4);
    normalise(this.#machine, out, queries, count, width);
    return out;
  }

  /** The rows of blocks from … to − 1 as they are now; `first` blocks are before the memory's own. May move memory. */
  rowsAt(values: Rows | undefined, from = 0, to = Infinity, first = 0): RowsAt {
    const factors = this.#stored.factors();
    const { vectors, codes } = this.#stored;
    const { mask, count, largestNorm } = this.members;
    const row = from * BLOCK_ROWS;
    // Tiles of rows that take no part are not read without codes either.
    const coded = codes !== undefined && 2 * count >= vectors.count;
    return {
      count: Math.min(to * BLOCK_ROWS, vectors.count) - row,
      width: vectors.width,
      rows: vectors.row(row),
      values: values ? values.row(row) : 0,
      valueWidth: values?.width ?? 0,
      factors: factors === 0 ? 0 : factors + row * 4,
      mask: mask === 0 ? 0 : mask + row,
      first: first + from,
      codes: coded ? codes.row(row) : 0,
      largestNorm,
    };
  }

  #softmaxPass(
    batch: Batch,
    count: number,
    take: (bytes: number) => Address,
    error: number | undefined,
  ): Attended[] {
    const { views } = this.#machine.memory;
    const { vectors } = this.#stored;
    const values = batch.readouts === 0 ? undefined : this.values;
    const queries = this.directions(batch.queries, count, take);
    const nothing = scoreOfNothing(this.#plan);
    const all: Attended[] = [];
    const [machine, plan, rows] = [this.#machine, this.#plan, this.rowsAt(values)];
    const reading: Reading | undefined = error === undefined ? undefined : { error, reads: [] };
    const scanning = rows.codes ? this.#stored.codes?.scanning : undefined;
    const scanned = scanning !== undefined && (reading !== undefined || scanning.due());
    const at = scanned ? rows : { ...rows, codes: 0 };
    const use = (b: number, sums: Summed[]) => {
      const { f32 } = views;
      const query = (queries >>> 2) + b * vectors.width;
      const pull =
        plan.similarity === 'euclidean' ? f32.subarray(query, query + vectors.width) : undefined;
      const largest = largestOfSums(sums, nothing);
      const folded = foldBlocks(sums, largest, nothing, pull, vectors.width, values?.width ?? 0);
      writeAverage(f32, (batch.states >>> 2) + b * vectors.width, folded.state, folded.z);
      if (values) {
        writeAverage(f32, (batch.readouts >>> 2) + b * values.width, folded.value, folded.z);
      }
      all[b] = folded.attended;
    };
    const whole = sumBlocks(
      machine,
      plan,
      at,
      queries,
      count,
      floorsFor(count, nothing),
      use,
      reading,
    );
    if (scanned) scanning.told(2 * whole <= count);
    if (!reading) return all;
    const full: Read = { rows: this.members.count, bound: 0 };
    return all.map((attended, b) => ({ ...attended, read: reading.reads[b] ?? full }));
  }

  /** Adds what the weight of nothing leaves of query `b`. */
  #leave({ queries, states }: Batch, b: number, nothing: number): void {
    if (nothing === 0 || this.#plan.similarity !== 'euclidean') return;
    const { f32 } = this.#machine.memory.views;
    const { width } = this.#stored.vectors;
    addShare(f32, states + b * width * 4, queries + b * width * 4, nothing, width);
  }

  /** The weights of all rows with the scores given, for the query at an address. */
  #weigh(scores: Address, query: Address): Weights {
    const { vectors, count } = this.#stored;
    return weigh(this.#plan.separation, {
      machine: this.#machine,
      scores,
      count,
      nothing: scoreOfNothing(this.#plan),
      squared: (index) => {
        const { f32 } = this.#machine.memory.views;
        const [row, from] = [vectors.row(index) >>> 2, query >>> 2];
        let sum = 0;
        for (let k = 0; k < vectors.dimension; k++) {
          const difference = f32[row + k] - f32[from + k];
          sum += difference * difference;
        }
        return sum;
      },
      error: 2 * scoreError(vectors.dimension),
    });
  }

  #sparse(batch: Batch, count: number, take: (bytes: number) => Address): Attended[] {
    const { vectors } = this.#stored;
    const scores = this.#scores(batch.queries, count, take);
    return Array.from({ length: count }, (_, b) => {
      const row = scores + b * vectors.count * 4;
      const weights = this.#weigh(row, batch.queries + b * vectors.width * 4);
      this.#combine(batch, b, weights);
      this.#leave(batch, b, weights.nothing);
      return attendedOf(weights);
    });
  }

  /** Writes the averages of query `b`. */
  #combine({ states, readouts }: Batch, b: number, { indices, weights }: Weights): void {
    const { kernels, memory } = this.#machine;
    const { vectors, values } = this.#stored;
    const count = indices.length;
    if (count === 0) {
      const { f32 } = memory.views;
      const fill = (to: number, { width }: Rows) =>
        f32.fill(0, (to >>> 2) + b * width, (to >>> 2) + (b + 1) * width);
      fill(states, vectors);
      if (values && readouts !== 0) fill(readouts, values);
      return;
    }
    memory.scope((take) => {
      const which = take(count * 4);
      const how = take(count * 8);
      memory.views.u32.set(indices, which >>> 2);
      memory.views.f64.set(weights, how >>> 3);
      const { address, width } = vectors;
      kernels.combineF32(states + b * width * 4, address, which, how, count, width);
      if (!values || readouts === 0) return;
      const out = readouts + b * values.width * 4;
      kernels.combineF32(out, values.address, which, how, count, values.width);
    });
  }
}

function attendedOf({ indices, weights, nothing, conjugate }: Weights): Attended {
  let best = 0;
  let entropy = surprise(nothing);
  for (const [k, p] of weights.entries()) {
    entropy += surprise(p);
    if (p > weights[best]) best = k;
  }
  const found = indices.length > 0;
  return {
    index: found ? indices[best] : -1,
    weight: found ? weights[best] : 0,
    nothing,
    entropy: Math.max(0, entropy),
    conjugate,
  };
}
