/** The way of one input to the heads: x → LayerNorm(x) → (·)Wᵀ + b. Either step may be left out. */
import type { Address } from '../numbers.ts';
import { Random } from '../random.ts';
import { affine, affineBackward, type Affine } from './affine.ts';
import type { Pass } from './arena.ts';
import type { Norm } from './attention-options.ts';
import { glorotUniform } from './initialise.ts';
import type { Parameter } from './module.ts';
import { tensor, zeros, type Tensor } from './tensor.ts';

/** What LayerNorm adds to a variance (Ba, Kiros & Hinton 2016; the value is PyTorch's default). */
const EPSILON = 1e-5;

export interface BranchOptions {
  /** Parameters are called `name.weight`, `name.bias`, `name.norm.weight` and `name.norm.bias`, as many as there are. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly layerNorm: Norm;
  readonly project: boolean;
  readonly bias: boolean;
  readonly seed: number;
  /** The stream of the seed from which the weights are drawn. */
  readonly stream: number;
}

/** Gain and bias of LayerNorm: parameters, or in a plain one 1 and 0 without gradients. */
interface Scale {
  readonly gain: { readonly value: Tensor; readonly gradient?: Tensor };
  readonly bias: { readonly value: Tensor; readonly gradient?: Tensor };
}

/** Addresses; `normal` is x where nothing is normalised, `out` is `normal` where nothing is projected. */
export interface BranchBlocks {
  readonly rows: number;
  readonly x: Address;
  readonly moments: Address;
  readonly normal: Address;
  readonly out: Address;
}

export class Branch {
  readonly #inputs: number;
  readonly #outputs: number;
  readonly #norm: Scale | undefined;
  readonly #affine: Affine | undefined;

  constructor(options: BranchOptions, own: (name: string, value: Tensor) => Parameter) {
    const { name, inputs, outputs } = options;
    this.#inputs = inputs;
    this.#outputs = outputs;
    if (options.layerNorm) {
      const gain = tensor(new Float32Array(inputs).fill(1), [inputs]);
      const bias = zeros([inputs]);
      this.#norm =
        options.layerNorm === 'plain'
          ? { gain: { value: gain }, bias: { value: bias } }
          : { gain: own(`${name}.norm.weight`, gain), bias: own(`${name}.norm.bias`, bias) };
    }
    if (options.project) {
      const random = new Random(options.seed, options.stream);
      this.#affine = {
        weight: own(`${name}.weight`, glorotUniform(random, outputs, inputs)),
        bias: options.bias ? own(`${name}.bias`, zeros([outputs])) : undefined,
      };
    }
  }

  /** Memory for a pass; the caller fills x. */
  take(pass: Pass, rows: number): BranchBlocks {
    return this.#place(pass.take(this.#count(rows)), rows);
  }

  /** From x to `out`. */
  forward(pass: Pass, at: BranchBlocks): void {
    const { rows } = at;
    if (this.#norm) {
      const gain = pass.read(this.#norm.gain.value.data);
      const bias = pass.read(this.#norm.bias.value.data);
      const { kernels } = pass;
      kernels.layerNormF32(at.normal, at.moments, at.x, gain, bias, EPSILON, rows, this.#inputs);
    }
    if (this.#affine) affine(pass, at.out, at.normal, this.#affine, rows);
  }

  /** Everything that `backward` needs, for `restore`; in the array of the last time if it fits. */
  save(pass: Pass, { x, rows }: BranchBlocks, old: Float32Array | undefined): Float32Array {
    return pass.copy(x, this.#count(rows), old);
  }

  restore(pass: Pass, saved: Float32Array, rows: number): BranchBlocks {
    return this.#place(pass.read(saved), rows);
  }

  /** From the address of the gradient of `out` to that of the input's; the parameters' gradients gain theirs. */
  backward(pass: Pass, { x, moments, normal, rows }: BranchBlocks, gradient: Address): number {
    const { kernels } = pass;
    let g = gradient;
    if (this.#affine) {
      g = pass.take(rows * this.#inputs);
      affineBackward(pass, g, normal, gradient, this.#affine, rows);
    }
    if (this.#norm) {
      const { gain, bias } = this.#norm;
      if (gain.gradient && bias.gradient) {
        const dGain = pass.read(gain.gradient.data);
        kernels.layerNormGainF32(dGain, x, moments, g, rows, this.#inputs);
        pass.write(gain.gradient.data, dGain);
        const dBias = pass.read(bias.gradient.data);
        kernels.sumRowsF32(dBias, g, rows, this.#inputs);
        pass.write(bias.gradient.data, dBias);
      }
      const values = pass.read(gain.value.data);
      kernels.layerNormBackwardF32(g, x, moments, values, g, rows, this.#inputs);
    }
    return g;
  }

  /** Singles in the blocks of a pass. */
  #count(rows: number): number {
    const normalised = this.#norm ? this.#inputs + 2 : 0;
    return rows * (this.#inputs + normalised + (this.#affine ? this.#outputs : 0));
  }

  /** One after the other from x up: normal, out, moments. */
  #place(x: number, rows: number): BranchBlocks {
    const size = 4 * rows * this.#inputs;
    const normal = this.#norm ? x + size : x;
    const out = this.#affine ? normal + size : normal;
    return { rows, x, normal, out, moments: out + 4 * rows * this.#outputs };
  }
}
