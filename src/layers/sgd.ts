/** Stochastic gradient descent with momentum. */
import { checkNumber, checkOptions } from '../checks.ts';
import { Optimiser, type Memories } from './optimiser.ts';

export interface SgdOptions {
  /** η, above 0. Default 0.01. */
  rate?: number;
  /** μ, from 0 to below 1. Default 0. */
  momentum?: number;
  /**
   * Gradients whose norm, over all parameters of a step, is above this are scaled down to it (Pascanu, Mikolov & Bengio
   * 2013, algorithm 1). Above 0; by default none are.
   */
  clipNorm?: number;
}

/**
 * Gradient descent with momentum (Polyak 1964) in the form of Sutskever et al. (2013, eq. 1) with the rate outside, as in
 * PyTorch: v ← μ·v + g, θ ← θ − η·v, v starting at 0.
 */
export class Sgd extends Optimiser {
  readonly momentum: number;
  readonly #velocities = new WeakMap<Float32Array, Float32Array>();

  /** @throws TypeError, RangeError for options that are none */
  constructor(options: SgdOptions = {}) {
    checkOptions(options, 'Sgd options', ['rate', 'momentum', 'clipNorm']);
    super(options.rate ?? 0.01, options.clipNorm);
    const expected = 'a number from 0 to below 1';
    const holds = (value: number) => value >= 0 && value < 1;
    this.momentum = checkNumber(options.momentum ?? 0, 'momentum', expected, holds);
  }

  protected override update(value: Float32Array, gradient: Float32Array, scale: number): void {
    let velocity = this.#velocities.get(value);
    if (!velocity) {
      velocity = new Float32Array(value.length);
      this.#velocities.set(value, velocity);
    }
    const { rate, momentum } = this;
    for (let i = 0; i < value.length; i++) {
      velocity[i] = momentum * velocity[i] + scale * gradient[i];
      value[i] -= rate * velocity[i];
    }
  }

  protected override memories(value: Float32Array, shape: readonly number[]): Memories | undefined {
    const velocity = this.#velocities.get(value);
    return velocity && { velocity: { data: velocity, shape } };
  }

  protected override shapes(shape: readonly number[]) {
    return { velocity: shape };
  }

  protected override check(): void {}

  protected override remember(value: Float32Array, memories: Memories | undefined): void {
    if (memories) this.#velocities.set(value, memories.velocity.data.slice());
    else this.#velocities.delete(value);
  }
}
