/** Stochastic gradient descent with momentum. */
import { checkBoolean, checkNumber, checkOptions } from '../checks.ts';
import { Optimiser, type Limits, type Memories } from './optimiser.ts';

export interface SgdOptions extends Limits {
  /** η, above 0. Default 0.01. */
  rate?: number;
  /** μ, from 0 to below 1. Default 0. */
  momentum?: number;
  /**
   * Whether each row of v (along the last index) is divided by its largest absolute value, so that what moves most in a row moves by η (Krotov &
   * Hopfield 2016, appendix A). A row of zeros stays where it is. Default false.
   */
  normaliseRows?: boolean;
}

/**
 * Gradient descent with momentum (Polyak 1964) in the form of Sutskever et al. (2013, eq. 1) with the rate outside, as in
 * PyTorch: v ← μ·v + g, θ ← θ − η·v, v starting at 0. With `normaliseRows` and `bound: 1` it is the update of Krotov & Hopfield
 * (2016): θ ← clip(θ − η·v/max|v|, ±1), the maximum over the entries of a memory.
 */
export class Sgd extends Optimiser {
  readonly momentum: number;
  readonly normaliseRows: boolean;
  readonly #velocities = new WeakMap<Float32Array, Float32Array>();

  /** @throws TypeError, RangeError for options that are none */
  constructor(options: SgdOptions = {}) {
    checkOptions(options, 'Sgd options', [
      'rate',
      'momentum',
      'clipNorm',
      'normaliseRows',
      'bound',
    ]);
    super(options.rate ?? 0.01, options);
    const expected = 'a number from 0 to below 1';
    const holds = (value: number) => value >= 0 && value < 1;
    this.momentum = checkNumber(options.momentum ?? 0, 'momentum', expected, holds);
    this.normaliseRows = checkBoolean(options.normaliseRows ?? false, 'normaliseRows');
  }

  protected override update(
    value: Float32Array,
    gradient: Float32Array,
    scale: number,
    width: number,
  ): void {
    let velocity = this.#velocities.get(value);
    if (!velocity) {
      velocity = new Float32Array(value.length);
      this.#velocities.set(value, velocity);
    }
    const { momentum } = this;
    for (let i = 0; i < value.length; i++) {
      velocity[i] = momentum * velocity[i] + scale * gradient[i];
    }
    const row = this.normaliseRows ? width : value.length;
    for (let start = 0; start < value.length; start += row) {
      this.#move(value, velocity, start, start + row);
    }
  }

  #move(value: Float32Array, velocity: Float32Array, start: number, end: number): void {
    let { rate } = this;
    if (this.normaliseRows) {
      let most = 0;
      for (let i = start; i < end; i++) most = Math.max(most, Math.abs(velocity[i]));
      if (most === 0) return;
      rate /= most;
    }
    for (let i = start; i < end; i++) value[i] -= rate * velocity[i];
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
