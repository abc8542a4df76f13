/**
 * A dense memory that learns to tell classes (Krotov & Hopfield 2016, sections 4 and 5, appendix A).
 *
 * Energy E = −Σ_μ F(ξ^μ·(v, c)) of the inputs v, which are clamped, and the class units c; F(x) = (max(0, x)/T)ⁿ, divided before it
 * is raised, since T⁻ⁿ is nothing in single precision for the n = 20 of the paper.
 */
import { checkName, checkNumber, checkOptions, checkPositiveInteger } from '../checks.ts';
import { tanh } from '../elementary.ts';
import { classKernels } from '../kernels/groups/classes.ts';
import type { Backend } from '../kernels/open.ts';
import { Random, checkedSeed, drawSeed } from '../random.ts';
import { arena, inArena, matrix, transposed } from './arena.ts';
import { normal } from './initialise.ts';
import { ParameterOwner, type Module, type Parameter } from './module.ts';
import { readMemory, writeMemory } from './saved-memory.ts';
import { checkTensor, countOf, type Tensor } from './tensor.ts';

export interface DenseMemoryOptions {
  /** M, how many memories there are. */
  memories: number;
  /** n of F, an integer from 2 to 1000. Default 3. */
  power?: number;
  /** T of F, above 0, in the unit of the overlaps ξ·v. Default n·√inputs/4, which suits inputs from −1 to 1. */
  temperature?: number;
  /**
   * `'dual'` (default): class units start next to 0, so that their update is one layer of a feed-forward network. `'full'`: they start at −1,
   * and each is turned over by itself, as in the paper's training; a step takes longer, the more so the more classes there are.
   */
  form?: 'dual' | 'full';
  /** Seed of the memories' start, an integer from 0 to 2³² − 1. By default one is drawn; `seed` tells which. */
  seed?: number;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

/** Deviation of the memories' start; the paper's, with its mean −0.3 left out. */
const DEVIATION = 0.3;

/** What the last forward left for backward. */
interface Trace {
  readonly x: Tensor;
  /** a_μi = ξ^μ·v_i, [memories, samples]. */
  readonly overlaps: Float32Array;
  /** ∂c/∂field of each class unit, [samples, classes]. */
  readonly slopes: Float64Array;
  readonly temperature: number;
}

/**
 * From inputs v […, inputs] to class units c […, classes] between −1 and 1, by one update:
 *
 *     dual:  c_γ = tanh((2n/T) Σ_μ ξ_γ^μ (max(0, ξ^μ·v)/T)ⁿ⁻¹)
 *     full:  c_γ = tanh Σ_μ [F(Y_γ^μ + ξ_γ^μ) − F(Y_γ^μ − ξ_γ^μ)],  Y_γ^μ = ξ^μ·v − Σ_{δ≠γ} ξ_δ^μ
 *
 * One parameter, `memories`, of shape `[memories, inputs + classes]`: each row is a picture and the classes that it speaks for. They start
 * normal about 0 with deviation 0.3. With small n they become features, with large n they come to look like the inputs, as
 * prototypes.
 *
 * ```ts
 * const memory = new DenseMemory(784, 10, { memories: 200, power: 3 });
 * const { gradient } = powerLoss(memory.forward(x), labels);
 * memory.zeroGradients();
 * memory.backward(gradient);
 * adam.step(memory);
 * ```
 *
 * A forward costs samples·memories·inputs multiplications, a backward twice that; `'full'` takes samples·memories·classes powers besides.
 */
export class DenseMemory extends ParameterOwner implements Module {
  readonly inputs: number;
  readonly classes: number;
  readonly memories: number;
  readonly power: number;
  readonly form: 'dual' | 'full';
  /** What the memories were drawn from. */
  readonly seed: number;
  #temperature: number;
  readonly #memories: Parameter;
  readonly #backend: Backend;
  #trace: Trace | undefined;

  /**
   * @param inputs - length of the vectors it takes
   * @param classes - how many class units there are
   * @throws TypeError, RangeError for arguments that are none, Error when the backend asked for cannot run
   */
  constructor(inputs: number, classes: number, options: DenseMemoryOptions) {
    super();
    this.inputs = checkPositiveInteger(inputs, 'inputs');
    this.classes = checkPositiveInteger(classes, 'classes');
    checkOptions(options, 'dense memory options', [
      'memories',
      'power',
      'temperature',
      'form',
      'seed',
      'backend',
    ]);
    this.memories = checkPositiveInteger(options.memories, 'memories');
    this.power = checkNumber(
      options.power ?? 3,
      'power',
      'an integer from 2 to 1000',
      (n) => Number.isInteger(n) && n >= 2 && n <= 1000,
    );
    this.#temperature = checkedTemperature(
      options.temperature ?? (this.power * Math.sqrt(inputs)) / 4,
    );
    this.form = checkName(options.form ?? 'dual', 'form', ['dual', 'full']);
    this.seed = checkedSeed(options.seed ?? drawSeed());
    this.#backend = options.backend ?? 'auto';
    arena(this.#backend);
    const start = normal(new Random(this.seed), this.memories, inputs + classes, DEVIATION);
    this.#memories = this.own('memories', start);
  }

  /**
   * A memory out of a file that `save` wrote.
   *
   * @param bytes - a safetensors file
   * @throws TypeError, RangeError when it is none, or holds anything else
   */
  static load(bytes: Uint8Array, options: { backend?: Backend } = {}): DenseMemory {
    checkOptions(options, 'load options', ['backend']);
    const { memories, inputs, classes, settings } = readMemory(bytes);
    const memory = new DenseMemory(inputs, classes, { ...settings, ...options });
    memory.#memories.value.data.set(memories.data);
    return memory;
  }

  /** Which kernels run; the results are the same. */
  get backend(): 'wasm' | 'reference' {
    return arena(this.#backend).backend;
  }

  /** T of F, above 0. It may be changed between steps. @throws TypeError, RangeError */
  get temperature(): number {
    return this.#temperature;
  }

  set temperature(temperature: number) {
    this.#temperature = checkedTemperature(temperature);
  }

  /**
   * @param x - […, inputs]
   * @returns […, classes], between −1 and 1
   * @throws TypeError, RangeError when x is no such tensor
   */
  forward(x: Tensor): Tensor {
    checkTensor(x, 'x');
    const leading = x.shape.slice(0, -1);
    checkTensor(x, 'x', [...leading, this.inputs]);
    const samples = countOf(leading);
    const { inputs, classes, memories, power } = this;
    const temperature = this.#temperature;
    const full = this.form === 'full';
    const factor = full ? 1 : (2 * power) / temperature;
    const c = new Float32Array(samples * classes);
    const slopes = new Float64Array(samples * classes);
    const machine = arena(this.#backend).with(classKernels);
    const overlaps = inArena(machine, (pass) => {
      const width = inputs + classes;
      const xi = pass.read(this.#memories.value.data);
      const a = pass.take(memories * samples);
      const v = matrix(pass.read(x.data), inputs);
      pass.product(matrix(a, samples), matrix(xi, width), transposed(v), memories, inputs, samples);
      const at = pass.take(2 * samples * classes);
      const { kernels } = machine;
      const fields = full ? kernels.classFieldsF64 : kernels.dualFieldsF64;
      fields(at, a, xi + 4 * inputs, samples, memories, classes, width, power, temperature);
      for (const [k, field] of pass.doubles(at, samples * classes).entries()) {
        const unit = tanh(factor * field);
        c[k] = unit;
        slopes[k] = factor * (1 - unit * unit);
      }
      return pass.copy(a, memories * samples, this.#trace?.overlaps);
    });
    const copy = { data: x.data.slice(), shape: [...x.shape] };
    this.#trace = { x: copy, overlaps, slopes, temperature };
    return { data: c, shape: [...leading, classes] };
  }

  /**
   * @param gradient - ∂loss/∂c of the last `forward`
   * @returns ∂loss/∂x
   */
  backward(gradient: Tensor): Tensor {
    const trace = this.#trace;
    if (!trace) throw new Error('backward was called before forward');
    const { x, overlaps, slopes, temperature } = trace;
    const leading = x.shape.slice(0, -1);
    checkTensor(gradient, 'gradient', [...leading, this.classes]);
    const samples = countOf(leading);
    const { inputs, classes, memories, power } = this;
    const { value, gradient: sums } = this.#memories;
    const machine = arena(this.#backend).with(classKernels);
    const data = inArena(machine, (pass) => {
      const width = inputs + classes;
      const xi = pass.read(value.data);
      const a = pass.read(overlaps);
      const g = pass.take(2 * samples * classes);
      const da = pass.take(memories * samples);
      const dclasses = pass.take(2 * memories * classes);
      const v = pass.read(x.data);
      const dx = pass.take(samples * inputs);
      const dxi = pass.read(sums.data);
      const slope = pass.doubles(g, samples * classes);
      for (let k = 0; k < slope.length; k++) slope[k] = slopes[k] * gradient.data[k];
      const { kernels } = machine;
      const full = this.form === 'full';
      const fieldsBackward = full ? kernels.classFieldsBackwardF64 : kernels.dualFieldsBackwardF64;
      const at = xi + 4 * inputs;
      fieldsBackward(da, dclasses, a, at, g, samples, memories, classes, width, power, temperature);
      const slopesOfOverlaps = matrix(da, samples);
      pass.addProduct(
        matrix(dxi, width),
        slopesOfOverlaps,
        matrix(v, inputs),
        memories,
        samples,
        inputs,
      );
      const total = pass.view(dxi, memories * width);
      const parts = pass.doubles(dclasses, memories * classes);
      for (let k = 0; k < memories; k++) {
        for (let j = 0; j < classes; j++) total[k * width + inputs + j] += parts[k * classes + j];
      }
      pass.write(sums.data, dxi);
      pass.product(
        matrix(dx, inputs),
        transposed(slopesOfOverlaps),
        matrix(xi, width),
        samples,
        memories,
        inputs,
      );
      return pass.copy(dx, samples * inputs);
    });
    return { data, shape: [...x.shape] };
  }

  /**
   * A safetensors file: the tensor `memories`, and what else makes this memory as texts in its metadata. Any reader of the
   * format reads the numbers; `DenseMemory.load` makes the same memory of it.
   */
  save(): Uint8Array {
    return writeMemory(this);
  }
}

function checkedTemperature(temperature: number): number {
  return checkNumber(temperature, 'temperature', 'a number above 0', (value) => value > 0);
}
