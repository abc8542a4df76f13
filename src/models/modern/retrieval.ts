/**
 * One retrieval: how much each stored row weighs for a query, and the averages of rows and values with
 * those weights.
 *
 * Softmax streams through the rows once. The other separations compute all scores first, and then often need few
 * rows.
 */
import type { Address } from '../../numbers.ts';
import { ln } from '../../elementary.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Batch, Attended } from './attended.ts';
import { normalise } from './norms.ts';
import type { ModernPlan } from './options.ts';
import { weigh, type Weights } from './separations.ts';
import { measureOf } from './similarity.ts';
import type { Stored } from './stored.ts';
import { softmaxPass } from './softmax-pass.ts';

/** The most queries at a time. */
const MOST_QUERIES = 64;
/** Numbers of scratch above which there are fewer of them. */
const MOST_SCRATCH = 4194304;
/** What is seen where nothing is stored. */
const NOTHING: Attended = { index: -1, weight: 0, entropy: 0, conjugate: NaN };

export class Retrieval {
  readonly #machine: Machine<ModernGroup>;
  readonly #plan: ModernPlan;
  readonly #stored: Stored;

  constructor(machine: Machine<ModernGroup>, plan: ModernPlan, stored: Stored) {
    this.#machine = machine;
    this.#plan = plan;
    this.#stored = stored;
  }

  /** How many queries to retrieval with at once. */
  get batch(): number {
    const { vectors, values } = this.#stored;
    const scores = this.#plan.separation === 'softmax' ? 0 : vectors.count;
    const scratch = 4 * (vectors.width + (values?.width ?? 0)) + scores;
    return Math.max(1, Math.min(MOST_QUERIES, Math.floor(MOST_SCRATCH / scratch)));
  }

  /** Fills `states` and `readouts` of `count` queries. May move memory. O(P·d) a query. */
  update(batch: Batch, count: number): Attended[] {
    const { width, count: patterns } = this.#stored.vectors;
    if (patterns === 0) {
      // Nothing pulls: the query stays where it is.
      const { queries, states } = batch;
      const bytes = count * width * 4;
      this.#machine.memory.views.u8.copyWithin(states, queries, queries + bytes);
      return Array.from({ length: count }, () => NOTHING);
    }
    return this.#machine.memory.scope((take) =>
      this.#plan.separation === 'softmax'
        ? this.#softmaxPass(batch, count, take)
        : this.#sparse(batch, count, take),
    );
  }

  /** The weights of all rows for one query, in doubles. May move memory. O(P·d). */
  weights(query: Address): Weights {
    if (this.#stored.count === 0) {
      return { indices: new Uint32Array(0), weights: new Float64Array(0), conjugate: NaN };
    }
    const { separation } = this.#plan;
    return this.#machine.memory.scope((take) =>
      weigh(this.#machine, separation, this.#scores(query, 1, take), this.#stored.count),
    );
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
    const directions = this.#directions(queries, count, take);
    const scores = take(count * vectors.count * 4);
    const factors = this.#stored.factors();
    const { kernels } = this.#machine;
    const { address, width } = vectors;
    kernels.scoresF32(
      scores,
      directions,
      address,
      factors,
      scale,
      metric,
      vectors.count,
      width,
      count,
    );
    return scores;
  }

  /** What the kernels are to compare: with cosine similarity, queries of norm 1. */
  #directions(queries: Address, count: number, take: (bytes: number) => Address): number {
    if (this.#plan.similarity !== 'cosine') return queries;
    const { width } = this.#stored.vectors;
    const out = take(count * width * 4);
    normalise(this.#machine, out, queries, count, width);
    return out;
  }

  #softmaxPass(batch: Batch, count: number, take: (bytes: number) => Address): Attended[] {
    const queries = this.#directions(batch.queries, count, take);
    return softmaxPass(this.#machine, this.#plan, this.#stored, { ...batch, queries }, count);
  }

  #sparse(batch: Batch, count: number, take: (bytes: number) => Address): Attended[] {
    const { vectors } = this.#stored;
    const scores = this.#scores(batch.queries, count, take);
    return Array.from({ length: count }, (_, b) => {
      const row = scores + b * vectors.count * 4;
      const weights = weigh(this.#machine, this.#plan.separation, row, vectors.count);
      this.#combine(batch, b, weights);
      return this.#attended(row, weights);
    });
  }

  /** Writes the averages of query `b`. */
  #combine({ states, readouts }: Batch, b: number, { indices, weights }: Weights): void {
    const { kernels, memory } = this.#machine;
    const { vectors, values } = this.#stored;
    const count = indices.length;
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

  #attended(scores: Address, { indices, weights, conjugate }: Weights): Attended {
    const { kernels } = this.#machine;
    const index = kernels.largestF32(scores, this.#stored.count);
    let entropy = 0;
    for (const p of weights) entropy -= p * ln(p);
    return {
      index,
      weight: weights[indices.indexOf(index)],
      entropy: Math.max(0, entropy),
      conjugate,
    };
  }
}
