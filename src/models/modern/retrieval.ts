/**
 * One retrieval: how much each stored row weighs for a query, and the averages of rows and values with
 * those weights.
 *
 * Softmax streams through the rows once. The other separations compute all scores first, and then often need few
 * rows.
 */
import type { Address } from '../../numbers.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Batch, Attended } from './attended.ts';
import { normalise } from './norms.ts';
import { besideNothing, mix, scoreOfNothing, surprise } from './nothing.ts';
import type { ModernPlan } from './options.ts';
import type { Rows } from './rows.ts';
import { weigh, type Weights } from './separations.ts';
import { measureOf, scoreError } from './similarity.ts';
import type { Stored } from './stored.ts';
import { softmaxPass } from './softmax-pass.ts';

/** The most queries at a time. */
const MOST_QUERIES = 64;
/** Numbers of scratch above which there are fewer of them. */
const MOST_SCRATCH = 4194304;
/** What is seen where nothing is stored. */
const NOTHING: Attended = { index: -1, weight: 0, nothing: 1, entropy: 0, conjugate: NaN };

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
    const score = scoreOfNothing(this.#plan);
    return softmaxPass(this.#machine, this.#plan, this.#stored, { ...batch, queries }, count).map(
      (alone, b) => {
        const attended = besideNothing(alone, score);
        this.#leave(batch, b, attended.nothing, 1 - attended.nothing);
        return attended;
      },
    );
  }

  /** Scales the averages of query `b`, and adds what the weight of nothing leaves of the query. */
  #leave({ queries, states, readouts }: Batch, b: number, nothing: number, scale: number): void {
    if (nothing === 0) return;
    const { f32 } = this.#machine.memory.views;
    const { vectors, values } = this.#stored;
    const { width } = vectors;
    const query = this.#plan.similarity === 'euclidean' ? queries + b * width * 4 : 0;
    mix(f32, states + b * width * 4, scale, query, nothing, width);
    if (readouts === 0 || scale === 1) return;
    mix(f32, readouts + b * values!.width * 4, scale, 0, 0, values!.width);
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
      this.#leave(batch, b, weights.nothing, 1);
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
      if (readouts !== 0) fill(readouts, values!);
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
