/**
 * The landscape of a list of simplices, E = −unit·Σ_σ w_σ s_σ with integer weights. What a run keeps up to date are the
 * fields and the sum: a visit looks at one number, a flip at the simplices of its neuron.
 */
import type { Address } from '../numbers.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SimplicialGroup } from '../kernels/groups/simplicial.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import { BaseLandscape } from './base-landscape.ts';
import type { Landscape, Workspace } from './landscape.ts';

/** Addresses of the simplices of each neuron, see src/kernels/abi/simplices.ts. */
export interface Incidence {
  readonly records: Address;
  readonly starts: Address;
}

export class SimplicialLandscape
  extends BaseLandscape<PatternGroup & SimplicialGroup>
  implements Landscape
{
  readonly keepsFields = true;
  readonly #incidence: Incidence;
  readonly #unit: number;

  /** @param unit - the energy of Σ_σ w_σ s_σ = −1 */
  constructor(
    machine: Machine<PatternGroup & SimplicialGroup>,
    patterns: PatternStore,
    incidence: Incidence,
    unit: number,
  ) {
    super(machine, patterns.neurons, patterns, 4);
    this.#incidence = incidence;
    this.#unit = unit;
  }

  /** The sum, f64[1], is where others have scratch. */
  /** The energy stands there. */
  protected readonly scratchBytes = 16;

  override get keptBytes(): number {
    return this.workspaceBytes;
  }

  refresh({ fields, tables, signs }: Workspace): boolean {
    const { records, starts } = this.#incidence;
    this.machine.kernels.fieldsSimplices(fields, tables, signs, records, starts, this.neurons);
    return false;
  }

  settle(): void {
    // Fields and sum are never behind.
  }

  energy({ tables }: Workspace): number {
    return this.#unit * (0 - this.machine.memory.views.f64[tables >>> 3]);
  }

  realFields({ fields }: Workspace): Float64Array {
    const first = fields >>> 2;
    const { i32 } = this.machine.memory.views;
    return Float64Array.from(
      i32.subarray(first, first + this.neurons),
      (field) => field * this.#unit,
    );
  }

  countMovable({ signs, fields }: Workspace, mobile: Address, tie: number): number {
    return this.machine.kernels.countMovable(signs, fields, mobile, tie, this.neurons);
  }

  flipMovable({ signs, fields }: Workspace, mobile: Address, tie: number): number {
    return this.machine.kernels.flipMovable(signs, fields, mobile, tie, this.neurons);
  }

  sweep(
    { signs, fields, tables }: Workspace,
    order: Address,
    cursor: Address,
    count: number,
    limit: number,
    tie: number,
  ): number {
    const { records, starts } = this.#incidence;
    return this.machine.kernels.sweepSimplices(
      signs,
      fields,
      tables,
      records,
      starts,
      order,
      cursor,
      count,
      limit,
      tie,
      this.neurons,
    );
  }

  /** With probabilities 1/(1 + e^(−2h/T)) of a neuron to become +1. */
  glauber(
    { signs, fields, tables }: Workspace,
    order: Address,
    cursor: Address,
    generator: Address,
    count: number,
    limit: number,
    temperature: number,
  ): number {
    const { records, starts } = this.#incidence;
    return this.machine.kernels.glauberSimplices(
      signs,
      fields,
      tables,
      records,
      starts,
      order,
      cursor,
      generator,
      count,
      limit,
      // Finite, so that a field of 0 stays 0 at any temperature.
      Math.min(2 * (this.#unit / temperature), Number.MAX_VALUE),
      this.neurons,
    );
  }
}
