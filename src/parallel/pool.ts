/** Workers that share nothing, and what is dealt out to them by number. */
import { checkNumber, checkOptions, checkPositiveInteger, describe } from '../checks.ts';
import type { RecallOptions } from '../dynamics/options.ts';
import type { AssociativeMemory } from '../models/associative-memory.ts';
import type {
  BidirectionalMemory,
  BidirectionalRecallOptions,
  BidirectionalResult,
} from '../models/bidirectional-memory.ts';
import type { GradedHopfieldNetwork } from '../models/graded-hopfield-network.ts';
import type { GradedRunOptions } from '../models/graded/options.ts';
import type { GradedResult } from '../models/graded/results.ts';
import type { ModernHopfieldNetwork } from '../models/modern-hopfield-network.ts';
import type { ModernRecallOptions } from '../models/modern/options.ts';
import type { ModernManyResult } from '../models/modern/results.ts';
import type { Vectors } from '../models/modern/vectors.ts';
import type { RecallManyResult } from '../models/results.ts';
import type { SequenceMemory, SequenceStep } from '../models/sequence-memory.ts';
import type { SequenceRecallOptions } from '../models/sequence/options.ts';
import type { Executor } from '../experiments/executor.ts';
import type { Experiment, PointResult, RunOptions } from '../experiments/experiment.ts';
import type { Model } from '../optimise/model.ts';
import { solverFor, standsFor, type Problem, type Solver } from '../optimise/problem.ts';
import type { SearchResult, SearchRun } from '../optimise/search.ts';
import { solve, type Solved, type SolveOptions } from '../optimise/solve.ts';
import type { States } from '../patterns/states.ts';
import { Deal, type DealOptions } from './deal.ts';
import { DistributedMemory } from './distributed.ts';
import type { Freight } from './freight.ts';
import { HereHand, WorkerHand, type Hand } from './hand.ts';
import { planRecalls, type Recallable, type WatchOptions } from './recalling.ts';
import { searchHere, SharedSearch, solverName } from './solving.ts';
import type { TaskName } from './tasks.ts';
import type { OwnPoolOptions } from './options.ts';
import { cores, threadOf, type Thread, type WorkerLike } from './thread.ts';
import { SharedTrials, trialsHere } from './trying.ts';

/**
 * A pool of workers that the caller makes: worker_threads in Node, Workers elsewhere, started when there is something to do
 * for them.
 *
 * ```ts
 * const worker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
 * await using pool = new Pool({ worker });
 * const { states } = await pool.recallMany(network, cues, { seed: 7 });
 * ```
 *
 * Results have the same bytes as on one thread, for any number of workers: items have their seeds by number, and are
 * merged by number. Each worker has kernels and memory of its own. A network travels once to each, as the bytes that `save`
 * gives, and again when it has changed.
 *
 * A worker that dies rejects the call it was working for with an error that names it; one in which something is thrown
 * rejects it with that error, of which `worker` is its number. Both are replaced.
 */
export class Pool {
  /** How many workers there are at most. */
  readonly workers: number;
  /** `dispose()`, for `await using`, on engines that know it. */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  readonly #worker: (() => WorkerLike) | undefined;
  readonly #deals = new Set<Deal>();
  readonly #hands = new Map<number, WorkerHand>();
  /** Workers that are not ready yet, by number, and what each was started for. */
  readonly #opening = new Map<number, Deal>();
  readonly #here = new HereHand(() => this.#pump());
  readonly #models: FinalizationRegistry<number> | undefined;
  readonly #watched = new WeakSet<object>();
  /** Why there are no workers. */
  #refusal: string | undefined;
  /** Why the last call did not go to any. */
  #reason: string | undefined;
  /** Whether there ever was one. */
  #worked = false;
  #disposed = false;

  /**
   * @param options - with `worker`, for this pool carries none: that of `hopfield-wasm/parallel` does
   * @throws TypeError for options of the wrong kind, RangeError for a number of workers out of range
   */
  constructor(options: OwnPoolOptions) {
    checkOptions(options, 'pool options', ['workers', 'worker']);
    const { workers = cores(), worker } = options as Partial<OwnPoolOptions>;
    checkPositiveInteger(workers, 'workers');
    this.workers = checkNumber(workers, 'workers', 'at most 1024', (n) => n <= 1024);
    if (typeof worker !== 'function' && !(worker === undefined && this.startCarried)) {
      throw new TypeError(`worker is ${describe(worker)}, expected a function that makes a Worker`);
    }
    this.#worker = worker;
    if (typeof FinalizationRegistry === 'function') {
      this.#models = new FinalizationRegistry((key) => {
        for (const hand of this.#hands.values()) hand.drop(key);
      });
    }
    if (typeof Symbol.asyncDispose === 'symbol') {
      Object.defineProperty(this, Symbol.asyncDispose, { value: () => this.dispose() });
    }
  }

  /** @internal Starts a worker where the caller makes none. */
  protected startCarried?(): Promise<Thread>;

  /**
   * Where the last call is being, or was, worked on: by workers, or by the thread of the caller. Before the first, where it
   * would be as far as is known.
   */
  get kind(): 'workers' | 'this-thread' {
    return this.reason === undefined ? 'workers' : 'this-thread';
  }

  /** Why the last call is not worked on by workers; undefined when it is. */
  get reason(): string | undefined {
    return this.#reason ?? this.#refusal;
  }

  /**
   * `network.recallMany(cues, options)` with the cues dealt out, for models that have it, with the same result; for
   * `BidirectionalMemory` and `GradedHopfieldNetwork` a list of what `recall` gives for each cue, for `SequenceMemory` of all steps that
   * it makes from each.
   *
   * @param network - not to be changed until the call is over
   * @param cues - a list of cues, or a flat typed array of them
   * @param options - those of the network, and `signal` and `onProgress`. With a function among them (`temperature`) the
   *   recalls are made on this thread
   * @throws TypeError, RangeError as the network itself; what the signal gives when aborted; Error when a worker dies, the
   *   network is changed meanwhile, or the pool disposed of
   */
  recallMany(
    network: AssociativeMemory,
    cues: States,
    options?: WatchOptions & Omit<RecallOptions, 'onSweep'>,
  ): Promise<RecallManyResult>;
  recallMany(
    network: ModernHopfieldNetwork,
    queries: Vectors,
    options?: WatchOptions & ModernRecallOptions,
  ): Promise<ModernManyResult>;
  recallMany(
    memory: BidirectionalMemory,
    cues: States,
    options?: WatchOptions & BidirectionalRecallOptions,
  ): Promise<BidirectionalResult[]>;
  recallMany(
    network: GradedHopfieldNetwork,
    cues: States,
    options?: WatchOptions & GradedRunOptions,
  ): Promise<GradedResult[]>;
  recallMany(
    memory: SequenceMemory,
    cues: States,
    options?: WatchOptions & SequenceRecallOptions,
  ): Promise<SequenceStep[][]>;
  async recallMany(network: Recallable, cues: unknown, options: object = {}): Promise<unknown> {
    this.#check();
    const { deal, join } = planRecalls(network, cues, options, this.workers);
    return join(await this.#deal('recallMany', deal));
  }

  /**
   * A modern network whose rows are dealt out: each worker holds blocks of its own, and all work on one query at once, with
   * the network's own result. For many queries of a small memory `recallMany` is better.
   * @param network - with softmax; not to be changed as long as what comes back is used
   * @throws TypeError for what is no such network; Error when the pool is disposed of
   */
  distribute(network: ModernHopfieldNetwork): DistributedMemory {
    this.#check();
    return new DistributedMemory(network, {
      workers: this.workers,
      deal: (options) => this.#deal('attend', options),
      drop: (key) => {
        for (const hand of this.#hands.values()) hand.drop(key);
      },
    });
  }

  /**
   * `solve` with the runs dealt out: `solve(problem, { ...options, solver: pool.solver(solver) })`.
   *
   * @param problem - what `maxCut`, `colouring`, `travellingSalesman` and the like return
   * @param options - those of `solve`
   * @throws as `solve`; Error when a worker dies or the pool is disposed of
   */
  async solve<Solution, State>(
    problem: Problem<Solution, State>,
    options: SolveOptions<State> = {},
  ): Promise<Solved<Solution, State>> {
    const chosen = problem && options ? solverFor(problem, options) : undefined;
    if (typeof chosen !== 'function') return solve(problem, options);
    return solve(problem, { ...options, solver: this.solver(chosen) });
  }

  /**
   * A solver (any of `hopfield-wasm/optimise`) whose runs, or parts (`exact`), are dealt out, with the same result but for `seconds`:
   *
   * ```ts
   * const { state, energy } = await pool.solver(anneal)(model, { restarts: 64, seed: 1 });
   * ```
   *
   * With `target` the lowest run that reaches it ends the search, as on one thread. With `time` the number of runs, and so
   * the result, depends on the machine. `rank` is asked on this thread; with a function as `schedule`, and for solvers of
   * one's own, so is the rest.
   */
  solver<State>(
    solver: Solver<State>,
  ): (model: Model<State>, options?: Parameters<Solver<State>>[1]) => Promise<SearchResult<State>> {
    const dealt: ReturnType<typeof this.solver<State>> = async (model, options = {}) => {
      this.#check();
      const name = solverName(solver);
      const here = searchHere(solver, options);
      if (name === undefined || here !== undefined) {
        this.#reason = here;
        return solver(model, options);
      }
      const shared = new SharedSearch(name, model, options);
      return shared.merge((await this.#deal('search', shared.deal)) as SearchRun<State>[][]);
    };
    standsFor(dealt, solver);
    return dealt;
  }

  /**
   * `experiment.run(options)` with the trials dealt out: the same results, and sorted the same records. A trial of your own runs
   * in workers as `{ module, export }`; one that is a function runs on this thread.
   *
   * ```ts
   * for await (const point of pool.run(capacity({ trials: 100 }))) console.log(point);
   * ```
   *
   * @param experiment - what `experiment`, `capacity` and the like of `hopfield-wasm/experiments` return
   * @param options - those of `run`
   * @throws as `run`; Error when a worker dies or the pool is disposed of
   */
  run<Point extends object, Result, Summary extends object>(
    experiment: Experiment<Point, Result, Summary>,
    options: Omit<RunOptions, 'executor'> = {},
  ): AsyncGenerator<PointResult<Point, Summary>, void, undefined> {
    if (typeof experiment?.run !== 'function') {
      throw new TypeError(`experiment is ${describe(experiment)}, expected one`);
    }
    return experiment.run({ ...options, executor: this.executor });
  }

  /** Who runs the trials of an experiment: `experiment.run({ executor: pool.executor })` is `pool.run(experiment)`. */
  get executor(): Executor {
    return (work, tasks, signal) =>
      this.#trials(new SharedTrials(work, tasks, signal), trialsHere(work));
  }

  async *#trials(trials: SharedTrials, here: string | undefined) {
    const deal = this.#begin('trial', { ...trials.deal, here });
    try {
      yield* trials.results(this.#outcome(deal));
    } finally {
      // Nobody may want the rest.
      deal.abandon(new Error('nobody waits for the trials any more'));
    }
  }

  /** Deals items of a task out, and gives their results in order. @throws the error of the lowest item that failed */
  #deal(task: TaskName, options: DealOptions<never>): Promise<unknown[]> {
    return this.#outcome(this.#begin(task, options));
  }

  #begin(task: TaskName, options: DealOptions<never>): Deal {
    this.#check();
    options.signal?.throwIfAborted();
    const deal = new Deal(task, options);
    this.#reason = deal.options.here;
    for (const freight of deal.options.models ?? []) {
      this.#watch(freight);
      // As it is now: whoever lacks it will need it.
      const early = freight.early && this.kind === 'workers';
      if (early && !this.#allHave(freight.key, freight.revision)) void freight.cargo;
    }
    this.#deals.add(deal);
    this.#pump();
    return deal;
  }

  async #outcome(deal: Deal): Promise<unknown[]> {
    try {
      return await deal.outcome;
    } finally {
      this.#deals.delete(deal);
      for (const hand of [this.#here, ...this.#hands.values()]) hand.finish(deal.id);
      this.#pump();
    }
  }

  /**
   * Ends the workers; calls that are under way reject. Every call rejects afterwards. Workers that have nothing to do do
   * not keep Node alive, so that a pool may also be left alone there.
   */
  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const deal of this.#deals) deal.abandon(disposed());
    const hands = [...this.#hands.values()];
    this.#hands.clear();
    await Promise.all(hands.map((hand) => hand.terminate()));
  }

  #check(): void {
    if (this.#disposed) throw disposed();
  }

  /** Workers forget a model that nobody has any more. */
  #watch({ named, key }: Freight): void {
    if (this.#watched.has(named)) return;
    this.#watched.add(named);
    this.#models?.register(named, key);
  }

  #allHave(key: number, revision: number): boolean {
    const hands = [...this.#hands.values()];
    return hands.length === this.workers && hands.every((hand) => hand.has(key, revision));
  }

  /** Gives whoever is free something to do. */
  #pump(): void {
    for (const deal of this.#deals) {
      const here = this.#refusal !== undefined || deal.options.here !== undefined;
      if (here) this.#give(deal, [this.#here]);
      else {
        this.#give(deal, this.#hands.values());
        this.#open(deal);
      }
    }
  }

  #give(deal: Deal, hands: Iterable<Hand>): void {
    for (const hand of hands) {
      if (!hand.free || deal.waiting === 0) continue;
      const parcel = deal.take(hand.number);
      if (parcel) hand.begin(deal, parcel);
    }
  }

  /** Starts workers for what is waiting. */
  #open(deal: Deal): void {
    let wanted = deal.waiting - this.#opening.size;
    for (let number = 1; number <= this.workers && wanted > 0; number++) {
      if (this.#hands.has(number) || this.#opening.has(number)) continue;
      this.#opening.set(number, deal);
      wanted--;
      void this.#start(number, deal);
    }
  }

  async #start(number: number, deal: Deal): Promise<void> {
    try {
      const thread = this.#worker ? threadOf(this.#worker()) : await this.startCarried!();
      const hand = new WorkerHand(number, thread, {
        ready: () => {
          this.#opening.delete(number);
          this.#worked = true;
          this.#pump();
        },
        idle: () => this.#pump(),
        lost: (lost, error, was) => this.#lost(lost, error, was),
      });
      if (this.#disposed) await hand.terminate();
      else this.#hands.set(number, hand);
    } catch (error) {
      this.#failedToStart(number, deal, error);
    }
  }

  #lost(
    { number }: WorkerHand,
    error: Error,
    was: { deal: Deal; index: number } | undefined,
  ): void {
    this.#hands.delete(number);
    const opening = this.#opening.get(number);
    if (opening) this.#failedToStart(number, opening, error);
    if (was) {
      const words = `worker ${number} died while it was busy with ${was.deal.task}: ${error.message}`;
      was.deal.failed(was.index, new Error(words, { cause: error }));
    }
    this.#pump();
  }

  /** A worker of the caller's that cannot be had is an error; without any other, this thread does the work. */
  #failedToStart(number: number, deal: Deal, error: unknown): void {
    this.#opening.delete(number);
    const message = error instanceof Error ? error.message : String(error);
    if (this.#worker || this.#worked) {
      const Kind = error instanceof TypeError ? TypeError : Error;
      deal.abandon(new Kind(`worker ${number} could not be started: ${message}`, { cause: error }));
    } else {
      this.#refusal ??= `no worker could be started: ${message}`;
    }
    this.#pump();
  }
}

function disposed(): Error {
  return new Error('the pool has been disposed of');
}
