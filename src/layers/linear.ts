/** The affine map y = x·Wᵀ + b. */
import { checkOptions, checkPositiveInteger, describe } from '../checks.ts';
import type { Backend } from '../kernels/open.ts';
import { Random, checkedSeed, drawSeed } from '../random.ts';
import { affine, affineBackward, type Affine } from './affine.ts';
import { arena, inArena } from './arena.ts';
import { glorotUniform } from './initialise.ts';
import { ParameterOwner, type Module } from './module.ts';
import { checkTensor, countOf, zeros, type Tensor } from './tensor.ts';

export interface LinearOptions {
  /** Whether b is added. Default true. */
  bias?: boolean;
  /** Seed of the weights, an integer from 0 to 2³² − 1. By default one is drawn; `seed` tells which. */
  seed?: number;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

/**
 * y = x·Wᵀ + b on the last index of x. Parameters: `weight` [outputs, inputs], `bias` [outputs], named and laid out as
 * PyTorch's `nn.Linear`. The weights start uniform in ±√(6/(inputs + outputs)) (Glorot & Bengio 2010), the bias at zero.
 */
export class Linear extends ParameterOwner implements Module {
  readonly inputs: number;
  readonly outputs: number;
  /** What the weights were drawn from. */
  readonly seed: number;
  readonly #affine: Affine;
  readonly #backend: Backend;
  /** The x of the last `forward`. */
  #x: Tensor | undefined;

  /**
   * @param inputs - length of the vectors it takes
   * @param outputs - length of the vectors it makes
   * @throws TypeError, RangeError for arguments that are none, Error when the backend asked for cannot run
   */
  constructor(inputs: number, outputs: number, options: LinearOptions = {}) {
    super();
    this.inputs = checkPositiveInteger(inputs, 'inputs');
    this.outputs = checkPositiveInteger(outputs, 'outputs');
    checkOptions(options, 'linear options', ['bias', 'seed', 'backend']);
    const bias = options.bias ?? true;
    if (typeof bias !== 'boolean') {
      throw new TypeError(`bias is ${describe(bias)}, expected a boolean`);
    }
    this.seed = checkedSeed(options.seed ?? drawSeed());
    this.#backend = options.backend ?? 'auto';
    arena(this.#backend);
    this.#affine = {
      weight: this.own('weight', glorotUniform(new Random(this.seed), outputs, inputs)),
      bias: bias ? this.own('bias', zeros([outputs])) : undefined,
    };
  }

  /** Which kernels run; the results are the same. */
  get backend(): 'wasm' | 'reference' {
    return arena(this.#backend).backend;
  }

  /**
   * @param x - […, inputs]
   * @returns […, outputs]
   * @throws TypeError, RangeError when x is no such tensor
   */
  forward(x: Tensor): Tensor {
    checkTensor(x, 'x');
    const leading = x.shape.slice(0, -1);
    checkTensor(x, 'x', [...leading, this.inputs]);
    const rows = countOf(leading);
    const data = inArena(arena(this.#backend), (pass) => {
      const y = pass.take(rows * this.outputs);
      affine(pass, y, pass.read(x.data), this.#affine, rows);
      return pass.copy(y, rows * this.outputs);
    });
    this.#x = { data: x.data.slice(), shape: [...x.shape] };
    return { data, shape: [...leading, this.outputs] };
  }

  /**
   * @param gradient - ∂loss/∂y of the last `forward`
   * @returns ∂loss/∂x
   */
  backward(gradient: Tensor): Tensor {
    const x = this.#x;
    if (!x) throw new Error('backward was called before forward');
    const leading = x.shape.slice(0, -1);
    checkTensor(gradient, 'gradient', [...leading, this.outputs]);
    const rows = countOf(leading);
    const data = inArena(arena(this.#backend), (pass) => {
      const dx = pass.take(x.data.length);
      affineBackward(pass, dx, pass.read(x.data), pass.read(gradient.data), this.#affine, rows);
      return pass.copy(dx, x.data.length);
    });
    return { data, shape: [...x.shape] };
  }
}
