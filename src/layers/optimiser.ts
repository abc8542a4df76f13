/** What optimisers have in common: they walk over parameters and gradients. */
import { checkNumber, describe } from '../checks.ts';
import { checkTrainable, type NamedTensors, type Trainable } from './module.ts';
import { checkTensor, type Tensor } from './tensor.ts';

/** What an optimiser remembers of one parameter: tensors by name. */
export type Memories = Record<string, Tensor>;

/**
 * Changes parameters along their gradients. What it remembers of a parameter hangs on the parameter's array and goes with
 * it. Arithmetic is in double precision, rounded where a number is stored: the same on every engine.
 */
export abstract class Optimiser {
  /** The longest that all gradients of a step together may be; undefined: as long as they are. */
  readonly clipNorm: number | undefined;
  #rate: number;

  constructor(rate: number, clipNorm: number | undefined) {
    this.#rate = checkedRate(rate);
    this.clipNorm =
      clipNorm === undefined
        ? undefined
        : checkNumber(clipNorm, 'clipNorm', 'a number above 0', (value) => value > 0);
  }

  /** The learning rate, above 0. It may be changed between steps. @throws TypeError, RangeError */
  get rate(): number {
    return this.#rate;
  }

  set rate(rate: number) {
    this.#rate = checkedRate(rate);
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
    for (const [value, gradient] of pairs) this.update(value, gradient, scale);
  }

  /**
   * What is remembered of a module's parameters, for `writeSafetensors`: copies, named after the parameter and what it is
   * (Adam: `first`, `second`, `steps`; Sgd: `velocity`). A parameter that was never stepped has nothing.
   *
   * ```ts
   * writeFileSync('adam.safetensors', writeSafetensors(adam.state(model)));
   * ```
   *
   * @param module - a module, or a group of them
   * @throws TypeError for what is no module
   */
  state(module: Trainable): NamedTensors {
    checkTrainable(module, 'module');
    const entries = Object.entries(module.parameters()).flatMap(([name, { data, shape }]) =>
      Object.entries(this.memories(data, shape) ?? {}).map(([what, memory]) => {
        return [`${name}.${what}`, { data: memory.data.slice(), shape: [...memory.shape] }];
      }),
    );
    return Object.fromEntries(entries);
  }

  /**
   * Takes up where `state` was given, so that the next steps are those that would have followed; of parameters that are not
   * among them, all is forgotten. Options are not part of it: make the optimiser with the same.
   *
   * @param module - with the parameters that `state` was asked about, as they were then
   * @throws TypeError, RangeError for tensors that do not fit; nothing has changed then
   */
  loadState(module: Trainable, state: NamedTensors): void {
    checkTrainable(module, 'module');
    if (typeof state !== 'object' || state === null) {
      throw new TypeError(`state is ${describe(state)}, expected tensors by name`);
    }
    const left = new Set(Object.keys(state));
    const found = Object.entries(module.parameters()).map(([name, { data, shape }]) => {
      const shapes = Object.entries(this.shapes(shape));
      if (!shapes.some(([what]) => left.has(`${name}.${what}`))) return [data, undefined] as const;
      const memories = shapes.map(([what, expected]) => {
        const own = `${name}.${what}`;
        left.delete(own);
        const memory = checkTensor(state[own], own, expected);
        const wrong = firstNotFinite(memory.data);
        if (wrong >= 0) {
          throw new RangeError(
            `${own} is ${memory.data[wrong]} at ${wrong}, expected finite numbers`,
          );
        }
        return [what, memory];
      });
      const all = Object.fromEntries(memories) as Memories;
      this.check(all, name);
      return [data, all] as const;
    });
    if (left.size > 0) {
      throw new RangeError(
        `state has ${[...left].join(', ')}, expected what belongs to ${Object.keys(module.parameters()).join(', ')}`,
      );
    }
    for (const [value, memories] of found) this.remember(value, memories);
  }

  /** One step of one parameter along scale·gradient. */
  protected abstract update(value: Float32Array, gradient: Float32Array, scale: number): void;
  /** What is remembered of a parameter, if anything. */
  protected abstract memories(value: Float32Array, shape: readonly number[]): Memories | undefined;
  /** The shapes of what may be remembered of a parameter of this shape. */
  protected abstract shapes(shape: readonly number[]): Record<string, readonly number[]>;
  /** @throws RangeError for what cannot have been remembered of the parameter `name` */
  protected abstract check(memories: Memories, name: string): void;
  /** Remembers this, copied, and nothing else. */
  protected abstract remember(value: Float32Array, memories: Memories | undefined): void;
}

/** The Euclidean norm of all numbers together. */
function norm(arrays: Iterable<Float32Array>): number {
  let sum = 0;
  for (const array of arrays) for (const value of array) sum += value * value;
  return Math.sqrt(sum);
}

function checkedRate(rate: number): number {
  return checkNumber(rate, 'rate', 'a number above 0', (value) => value > 0);
}

/** The parameters' values and their gradients. */
function collected(modules: Trainable | readonly Trainable[]): Map<Float32Array, Float32Array> {
  const pairs = new Map<Float32Array, Float32Array>();
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
      pairs.set(data, gradient.data);
    }
  }
  return pairs;
}

/** The index of the first NaN or infinity, or −1. */
function firstNotFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}
