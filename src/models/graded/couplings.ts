/** The couplings T of a graded network: what was given, and Hebb's W_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ, W_ii = 0, on top. */
import type { Machine } from '../../kernels/open.ts';
import { matrixBytes } from '../../learning/coupling-matrix.ts';
import { HEBBIAN_TABLES, I16_PATTERNS } from '../../learning/integer-rules.ts';
import { PatternStore } from '../../patterns/pattern-store.ts';
import { LARGEST, type GradedPlan } from './options.ts';

export class GradedCouplings {
  readonly patterns: PatternStore;
  readonly #machine: Machine;
  /** f64[N]. */
  readonly inputs: number;
  #given: Float64Array | undefined;
  #matrix = 0;
  #version = 0;
  /** The version that the matrix is of. */
  #built = -1;

  constructor(machine: Machine, plan: GradedPlan) {
    const { neurons, inputs } = plan;
    this.#machine = machine;
    this.patterns = new PatternStore(machine, neurons, true);
    this.inputs = machine.memory.allocate(neurons * 8);
    machine.memory.views.f64.set(inputs, this.inputs >>> 3);
  }

  /** Changes whenever the couplings do. */
  get version(): number {
    return this.#version;
  }

  /** What was given, N×N, or undefined. */
  get given(): Float64Array | undefined {
    return this.#given;
  }

  /** The address of T, f64[N×N], brought up to date first. O(N²·P) after a change. */
  get matrix(): number {
    if (this.#built !== this.#version) this.#build();
    return this.#matrix;
  }

  /** Begins with the given couplings, N×N and symmetric. @throws RangeError when fields could leave the range of doubles */
  give(given: Float64Array): void {
    this.#given = given;
    this.#version++;
    const { neurons } = this.patterns;
    const sum = this.#machine.kernels.largestRowSumF64(this.matrix, this.inputs, neurons);
    if (!(sum <= LARGEST)) {
      throw new RangeError(
        `couplings and input of a neuron add up to ${sum}, expected at most ${LARGEST}`,
      );
    }
  }

  /** Adds `count` patterns; `write` puts the signs of each at the address it is given. */
  store(count: number, write: (index: number, signs: number) => void): void {
    const all = this.patterns.count + count;
    if (all > I16_PATTERNS) {
      throw new RangeError(`patterns would be ${all}, expected at most ${I16_PATTERNS}`);
    }
    this.patterns.append(count, write);
    this.#version++;
  }

  /** Adds patterns that were saved. */
  restore(count: number, rows: Uint8Array): void {
    this.patterns.restore(count, rows);
    this.#version++;
  }

  #build(): void {
    const { kernels, memory } = this.#machine;
    const { neurons, count } = this.patterns;
    this.#matrix ||= memory.allocate(neurons * neurons * 8);
    if (count > 0) {
      memory.scope((take) => {
        const { blocks, stride } = this.patterns;
        const hebbian = take(matrixBytes(neurons, 'i16'));
        const tables = take(HEBBIAN_TABLES);
        kernels.addHebbianI16(hebbian, blocks, tables, stride, 0, count, 1, 1, 0, neurons);
        kernels.couplingsToF64I16(this.#matrix, hebbian, 1 / neurons, neurons);
      });
    }
    const given = this.#given;
    if (given) {
      const { f64 } = memory.views;
      const at = this.#matrix >>> 3;
      if (count === 0) f64.set(given, at);
      else for (let k = 0; k < given.length; k++) f64[at + k] += given[k];
    }
    this.#built = this.#version;
  }
}
