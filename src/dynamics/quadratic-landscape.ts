/**
 * An energy landscape in integers: couplings (given as a matrix or as patterns) and thresholds.
 *
 * The real field is `unit` times the integer one, h_i = (Σ_j J_ij s_j << shift) − θ_i. What a run keeps up
 * to date differs: fields where there is a matrix, overlaps where there are only patterns.
 */
import type { Address } from '../numbers.ts';
import { fieldsBlocksScratch, sweepI8Scratch } from '../kernels/layout.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SpinGroup } from '../kernels/groups/spins.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import { BaseLandscape } from './base-landscape.ts';
import type { Landscape, Workspace } from './landscape.ts';

/** A symmetric matrix of small integer couplings in linear memory: a flip costs half the time when they fit i8. */
export interface SmallMatrix {
  readonly kind: 'i8' | 'i16';
  readonly address: Address;
  /** No |J_ij| is above this. */
  readonly largest: number;
}

/** A matrix of integer couplings in linear memory. */
export type Matrix = SmallMatrix | { readonly kind: 'i32'; readonly address: Address };

/** What a landscape is made of. */
export interface QuadraticParts {
  machine: Machine<PatternGroup & SpinGroup>;
  neurons: number;
  /** The real field of one integer unit. */
  unit: number;
  /** Couplings are multiplied by 2^shift, so that thresholds can be finer than they are. */
  shift: number;
  /** 2 for ±1 units, 1 for 0/1 units: P(s_i = +1) = 1/(1 + e^(−gain·h_i/T)). */
  gain: 1 | 2;
  /** Couplings; without them the patterns stand for them. */
  matrix: Matrix | undefined;
  /** The patterns whose Hebbian couplings the matrix holds, if it does. */
  patterns: PatternStore | undefined;
  /** Address of i32[N], or 0. */
  thresholds: Address;
  /** Address of i32[N], 2U of 0/1 units with asymmetric couplings; 0 for others. */
  own: Address;
  /** What to take off the patterns' self-couplings: P to have none, 0 to keep them. */
  self: number;
  /** The constant of the energy, see `energy`. */
  offset: number;
}

export class QuadraticLandscape
  extends BaseLandscape<PatternGroup & SpinGroup>
  implements Landscape
{
  readonly #unit: number;
  readonly #gain: 1 | 2;
  readonly #matrix: Matrix | undefined;
  readonly #thresholds: Address;
  readonly #own: Address;
  readonly #self: number;
  readonly #shift: number;
  readonly #offset: number;

  constructor(parts: QuadraticParts) {
    super(parts.machine, parts.neurons, parts.patterns, 4);
    this.#unit = parts.unit;
    this.#gain = parts.gain;
    this.#shift = parts.shift;
    this.#matrix = parts.matrix;
    this.#thresholds = parts.thresholds;
    this.#own = parts.own;
    this.#self = parts.self;
    this.#offset = parts.offset;
  }

  /** Of `fieldsBlocks` and, for copies of the fields in i16, of `sweepI8`. */
  protected get scratchBytes(): number {
    const blocks = fieldsBlocksScratch(this.patterns?.count ?? 0);
    return Math.max(blocks, sweepI8Scratch(this.neurons));
  }

  get keepsFields(): boolean {
    return this.#matrix !== undefined;
  }

  refresh(at: Workspace): boolean {
    const { kernels } = this.machine;
    const { neurons } = this;
    const patterns = this.patterns;
    const matrix = this.#matrix;
    // The matrix becomes the faster way between 1.5 N patterns (it is in the caches) and 4 N (it is not).
    if (patterns && (!matrix || patterns.count <= 2 * neurons)) {
      this.refreshOverlaps(at);
      this.#fieldsFromOverlaps(at);
      return true;
    }
    if (matrix) {
      const fields = {
        i8: kernels.fieldsI8,
        i16: kernels.fieldsI16,
        i32: kernels.fieldsI32,
      }[matrix.kind];
      fields(at.fields, at.signs, matrix.address, neurons);
      kernels.finishFields(at.fields, at.signs, this.#thresholds, 0, this.#shift, neurons);
    }
    return false;
  }

  settle(at: Workspace): void {
    if (!this.keepsFields) this.#fieldsFromOverlaps(at);
  }

  #fieldsFromOverlaps(at: Workspace): void {
    const { kernels } = this.machine;
    const { blocks, stride, count } = this.patterns!;
    const { neurons } = this;
    kernels.fieldsBlocks(at.fields, at.overlaps, blocks, at.tables, stride, count, neurons);
    kernels.finishFields(at.fields, at.signs, this.#thresholds, this.#self, this.#shift, neurons);
  }

  /**
   * −2E = Σ_i s_i h_i − Σ_i s_i θ_i in integer units, from fields that are up to date. Where `own` is given,
   * Σ_i (1 + s_i)(h_i − 2U_i), which for symmetric couplings differs by a constant.
   */
  #minusTwiceEnergy(at: Workspace): number {
    const { kernels } = this.machine;
    if (this.#own !== 0) return this.#minusEightTimesBinaryEnergy(at);
    const sum = kernels.signedSum(at.signs, at.fields, this.neurons);
    if (this.#thresholds === 0) return sum;
    return sum - kernels.signedSum(at.signs, this.#thresholds, this.neurons);
  }

  #minusEightTimesBinaryEnergy({ signs, fields }: Workspace): number {
    const { i8, i32 } = this.machine.memory.views;
    let sum = 0;
    for (let i = 0; i < this.neurons; i++) {
      if (i8[signs + i] > 0) sum += 2 * (i32[(fields >>> 2) + i] - i32[(this.#own >>> 2) + i]);
    }
    return sum;
  }

  /** E = unit·gain/4·(offset + 2E in integer units). */
  energy(at: Workspace): number {
    return this.#unit * (this.#gain / 4) * (this.#offset - this.#minusTwiceEnergy(at));
  }

  /** The real fields h_i, from integer ones that are up to date. */
  realFields({ fields }: Workspace): Float64Array {
    const first = fields >>> 2;
    const { i32 } = this.machine.memory.views;
    const out = new Float64Array(this.neurons);
    for (let i = 0; i < out.length; i++) out[i] = i32[first + i] * this.#unit;
    return out;
  }

  countMovable({ signs, fields }: Workspace, mobile: Address, tie: number): number {
    return this.machine.kernels.countMovable(signs, fields, mobile, tie, this.neurons);
  }

  flipMovable({ signs, fields }: Workspace, mobile: Address, tie: number): number {
    return this.machine.kernels.flipMovable(signs, fields, mobile, tie, this.neurons);
  }

  sweep(
    at: Workspace,
    order: Address,
    cursor: Address,
    count: number,
    limit: number,
    tie: number,
  ): number {
    const { kernels } = this.machine;
    const matrix = this.#matrix;
    if (!matrix) {
      const { blocks, stride, count: patterns } = this.patterns!;
      return kernels.sweepBlocks(
        at.signs,
        at.overlaps,
        blocks,
        this.#thresholds,
        order,
        cursor,
        count,
        limit,
        this.#self,
        this.#shift,
        tie,
        stride,
        patterns,
      );
    }
    const { signs, fields, tables } = at;
    const { address } = matrix;
    const { neurons } = this;
    const shift = this.#shift;
    switch (matrix.kind) {
      case 'i8':
        return kernels.sweepI8(
          signs,
          fields,
          address,
          order,
          cursor,
          tables,
          count,
          limit,
          shift,
          tie,
          matrix.largest,
          neurons,
        );
      case 'i16':
        return kernels.sweepI16(
          signs,
          fields,
          address,
          order,
          cursor,
          count,
          limit,
          shift,
          tie,
          matrix.largest,
          neurons,
        );
      case 'i32':
        return kernels.sweepI32(
          signs,
          fields,
          address,
          order,
          cursor,
          count,
          limit,
          shift,
          tie,
          neurons,
        );
    }
  }

  sweepUnordered(at: Workspace, mobile: number, tie: number): number {
    const matrix = this.#matrix;
    if (matrix?.kind !== 'i8') return 0;
    return this.machine.kernels.sweepUnorderedI8(
      at.signs,
      at.fields,
      matrix.address,
      mobile,
      at.tables,
      this.#shift,
      tie,
      this.neurons,
    );
  }

  /** With probabilities 1/(1 + e^(−gain·h/T)) of a neuron to become +1. */
  glauber(
    at: Workspace,
    order: Address,
    cursor: Address,
    generator: Address,
    count: number,
    limit: number,
    temperature: number,
  ): number {
    const { kernels } = this.machine;
    // Finite, so that a field of 0 stays 0 at any temperature.
    const gain = Math.min(this.#gain * (this.#unit / temperature), Number.MAX_VALUE);
    const matrix = this.#matrix;
    if (!matrix) {
      const { blocks, stride, count: patterns } = this.patterns!;
      return kernels.glauberBlocks(
        at.signs,
        at.overlaps,
        blocks,
        this.#thresholds,
        order,
        cursor,
        generator,
        count,
        limit,
        this.#shift,
        gain,
        stride,
        patterns,
      );
    }
    const glauber = {
      i8: kernels.glauberI8,
      i16: kernels.glauberI16,
      i32: kernels.glauberI32,
    }[matrix.kind];
    return glauber(
      at.signs,
      at.fields,
      matrix.address,
      order,
      cursor,
      generator,
      count,
      limit,
      this.#shift,
      gain,
      this.neurons,
    );
  }
}
