/** What can be trained: parameters, the gradients that belong to them, and modules that have both. */
import { checkBoolean, describe } from '../checks.ts';
import { zeros, type Tensor } from './tensor.ts';

/** Tensors by name. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/** Something with parameters. */
export interface Trainable {
  /** The parameters by name: live views, what is written to them is what the next call uses. */
  parameters(): NamedTensors;
  /** ∂loss/∂parameter under the same names: live views, summed over all calls of `backward` since they were zero. */
  gradients(): NamedTensors;
  /** Sets all gradients to zero. */
  zeroGradients(): void;
  /** Whether `forward` is for training, so that dropout is at work: true until it is set. */
  training?: boolean;
}

/** @throws TypeError for what has no parameters */
export function checkTrainable(value: Trainable, name: string): void {
  if (typeof (value as Partial<Trainable> | null | undefined)?.parameters !== 'function') {
    throw new TypeError(`${name} is ${describe(value)}, expected a module with parameters`);
  }
}

/** A function with parameters, and its vector–Jacobian product. */
export interface Module<Inputs = Tensor, InputGradients = Inputs> extends Trainable {
  /** The result; what `backward` needs is remembered until the next `forward`. */
  forward(inputs: Inputs): Tensor;
  /**
   * From ∂loss/∂(result of the last `forward`): returns ∂loss/∂inputs and adds ∂loss/∂parameter to `gradients()`.
   *
   * @throws Error when there was no `forward`, RangeError when the shape is not that of its result
   */
  backward(gradient: Tensor): InputGradients;
}

/** The bookkeeping of parameters that modules have in common. */
export abstract class ParameterOwner implements Trainable {
  readonly #parameters: Record<string, Tensor> = {};
  readonly #gradients: Record<string, Tensor> = {};
  #training = true;

  /** Whether `forward` is for training, so that dropout is at work: true until it is set. @throws TypeError */
  get training(): boolean {
    return this.#training;
  }

  set training(training: boolean) {
    this.#training = checkBoolean(training, 'training');
  }

  parameters(): NamedTensors {
    return { ...this.#parameters };
  }

  gradients(): NamedTensors {
    return { ...this.#gradients };
  }

  zeroGradients(): void {
    for (const { data } of Object.values(this.#gradients)) data.fill(0);
  }

  /** Takes `value` as the parameter `name`; returns it with its gradient, which is zero. */
  protected own(name: string, value: Tensor): Parameter {
    const gradient = zeros(value.shape);
    this.#parameters[name] = value;
    this.#gradients[name] = gradient;
    return { value, gradient };
  }
}

/** A parameter and its gradient, of one shape. */
export interface Parameter {
  readonly value: Tensor;
  readonly gradient: Tensor;
}
