/**
 * The rows that can matter: those whose bound (scan.ts) reaches the least score with a weight. They are read, and summed as the
 * pass over all rows does it (blocks.ts), to the same bits: a row that is not read weighs 0 there.
 *
 * With an error allowed rows are read in the order of their bounds, until what the others can weigh, Σ e^(bound), is so small a
 * share τ of what was read that the average cannot move by more: it lies between two averages that are at most D apart,
 * D = 2M (with nothing at the query M + max(M, ‖q‖)), so by no more than D·τ. Both averages carry roundings, 2⁻¹⁷·D at most
 * together: 64 additions of singles in a tile, and those of weights (attention.ts).
 */
import { exp } from '../../elementary.ts';
import { ATTEND_SCRATCH } from '../../kernels/layout.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Address } from '../../numbers.ts';
import type { Read } from './attended.ts';
import { BLOCK_ROWS, floorBelow, type Summed } from './blocks.ts';
import { scoreOfNothing } from './nothing.ts';
import type { ModernPlan } from './options.ts';
import { Scan } from './scan.ts';
import { STATS, type RowsAt } from './rows-at.ts';
import { LOWEST } from './separations.ts';
import { measureOf } from './similarity.ts';

/** Of so many rows one may be read by itself; where more would have to be, all are read in a row. */
const FEW = 64;
/** Rows whose bounds lie in one such step below the largest score are read together. */
const BIN = 1 / 8;
/** More than `floorBelow` leaves of them. */
const BINS = 322;
/** What singles lose in two averages, in parts of D. */
const ROUNDING = 2 ** -17;

/** What may be left out. */
export interface Reading {
  /** ε: the bound is to be no more than ε·M. */
  readonly error: number;
  /** Query b's; none where all rows were read. */
  readonly reads: Read[];
}

/** Rows to be summed. */
export interface Candidates extends Read {
  /** Upwards. */
  readonly rowIndices: Uint32Array;
  readonly scores: Float32Array;
  /** The least score with a weight. */
  readonly floor: number;
}

/**
 * Finds the rows that can matter for query k of a scan: asks for the scores of rows, upwards, until it has them. Undefined where
 * all had better be read.
 *
 * @param known - a score below which rows surely weigh 0
 * @param error - ε, 0 for the bits of all rows
 */
export function* chooseRows(
  scan: Scan,
  k: number,
  plan: ModernPlan,
  rows: number,
  largestNorm: number,
  known: number,
  error: number,
): Generator<Uint32Array, Candidates | undefined, Float32Array> {
  const first = scan.best(k);
  if (first < 0) return undefined;
  const most = Math.ceil(rows / FEW);
  const [score] = yield Uint32Array.of(first);
  let floor = Math.max(known, floorBelow(score));
  const found = scan.above(k, floor, error === 0 ? most : Infinity);
  if (!found) return undefined;
  if (error === 0) {
    const scores = yield found;
    for (const s of scores) floor = Math.max(floor, floorBelow(s));
    return { rowIndices: found, scores, floor, rows: found.length, bound: 0 };
  }

  const nothing = scoreOfNothing(plan);
  const m = Math.max(score, nothing);
  const binOf = (row: number) =>
    Math.min(BINS - 1, Math.max(0, Math.floor((m - scan.upper(k, row)) / BIN)));
  const bins: number[][] = Array.from({ length: BINS }, () => []);
  for (const row of found) bins[binOf(row)].push(row);
  // No bound of a bin or of those behind it is above its number times BIN below m.
  const beyond = new Float64Array(BINS + 1);
  for (let j = BINS - 1; j >= 0; j--) beyond[j] = beyond[j + 1] + bins[j].length * exp(-j * BIN);

  const pull = plan.similarity === 'euclidean' && plan.nothing !== undefined ? scan.norms[k] : 0;
  const apart = largestNorm + Math.max(largestNorm, pull);
  let z = exp(nothing - m);
  let bound = Infinity;
  const read: { row: number; score: number }[] = [];
  for (let j = 0; j < BINS && !(bound <= error * largestNorm); j++) {
    if (bins[j].length > 0) {
      if (read.length + bins[j].length > most) return undefined;
      const scores = yield Uint32Array.from(bins[j]);
      for (const [i, row] of bins[j].entries()) {
        read.push({ row, score: scores[i] });
        z += exp(scores[i] - m);
        floor = Math.max(floor, floorBelow(scores[i]));
      }
    }
    const share = (beyond[j + 1] / z) * (1 + 2 ** -15);
    bound = beyond[j + 1] === 0 ? 0 : apart * (Math.min(1, share) + ROUNDING);
  }
  read.sort((a, b) => a.row - b.row);
  return {
    rowIndices: Uint32Array.from(read, ({ row }) => row),
    scores: Float32Array.from(read, (one) => one.score),
    floor,
    rows: read.length,
    bound,
  };
}

/** Sums of the rows of a block that were chosen. */
export class ChosenSums {
  readonly #machine: Machine<ModernGroup>;
  readonly #sums: Address;
  readonly #readouts: Address;
  readonly #scores: Address;
  readonly #stats: Address;
  readonly #scratch: Address;

  constructor(
    machine: Machine<ModernGroup>,
    take: (bytes: number) => Address,
    width: number,
    valueWidth: number,
  ) {
    this.#machine = machine;
    this.#sums = take(width * 8);
    this.#readouts = take(valueWidth * 8);
    this.#scores = take(BLOCK_ROWS * 4);
    this.#stats = take(STATS * 8);
    this.#scratch = take(ATTEND_SCRATCH);
  }

  /**
   * The sums of a block; undefined where none of its rows has a weight.
   *
   * @param at - the block's rows; no others are read than those with a score
   * @param indices - of rows in the block, upwards
   */
  sum(
    at: RowsAt,
    indices: ArrayLike<number>,
    given: ArrayLike<number>,
    floor: number,
  ): Summed | undefined {
    const { kernels, memory } = this.#machine;
    let largest = -Infinity;
    for (let i = 0; i < given.length; i++) largest = Math.max(largest, given[i]);
    if (!(largest >= floor)) return undefined;
    const { width, valueWidth, count } = at;
    const { f32, f64 } = memory.views;
    const scores = this.#scores >>> 2;
    f32.fill(LOWEST, scores, scores + Math.ceil(count / 64) * 64);
    for (let i = 0; i < given.length; i++) f32[scores + indices[i]] = given[i];
    const stat = this.#stats >>> 3;
    f64[stat] = floor;
    kernels.attendF32(
      this.#sums,
      this.#readouts,
      this.#stats,
      this.#scores,
      0,
      at.rows,
      at.values,
      0,
      0,
      this.#scratch,
      1,
      0,
      count,
      width,
      valueWidth,
      1,
    );
    const slice = (address: Address, size: number) =>
      f64.slice(address >>> 3, (address >>> 3) + size);
    return {
      block: at.first,
      largest: f64[stat + 1],
      index: at.first * BLOCK_ROWS + f64[stat + 2],
      z: f64[stat + 3],
      u: f64[stat + 4],
      least: f64[stat + 5],
      state: slice(this.#sums, width),
      value: at.values === 0 ? undefined : slice(this.#readouts, valueWidth),
    };
  }
}

/**
 * The sums of blocks that have a weight, as `sumBlocks` has them, for queries for which few rows have to be read.
 *
 * @returns the other queries
 */
export function sumCandidates(
  machine: Machine<ModernGroup>,
  plan: ModernPlan,
  at: RowsAt,
  queries: Address,
  count: number,
  floors: Float64Array,
  use: (b: number, sums: Summed[]) => void,
  reading: Reading | undefined,
): number[] {
  const { memory, kernels } = machine;
  const { scale, metric } = measureOf(plan);
  const { width, largestNorm = 0 } = at;
  return memory.scope((take) => {
    const scan = new Scan(machine, plan, take, queries, count, width, at.count, largestNorm);
    scan.add(at.codes!, at.mask, 0, at.count);
    const left = new Set(Array.from({ length: count }, (_, b) => b));
    const out = take(Math.ceil(at.count / FEW) * 4 + 4);
    const sums = new ChosenSums(machine, take, width, at.valueWidth);

    /** Scores of rows, upwards, for query b: neighbours at once. */
    const score = (b: number, rows: Uint32Array): Float32Array => {
      for (let i = 0; i < rows.length;) {
        let many = 1;
        while (rows[i + many] === rows[i] + many) many++;
        kernels.scoresF32(
          out + i * 4,
          queries + b * width * 4,
          at.rows + rows[i] * width * 4,
          at.factors === 0 ? 0 : at.factors + rows[i] * 4,
          scale,
          metric,
          many,
          width,
          1,
        );
        i += many;
      }
      return memory.views.f32.slice(out >>> 2, (out >>> 2) + rows.length);
    };

    for (const [k, b] of scan.queries.entries()) {
      const error = reading?.error ?? 0;
      const choice = chooseRows(scan, k, plan, at.count, largestNorm, floors[b], error);
      let step = choice.next();
      while (!step.done) step = choice.next(score(b, step.value));
      const chosen = step.value;
      if (!chosen) continue;
      left.delete(b);
      floors[b] = chosen.floor;
      if (reading) reading.reads[b] = { rows: chosen.rows, bound: chosen.bound };
      use(b, sumChosen(sums, at, chosen));
    }
    return [...left];
  });
}

/** Block by block. */
function sumChosen(
  sums: ChosenSums,
  at: RowsAt,
  { rowIndices, scores, floor }: Candidates,
): Summed[] {
  const found: Summed[] = [];
  for (const [block, from, to] of blocksOf(rowIndices)) {
    const row = block * BLOCK_ROWS;
    const rows = {
      ...at,
      count: Math.min(BLOCK_ROWS, at.count - row),
      rows: at.rows + row * at.width * 4,
      values: at.values === 0 ? 0 : at.values + row * at.valueWidth * 4,
      first: at.first + block,
    };
    const indices = rowIndices.subarray(from, to).map((index) => index - row);
    const sum = sums.sum(rows, indices, scores.subarray(from, to), floor);
    if (sum) found.push(sum);
  }
  return found;
}

/** Where rows, upwards, of one block stand among them. */
export function* blocksOf(
  rows: Uint32Array,
): Generator<readonly [block: number, from: number, to: number]> {
  for (let from = 0; from < rows.length;) {
    const block = Math.floor(rows[from] / BLOCK_ROWS);
    let to = from + 1;
    while (to < rows.length && rows[to] < (block + 1) * BLOCK_ROWS) to++;
    yield [block, from, to];
    from = to;
  }
}
