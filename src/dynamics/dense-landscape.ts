/**
 * The landscape of a dense associative memory, E = −unit·Σ_μ F(m_μ), or −(1/β) ln Σ_μ F(m_μ) where F is given by its
 * logarithm. What a run keeps up to date are the overlaps.
 */
import type { Address } from '../numbers.ts';
import { denseScratch } from '../kernels/layout.ts';
import { exp, ln } from '../elementary.ts';
import type { DenseKernels } from '../kernels/abi/dense.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { DenseGroup } from '../kernels/groups/dense.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import { BaseLandscape } from './base-landscape.ts';
import type { Landscape, Workspace } from './landscape.ts';

/** Where ln F is this far below the largest, F is less than a double can tell. */
const TAIL = 64;

/** F by its values at −N−2, −N, …, N+2, and the scale of energies and fields. */
export interface SeparationTable {
  /** F, or ln F with `levels`. */
  readonly values: Float64Array;
  readonly levels: boolean;
  /** β of the energy with `levels`. */
  readonly beta: number;
  /** The energy of F = −1 without `levels`. */
  readonly unit: number;
  /** h_i = (E(s_i = −1) − E(s_i = +1))/gain, so P(s_i = +1) = 1/(1 + e^(−gain·h_i/T)). */
  readonly gain: 1 | 2;
}

export class DenseLandscape extends BaseLandscape<PatternGroup & DenseGroup> implements Landscape {
  readonly keepsFields = false;
  declare protected readonly patterns: PatternStore;
  readonly #separation: SeparationTable;
  /** Address of the table. */
  readonly #table: Address;

  constructor(
    machine: Machine<PatternGroup & DenseGroup>,
    patterns: PatternStore,
    separation: SeparationTable,
    table: Address,
  ) {
    super(machine, patterns.neurons, patterns, 0);
    this.#separation = separation;
    this.#table = table;
  }

  /** The same of other patterns. */
  of(patterns: PatternStore): DenseLandscape {
    return new DenseLandscape(this.machine, patterns, this.#separation, this.#table);
  }

  protected get scratchBytes(): number {
    return denseScratch(this.neurons, this.patterns.count);
  }

  refresh(at: Workspace): boolean {
    this.refreshOverlaps(at);
    return true;
  }

  settle(): void {
    // A sweep leaves nothing behind.
  }

  energy({ overlaps }: Workspace): number {
    const { values, levels, beta, unit } = this.#separation;
    const { count } = this.patterns;
    const first = overlaps >>> 2;
    const m = this.machine.memory.views.i32.subarray(first, first + count);
    const of = (overlap: number) => values[(overlap + this.neurons) / 2 + 1];
    let sum = 0;
    if (!levels) {
      for (let k = 0; k < count; k++) sum += of(m[k]);
      return unit * (0 - sum);
    }
    if (count === 0) return 0;
    let top = -Infinity;
    for (let k = 0; k < count; k++) top = Math.max(top, of(m[k]));
    for (let k = 0; k < count; k++) {
      const level = of(m[k]) - top;
      if (level >= -TAIL) sum += exp(level);
    }
    return -(top + ln(sum)) / beta;
  }

  realFields({ signs, overlaps, tables }: Workspace): Float64Array {
    const { neurons } = this;
    const { kernels, memory } = this.machine;
    const { blocks, stride, count } = this.patterns;
    const { levels, beta, unit, gain } = this.#separation;
    return memory.scope((take) => {
      const out = take(8 * neurons);
      kernels.changesDense(
        out,
        signs,
        overlaps,
        blocks,
        this.#table,
        tables,
        Number(levels),
        stride,
        count,
        neurons,
      );
      const fields = memory.views.f64.slice(out >>> 3, (out >>> 3) + neurons);
      const scale = (levels ? 1 / beta : unit) / gain;
      // + 0: no field is −0.
      return fields.map((change, i) => memory.views.i8[signs + i] * change * scale + 0);
    });
  }

  countMovable(at: Workspace, mobile: Address, tie: number): number {
    return this.#movable(this.machine.kernels.countMovableDense, at, mobile, tie);
  }

  flipMovable(at: Workspace, mobile: Address, tie: number): number {
    return this.#movable(this.machine.kernels.flipMovableDense, at, mobile, tie);
  }

  #movable(
    kernel: DenseKernels['countMovableDense'],
    { signs, overlaps, tables }: Workspace,
    mobile: Address,
    tie: number,
  ): number {
    const { blocks, stride, count } = this.patterns;
    return kernel(
      signs,
      overlaps,
      blocks,
      this.#table,
      mobile,
      tables,
      Number(this.#separation.levels),
      tie,
      stride,
      count,
      this.neurons,
    );
  }

  sweep(
    { signs, overlaps, tables }: Workspace,
    order: Address,
    cursor: Address,
    count: number,
    limit: number,
    tie: number,
  ): number {
    const { blocks, stride, count: patterns } = this.patterns;
    return this.machine.kernels.sweepDense(
      signs,
      overlaps,
      blocks,
      this.#table,
      order,
      cursor,
      tables,
      count,
      limit,
      Number(this.#separation.levels),
      tie,
      stride,
      patterns,
      this.neurons,
    );
  }

  glauber(
    { signs, overlaps, tables }: Workspace,
    order: Address,
    cursor: Address,
    generator: Address,
    count: number,
    limit: number,
    temperature: number,
  ): number {
    const { blocks, stride, count: patterns } = this.patterns;
    const { levels, beta, unit } = this.#separation;
    return this.machine.kernels.glauberDense(
      signs,
      overlaps,
      blocks,
      this.#table,
      order,
      cursor,
      generator,
      tables,
      count,
      limit,
      Number(levels),
      // Finite, so that a field of 0 stays 0 at any temperature.
      Math.min(levels ? 1 / (beta * temperature) : unit / temperature, Number.MAX_VALUE),
      stride,
      patterns,
      this.neurons,
    );
  }
}
