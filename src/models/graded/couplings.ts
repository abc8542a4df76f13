/** The couplings T of a graded network: what was given, and Hebb's W_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ, W_ii = 0, on top. */
import type { Address } from '../../numbers.ts';
import { HEBBIAN_SCRATCH, matrixBytes } from '../../kernels/layout.ts';
import type { PatternGroup } from '../../kernels/groups/patterns.ts';
import type { SpinGroup } from '../../kernels/groups/spins.ts';
import type { LearningGroup } from '../../kernels/groups/learning.ts';
import type { Machine } from '../../kernels/open.ts';
import { I16_PATTERNS } from '../../learning/integer-couplings.ts';
import type { Labels } from '../../patterns/labels.ts';
import { PatternStore } from '../../patterns/pattern-store.ts';
import type { GivenPatterns } from '../../patterns/states.ts';
import { LARGEST, type GradedPlan } from './options.ts';

export class GradedCouplings {
  readonly patterns: PatternStore;
  readonly #machine: Machine<PatternGroup & SpinGroup & LearningGroup>;
  /** f64[N]. */
  readonly inputs: Address;
  #given: Float64Array | undefined;
  #matrix = 0;
  #version = 0;
  /** The version that the matrix is of. */
  #built = -1;

  constructor(machine: Machine<PatternGroup & SpinGroup & LearningGroup>, plan: GradedPlan) {
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

  /**
   * Lends the matrix of Hebb's couplings of these patterns alone, a part of those stored, for as long as `work` takes.
   * O(N²·P).
   *
   * @throws TypeError when couplings were given, which belong to no pattern
   */
  matrixOf<T>(part: PatternStore, work: (matrix: number) => T): T {
    if (this.#given) {
      throw new TypeError(
        'among is given, but couplings are given too, expected sums over patterns',
      );
    }
    const { neurons } = part;
    return this.#machine.memory.scope((take) => {
      const matrix = take(neurons * neurons * 8);
      this.#sum(matrix, part);
      return work(matrix);
    });
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

  /** Adds patterns. */
  store({ count, write, labels }: GivenPatterns): void {
    this.#checkCount(this.patterns.count + count);
    this.patterns.append(count, write, labels);
    this.#version++;
  }

  /** Removes these patterns, indices upwards. */
  forget(indices: readonly number[]): void {
    for (const index of [...indices].reverse()) this.patterns.remove(index);
    if (indices.length > 0) this.#version++;
  }

  /** Adds patterns that were saved. */
  restore(count: number, rows: Uint8Array, labels: Labels | undefined): void {
    this.#checkCount(count);
    this.patterns.restore(count, rows, labels);
    this.#version++;
  }

  #checkCount(all: number): void {
    if (all > I16_PATTERNS) {
      throw new RangeError(`patterns would be ${all}, expected at most ${I16_PATTERNS}`);
    }
  }

  #build(): void {
    const { memory } = this.#machine;
    const { neurons } = this.patterns;
    this.#matrix ||= memory.allocate(neurons * neurons * 8);
    this.#sum(this.#matrix, this.patterns);
    const given = this.#given;
    const { f64 } = memory.views;
    const at = this.#matrix >>> 3;
    if (given && this.patterns.count === 0) f64.set(given, at);
    else if (given) for (let k = 0; k < given.length; k++) f64[at + k] += given[k];
    this.#built = this.#version;
  }

  /** Hebb's couplings of `patterns`, to `matrix`. */
  #sum(matrix: number, patterns: PatternStore): void {
    const { kernels, memory } = this.#machine;
    const { neurons, count, blocks, stride } = patterns;
    if (count === 0) {
      memory.views.f64.fill(0, matrix >>> 3, (matrix >>> 3) + neurons * neurons);
      return;
    }
    memory.scope((take) => {
      const hebbian = take(matrixBytes(neurons, 'i16'));
      const tables = take(HEBBIAN_SCRATCH);
      kernels.addHebbianI16(hebbian, blocks, tables, stride, 0, count, 1, 1, 0, neurons);
      kernels.couplingsToF64I16(matrix, hebbian, 1 / neurons, neurons);
    });
  }
}

/** What is wrong with an N×N matrix that is not symmetric. */
export function asymmetry(values: Float64Array, n: number): string {
  for (let i = 0; ; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [values[i * n + j], values[j * n + i]];
      if (a === b) continue;
      return `coupling [${i}][${j}] is ${a} and [${j}][${i}] is ${b}, expected symmetric couplings`;
    }
  }
}
