/** The rectifier. */
import { ParameterOwner, type Module } from './module.ts';
import { checkTensor, type Tensor } from './tensor.ts';

/** y = max(x, 0), element by element, on tensors of any shape. It has no parameters. Its slope at 0 counts as 0. */
export class Relu extends ParameterOwner implements Module {
  /** The y of the last `forward`. */
  #y: Tensor | undefined;

  forward(x: Tensor): Tensor {
    checkTensor(x, 'x');
    const data = x.data.map((value) => Math.max(value, 0));
    this.#y = { data: data.slice(), shape: [...x.shape] };
    return { data, shape: [...x.shape] };
  }

  backward(gradient: Tensor): Tensor {
    const y = this.#y;
    if (!y) throw new Error('backward was called before forward');
    checkTensor(gradient, 'gradient', y.shape);
    return {
      data: gradient.data.map((value, k) => (y.data[k] > 0 ? value : 0)),
      shape: [...y.shape],
    };
  }
}
