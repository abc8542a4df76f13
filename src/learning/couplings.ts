/**
 * The couplings of a network: integers J_ij with W_ij = scale·J_ij, and how stored patterns become them.
 *
 * Hebbian and palimpsest couplings are exact, in i8 where they fit, else in i16. Those of the other rules, dreams and
 * callers are real numbers, rounded once to i32. Hebbian couplings are brought up to date when somebody needs them, and
 * need not be held at all: the patterns can stand for them.
 */
import { FIELD_LIMIT, matrixBytes } from '../kernels/layout.ts';
import type { Matrix } from '../dynamics/quadratic-landscape.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SpinGroup } from '../kernels/groups/spins.ts';
import type { Machine } from '../kernels/open.ts';
import type { Labels } from '../patterns/labels.ts';
import { PatternStore } from '../patterns/pattern-store.ts';
import type { GivenPatterns } from '../patterns/states.ts';
import { denseCopy, packMatrix, savedKind, toDoubles, unpackMatrix } from './coupling-matrix.ts';
import type { Dream, DreamCouplings, DreamPlan } from './dreaming.ts';
import type { GivenCouplings } from './given-couplings.ts';
import { HeldMatrix } from './held-matrix.ts';
import { I16_PATTERNS } from './integer-couplings.ts';
import type { NetworkPlan } from './plan.ts';
import { definitionOf } from './rules/index.ts';
import { checkRoom, LEARNING } from './room.ts';
import type { LearningReport } from './rules/rule.ts';
import { checkSaved, type SavedCouplings } from './saved-couplings.ts';

/** N above which `'auto'` holds patterns rather than couplings. */
export const AUTO_COUPLINGS = 4096;

/** Couplings as landscapes are made of them. */
export interface NetworkCouplings {
  /** Counts the changes: what was made of an earlier version is out of date. */
  readonly version: number;
  /** The matrix, if it is held; of all patterns after `update`. */
  readonly matrix: Matrix | undefined;
  /** The real W_ij of J_ij = 1. */
  readonly scale: number;
  /** Whether these are the Hebbian couplings of the patterns, J_ij = Σ_μ ξ_i^μ ξ_j^μ. */
  readonly hebbian: boolean;
  /** No |J_ij| of couplings that are small integers is above this. */
  readonly bound: number;
  /** Whether W_ij = W_ji for all i and j is certain. */
  readonly symmetric: boolean;
  readonly patterns: PatternStore;
  /** Brings Hebbian couplings up to date with the patterns, where the matrix is held. */
  update(): void;
}

export class Couplings implements NetworkCouplings {
  readonly patterns: PatternStore;
  readonly #machine: Machine<PatternGroup & SpinGroup>;
  readonly #plan: NetworkPlan;
  readonly #held: HeldMatrix;
  #dreamt = false;
  #symmetric = true;
  #selfActing: boolean;
  #learning: LearningReport | undefined;
  #version = 0;

  constructor(machine: Machine<PatternGroup & SpinGroup>, plan: NetworkPlan) {
    const { neurons, rule, selfCoupling } = plan;
    this.#machine = machine;
    this.#plan = plan;
    this.#selfActing = selfCoupling;
    this.patterns = new PatternStore(machine, neurons, definitionOf(rule.name).blocks ?? false);
    this.#held = new HeldMatrix(machine, plan, this.patterns);
  }

  get version(): number {
    return this.#version;
  }

  get matrix(): Matrix | undefined {
    return this.#held.matrix;
  }

  get scale(): number {
    return this.#held.scale;
  }

  get hebbian(): boolean {
    return this.#plan.rule.name === 'hebbian' && !this.#dreamt;
  }

  get bound(): number {
    const { rule } = this.#plan;
    return definitionOf(rule.name).bound?.(rule) ?? this.patterns.count;
  }

  /** Whether they are other than what the rule makes of the patterns: dreamt, or given. */
  get dreamt(): boolean {
    return this.#dreamt;
  }

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

  /** Hebbian couplings of other patterns, which stand for the matrix. */
  of(patterns: PatternStore): NetworkCouplings {
    const { hebbianScale: scale } = this.#held;
    const bound = patterns.count;
    const update = () => {};
    const version = 0;
    return {
      version,
      matrix: undefined,
      scale,
      hebbian: true,
      bound,
      symmetric: true,
      patterns,
      update,
    };
  }

  update(): void {
    if (this.representation === 'patterns') return;
    // Without patterns the couplings of all rules are zero, as those of Hebb are.
    if (this.hebbian || !this.#held.matrix) this.#held.buildHebbian();
  }

  /**
   * Stores patterns and learns them.
   *
   * @throws what `write` throws, RangeError when memory or integers would not hold the result, TypeError when
   *   the rule does not go with the couplings there are; nothing is stored then
   */
  store({ count, write, labels }: GivenPatterns): void {
    const from = this.patterns.count;
    const { matrix } = this.#held;
    this.#checkCount(from + count);
    this.patterns.append(count, write, labels);
    try {
      this.#learn(from);
    } catch (error) {
      this.patterns.truncate(from);
      // One that did not hold the sums is gone, and will be made anew.
      if (this.#held.matrix !== matrix) this.#version++;
      throw error;
    }
    this.#version++;
  }

  /**
   * Forgets these patterns (indices upwards): Hebbian couplings lose their share, others are learnt anew from the rest.
   *
   * @throws RangeError when memory is short; nothing is forgotten then
   */
  forget(indices: readonly number[]): void {
    if (indices.length === 0) return;
    const { hebbian, patterns } = this;
    const restore = patterns.snapshot();
    this.#version++;
    if (hebbian && this.#held.matrix?.kind === 'i32') this.#held.drop();
    try {
      for (const index of [...indices].reverse()) {
        if (hebbian) this.#held.forgetHebbian(index);
        patterns.remove(index);
      }
      if (!hebbian) this.#relearn();
    } catch (error) {
      restore();
      if (hebbian) this.#held.drop();
      throw error;
    }
  }

  /** Learns all patterns anew, in place of what there is. */
  #relearn(): void {
    const before = [this.#dreamt, this.#symmetric, this.#selfActing, this.#learning] as const;
    this.#dreamt = false;
    this.#symmetric = true;
    this.#selfActing = this.#plan.selfCoupling;
    this.#learning = undefined;
    if (this.hebbian || this.patterns.count === 0) {
      this.#held.drop();
      return;
    }
    try {
      this.#learn(0);
    } catch (error) {
      [this.#dreamt, this.#symmetric, this.#selfActing, this.#learning] = before;
      throw error;
    }
  }

  /** Takes couplings that a caller gave in place of what there is. */
  give({ values, symmetric, selfActing }: GivenCouplings): void {
    const { memory } = this.#machine;
    memory.scope((take) => {
      const doubles = take(values.length * 8);
      memory.views.f64.set(values, doubles >>> 3);
      this.#held.round(doubles);
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
    const machine = this.#held.learningMachine;
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
    const couplings: DreamCouplings = { address, unit: this.#held.scale };
    let report: LearningReport | undefined;
    try {
      memory.scope((take) => {
        const doubles = take(neurons * neurons * 8);
        this.#held.use((matrix) => toDoubles(machine, doubles, matrix, 1, neurons));
        kernels.roundToI32(address, doubles, 1, neurons);
      });
      report = await work({ ...plan, machine, patterns, couplings, thresholds, check });
      check();
    } catch (error) {
      memory.free(address);
      throw error;
    }
    this.#held.install({ kind: 'i32', address }, couplings.unit);
    this.#dreamt = true;
    this.#learning = report;
    this.#version++;
  }

  /** A copy in single precision, N×N, entry i·N + j what neuron j does to neuron i. They have to be up to date. */
  dense(): Float32Array {
    const { neurons } = this.#plan;
    return this.#held.use((matrix) => denseCopy(this.#machine, matrix, this.#held.scale, neurons));
  }

  /** What `restore` needs beside the patterns, and the integers as `packMatrix` makes them: none without couplings. */
  save(): { state: SavedCouplings; bytes: Uint8Array } {
    const derived =
      !this.#dreamt && (this.#plan.rule.name === 'hebbian' || this.patterns.count === 0);
    const matrix = derived ? undefined : this.#held.matrix;
    const state = {
      couplings: matrix ? { kind: savedKind(matrix), scale: this.#held.scale } : null,
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
      this.#held.install(unpackMatrix(this.#machine, kind, bytes, neurons, this.bound), scale);
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

  /** Takes in the patterns from `from` on. Hebbian couplings can wait until they are needed. */
  #learn(from: number): void {
    const { rule, representation } = this.#plan;
    const bound = definitionOf(rule.name).bound?.(rule);
    if (bound !== undefined && !this.#dreamt) this.#held.learnBounded(from, bound);
    else if (!this.hebbian) this.#learnReal(from);
    else if (representation === 'couplings' && this.patterns.count <= I16_PATTERNS) {
      this.#held.buildHebbian();
    }
  }

  /** Learns with doubles and rounds once. */
  #learnReal(from: number): void {
    const machine = this.#held.learningMachine;
    const { patterns } = this;
    const { rule, selfCoupling } = this.#plan;
    const dreamt = this.#dreamt;
    const { additive = false, symmetric, learn } = definitionOf(rule.name);
    if (!this.#symmetric && symmetric) {
      throw new TypeError(
        `the couplings are not symmetric, expected symmetric ones for the rule '${rule.name}'`,
      );
    }
    checkRoom(patterns.neurons, LEARNING, `the rule '${rule.name}'`, machine.memory.used);
    // What is there is gone on from; otherwise all patterns are learnt together.
    const adding = dreamt || (additive && from > 0);
    machine.memory.scope((take) => {
      const matrix = this.#held.doubles(take, adding ? this.#held.matrix : undefined);
      const scale = this.#held.hebbianScale;
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
      this.#held.round(matrix);
      if (report) this.#symmetric = false;
      this.#learning = report;
    });
  }
}
