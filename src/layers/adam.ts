/** Adam (Kingma & Ba 2015, algorithm 1), with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2). */
import { checkNumber, checkOptions } from '../checks.ts';
import { Optimiser, type Memories } from './optimiser.ts';

export interface AdamOptions {
  /** η, above 0. Default 0.001. */
  rate?: number;
  /** Decay of the mean of the gradients, from 0 to below 1. Default 0.9. */
  beta1?: number;
  /** Decay of the mean of their squares, from 0 to below 1. Default 0.999. */
  beta2?: number;
  /** Added to the root of that mean, above 0. Default 1e−8. */
  epsilon?: number;
  /** λ, 0 or above: a step also takes η·λ·θ off each parameter, biases included. Default 0. */
  weightDecay?: number;
  /**
   * Gradients whose norm, over all parameters of a step, is above this are scaled down to it (Pascanu, Mikolov & Bengio
   * 2013, algorithm 1). Above 0; by default none are.
   */
  clipNorm?: number;
}

/** Up to which steps are counted where a state is saved: singles are exact that far, and powers of β as good as 0. */
const MOST_STEPS = 16_777_216;

interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** t */
  steps: number;
  /** β₁ᵗ and β₂ᵗ after t steps. */
  power1: number;
  power2: number;
}

/**
 * m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², θ ← θ − η·λ·θ − η·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ) in the
 * t-th step of a parameter.
 */
export class Adam extends Optimiser {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly #moments = new WeakMap<Float32Array, Moments>();

  /** @throws TypeError, RangeError for options that are none */
  constructor(options: AdamOptions = {}) {
    checkOptions(options, 'Adam options', [
      'rate',
      'beta1',
      'beta2',
      'epsilon',
      'weightDecay',
      'clipNorm',
    ]);
    super(options.rate ?? 0.001, options.clipNorm);
    const expected = 'a number from 0 to below 1';
    const holds = (value: number) => value >= 0 && value < 1;
    this.beta1 = checkNumber(options.beta1 ?? 0.9, 'beta1', expected, holds);
    this.beta2 = checkNumber(options.beta2 ?? 0.999, 'beta2', expected, holds);
    this.epsilon = checkNumber(
      options.epsilon ?? 1e-8,
      'epsilon',
      'a number above 0',
      (value) => value > 0,
    );
    this.weightDecay = checkNumber(
      options.weightDecay ?? 0,
      'weightDecay',
      'a number from 0 up',
      (value) => value >= 0,
    );
  }

  protected override update(value: Float32Array, gradient: Float32Array, scale: number): void {
    const moments = this.#momentsOf(value);
    const { rate, beta1, beta2, epsilon, weightDecay } = this;
    const { first, second } = moments;
    moments.steps++;
    moments.power1 *= beta1;
    moments.power2 *= beta2;
    // Divisions are slow: one an element is enough.
    const length = rate / (1 - moments.power1);
    const rootScale = 1 / Math.sqrt(1 - moments.power2);
    const decay = rate * weightDecay;
    for (let i = 0; i < value.length; i++) {
      const g = scale * gradient[i];
      first[i] = beta1 * first[i] + (1 - beta1) * g;
      second[i] = beta2 * second[i] + (1 - beta2) * (g * g);
      const root = Math.sqrt(second[i]) * rootScale;
      value[i] -= (length * first[i]) / (root + epsilon) + decay * value[i];
    }
  }

  protected override memories(value: Float32Array, shape: readonly number[]): Memories | undefined {
    const moments = this.#moments.get(value);
    if (!moments) return undefined;
    const { first, second, steps } = moments;
    return {
      first: { data: first, shape },
      second: { data: second, shape },
      steps: { data: Float32Array.of(Math.min(steps, MOST_STEPS)), shape: [] },
    };
  }

  protected override shapes(shape: readonly number[]) {
    return { first: shape, second: shape, steps: [] };
  }

  protected override check({ second, steps }: Memories, name: string): void {
    const [count] = steps.data;
    if (!Number.isInteger(count) || count < 1 || count > MOST_STEPS) {
      throw new RangeError(
        `${name}.steps is ${count}, expected an integer from 1 to ${MOST_STEPS}`,
      );
    }
    const wrong = second.data.findIndex((value) => value < 0);
    if (wrong >= 0) {
      throw new RangeError(
        `${name}.second is ${second.data[wrong]} at ${wrong}, expected numbers from 0 up`,
      );
    }
  }

  protected override remember(value: Float32Array, memories: Memories | undefined): void {
    if (!memories) {
      this.#moments.delete(value);
      return;
    }
    const [steps] = memories.steps.data;
    let [power1, power2] = [1, 1];
    // As they came about, for the same bits.
    for (let t = 0; t < steps; t++) {
      power1 *= this.beta1;
      power2 *= this.beta2;
    }
    const [first, second] = [memories.first.data.slice(), memories.second.data.slice()];
    this.#moments.set(value, { first, second, steps, power1, power2 });
  }

  #momentsOf(value: Float32Array): Moments {
    let moments = this.#moments.get(value);
    if (!moments) {
      moments = {
        first: new Float32Array(value.length),
        second: new Float32Array(value.length),
        steps: 0,
        power1: 1,
        power2: 1,
      };
      this.#moments.set(value, moments);
    }
    return moments;
  }
}
