/** Adam (Kingma & Ba 2015, algorithm 1), with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2). */
import { checkNumber, checkOptions } from '../checks.ts';
import { Optimiser, type Limits } from './optimiser.ts';

export interface AdamOptions extends Limits {
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
}

interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
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
      'bound',
    ]);
    super(options.rate ?? 0.001, options);
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

  #momentsOf(value: Float32Array): Moments {
    let moments = this.#moments.get(value);
    if (!moments) {
      moments = {
        first: new Float32Array(value.length),
        second: new Float32Array(value.length),
        power1: 1,
        power2: 1,
      };
      this.#moments.set(value, moments);
    }
    return moments;
  }
}
