/**
 * The matrix of a network's couplings, as it is held in linear memory: integers J_ij of the smallest kind that will do,
 * with W_ij = scale·J_ij, for the first `built` patterns.
 */
import type { Address } from '../numbers.ts';
import type { NetworkPlan } from './plan.ts';
import type { Matrix, SmallMatrix } from '../dynamics/quadratic-landscape.ts';
import { learningKernels, type LearningGroup } from '../kernels/groups/learning.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SpinGroup } from '../kernels/groups/spins.ts';
import { matrixBytes, SIZES } from '../kernels/layout.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import { toDoubles } from './coupling-matrix.ts';
import { roundCouplings } from './fixed-point.ts';
import { hebbianMatrix } from './hebbian-matrix.ts';
import { checkRoom } from './room.ts';
import {
  addBounded,
  addHebbian,
  I16_PATTERNS,
  I8_LARGEST,
  smallKind,
} from './integer-couplings.ts';

export class HeldMatrix {
  /** W_ij of one unit of Hebbian couplings. */
  readonly hebbianScale: number;
  readonly #machine: Machine<PatternGroup & SpinGroup>;
  readonly #plan: NetworkPlan;
  readonly #patterns: PatternStore;
  #matrix: Matrix | undefined;
  #scale: number;
  #built = 0;

  constructor(
    machine: Machine<PatternGroup & SpinGroup>,
    plan: NetworkPlan,
    patterns: PatternStore,
  ) {
    this.#machine = machine;
    this.#plan = plan;
    this.#patterns = patterns;
    this.hebbianScale = plan.units === 'binary' ? 1 : 1 / plan.neurons;
    this.#scale = this.hebbianScale;
  }

  /** The machine with the kernels of real couplings, which Hebbian ones do without. */
  get learningMachine(): Machine<PatternGroup & SpinGroup & LearningGroup> {
    return this.#machine.with(learningKernels);
  }

  /** Undefined where none is held. */
  get matrix(): Matrix | undefined {
    return this.#matrix;
  }

  /** The real W_ij of J_ij = 1. */
  get scale(): number {
    return this.#scale;
  }

  /** Takes `matrix`, of all patterns there are, in place of the present one. */
  install(matrix: Matrix, scale: number): void {
    this.drop();
    this.#matrix = matrix;
    this.#scale = scale;
    this.#built = this.#patterns.count;
  }

  drop(): void {
    if (this.#matrix) this.#machine.memory.free(this.#matrix.address);
    this.#matrix = undefined;
    this.#scale = this.hebbianScale;
    this.#built = 0;
  }

  /** Takes pattern `index`, which is still stored, out of Hebbian couplings, if it is in them. */
  forgetHebbian(index: number): void {
    if (!this.#matrix || this.#matrix.kind === 'i32' || index >= this.#built) return;
    if (this.#addHebbian(this.#matrix, index, index + 1, -1)) this.#built--;
  }

  /** J += sign·Σ ξ ξᵀ over the patterns from … to − 1; false, and no matrix any more, when it cannot hold the sums. */
  #addHebbian({ kind, address }: SmallMatrix, from: number, to: number, sign: 1 | -1): boolean {
    const { selfCoupling: self } = this.#plan;
    const largest = addHebbian(this.#machine, this.#patterns, { kind, address }, from, to, {
      sign,
      self,
    });
    const fits = kind === 'i16' || largest <= I8_LARGEST;
    if (fits) this.#matrix = { kind, address, largest };
    else this.drop();
    return fits;
  }

  /** Brings the matrix up to date with the patterns. */
  buildHebbian(): void {
    const { count } = this.#patterns;
    const matrix = this.#matrix;
    if (matrix && this.#built === count) return;
    let kind: Matrix['kind'] | undefined;
    if (matrix && matrix.kind !== 'i32' && count <= I16_PATTERNS) {
      if (this.#addHebbian(matrix, this.#built, count, 1)) {
        this.#built = count;
        return;
      }
      kind = 'i16';
    }
    this.drop();
    const { neurons, selfCoupling } = this.#plan;
    const each = kind === 'i16' ? 2 : 1;
    checkRoom(neurons, each, "representation 'couplings'", this.#machine.memory.used);
    this.install(
      hebbianMatrix(this.#machine, this.#patterns, selfCoupling, kind),
      this.hebbianScale,
    );
  }

  /** Lends the matrix, or one made for the purpose where the patterns stand for it. */
  use<T>(work: (matrix: Matrix) => T): T {
    if (this.#matrix) return work(this.#matrix);
    const matrix = hebbianMatrix(this.#machine, this.#patterns, this.#plan.selfCoupling);
    try {
      return work(matrix);
    } finally {
      this.#machine.memory.free(matrix.address);
    }
  }

  /** Adds the patterns from `from` on by the rule that clamps couplings to ±`bound`; from 0 on, in place of the present. */
  learnBounded(from: number, bound: number): void {
    if (from > 0) {
      addBounded(this.#machine, this.#patterns, this.#matrix as SmallMatrix, from, bound);
      return;
    }
    const { memory } = this.#machine;
    const kind = smallKind(bound);
    const { neurons, rule } = this.#plan;
    checkRoom(neurons, SIZES[kind], `the rule '${rule.name}'`, memory.used);
    const address = memory.allocate(matrixBytes(neurons, kind));
    try {
      addBounded(this.#machine, this.#patterns, { kind, address }, 0, bound);
    } catch (error) {
      memory.free(address);
      throw error;
    }
    this.install({ kind, address, largest: bound }, this.hebbianScale);
  }

  /** The address of f64[N×N]: the real couplings of `matrix`, or zeros. */
  doubles(take: (bytes: number) => Address, matrix: Matrix | undefined): number {
    const { neurons } = this.#plan;
    const address = take(neurons * neurons * 8);
    const start = address >>> 3;
    if (matrix) toDoubles(this.learningMachine, address, matrix, this.#scale, neurons);
    else this.#machine.memory.views.f64.fill(0, start, start + neurons * neurons);
    return address;
  }

  /** Takes the f64[N×N] at `doubles`, rounded, in place of the present matrix. */
  round(doubles: Address): void {
    const machine = this.learningMachine;
    const { memory } = machine;
    const { neurons, units, thresholds } = this.#plan;
    memory.scope((take) => {
      const extra = take(neurons * 8);
      memory.views.f64.set(thresholds ?? new Float64Array(neurons), extra >>> 3);
      const address = memory.allocate(matrixBytes(neurons, 'i32'));
      const factor = units === 'binary' ? 2 : 1;
      try {
        const unit = roundCouplings(machine, address, doubles, extra, factor, neurons);
        this.install({ kind: 'i32', address }, unit);
      } catch (error) {
        memory.free(address);
        throw error;
      }
    });
  }
}
