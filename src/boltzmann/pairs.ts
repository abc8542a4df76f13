/**
 * A fully visible machine in memory: E(s) = −½ sᵀJs − bᵀs of ±1 units, J symmetric with zero diagonal; a unit is +1 with
 * probability σ(2h_i), h_i = b_i + Σ_j J_ij s_j. Rows of units are singles without padding, one row a state.
 */
import type { BoltzmannGroup } from '../kernels/groups/boltzmann.ts';
import type { Machine } from '../kernels/open.ts';
import type { Address } from '../numbers.ts';
import type { StateRows } from './given.ts';
import { GENERATOR_BYTES, PRODUCT_SCRATCH, seedRow, STREAMS } from './layers.ts';
import { inParts, type SamplePlan, type SampleResult } from './sampling.ts';

/** What no field of others outweighs: the field of a clamped unit. */
const CLAMPED = 1e30;

/** How many singles the parameters are: J, then b. */
export function pairCount(neurons: number): number {
  return neurons * (neurons + 1);
}

export class PairCouplings {
  readonly machine: Machine<BoltzmannGroup>;
  readonly neurons: number;
  /** J, N×N. */
  readonly couplings: Address;

  constructor(machine: Machine<BoltzmannGroup>, neurons: number, couplings: Address) {
    this.machine = machine;
    this.neurons = neurons;
    this.couplings = couplings;
  }

  /** b, N. */
  get biases(): Address {
    return this.couplings + 4 * this.neurons * this.neurons;
  }

  /** A copy of `count` parameters. */
  read(address: Address, count: number): Float32Array {
    return this.machine.memory.views.f32.slice(address >>> 2, (address >>> 2) + count);
  }

  /** fields ← h of rows of states. */
  fields(fields: Address, states: Address, rows: number, work: Address): void {
    const { kernels } = this.machine;
    const n = this.neurons;
    kernels.productF32(fields, states, this.couplings, work, rows, n, n, n, n, 1, n, 1, 0);
    kernels.addRowF32(fields, this.biases, rows, n);
  }

  /** One sweep of rows of states; `fields` is room for theirs, which are those at the end afterwards. */
  sweep(
    states: Address,
    fields: Address,
    generators: Address,
    rows: number,
    work: Address,
    clamp?: Uint8Array,
  ): void {
    const { kernels, memory } = this.machine;
    const n = this.neurons;
    this.fields(fields, states, rows, work);
    if (clamp) {
      const { f32 } = memory.views;
      for (let k = 0; k < rows * n; k++) {
        if (clamp[k % n]) f32[(fields >>> 2) + k] = CLAMPED * f32[(states >>> 2) + k];
      }
    }
    kernels.sweepUnitsF32(states, fields, this.couplings, generators, rows, n);
  }

  sample(plan: SamplePlan): SampleResult {
    const { kernels, memory } = this.machine;
    const n = this.neurons;
    return inParts(plan, n, (from, seeds, done) =>
      memory.scope((take) => {
        const rows = seeds.length;
        const states = take(4 * rows * n);
        const fields = take(4 * rows * n);
        const generators = take(GENERATOR_BYTES * rows);
        const work = take(PRODUCT_SCRATCH);
        const { f32, u32 } = memory.views;
        for (const [r, seed] of seeds.entries()) {
          seedRow(u32, generators + GENERATOR_BYTES * r, seed, STREAMS.sampled);
        }
        f32.set(from, states >>> 2);
        for (let step = 0; step < plan.steps; step++) {
          this.sweep(states, fields, generators, rows, work, plan.clamp);
        }
        kernels.binaryMeansF32(fields, fields, rows * n, 1);
        const block = (address: number) => f32.subarray(address >>> 2, (address >>> 2) + rows * n);
        done(block(states), block(fields));
      }),
    );
  }

  /** E of each row, in doubles. */
  energies({ count, values }: StateRows): Float64Array {
    const n = this.neurons;
    const couplings = this.read(this.couplings, n * n);
    const biases = this.read(this.biases, n);
    return Float64Array.from({ length: count }, (_, k) => {
      let energy = 0;
      for (let i = 0; i < n; i++) {
        let field = 0;
        // A pair counts once.
        for (let j = 0; j < i; j++) field += couplings[i * n + j] * values[k * n + j];
        energy -= values[k * n + i] * (field + biases[i]);
      }
      return energy;
    });
  }
}
