/** What lessons hold in memory beside the machine that they teach. Blocks of parameters: weights, then biases. */
import type { BoltzmannGroup } from '../kernels/groups/boltzmann.ts';
import type { Machine } from '../kernels/open.ts';
import type { Address } from '../numbers.ts';
import { GENERATOR_BYTES, seedRow, STREAMS } from './layers.ts';
import type { TrainingPlan } from './training-options.ts';

export class LessonMemory {
  readonly #machine: Machine<BoltzmannGroup>;
  readonly #plan: TrainingPlan;
  readonly #blocks: Address[] = [];

  constructor(machine: Machine<BoltzmannGroup>, plan: TrainingPlan) {
    this.#machine = machine;
    this.#plan = plan;
  }

  /** Room for so many singles. */
  take(singles: number): Address {
    const address = this.#machine.memory.allocate(4 * singles);
    this.#blocks.push(address);
    return address;
  }

  /** A generator for each chain, as the plan's seed has them. */
  takeGenerators(chains: number): Address {
    const address = this.take((chains * GENERATOR_BYTES) / 4);
    const { u32 } = this.#machine.memory.views;
    for (let r = 0; r < chains; r++) {
      seedRow(u32, address + GENERATOR_BYTES * r, this.#plan.seed, STREAMS.chains + 4 * r);
    }
    return address;
  }

  /** States, one after the other. */
  put(address: Address, states: readonly Float32Array[], units: number): void {
    const { f32 } = this.#machine.memory.views;
    for (const [r, state] of states.entries()) f32.set(state, (address >>> 2) + r * units);
  }

  copy(to: Address, from: Address, singles: number): void {
    const { f32 } = this.#machine.memory.views;
    f32.copyWithin(to >>> 2, from >>> 2, (from >>> 2) + singles);
  }

  /** A step along the gradients. Weights decay, biases do not. */
  ascend(
    parameters: Address,
    velocities: Address,
    gradients: Address,
    weights: number,
    biases: number,
  ): void {
    const { rate, momentum, weightDecay } = this.#plan;
    for (const [from, count, decay] of [
      [0, weights, weightDecay],
      [4 * weights, biases, 0],
    ]) {
      this.#machine.kernels.ascendF32(
        parameters + from,
        velocities + from,
        gradients + from,
        rate,
        momentum,
        decay,
        count,
      );
    }
  }

  free(): void {
    for (const address of this.#blocks.splice(0)) this.#machine.memory.free(address);
  }
}
