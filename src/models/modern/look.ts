/**
 * One look at the memory: how much each stored row weighs for a query, and the averages of rows and values with
 * those weights.
 *
 * Softmax streams through the rows once. The other separations compute all scores first, and then need few rows.
 */
import type { Machine } from '../../kernels/open.ts';
import type { ModernPlan } from './options.ts';
import { weigh, type Weights } from './separations.ts';
import { measureOf, normalise } from './similarity.ts';
import type { Stored } from './stored.ts';

/** Addresses of a batch: f32 queries and averages of rows, and of values (0 where those are not wanted). */
export interface Batch {
  readonly queries: number;
  readonly states: number;
  readonly readouts: number;
}

/** What a look tells beside the averages. */
export interface Glance {
  /** The first row with the largest weight, and that weight. */
  readonly index: number;
  readonly weight: number;
  /** −Σ p ln p of the weights. */
  readonly entropy: number;
  /** As `Weights` has it. */
  readonly conjugate: number;
}

/** The most queries at a time. */
const MOST_QUERIES = 64;
/** Numbers of scratch above which there are fewer of them. */
const MOST_SCRATCH = 4194304;

export class Look {
  readonly #machine: Machine;
  readonly #plan: ModernPlan;
  readonly #stored: Stored;

  constructor(machine: Machine, plan: ModernPlan, stored: Stored) {
    this.#machine = machine;
    this.#plan = plan;
    this.#stored = stored;
  }

  /** How many queries to look with at once. */
  get batch(): number {
    const { vectors, values } = this.#stored;
    const scores = this.#plan.separation === 'softmax' ? 0 : vectors.count;
    const scratch = 4 * (vectors.width + (values?.width ?? 0)) + scores;
    return Math.max(1, Math.min(MOST_QUERIES, Math.floor(MOST_SCRATCH / scratch)));
  }

  /** Fills `states` and `readouts` of `count` queries. May move memory. O(P·d) a query. */
  see(batch: Batch, count: number): Glance[] {
    return this.#machine.memory.scope((take) =>
      this.#plan.separation === 'softmax'
        ? this.#stream(batch, count, take)
        : this.#sparse(batch, count, take),
    );
  }

  /** The weights of all rows for one query, in doubles. May move memory. O(P·d). */
  weights(query: number): Weights {
    const { separation } = this.#plan;
    return this.#machine.memory.scope((take) =>
      weigh(this.#machine, separation, this.#scores(query, 1, take), this.#stored.count),
    );
  }

  /** A copy of the scores, β times similarity, of all rows for one query. May move memory. O(P·d). */
  scores(query: number): Float32Array {
    const { memory } = this.#machine;
    return memory.scope((take) => {
      const scores = this.#scores(query, 1, take) >>> 2;
      return memory.views.f32.slice(scores, scores + this.#stored.count);
    });
  }

  /** f32[count×P] scores of queries. */
  #scores(queries: number, count: number, take: (bytes: number) => number): number {
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
  #directions(queries: number, count: number, take: (bytes: number) => number): number {
    if (this.#plan.similarity !== 'cosine') return queries;
    const { width } = this.#stored.vectors;
    const out = take(count * width * 4);
    normalise(this.#machine, out, queries, count, width);
    return out;
  }

  #stream(batch: Batch, count: number, take: (bytes: number) => number): Glance[] {
    const { vectors } = this.#stored;
    const values = batch.readouts === 0 ? undefined : this.#stored.values;
    const { scale, metric } = measureOf(this.#plan);
    const valueWidth = values?.width ?? 0;
    const queries = this.#directions(batch.queries, count, take);
    const stats = take(count * 32);
    const scratch = take(8 * count * (vectors.width + valueWidth + 40) + 2048);
    const factors = this.#stored.factors();
    const { kernels, memory } = this.#machine;
    kernels.attendF32(
      batch.states,
      batch.readouts,
      stats,
      queries,
      vectors.address,
      values?.address ?? 0,
      factors,
      scratch,
      scale,
      metric,
      vectors.count,
      vectors.width,
      valueWidth,
      count,
    );
    return Array.from({ length: count }, (_, b) => {
      const at = (stats >>> 3) + 4 * b;
      const [best, index, z, u] = memory.views.f64.subarray(at, at + 4);
      const logarithm = kernels.logarithm(z);
      // −Σ p ln p with p = w/Z and ln w = s − M.
      const entropy = Math.max(0, logarithm - u / z);
      return { index, weight: 1 / z, entropy, conjugate: best + logarithm };
    });
  }

  #sparse(batch: Batch, count: number, take: (bytes: number) => number): Glance[] {
    const { vectors } = this.#stored;
    const scores = this.#scores(batch.queries, count, take);
    return Array.from({ length: count }, (_, b) => {
      const row = scores + b * vectors.count * 4;
      const weights = weigh(this.#machine, this.#plan.separation, row, vectors.count);
      this.#combine(batch, b, weights);
      return this.#glance(row, weights);
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

  #glance(scores: number, { indices, weights, conjugate }: Weights): Glance {
    const { kernels } = this.#machine;
    const index = kernels.largestF32(scores, this.#stored.count);
    let entropy = 0;
    for (const p of weights) entropy -= p * kernels.logarithm(p);
    return {
      index,
      weight: weights[indices.indexOf(index)],
      entropy: Math.max(0, entropy),
      conjugate,
    };
  }
}
