/**
 * The couplings of a network: integers J_ij with W_ij = scale·J_ij, and how stored patterns become them.
 *
 * Hebbian and palimpsest couplings are exact, in i8 where they fit, else in i16. Those of the other rules, dreams and
 * callers are real numbers, rounded once to i32. Hebbian couplings are brought up to date when somebody needs them, and
 * need not be held at all: the patterns can stand for them.
 */
import { matrixBytes } from '../kernels/layout.ts';
import type { Matrix, SmallMatrix } from '../dynamics/quadratic-landscape.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SpinGroup } from '../kernels/groups/spins.ts';
import { learningKernels, type LearningGroup } from '../kernels/groups/learning.ts';
import type { Machine } from '../kernels/open.ts';
import type { Labels } from '../patterns/labels.ts';
import { PatternStore } from '../patterns/pattern-store.ts';
import type { GivenPatterns } from '../patterns/states.ts';
import { denseCopy, packMatrix, savedKind, toDoubles, unpackMatrix } from './coupling-matrix.ts';
import type { Dream, DreamCouplings, DreamPlan } from './dreaming.ts';
import { FIELD_LIMIT, roundCouplings } from './fixed-point.ts';
import type { GivenCouplings } from './given-couplings.ts';
import { hebbianMatrix } from './hebbian-matrix.ts';
import {
  addBounded,
  addHebbian,
  I16_PATTERNS,
  I8_LARGEST,
  smallKind,
} from './integer-couplings.ts';
import { checkRoom, LEARNING } from './room.ts';
import { ruleOf, type CompleteRule } from './rules/index.ts';
import type { LearningReport } from './rules/rule.ts';
import { checkSaved, type SavedCouplings } from './saved-couplings.ts';

/** What a network is to be: its options, checked and complete. */
export interface NetworkPlan {
  readonly neurons: number;
  readonly rule: CompleteRule;
  readonly units: 'bipolar' | 'binary';
  /** Whether W_ii is learnt. */
  readonly selfCoupling: boolean;
  /** Real thresholds, one a neuron; undefined when all are 0. */
  readonly thresholds: Float64Array | undefined;
  readonly representation: 'auto' | 'patterns' | 'couplings';
}

/** N above which `'auto'` holds patterns rather than couplings. */
export const AUTO_COUPLINGS = 4096;

export class Couplings {
  readonly patterns: PatternStore;
  readonly #machine: Machine<PatternGroup & SpinGroup>;
  readonly #plan: NetworkPlan;
  /** W_ij of one unit of Hebbian couplings. */
  readonly #hebbianScale: number;
  /** Couplings of the first `#built` patterns; `#scale` is the real W_ij of one unit. */
  #matrix: Matrix | undefined;
  #scale: number;
  #built = 0;
  #dreamt = false;
  #symmetric = true;
  #selfActing: boolean;
  #learning: LearningReport | undefined;
  #version = 0;

  constructor(machine: Machine<PatternGroup & SpinGroup>, plan: NetworkPlan) {
    const { neurons, rule, units, selfCoupling } = plan;
    this.#machine = machine;
    this.#plan = plan;
    this.#hebbianScale = units === 'binary' ? 1 : 1 / neurons;
    this.#scale = this.#hebbianScale;
    this.#selfActing = selfCoupling;
    this.patterns = new PatternStore(machine, neurons, ruleOf(rule).blocks ?? false);
  }

  /** The machine with the kernels of real couplings, which Hebbian ones do without. */
  get #withLearning(): Machine<PatternGroup & SpinGroup & LearningGroup> {
    return this.#machine.with(learningKernels);
  }

  /** Counts the changes: what was made of an earlier version is out of date. */
  get version(): number {
    return this.#version;
  }

  /** The matrix, if it is held; of all patterns after `update`. */
  get matrix(): Matrix | undefined {
    return this.#matrix;
  }

  /** The real W_ij of J_ij = 1. */
  get scale(): number {
    return this.#scale;
  }

  /** Whether these are the Hebbian couplings of the patterns, J_ij = Σ_μ ξ_i^μ ξ_j^μ. */
  get hebbian(): boolean {
    return this.#plan.rule.name === 'hebbian' && !this.#dreamt;
  }

  /** No |J_ij| of couplings that are small integers is above this. */
  get bound(): number {
    const { rule } = this.#plan;
    return ruleOf(rule).bound?.(rule) ?? this.patterns.count;
  }

  /** Whether they are other than what the rule makes of the patterns: dreamt, or given. */
  get dreamt(): boolean {
    return this.#dreamt;
  }

  /** Whether W_ij = W_ji for all i and j is certain. */
  get symmetric(): boolean {
    return this.#symmetric;
  }

  /** Whether some W_ii may be other than zero. */
  get selfActing(): boolean {
    return this.#selfActing;
  }

  /** How the last training of an iterative rule went. */
  get learning(): LearningReport | undefined {
    return this.#learning;
  }

  /** Whether the matrix is held, or the patterns stand for it. */
  get representation(): 'patterns' | 'couplings' {
    const { neurons, representation } = this.#plan;
    if (!this.hebbian) return 'couplings';
    if (representation !== 'auto') return representation;
    return neurons <= AUTO_COUPLINGS ? 'couplings' : 'patterns';
  }

  /** Brings Hebbian couplings up to date with the patterns, where the matrix is held. */
  update(): void {
    if (this.representation === 'patterns') return;
    // Without patterns the couplings of all rules are zero, as those of Hebb are.
    if (this.hebbian || !this.#matrix) this.#buildHebbian();
  }

  /**
   * Stores patterns and learns them.
   *
   * @throws what `write` throws, RangeError when memory or integers would not hold the result, TypeError when
   *   the rule does not go with the couplings there are; nothing is stored then
   */
  store({ count, write, labels }: GivenPatterns): void {
    const from = this.patterns.count;
    this.#checkCount(from + count);
    this.patterns.append(count, write, labels);
    try {
      this.#learn(from);
    } catch (error) {
      this.patterns.truncate(from);
      throw error;
    }
    this.#version++;
  }

  /** Forgets these patterns (indices upwards): Hebbian couplings lose their share, others are learnt anew from the rest. */
  forget(indices: readonly number[]): void {
    if (indices.length === 0) return;
    const { hebbian, patterns } = this;
    this.#version++;
    if (!hebbian || this.#matrix?.kind === 'i32') this.#drop();
    for (const index of [...indices].reverse()) {
      if (this.#matrix && index < this.#built) {
        if (this.#addHebbian(this.#matrix as SmallMatrix, index, index + 1, -1)) this.#built--;
      }
      patterns.remove(index);
    }
    if (hebbian) return;
    this.#dreamt = false;
    this.#symmetric = true;
    this.#selfActing = this.#plan.selfCoupling;
    this.#learning = undefined;
    if (patterns.count > 0) this.#learn(0);
  }

  /** Takes couplings that a caller gave in place of what there is. */
  give({ values, symmetric, selfActing }: GivenCouplings): void {
    const { memory } = this.#machine;
    memory.scope((take) => {
      const doubles = take(values.length * 8);
      memory.views.f64.set(values, doubles >>> 3);
      this.#round(doubles);
    });
    this.#dreamt = true;
    this.#symmetric = symmetric;
    this.#selfActing = selfActing;
    this.#version++;
  }

  /** @throws TypeError when couplings like these cannot dream; `name` says what was asked of them. */
  checkDream(name: string): void {
    const { rule, units, representation } = this.#plan;
    if (units === 'binary') {
      throw new TypeError(`units is 'binary', expected 'bipolar' for ${name}`);
    }
    if (representation === 'patterns') {
      throw new TypeError(
        `representation is 'patterns', expected 'couplings' or 'auto' for ${name}`,
      );
    }
    if (!this.#symmetric) {
      throw new TypeError(
        `${name} needs symmetric couplings; these (${rule.name}) are not symmetric`,
      );
    }
  }

  /**
   * Lets `work` dream on a copy of the couplings, which takes their place at the end. They have to be up to date.
   *
   * @throws what `work` throws, Error when the couplings change meanwhile; they then stay as they are
   */
  async dream(
    name: string,
    plan: DreamPlan,
    work: (dream: Dream) => Promise<LearningReport | undefined>,
  ): Promise<void> {
    const machine = this.#withLearning;
    const { patterns } = this;
    const { kernels, memory } = machine;
    const { neurons, thresholds } = this.#plan;
    checkRoom(neurons, LEARNING, name, memory.used);
    const version = this.#version;
    const check = () => {
      if (this.#version !== version) {
        throw new Error(`the network was changed while it was busy with ${name}`);
      }
    };
    const address = memory.allocate(matrixBytes(neurons, 'i32'));
    const couplings: DreamCouplings = { address, unit: this.#scale };
    let report: LearningReport | undefined;
    try {
      memory.scope((take) => {
        const doubles = take(neurons * neurons * 8);
        this.#use((matrix) => toDoubles(machine, doubles, matrix, 1, neurons));
        kernels.roundToI32(address, doubles, 1, neurons);
      });
      report = await work({ ...plan, machine, patterns, couplings, thresholds, check });
      check();
    } catch (error) {
      memory.free(address);
      throw error;
    }
    this.#install({ kind: 'i32', address }, couplings.unit);
    this.#dreamt = true;
    this.#learning = report;
    this.#version++;
  }

  /** A copy in single precision, N×N, entry i·N + j what neuron j does to neuron i. They have to be up to date. */
  dense(): Float32Array {
    const { neurons } = this.#plan;
    return this.#use((matrix) => denseCopy(this.#machine, matrix, this.#scale, neurons));
  }

  /** What `restore` needs beside the patterns, and the integers as `packMatrix` makes them: none without couplings. */
  save(): { state: SavedCouplings; bytes: Uint8Array } {
    const derived =
      !this.#dreamt && (this.#plan.rule.name === 'hebbian' || this.patterns.count === 0);
    const matrix = derived ? undefined : this.#matrix;
    const state = {
      couplings: matrix ? { kind: savedKind(matrix), scale: this.#scale } : null,
      dreamt: this.#dreamt,
      symmetric: this.#symmetric,
      selfActing: this.#selfActing,
      learning: this.#learning ?? null,
    };
    return {
      state,
      bytes: matrix ? packMatrix(this.#machine, matrix, this.#plan.neurons) : new Uint8Array(0),
    };
  }

  /**
   * Takes saved patterns, given by their bits, and their couplings into a network that is still empty.
   *
   * @throws TypeError, RangeError when the couplings are not what the rest of the file says of them
   */
  restore(
    count: number,
    rows: Uint8Array,
    labels: Labels | undefined,
    saved: SavedCouplings,
    bytes: Uint8Array<ArrayBuffer>,
  ): void {
    this.#checkCount(count);
    checkSaved(saved, bytes, this.#plan, Math.min(count, this.bound));
    this.patterns.restore(count, rows, labels);
    if (saved.couplings) {
      const { kind, scale } = saved.couplings;
      const { neurons } = this.#plan;
      this.#install(unpackMatrix(this.#machine, kind, bytes, neurons, this.bound), scale);
    }
    this.#dreamt = saved.dreamt;
    this.#symmetric = saved.symmetric;
    this.#selfActing = saved.selfActing;
    this.#learning = saved.learning ?? undefined;
    this.#version++;
  }

  /** Ends dreams and recalls that are under way: the network gives its memory back. */
  dispose(): void {
    this.#version++;
  }

  /** @throws RangeError when integer fields of so many patterns could overflow. */
  #checkCount(patterns: number): void {
    const { neurons, units } = this.#plan;
    const limit = units === 'binary' ? FIELD_LIMIT / 2 : FIELD_LIMIT;
    if (neurons * patterns >= limit) {
      throw new RangeError(
        `${patterns} patterns of ${neurons} neurons: their product is ` +
          `${neurons * patterns}, expected less than ${limit} (integer fields)`,
      );
    }
  }

  /** Takes `matrix`, of all patterns there are, in place of the present one. */
  #install(matrix: Matrix, scale: number): void {
    this.#drop();
    this.#matrix = matrix;
    this.#scale = scale;
    this.#built = this.patterns.count;
  }

  #drop(): void {
    if (this.#matrix) this.#machine.memory.free(this.#matrix.address);
    this.#matrix = undefined;
    this.#scale = this.#hebbianScale;
    this.#built = 0;
  }

  /** Takes in the patterns from `from` on. Hebbian couplings can wait until they are needed. */
  #learn(from: number): void {
    const { rule, representation } = this.#plan;
    const bound = ruleOf(rule).bound?.(rule);
    if (bound !== undefined && !this.#dreamt) this.#learnBounded(from, bound);
    else if (!this.hebbian) this.#learnReal(from);
    else if (representation === 'couplings' && this.patterns.count <= I16_PATTERNS) {
      this.#buildHebbian();
    }
  }

  /** J += sign·Σ ξ ξᵀ over the patterns from … to − 1; false, and no matrix any more, when it cannot hold the sums. */
  #addHebbian({ kind, address }: SmallMatrix, from: number, to: number, sign: 1 | -1): boolean {
    const { selfCoupling: self } = this.#plan;
    const largest = addHebbian(this.#machine, this.patterns, { kind, address }, from, to, {
      sign,
      self,
    });
    const fits = kind === 'i16' || largest <= I8_LARGEST;
    if (fits) this.#matrix = { kind, address, largest };
    else this.#drop();
    return fits;
  }

  /** Brings the matrix up to date with the patterns. */
  #buildHebbian(): void {
    const { count } = this.patterns;
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
    this.#drop();
    const { neurons, selfCoupling } = this.#plan;
    const each = kind === 'i16' ? 2 : 1;
    checkRoom(neurons, each, "representation 'couplings'", this.#machine.memory.used);
    this.#install(
      hebbianMatrix(this.#machine, this.patterns, selfCoupling, kind),
      this.#hebbianScale,
    );
  }

  /** Lends the matrix, or one made for the purpose where the patterns stand for it. */
  #use<T>(work: (matrix: Matrix) => T): T {
    if (this.#matrix) return work(this.#matrix);
    const matrix = hebbianMatrix(this.#machine, this.patterns, this.#plan.selfCoupling);
    try {
      return work(matrix);
    } finally {
      this.#machine.memory.free(matrix.address);
    }
  }

  #learnBounded(from: number, bound: number): void {
    const { memory } = this.#machine;
    if (from === 0 || !this.#matrix) {
      const kind = smallKind(bound);
      const bytes = kind === 'i8' ? 1 : 2;
      checkRoom(this.#plan.neurons, bytes, `the rule '${this.#plan.rule.name}'`, memory.used);
      const address = memory.allocate(matrixBytes(this.#plan.neurons, kind));
      this.#install({ kind, address, largest: bound }, this.#hebbianScale);
    }
    addBounded(this.#machine, this.patterns, this.#matrix as SmallMatrix, from, bound);
  }

  /** Learns with doubles and rounds once. */
  #learnReal(from: number): void {
    const machine = this.#withLearning;
    const { patterns } = this;
    const { rule, selfCoupling } = this.#plan;
    const dreamt = this.#dreamt;
    const { additive = false, symmetric, learn } = ruleOf(rule);
    if (!this.#symmetric && symmetric) {
      throw new TypeError(
        `the couplings are not symmetric, expected symmetric ones for the rule '${rule.name}'`,
      );
    }
    checkRoom(patterns.neurons, LEARNING, `the rule '${rule.name}'`, machine.memory.used);
    // What is there is gone on from; otherwise all patterns are learnt together.
    const adding = dreamt || additive;
    machine.memory.scope((take) => {
      const matrix = this.#doubles(take, adding ? this.#matrix : undefined);
      const scale = this.#hebbianScale;
      const lesson = {
        machine,
        patterns,
        from: adding ? from : 0,
        matrix,
        scale,
        selfCoupling,
        dreamt,
      };
      const report = learn(lesson, rule);
      this.#round(matrix);
      if (report) this.#symmetric = false;
      this.#learning = report;
    });
  }

  /** The address of f64[N×N]: the real couplings of `matrix`, or zeros. */
  #doubles(take: (bytes: number) => number, matrix: Matrix | undefined): number {
    const { neurons } = this.#plan;
    const address = take(neurons * neurons * 8);
    const start = address >>> 3;
    if (matrix) toDoubles(this.#withLearning, address, matrix, this.#scale, neurons);
    else this.#machine.memory.views.f64.fill(0, start, start + neurons * neurons);
    return address;
  }

  /** Takes the f64[N×N] at `doubles`, rounded, in place of the present matrix. */
  #round(doubles: number): void {
    const machine = this.#withLearning;
    const { memory } = machine;
    const { neurons, units, thresholds } = this.#plan;
    memory.scope((take) => {
      const extra = take(neurons * 8);
      memory.views.f64.set(thresholds ?? new Float64Array(neurons), extra >>> 3);
      const address = memory.allocate(matrixBytes(neurons, 'i32'));
      const factor = units === 'binary' ? 2 : 1;
      try {
        const unit = roundCouplings(machine, address, doubles, extra, factor, neurons);
        this.#install({ kind: 'i32', address }, unit);
      } catch (error) {
        memory.free(address);
        throw error;
      }
    });
  }
}
