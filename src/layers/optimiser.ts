/** What optimisers have in common: they walk over parameters and gradients. */
import { checkNumber, describe } from '../checks.ts';
import type { Trainable } from './module.ts';
import { checkTensor, type Tensor } from './tensor.ts';

/** What all optimisers may be told. */
export interface Limits {
  /**
   * Gradients whose norm, over all parameters of a step, is above this are scaled down to it (Pascanu, Mikolov & Bengio
   * 2013, algorithm 1). Above 0; by default none are.
   */
  clipNorm?: number;
  /** Parameters are kept from −bound to bound: clipped after each step. Above 0; by default they are free. */
  bound?: number;
}

/**
 * Changes parameters along their gradients. What it remembers of a parameter hangs on the parameter's array and goes with
 * it. Arithmetic is in double precision, rounded where a number is stored: the same on every engine.
 */
export abstract class Optimiser {
  /** The longest that all gradients of a step together may be; undefined: as long as they are. */
  readonly clipNorm: number | undefined;
  /** What no parameter's absolute value is above after a step; undefined: they are free. */
  readonly bound: number | undefined;
  #rate: number;

  constructor(rate: number, { clipNorm, bound }: Limits) {
    this.#rate = checkedPositive(rate, 'rate');
    this.clipNorm = clipNorm === undefined ? undefined : checkedPositive(clipNorm, 'clipNorm');
    this.bound = bound === undefined ? undefined : checkedPositive(bound, 'bound');
  }

  /** The learning rate, above 0. It may be changed between steps. @throws TypeError, RangeError */
  get rate(): number {
    return this.#rate;
  }

  set rate(rate: number) {
    this.#rate = checkedPositive(rate, 'rate');
  }

  /**
   * One step for all parameters of the modules. The gradients stay as they are: zero them before the next `backward`.
   *
   * @throws TypeError for what is no module, RangeError when a gradient is NaN or infinite or a parameter comes twice;
   *   nothing has changed then
   */
  step(modules: Trainable | readonly Trainable[]): void {
    const pairs = collected(modules);
    const scale =
      this.clipNorm === undefined ? 1 : Math.min(1, this.clipNorm / norm(pairs.values()));
    for (const [value, { data, shape }] of pairs) {
      this.update(value, data, scale, shape.at(-1) ?? 1);
      if (this.bound !== undefined) clip(value, this.bound);
    }
  }

  /** One step of one parameter, whose rows are `width` long, along scale·gradient. */
  protected abstract update(
    value: Float32Array,
    gradient: Float32Array,
    scale: number,
    width: number,
  ): void;
}

/** The Euclidean norm of all numbers together. */
function norm(gradients: Iterable<Tensor>): number {
  let sum = 0;
  for (const { data } of gradients) for (const value of data) sum += value * value;
  return Math.sqrt(sum);
}

function clip(values: Float32Array, bound: number): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(-bound, Math.min(bound, values[i]));
}

function checkedPositive(value: number, name: string): number {
  return checkNumber(value, name, 'a number above 0', (value) => value > 0);
}

/** The parameters' values and their gradients. */
function collected(modules: Trainable | readonly Trainable[]): Map<Float32Array, Tensor> {
  const pairs = new Map<Float32Array, Tensor>();
  const list: readonly Trainable[] = Array.isArray(modules) ? modules : [modules];
  for (const [k, module] of list.entries()) {
    if (typeof module?.parameters !== 'function' || typeof module.gradients !== 'function') {
      throw new TypeError(`module ${k} is ${describe(module)}, expected a module with parameters`);
    }
    const gradients = module.gradients();
    for (const [name, { data, shape }] of Object.entries(module.parameters())) {
      if (pairs.has(data)) {
        throw new RangeError(`${name} of module ${k} comes twice, expected every parameter once`);
      }
      const gradient = checkTensor(
        gradients[name],
        `the gradient of ${name} of module ${k}`,
        shape,
      );
      const wrong = firstNotFinite(gradient.data);
      if (wrong >= 0) {
        throw new RangeError(
          `the gradient of ${name} of module ${k} is ${gradient.data[wrong]} at ${wrong}, expected finite numbers`,
        );
      }
      pairs.set(data, gradient);
    }
  }
  return pairs;
}

/** The index of the first NaN or infinity, or −1. */
function firstNotFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}
