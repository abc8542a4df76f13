/**
 * A memory of ±1 (or 0/1) patterns whose states fall over an energy landscape: what all of them can do.
 *
 * A model says which patterns it holds and which landscape they make; `Walk` moves a state over it.
 */
import { checkName, checkOptions } from '../checks.ts';
import type { Landscape, Workspace } from '../dynamics/landscape.ts';
import {
  planRecall,
  type RecallOptions,
  type RecallPlan,
  type TrajectoryOptions,
} from '../dynamics/options.ts';
import { Walk } from '../dynamics/walk.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { Machine } from '../kernels/open.ts';
import type { Forgotten, Label } from '../patterns/labels.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import {
  choosePatterns,
  readState,
  splitStates,
  type State,
  type States,
} from '../patterns/states.ts';
import { makeDisposable } from '../disposable.ts';
import { follow, stateOf, steps, type Setting } from './follow.ts';
import { bestMatch, type Match } from './match.ts';
import { RecallMany } from './recall-many.ts';
import type { RecallManyResult, RecallResult, TrajectoryStep } from './results.ts';
import { jsonOf } from './save-format.ts';

/** What a model holds in linear memory. */
export interface Holdings {
  readonly machine: Machine<PatternGroup>;
  readonly patterns: PatternStore;
  /** Changes whenever what is stored changes. */
  readonly version: number;
  /** The lower of the two values of a state. */
  readonly low: -1 | 0;
}

export abstract class AssociativeMemory {
  /** `dispose()`, on engines that know `using`. */
  declare readonly [Symbol.dispose]: () => void;

  /** N. */
  abstract readonly neurons: number;

  constructor() {
    makeDisposable(this);
  }

  /** @throws Error when the memory has been disposed of */
  protected abstract hold(): Holdings;

  /** The landscape of what is stored, brought up to date first. */
  protected abstract ground(): Landscape;

  /** The model as bytes. */
  abstract save(): Uint8Array;

  /** Gives the memory back at once. Optional: dropping the object is enough. Every method throws afterwards. */
  abstract dispose(): void;

  /** What `save` gives as a value for JSON, for `fromJSON`: `JSON.stringify(network)` keeps everything. */
  toJSON(): Record<string, unknown> {
    return jsonOf(this.save());
  }

  /** Which kernels run: `'wasm'`, or `'reference'` (TypeScript); the results are the same. */
  get backend(): 'wasm' | 'reference' {
    return this.hold().machine.backend;
  }

  /** Why the reference stands in for WebAssembly; undefined when it does not, or was asked for. */
  get backendReason(): string | undefined {
    return this.hold().machine.reason;
  }

  /** P, the number of patterns stored. */
  get patternCount(): number {
    return this.hold().patterns.count;
  }

  /** Copies of the stored patterns, in the order of storing: P times N values, ±1, or 0/1 for binary units. */
  get patterns(): Int8Array[] {
    const { patterns, low } = this.hold();
    return Array.from({ length: patterns.count }, (_, k) => patterns.read(k, low));
  }

  /** The labels of the stored patterns, P of them; undefined for those without. */
  get labels(): (Label | undefined)[] {
    return Array.from(this.hold().patterns.labels);
  }

  /** Bytes of linear memory held. */
  get bytes(): number {
    return this.hold().machine.memory.bytes;
  }

  /**
   * Lets the state fall from a cue towards a stored pattern. For classical networks O(N²), and O(N) a flip; from
   * patterns, and for dense memories, O(P·N), and O(P) a visit of a neuron.
   *
   * @param cue - N values
   * @param options - see there for defaults
   * @throws TypeError, RangeError for a bad cue or option, Error when a callback changes the network
   */
  recall(cue: State, options: RecallOptions = {}): RecallResult {
    const plan = planRecall(options);
    return this.#walk(plan, (walk, address) => {
      this.#start(walk, address, plan.seed, cue, 'cue');
      const setting = this.#setting();
      follow(walk, plan, setting);
      return {
        state: stateOf(walk, setting),
        energy: walk.energy,
        converged: walk.converged,
        period: walk.period,
        sweeps: walk.sweeps,
        flips: walk.flips,
        seed: plan.seed,
        match: this.#match(walk),
      };
    });
  }

  /**
   * Recalls many cues; entry k is what `recall` gives for cue k and seed `seeds[k]`.
   *
   * @param cues - an array of cues, or a flat typed array of B×N
   * @param options - as for `recall`, without `onSweep`; seeds count up from `seed`
   * @throws as `recall`; the message names the cue
   */
  recallMany(cues: States, options: Omit<RecallOptions, 'onSweep'> = {}): RecallManyResult {
    const plan = planRecall(options);
    if (plan.onSweep) throw new TypeError('onSweep is given, but recallMany has no such option');
    const list = splitStates(cues, this.neurons, 'cues');
    const many = new RecallMany(list.length, this.neurons, plan.seed);
    return this.#walk(plan, (_, address) => {
      const setting = this.#setting();
      for (const [k, cue] of list.entries()) {
        const walk = new Walk(setting.landscape, watched(plan, setting.check));
        this.#start(walk, address, many.seeds[k], cue, `cue ${k}`);
        follow(walk, plan, setting);
        many.enter(k, walk, setting, this.#match(walk));
      }
      return many.result;
    });
  }

  /**
   * The way a recall takes, step by step: first the cue, then the state after each sweep (or each flip).
   * The last step is what `recall` returns for the same options and seed. It can be left at any time; it
   * throws when the network is changed before it is finished.
   *
   * @param cue - N values
   * @param options - as for `recall`, and `every`
   * @throws TypeError, RangeError for a bad cue or option, at once
   */
  trajectory(cue: State, options: TrajectoryOptions = {}): IterableIterator<TrajectoryStep> {
    const plan = planRecall(options, ['every']);
    const every = checkName(options.every ?? 'sweep', 'every', ['sweep', 'flip']);
    if (every === 'flip' && plan.update === 'synchronous') {
      throw new TypeError("every is 'flip', expected 'sweep' for synchronous updates");
    }
    const walk = this.#walk(plan, (walk, address) => {
      this.#start(walk, address, plan.seed, cue, 'cue');
      walk.suspend();
      return walk;
    });
    return steps(walk, plan, every, this.#setting());
  }

  /**
   * The energy of a state, as the model defines it. O(N²), or O(P·N) from patterns.
   *
   * @param state - N values
   */
  energy(state: State): number {
    return this.#inspect(state, (landscape, at) => landscape.energy(at));
  }

  /**
   * The local fields of a state, N of them, as the model defines them. O(N²), or O(P·N) from patterns.
   *
   * @param state - N values
   */
  fields(state: State): Float64Array {
    return this.#inspect(state, (landscape, at) => landscape.realFields(at));
  }

  /**
   * Overlaps m_μ/N = (1/N) Σ_i ξ_i^μ s_i with the P stored patterns, each from −1 to 1. O(P·N).
   *
   * @param state - N values; for binary units, state and patterns count as ±1
   */
  overlaps(state: State): Float64Array {
    const { patterns } = this.hold();
    const overlaps = this.#read(state, 'state', (signs) => patterns.overlapsOf(signs));
    return Float64Array.from(overlaps, (m) => m / this.neurons);
  }

  /**
   * Whether no neuron (but for clamped ones) would move under asynchronous updates with ties kept.
   *
   * @param state - N values
   * @param options - `clamp`, N booleans (or 0/1): the neurons that never move. Default none
   */
  isFixedPoint(state: State, options: { clamp?: RecallOptions['clamp'] } = {}): boolean {
    checkOptions(options, 'isFixedPoint options', ['clamp']);
    const plan = planRecall({ clamp: options.clamp, maxSweeps: 1, seed: 0 });
    return this.#walk(plan, (walk, address) => {
      this.#start(walk, address, 0, state, 'state');
      walk.advance();
      return walk.flips === 0;
    });
  }

  /** The indices of the patterns to forget. */
  protected choose(which: Forgotten<State>): number[] {
    const { machine, patterns } = this.hold();
    return choosePatterns(machine, patterns, which);
  }

  /** Rejects recalls that the model cannot make. */
  protected checkRecall(_plan: RecallPlan): void {}

  /** A state as ±1 bytes, for `use`. */
  #read<T>(state: State, name: string, use: (signs: number) => T): T {
    const { machine } = this.hold();
    return machine.memory.scope((take) => {
      const signs = take(this.neurons);
      readState(machine, signs, state, this.neurons, name);
      return use(signs);
    });
  }

  /** The landscape, and a watch over it from now on. */
  #setting(): Setting {
    const { version, low } = this.hold();
    const landscape = this.ground();
    const check = () => {
      if (this.hold().version !== version) {
        throw new Error('the network was changed during a recall of it');
      }
    };
    return { landscape, low, check };
  }

  /** Lends memory to a walk for as long as `work` takes. */
  #walk<T>(plan: RecallPlan, work: (walk: Walk, address: number) => T): T {
    const { machine } = this.hold();
    this.checkRecall(plan);
    const { landscape, check } = this.#setting();
    return machine.memory.scope((take) =>
      work(new Walk(landscape, watched(plan, check)), take(Walk.bytes(landscape))),
    );
  }

  #start(walk: Walk, address: number, seed: number, cue: State, name: string): void {
    walk.start(address, seed, (signs) => {
      readState(this.hold().machine, signs, cue, this.neurons, name);
    });
  }

  #match(walk: Walk): Match | undefined {
    const { patterns, machine } = this.hold();
    const { labels } = patterns;
    const address = walk.overlaps;
    if (address === undefined) {
      return bestMatch(patterns.overlapsOf(walk.signs), this.neurons, labels);
    }
    const first = address >>> 2;
    const overlaps = machine.memory.views.i32.subarray(first, first + patterns.count);
    return bestMatch(overlaps, this.neurons, labels);
  }

  /** A state with its fields, for `use`. */
  #inspect<T>(state: State, use: (landscape: Landscape, at: Workspace) => T): T {
    const { machine } = this.hold();
    const landscape = this.ground();
    return machine.memory.scope((take) => {
      const at = landscape.workspace(take(landscape.workspaceBytes));
      readState(machine, at.signs, state, this.neurons, 'state');
      landscape.refresh(at);
      return use(landscape, at);
    });
  }
}

/** The plan, with a temperature that ends the recall when it changes the memory: the walk would go on in the old one. */
function watched(plan: RecallPlan, check: () => void): RecallPlan {
  const { temperature } = plan;
  if (typeof temperature !== 'function') return plan;
  return {
    ...plan,
    temperature: (sweep) => {
      const value = temperature(sweep);
      check();
      return value;
    },
  };
}
