/**
 * Bounds of scores from codes (codes.ts): no row above them is missed, whatever the rounding.
 *
 * In real numbers, with β in single precision, y = σc and q the query that is compared (of norm 1 with cosine similarity),
 * of which step·n is near, n of whole numbers:
 *
 *     |f·x·q − y·step·n| ≤ ρ‖q‖ + ‖y‖·δ ≤ ρr + ‖f·x‖δ,    δ ≥ ‖q − step·n‖,  r = ‖q‖ + δ,  ‖y‖ ≤ ‖f·x‖ + ρ
 *
 * The kernel gives t and e of t = i·σ·a + b·h + c, i = c·n exact, a = β·step exact (step is defined by it). With u = 2⁻²⁴:
 *
 * - The score s that `scoresF32` computes is off by G = `scoreError` of β·f‖x‖‖q‖, or of itself with squared distances
 *   (|s| ≤ ½β(‖x‖ + ‖q‖)² ≤ β(2h + ‖q‖²)), and by U where products are below the smallest single: 2⁻¹⁵⁰ each, times f ≤ 10¹⁵
 *   and β. i·σ loses nothing so, being a multiple of the smallest single.
 * - t and t ± e are rounded six times: less than R = 32u of the sizes of what is added, |i·σ·a| ≤ β(h + ρ)r.
 *
 * Products and cosines (b = c = 0), so |s − t| ≤ βρr(1 + R) + βh(δ + (G + R)r) + U.
 *
 * Squared distances: s = β(x·q − h − ½‖q‖²) in real numbers, b = −β, c = −½β‖q‖². With ‖x‖δ ≤ δ(h/r + ½r) and
 * |i·σ·a| ≤ β(ρr + h + ½r²): |s − t| ≤ βρr(1 + R) + βh(δ/r + 2G + 4R) + β(½δr + (G + 2R)r²) + U.
 *
 * These are e₁ρ + e₂h + e₀; all three are made larger by 2⁻¹⁸ of themselves, more than e's own roundings take away.
 *
 * Σ|n_k| ≤ 2²⁴, so that no sum of products with codes up to 127 leaves 31 bits.
 */
import { codeWidth, scanScratch } from '../../kernels/layout.ts';
import { codeKernels } from '../../kernels/groups/codes.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Address } from '../../numbers.ts';
import { upwards } from './codes.ts';
import { SHORTEST } from './norms.ts';
import type { ModernPlan } from './options.ts';
import { scoreError } from './similarity.ts';

/** The largest n_k. */
const LARGEST = 32767;
/** The largest Σ|n_k|. */
const MOST = 2 ** 24;
/** R above. */
const ROUNDING = 2 ** -19;
/** Below it a step leaves single precision: the query counts as 0. */
const LEAST_STEP = 2 ** -100;
/** Terms and scores above it might leave single precision: no bounds. */
const LARGEST_TERM = 1e35;
/** Singles of terms a query. */
const TERMS = 8;
/** Where no two scores can be further apart, no row weighs 0 and no code helps. */
const REACH = 40;

/** Bounds of the scores of up to `rows` rows for some queries. The memory is the `take`'s. */
export class Scan {
  /** Which of the queries there are bounds for; the others' scores are all alike, or out of all proportion. */
  readonly queries: readonly number[];
  /** Of each of these: its norm. */
  readonly norms: readonly number[];
  readonly #machine: Machine<ModernGroup>;
  readonly #plan: ModernPlan;
  readonly #rows: number;
  /** Singles from the bounds of one query to those of the next. */
  readonly #step: number;
  readonly #numbers: Address;
  readonly #terms: Address;
  readonly #uppers: Address;
  readonly #stats: Address;
  readonly #scratch: Address;
  readonly #indices: Address;
  readonly #best: { row: number; lower: number }[];

  /**
   * @param queries - f32[count×width], what the kernels are to compare
   * @param largestNorm - of a row
   */
  constructor(
    machine: Machine<ModernGroup>,
    plan: ModernPlan,
    take: (bytes: number) => Address,
    queries: Address,
    count: number,
    width: number,
    rows: number,
    largestNorm: number,
  ) {
    const codes = codeWidth(plan.dimension);
    this.#machine = machine;
    this.#plan = plan;
    this.#rows = rows;
    this.#step = Math.ceil(rows / 4) * 4;
    this.#numbers = take(count * codes * 2);
    this.#terms = take(count * TERMS * 4);
    this.#stats = take(count * 16);
    this.#scratch = take(scanScratch(codes));
    const { f32, i16 } = machine.memory.views;
    const known: number[] = [];
    const norms: number[] = [];
    for (let b = 0; b < count; b++) {
      const from = (queries >>> 2) + b * width;
      const query = f32.subarray(from, from + plan.dimension);
      const numbers = (this.#numbers >>> 1) + known.length * codes;
      const found = termsOf(plan, query, largestNorm, i16.subarray(numbers, numbers + codes));
      if (!found) continue;
      f32.set(found.terms, (this.#terms >>> 2) + known.length * TERMS);
      norms.push(found.norm);
      known.push(b);
    }
    this.queries = known;
    this.norms = norms;
    this.#best = known.map(() => ({ row: -1, lower: -Infinity }));
    this.#uppers = take(known.length * this.#step * 4);
    this.#indices = take(known.length > 0 ? rows * 4 : 0);
  }

  /** Bounds of `count` rows, the first of them number `first` of all, a multiple of 4. `mask` as `RowsAt` has it. O(count·d) a query. */
  add(codes: Address, mask: Address, first: number, count: number): void {
    const { kernels, memory } = this.#machine.with(codeKernels);
    if (this.queries.length === 0) return;
    kernels.scanI8(
      this.#uppers + first * 4,
      this.#stats,
      codes,
      this.#numbers,
      this.#terms,
      mask,
      this.#scratch,
      this.#step,
      count,
      codeWidth(this.#plan.dimension),
      this.queries.length,
    );
    for (const [k, best] of this.#best.entries()) {
      const stat = (this.#stats >>> 3) + 2 * k;
      const [lower, row] = [memory.views.f64[stat], memory.views.f64[stat + 1]];
      if (lower > best.lower) this.#best[k] = { lower, row: first + row };
    }
  }

  /** The row whose score is at least as large as any other's is known to be; −1 where none takes part. */
  best(k: number): number {
    return this.#best[k].row;
  }

  /** Rows that may have a score of `floor` or more, upwards; undefined where there are more than `most`. O(P). */
  above(k: number, floor: number, most: number): Uint32Array | undefined {
    const { kernels, memory } = this.#machine;
    const uppers = this.#uppers + k * this.#step * 4;
    const found = kernels.selectF32(this.#indices, uppers, floor, this.#rows);
    const from = this.#indices >>> 2;
    return found > most ? undefined : memory.views.u32.slice(from, from + found);
  }

  /** No score of row `row` is larger. */
  upper(k: number, row: number): number {
    return this.#machine.memory.views.f32[(this.#uppers >>> 2) + k * this.#step + row];
  }
}

/** Fills `numbers` with n; the terms of a query. Undefined where bounds would be of no use. */
function termsOf(
  { beta: given, similarity, dimension }: ModernPlan,
  query: Float32Array,
  largestNorm: number,
  numbers: Int16Array,
): { terms: number[]; norm: number } | undefined {
  const beta = Math.fround(given);
  const longest = similarity === 'cosine' ? 1 : largestNorm;
  let [largest, total, square] = [0, 0, 0];
  for (const x of query) {
    const size = Math.abs(x);
    largest = Math.max(largest, size);
    total += size;
    square += x * x;
  }
  const norm = Math.sqrt(square) * (1 + 2 ** -30);
  const spread =
    similarity === 'euclidean' ? (beta / 2) * (norm + longest) ** 2 : 2 * beta * norm * longest;
  if (spread <= REACH) return undefined;
  let a = Math.fround(beta * Math.max(largest / LARGEST, total / (MOST - dimension)));
  if (!(a >= LEAST_STEP)) a = 0;
  const step = a / beta;
  numbers.fill(0);
  let rest = 0;
  for (let k = 0; k < dimension; k++) {
    const n = a === 0 ? 0 : Math.round(query[k] / step);
    numbers[k] = n;
    const left = query[k] - step * n;
    rest += left * left;
  }
  const delta = Math.sqrt(rest) * (1 + 2 ** -30) + 2 ** -40 * norm;
  const reach = norm + delta;
  const error = scoreError(dimension) * (1 + 2 ** -10);
  const factor = similarity === 'cosine' ? 1 / SHORTEST : 1;
  const lost = beta * (dimension * 2 ** -148 * factor + 2 ** -140) + 2 ** -120;
  const e1 = beta * reach * (1 + ROUNDING);
  const [b, c, e0, e2] =
    similarity === 'euclidean'
      ? [
          -beta,
          (-beta / 2) * square,
          beta * (0.5 * delta * reach + (error + 2 * ROUNDING) * reach * reach) + lost,
          beta * ((reach > 0 ? delta / reach : 0) + 2 * error + 4 * ROUNDING),
        ]
      : [0, 0, lost, beta * (delta + (error + ROUNDING) * reach)];
  const largestTerm = Math.max(a, e0, e1, e2, beta * (reach + longest) * Math.max(longest, reach));
  if (!(largestTerm <= LARGEST_TERM)) return undefined;
  const more = (e: number) => upwards(e * (1 + 2 ** -18));
  return { terms: [a, b, c, more(e0), more(e1), more(e2), 0, 0], norm };
}
