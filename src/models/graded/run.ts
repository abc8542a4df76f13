/**
 * Follows du/dt = −u/τ + h, h = TV + I, in steps that adapt (Hopfield 1984).
 *
 * A step of length z·τ is the second-order exponential Runge–Kutta method of Cox & Matthews (2002), which is exact for
 * the decay −u/τ: with α = 1 − e^(−z),
 *
 *     a = u + α(τh − u)        h' = T g(a) + I
 *     u' = a + τ(z − α)/z·(h' − h)
 *
 * The correction u' − a is the estimate of the error: where it is too large, and where the energy of u' is above that
 * of u, the step is made again, shorter. Along the run dE/dt = −Σ g'(u) (du/dt)², so a short step always passes.
 */
import type { Address } from '../../numbers.ts';
import { tanh } from '../../elementary.ts';
import type { GradedGroup } from '../../kernels/groups/graded.ts';
import type { Machine } from '../../kernels/open.ts';
import type { GradedPlan, RunPlan } from './options.ts';

/** Where fields come from. */
export interface Ground {
  readonly machine: Machine<GradedGroup>;
  readonly plan: GradedPlan;
  /** T, f64[N×N]. */
  readonly matrix: Address;
  /** I, f64[N]. */
  readonly inputs: Address;
}

/** Addresses of potentials, their outputs and fields, f64[N] each. */
interface Place {
  readonly u: Address;
  readonly outputs: number;
  readonly fields: Address;
}

/** Steps are no longer than this many time constants: e⁻⁶⁴ is nothing. */
const LONGEST = 64;

/** Steps grow by no more than this factor at a time. */
const FASTEST = 5;

/** Energies that differ by less than this part of the sizes of their terms may differ by rounding alone. */
const ROUNDING = 2 ** -44;

export class GradedRun {
  energy = 0;
  /** max |du/dt| */
  derivative = 0;
  time = 0;
  steps = 0;
  /** How often fields have been computed. */
  evaluations = 0;
  readonly #ground: Ground;
  readonly #plan: RunPlan;
  readonly #neurons: number;
  /** Length of the next step, in time constants. */
  #next = 1;
  /** How much longer than the last a step may be. */
  #growth = FASTEST;
  #here: Place = { u: 0, outputs: 0, fields: 0 };
  #ahead: Place = { u: 0, outputs: 0, fields: 0 };
  #sums = 0;
  #suspended: Float64Array | undefined;

  constructor(ground: Ground, plan: RunPlan) {
    this.#ground = ground;
    this.#plan = plan;
    this.#neurons = ground.plan.neurons;
  }

  /** Bytes that a run needs. */
  static bytes(neurons: number): number {
    return (6 * neurons + 2) * 8;
  }

  /** Begins at `address`, with the potentials given. */
  start(address: number, u: Float64Array): void {
    this.#settle(address);
    const { gain, timeConstant } = this.#ground.plan;
    this.#ground.machine.memory.views.f64.set(u, this.#here.u >>> 3);
    this.#evaluate(this.#here);
    this.energy = this.#energyOf(this.#here).energy;
    this.#measure();
    this.#next = Math.min(LONGEST, 1 / (1 + gain * timeConstant * this.derivative));
  }

  get converged(): boolean {
    return this.derivative <= this.#plan.tolerance;
  }

  /** Whether there is no step left to make. */
  get done(): boolean {
    const { maxSteps, maxTime } = this.#plan;
    return this.converged || this.steps >= maxSteps || this.time >= maxTime;
  }

  /** Address of the potentials. */
  get u(): number {
    return this.#here.u;
  }

  /** Address of the outputs. */
  get outputs(): number {
    return this.#here.outputs;
  }

  /** Makes one step. */
  advance(): void {
    const { timeConstant } = this.#ground.plan;
    const { maxTime, accuracy } = this.#plan;
    const left = (maxTime - this.time) / timeConstant;
    for (;;) {
      const z = Math.min(this.#next, left);
      const error = this.#tryStep(z);
      if (error > accuracy) {
        this.#next = z * Math.max(0.2, 0.9 * Math.sqrt(accuracy / error));
        continue;
      }
      this.#evaluate(this.#ahead);
      const { energy, rounding } = this.#energyOf(this.#ahead);
      if (energy > this.energy + rounding) {
        this.#next = z / 2;
        // Too long for the energy, not for the error: the equation is stiff here, and longer steps would fail again.
        this.#growth = 1;
        continue;
      }
      const growth = error > 0 ? 0.9 * Math.sqrt(accuracy / error) : FASTEST;
      this.#next = Math.min(LONGEST, z * Math.min(this.#growth, growth));
      this.#growth = Math.min(FASTEST, this.#growth * 1.1);
      this.time = z === left ? maxTime : this.time + z * timeConstant;
      // What rounding alone would raise stays.
      this.energy = Math.min(this.energy, energy);
      this.steps++;
      [this.#here, this.#ahead] = [this.#ahead, this.#here];
      this.#measure();
      return;
    }
  }

  /** Keeps what the memory holds, which may then be used for something else until `resume`. */
  suspend(): void {
    const { u, outputs, fields } = this.#here;
    const { f64 } = this.#ground.machine.memory.views;
    const kept = new Float64Array(3 * this.#neurons);
    for (const [k, address] of [u, outputs, fields].entries()) {
      const at = address >>> 3;
      kept.set(f64.subarray(at, at + this.#neurons), k * this.#neurons);
    }
    this.#suspended = kept;
  }

  resume(address: number): void {
    this.#settle(address);
    const { f64 } = this.#ground.machine.memory.views;
    f64.set(this.#suspended!, this.#here.u >>> 3);
  }

  #settle(address: number): void {
    const size = this.#neurons * 8;
    const place = (at: number) => ({ u: at, outputs: at + size, fields: at + 2 * size });
    this.#here = place(address);
    this.#ahead = place(address + 3 * size);
    this.#sums = address + 6 * size;
  }

  /** Outputs and fields of the potentials at a place. */
  #evaluate({ u, outputs, fields }: Place): void {
    const { machine, plan, matrix, inputs } = this.#ground;
    const { neurons, gain, activation } = plan;
    const low = activation === 'tanh' ? -1 : 0;
    machine.kernels.gradedOutputs(outputs, u, gain, low, neurons);
    machine.kernels.gradedFields(fields, outputs, matrix, inputs, neurons);
    this.evaluations++;
  }

  /** A step of length z from here to ahead; returns its error. */
  #tryStep(z: number): number {
    const { machine, plan } = this.#ground;
    const { kernels } = machine;
    const { neurons, gain, timeConstant } = plan;
    const here = this.#here;
    const ahead = this.#ahead;
    const t = tanh(z / 2);
    const rise = (2 * t) / (1 + t);
    kernels.gradedPredict(ahead.u, here.u, here.fields, rise, timeConstant, neurons);
    this.#evaluate(ahead);
    const weight = timeConstant * correction(z, rise);
    return kernels.gradedCorrect(ahead.u, ahead.fields, here.fields, weight, gain, neurons);
  }

  #energyOf(place: Place): { energy: number; rounding: number } {
    const { energy, size } = energyAt(this.#ground, place, this.#sums);
    return { energy, rounding: size * ROUNDING };
  }

  #measure(): void {
    const { machine, plan } = this.#ground;
    const { u, fields } = this.#here;
    const rate = 1 / plan.timeConstant;
    this.derivative = machine.kernels.gradedSlope(u, fields, rate, plan.neurons);
  }
}

/** The energy at a place, and the sum of the sizes of its terms; `sums` is scratch, f64[2]. */
export function energyAt(
  { machine, plan, inputs }: Ground,
  { u, outputs, fields }: Place,
  sums: Address,
): { energy: number; size: number } {
  const { neurons, gain, timeConstant, activation } = plan;
  const scale = (activation === 'tanh' ? 1 : 0.5) / gain / timeConstant;
  machine.kernels.gradedEnergy(sums, u, outputs, fields, inputs, gain, scale, neurons);
  const { f64 } = machine.memory.views;
  return { energy: f64[sums >>> 3], size: f64[(sums >>> 3) + 1] };
}

/** (z − α)/z with α = 1 − e^(−z): z/2 − z²/6 + z³/24 − … where z is small. */
function correction(z: number, rise: number): number {
  if (z >= 0.5) return (z - rise) / z;
  let p = 1;
  for (let k = 15; k >= 3; k--) p = 1 - (z / k) * p;
  return (z / 2) * p;
}
