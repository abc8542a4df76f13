/**
 * The landscape of a Hopfield network: its couplings and thresholds in integers of one unit.
 *
 * For ±1 units h_i = unit·(Σ_j J_ij s_j·2^shift − θ_i). A network of 0/1 units V = (1 + s)/2 is one of ±1
 * units with other thresholds: Σ_j T_ij V_j − U_i = ½(Σ_j T_ij s_j − (2U_i − R_i)), R_i = Σ_j T_ij.
 */
import type { NetworkPlan } from '../learning/plan.ts';
import { padded } from '../kernels/layout.ts';
import type { Landscape } from '../dynamics/landscape.ts';
import { QuadraticLandscape } from '../dynamics/quadratic-landscape.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SpinGroup } from '../kernels/groups/spins.ts';
import type { Machine } from '../kernels/open.ts';
import type { NetworkCouplings } from '../learning/couplings.ts';
import { roundEven } from '../elementary.ts';
import { largestScale } from '../learning/fixed-point.ts';

export class NetworkLandscape {
  readonly #machine: Machine<PatternGroup & SpinGroup>;
  readonly #plan: NetworkPlan;
  readonly #couplings: NetworkCouplings;
  #landscape: Landscape | undefined;
  /** The version of the couplings that the landscape was made of. */
  #version = 0;
  /** Addresses of integer thresholds: those of the ±1 network, and 2U of 0/1 units where the energy needs it. */
  #thresholds = 0;
  #own = 0;

  constructor(
    machine: Machine<PatternGroup & SpinGroup>,
    plan: NetworkPlan,
    couplings: NetworkCouplings,
  ) {
    this.#machine = machine;
    this.#plan = plan;
    this.#couplings = couplings;
  }

  /**
   * The landscape of the couplings as they are, brought up to date first.
   *
   * @throws RangeError when thresholds do not fit beside the couplings
   */
  get current(): Landscape {
    const { version } = this.#couplings;
    if (!this.#landscape || this.#version !== version) {
      this.#couplings.update();
      this.#landscape = this.#make();
      this.#version = version;
    }
    return this.#landscape;
  }

  /** @throws RangeError when thresholds do not fit beside the couplings */
  checkThresholds(): void {
    this.#shift();
  }

  /** Gives the memory back; nothing may be asked of the landscape afterwards. */
  free(): void {
    for (const address of [this.#thresholds, this.#own]) {
      if (address !== 0) this.#machine.memory.free(address);
    }
  }

  #make(): Landscape {
    const { neurons, units, thresholds: given, selfCoupling } = this.#plan;
    const { matrix, scale, hebbian, patterns, symmetric } = this.#couplings;
    const binary = units === 'binary';
    const shift = this.#shift();
    const one = scale / 2 ** shift;
    const bare = {
      machine: this.#machine,
      neurons,
      unit: binary ? one / 2 : one,
      shift,
      gain: binary ? (1 as const) : (2 as const),
      matrix,
      patterns: hebbian ? patterns : undefined,
      thresholds: 0,
      own: 0,
      self: selfCoupling ? 0 : patterns.count,
      offset: 0,
    };
    if (!binary && !given) return new QuadraticLandscape(bare);
    const { memory } = this.#machine;
    if (binary && !symmetric) this.#own ||= memory.allocate(padded(neurons) * 4);
    this.#thresholds ||= memory.allocate(padded(neurons) * 4);
    const thresholds = this.#thresholds;
    const own = binary && !symmetric ? this.#own : 0;
    const sums = binary ? this.#rowSums(new QuadraticLandscape({ ...bare, shift: 0 })) : undefined;
    const { i32 } = memory.views;
    let offset = 0;
    for (let i = 0; i < neurons; i++) {
      const twice = roundEven(((binary ? 2 : 1) * (given?.[i] ?? 0)) / one);
      const sum = sums ? sums[i] * 2 ** shift : 0;
      i32[(thresholds >>> 2) + i] = twice - sum;
      if (own !== 0) i32[(own >>> 2) + i] = twice;
      else if (binary) offset += 2 * twice - sum;
    }
    return new QuadraticLandscape({ ...bare, thresholds, own, offset });
  }

  /** How much finer than exact couplings the unit has to be for thresholds; rounded couplings leave them room. */
  #shift(): number {
    const { neurons, units, thresholds } = this.#plan;
    const { matrix, scale, hebbian, patterns, bound } = this.#couplings;
    if (!thresholds || (!hebbian && matrix?.kind === 'i32')) return 0;
    const largest = thresholds.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
    const fields = (units === 'binary' ? 2 : 1) * (neurons * bound + largest / scale) + 2;
    const finest = largestScale(fields);
    if (finest < 1) {
      throw new RangeError(
        `thresholds of up to ${largest} do not fit beside ${patterns.count} patterns of ` +
          `${neurons} neurons in 30-bit integers`,
      );
    }
    return Math.min(20, Math.log2(finest));
  }

  /** R_i in units of the couplings: their fields of the state of all +1. */
  #rowSums(landscape: Landscape): Int32Array {
    const { neurons } = landscape;
    const { memory } = this.#machine;
    return memory.scope((take) => {
      const at = landscape.workspace(take(landscape.workspaceBytes));
      memory.views.i8.fill(1, at.signs, at.signs + neurons);
      landscape.refresh(at);
      return memory.views.i32.slice(at.fields >>> 2, (at.fields >>> 2) + neurons);
    });
  }
}
