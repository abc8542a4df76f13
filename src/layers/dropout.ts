/** Dropout (Srivastava et al. 2014), in the form that scales while training. */
import { checkNumber, checkOptions } from '../checks.ts';
import { checkedSeed, drawSeed, Random } from '../random.ts';
import { ParameterOwner, type Module } from './module.ts';
import { checkTensor, type Tensor } from './tensor.ts';

/** @throws TypeError, RangeError */
export function checkProbability(value: number, name: string): number {
  return checkNumber(value, name, 'a number from 0 to below 1', (p) => p >= 0 && p < 1);
}

/** For each number 0 with this probability, else 1/(1 − probability): one draw of the generator each, in order. */
export function drawFactors(random: Random, count: number, probability: number): Float32Array {
  const factors = new Float32Array(count);
  const kept = 1 / (1 - probability);
  for (let k = 0; k < count; k++) if (random.real() >= probability) factors[k] = kept;
  return factors;
}

/** x_k ← factor_k·x_k */
export function scale(x: Float32Array, factors: Float32Array): void {
  for (let k = 0; k < factors.length; k++) x[k] *= factors[k];
}

export interface DropoutOptions {
  /** Seed of what is left out, an integer from 0 to 2³² − 1. By default one is drawn; `seed` tells which. */
  seed?: number;
}

/**
 * While `training`, every number is left out (0) with a probability and else divided by 1 − probability, anew in each
 * `forward`; otherwise nothing changes. Tensors of any shape; no parameters. The same seed leaves out the same, call
 * by call.
 *
 * ```ts
 * const dropout = new Dropout(0.1, { seed: 1 });
 * model.training = false; // before asking what was learnt
 * ```
 */
export class Dropout extends ParameterOwner implements Module {
  readonly probability: number;
  readonly seed: number;
  readonly #random: Random;
  /** Those of the last `forward`, and its shape; no factors where nothing was left out. */
  #last: { factors: Float32Array | undefined; shape: readonly number[] } | undefined;

  /**
   * @param probability - of leaving a number out, from 0 to below 1
   * @throws TypeError, RangeError for arguments that are none
   */
  constructor(probability: number, options: DropoutOptions = {}) {
    super();
    this.probability = checkProbability(probability, 'probability');
    checkOptions(options, 'dropout options', ['seed']);
    this.seed = checkedSeed(options.seed ?? drawSeed());
    this.#random = new Random(this.seed);
  }

  forward(x: Tensor): Tensor {
    checkTensor(x, 'x');
    const factors = this.training
      ? drawFactors(this.#random, x.data.length, this.probability)
      : undefined;
    this.#last = { factors, shape: [...x.shape] };
    return scaled(x, factors);
  }

  backward(gradient: Tensor): Tensor {
    if (!this.#last) throw new Error('backward was called before forward');
    return scaled(checkTensor(gradient, 'gradient', this.#last.shape), this.#last.factors);
  }
}

function scaled({ data, shape }: Tensor, factors: Float32Array | undefined): Tensor {
  const copy = { data: data.slice(), shape: [...shape] };
  if (factors) scale(copy.data, factors);
  return copy;
}
