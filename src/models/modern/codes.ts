/**
 * Codes of stored rows, one byte a number, from which scan.ts bounds their scores.
 *
 * Of a row x, f = 1/‖x‖ with cosine similarity and else 1: σc is near f·x, c of whole numbers, and
 *
 *     ρ ≥ ‖f·x − σc‖,    h ≥ f‖x‖, and with Euclidean similarity h = ½‖x‖² rounded
 *
 * `encodeI8` gives σ₀ and R² = ‖x − σ₀c‖², off by less than (d + 3)·2⁻⁵³ of itself. σ is fσ₀ in single precision, which moves
 * σc by |fσ₀ − σ|·‖c‖ at most, ‖c‖ ≤ 127√d.
 */
import { codeBytes, codeWidth, widthOf } from '../../kernels/layout.ts';
import { codeKernels } from '../../kernels/groups/codes.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import type { Address } from '../../numbers.ts';
import type { ModernPlan } from './options.ts';
import { Rows } from './rows.ts';
import { Scanning } from './scanning.ts';

/** More than what doubles lose on the way. */
const SLACK = 1 + 2 ** -30;

/** A single that is no less than x ≥ 0. */
export function upwards(x: number): number {
  return Math.fround(x * (1 + 2 ** -22) + 2 ** -149);
}

/** Writes the codes of `count` rows. O(count·d). @param squares - ‖x‖² of each */
export function writeCodes(
  machine: Machine<ModernGroup>,
  { dimension, similarity }: Pick<ModernPlan, 'dimension' | 'similarity'>,
  codes: Address,
  rows: Address,
  count: number,
  squares: ArrayLike<number>,
): void {
  const { kernels, memory } = machine.with(codeKernels);
  kernels.encodeI8(codes, rows, count, widthOf(dimension), codeWidth(dimension));
  const { f32, f64, u32 } = memory.views;
  const longest = 127 * Math.sqrt(dimension);
  const bytes = codeBytes(dimension);
  for (let k = 0; k < count; k++) {
    const head = (codes + k * bytes) >>> 2;
    const norm = Math.sqrt(squares[k]);
    const factor = similarity === 'cosine' ? Math.fround(1 / norm) : 1;
    const exact = factor * f32[head];
    const scale = Math.fround(exact);
    const residual = factor * Math.sqrt(f64[(head >>> 1) + 1]) + Math.abs(exact - scale) * longest;
    f32[head] = scale;
    f32[head + 1] = upwards(residual * SLACK);
    f32[head + 2] = similarity === 'euclidean' ? squares[k] / 2 : upwards(factor * norm * SLACK);
    u32[head + 3] = 0;
  }
}

/** The codes of all that is stored. */
export class Codes {
  readonly scanning = new Scanning();
  readonly #machine: Machine<ModernGroup>;
  readonly #plan: ModernPlan;
  readonly #rows: Rows;

  constructor(machine: Machine<ModernGroup>, plan: ModernPlan) {
    this.#machine = machine;
    this.#plan = plan;
    const singles = codeBytes(plan.dimension) / 4;
    this.#rows = new Rows(machine, singles, singles);
  }

  /** Address of those of row `index`. */
  row(index: number): Address {
    return this.#rows.row(index);
  }

  /** Adds codes of the vectors from the last that has some on. @throws RangeError where memory is short; nothing is added then */
  append(vectors: Rows, squares: Float64Array): void {
    const { count } = this.#rows;
    const added = vectors.count - count;
    this.#rows.append(added, () => {});
    const [codes, rows] = [this.#rows.row(count), vectors.row(count)];
    writeCodes(this.#machine, this.#plan, codes, rows, added, squares.subarray(count));
  }

  remove(index: number): void {
    this.#rows.remove(index);
  }

  truncate(count: number): void {
    this.#rows.truncate(count);
  }
}
