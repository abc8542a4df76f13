/**
 * A memory of ±1 (or 0/1) patterns whose states fall over an energy landscape: what all of them can do.
 *
 * A model says which patterns it holds and which landscape they make; `Run` moves a state over it.
 */
import { checkName, checkOptions } from '../checks.ts';
import type { Landscape, Workspace } from '../dynamics/landscape.ts';
import {
  planRecall,
  type RecallOptions,
  type RecallPlan,
  type TrajectoryOptions,
} from '../dynamics/options.ts';
import { Run } from '../dynamics/run.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { Machine } from '../kernels/open.ts';
import { chooseAmong } from '../patterns/among.ts';
import { chooseForgotten, type Forgotten, type Label } from '../patterns/labels.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import {
  takeState,
  takeStates,
  writeState,
  type State,
  type States,
  type TakenState,
} from '../patterns/states.ts';
import { follow, stateOf, steps, type Followed } from './follow.ts';
import { matchesOf, type Matches } from './match.ts';
import { called, Model } from './model.ts';
import { RecallMany } from './recall-many.ts';
import type { RecallManyResult, RecallResult, TrajectoryStep } from './results.ts';
import { jsonOf } from './save-format.ts';

/** What a model holds in linear memory. */
export interface Holdings {
  readonly machine: Machine<PatternGroup>;
  readonly patterns: PatternStore;
  readonly version: number;
  /** The lower of the two values of a state. */
  readonly low: -1 | 0;
}

/** Options of whatever ends in a match. */
const MATCHED = ['top', 'among', 'quantile'];
const RECALLED = ['onSweep', 'top', 'among', 'quantile'];

export abstract class AssociativeMemory extends Model {
  /** N. */
  abstract readonly neurons: number;

  /** @throws Error when the memory has been disposed of */
  protected abstract override hold(): Holdings;

  /** The landscape of what is stored, brought up to date first. */
  protected abstract ground(): Landscape;

  /** Lends the landscape of a part of what is stored. @throws TypeError when the energy is no sum over patterns */
  protected abstract groundOf<T>(part: PatternStore, use: (landscape: Landscape) => T): T;

  /** The model as bytes. */
  abstract save(): Uint8Array;

  /** What `save` gives as a value for JSON, for `fromJSON`: `JSON.stringify(network)` keeps everything. */
  toJSON(): Record<string, unknown> {
    return jsonOf(this.save());
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

  /**
   * Lets the state fall from a cue towards a stored pattern. For classical networks O(N²), and O(N) a flip; from
   * patterns, and for dense memories, O(P·N), and O(P) a visit of a neuron.
   *
   * @param cue - N values
   * @param options - see there for defaults
   * @throws TypeError, RangeError for a bad cue or option, Error when a callback changes the network
   */
  recall(cue: State, options: RecallOptions = {}): RecallResult {
    const { neurons } = called(this);
    const plan = planRecall(options, neurons, 'recall', RECALLED);
    const given = takeState(cue, neurons, 'cue');
    this.checkRecall(plan);
    return this.#run(plan, (run, address, setting) => {
      this.#start(run, address, plan.seed, given, 'cue');
      follow(run, plan, setting);
      const { energy, converged, period, sweeps, flips } = run;
      const { seed } = plan;
      const [match, top] = this.#matches(run, plan, setting);
      const state = stateOf(run, setting);
      return { state, energy, converged, period, sweeps, flips, seed, match, ...top };
    });
  }

  /**
   * Recalls many cues; entry k is what `recall` gives for cue k and seed `seeds[k]`.
   *
   * @param cues - an array of cues, or a flat typed array of B×N
   * @param options - as for `recall`, without `onSweep`; seeds count up from `seed`
   * @throws as `recall`; the message names the cue
   */
  recallMany(cues: States, options?: Omit<RecallOptions, 'onSweep'>): RecallManyResult;
  /** `into`: where workers want the states, which may be where the cues are; each is read before its state is written. */
  recallMany(
    cues: States,
    options: Omit<RecallOptions, 'onSweep'> = {},
    into?: Int8Array<ArrayBuffer>,
  ): RecallManyResult {
    const { neurons } = called(this);
    const plan = planRecall(options, neurons, 'recallMany', MATCHED);
    const name = (k: number) => `cue ${k}`;
    const list = takeStates(cues, neurons, 'cues', name);
    this.checkRecall(plan);
    const many = new RecallMany(list.length, neurons, plan, into);
    return this.#run(plan, (_, address, setting) => {
      for (const [k, cue] of list.entries()) {
        const run = new Run(setting.landscape, watched(plan, setting.check));
        this.#start(run, address, many.seeds[k], cue, name(k));
        follow(run, plan, setting);
        many.enter(k, run, setting, ...this.#matches(run, plan, setting));
      }
      return many.result;
    });
  }

  /**
   * The way a recall takes, step by step: first the cue, then the state after each sweep (or each flip).
   * The last step is what `recall` returns for the same options and seed. It can be left at any time; it
   * throws when the network is changed before it is finished. A step is O(N) beside its flips and its energy.
   *
   * @param cue - N values
   * @param options - as for `recall`, and `every`
   * @throws TypeError, RangeError for a bad cue or option, at once
   */
  trajectory(cue: State, options: TrajectoryOptions = {}): IterableIterator<TrajectoryStep> {
    const { neurons } = called(this);
    const plan = planRecall(options, neurons, 'trajectory', ['onSweep', 'every']);
    const every = checkName(options.every ?? 'sweep', 'every', ['sweep', 'flip']);
    if (every === 'flip' && plan.update === 'synchronous') {
      throw new TypeError("every is 'flip', expected 'sweep' for synchronous updates");
    }
    const given = takeState(cue, neurons, 'cue');
    this.checkRecall(plan);
    return this.#run(plan, (run, address, setting) => {
      this.#start(run, address, plan.seed, given, 'cue');
      run.suspend();
      return steps(run, plan, every, setting);
    });
  }

  /**
   * The energy of a state, as the model defines it. O(N²), or O(P·N) from patterns.
   *
   * @param state - N values
   */
  energy(state: State): number {
    return called(this).#inspect(state, (landscape, at) => landscape.energy(at));
  }

  /**
   * The local fields of a state, N of them, as the model defines them. O(N²), or O(P·N) from patterns.
   *
   * @param state - N values
   */
  fields(state: State): Float64Array {
    return called(this).#inspect(state, (landscape, at) => landscape.realFields(at));
  }

  /**
   * Overlaps m_μ/N = (1/N) Σ_i ξ_i^μ s_i with the P stored patterns, each from −1 to 1. O(P·N).
   *
   * @param state - N values; for binary units, state and patterns count as ±1
   */
  overlaps(state: State): Float64Array {
    const overlaps = called(this).#read(state, 'state', (signs, { patterns }) =>
      patterns.overlapsOf(signs),
    );
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
    const { neurons } = called(this);
    const once = { clamp: options.clamp, maxSweeps: 1, seed: 0 };
    const plan = planRecall(once, neurons, 'isFixedPoint');
    const given = takeState(state, neurons, 'state');
    return this.#run(plan, (run, address) => {
      this.#start(run, address, 0, given, 'state');
      run.advance();
      return run.flips === 0;
    });
  }

  /** The indices of the patterns to forget. */
  protected choose(which: Forgotten<State>): number[] {
    return chooseForgotten(which, called(this).hold().patterns.labels, (pattern) =>
      this.#read(pattern, 'pattern', (signs, { patterns }) => patterns.find(signs)),
    );
  }

  /** Rejects recalls that the model cannot make. */
  protected checkRecall(_plan: RecallPlan): void {}

  /** A state as ±1 bytes, for `use`. */
  #read<T>(state: State, name: string, use: (signs: number, holdings: Holdings) => T): T {
    const { neurons } = this;
    const given = takeState(state, neurons, name);
    const holdings = this.hold();
    const { machine } = holdings;
    return machine.memory.scope((take) => {
      const signs = take(neurons);
      writeState(machine, signs, given, neurons, name);
      return use(signs, holdings);
    });
  }

  /** A landscape of these patterns, and a watch over what is stored from now on. */
  #setting(patterns: PatternStore, landscape: Landscape): Followed {
    const { version, low } = this.hold();
    const check = () => {
      if (this.hold().version !== version) {
        throw new Error('the network was changed during a recall of it');
      }
    };
    return { landscape, patterns, low, check };
  }

  /** Lends memory to a run for as long as `work` takes. */
  #run<T>(plan: RecallPlan, work: (run: Run, address: number, setting: Followed) => T): T {
    const { machine, patterns } = this.hold();
    const lend = (setting: Followed) =>
      machine.memory.scope((take) => {
        const { landscape, check } = setting;
        const run = new Run(landscape, watched(plan, check));
        return work(run, take(Run.bytes(landscape)), setting);
      });
    if (!plan.among) return lend(this.#setting(patterns, this.ground()));
    return patterns.part(chooseAmong(plan.among, patterns.labels), (part) =>
      this.groundOf(part, (landscape) => lend(this.#setting(part, landscape))),
    );
  }

  #start(run: Run, address: number, seed: number, cue: TakenState, name: string): void {
    run.start(address, seed, (signs) => {
      writeState(this.hold().machine, signs, cue, this.neurons, name);
    });
  }

  /** The best match of the state a run is in, and the best `top` where any are wanted. */
  #matches(
    run: Run,
    { top, quantile }: RecallPlan,
    { patterns, landscape: { machine } }: Followed,
  ): Matches {
    const { overlaps: address, signs } = run;
    const sum = patterns.sumOf(signs);
    const first = address! >>> 2;
    const overlaps =
      address === undefined
        ? patterns.overlapsOf(signs)
        : machine.memory.views.i32.subarray(first, first + patterns.count);
    return matchesOf({ overlaps, sum, stores: [patterns] }, top, quantile);
  }

  /** A state with its fields, for `use`. */
  #inspect<T>(state: State, use: (landscape: Landscape, at: Workspace) => T): T {
    const { neurons } = called(this);
    const given = takeState(state, neurons, 'state');
    const { machine } = this.hold();
    const landscape = this.ground();
    return machine.memory.scope((take) => {
      const at = landscape.workspace(take(landscape.workspaceBytes));
      writeState(machine, at.signs, given, neurons, 'state');
      landscape.refresh(at);
      return use(landscape, at);
    });
  }
}

/** The plan, with a temperature that ends the recall when it changes the memory: the run would go on in the old one. */
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
