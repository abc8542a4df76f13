/**
 * The loop that all solvers share: independent runs, one after the other, until the work, the time or the patience is
 * over. The best state met so far is always kept.
 */
import { describe } from '../checks.ts';
import { Pauses, type Steps } from '../pacing.ts';
import { BestStates } from './best-states.ts';
import type { SearchPlan } from './options.ts';

/** A solver at work on a model. It owns memory until it is disposed of. */
export interface Search<State> {
  /** Sweeps that a run is expected to take. */
  readonly sweeps: number;
  /** Energy of the best state of the run so far. */
  readonly energy: number;
  /** A copy of that state. */
  readonly state: State;
  /** Begins run k, which draws from stream k of the seed, in a random state or in the one given. */
  begin(run: number, start: State | undefined): void;
  /**
   * Goes on by at most `sweeps` sweeps and returns how many were made: fewer than asked when the run is over, or its
   * energy has reached the target. What comes out does not depend on how the sweeps are divided among calls.
   */
  advance(sweeps: number): number;
  dispose(): void;
}

/** What a solver found. */
export interface SearchResult<State> {
  /** The best state met: of the lowest energy, or with `rank` of the lowest rank. */
  state: State;
  /** Its energy, computed from the model as it was given. */
  energy: number;
  /** With `solutions`: the best distinct states of all runs, the best first, at most as many as were asked for. */
  states?: Finished<State>[];
  /** What ended the search: all runs made, the target reached, the time over, or the signal. */
  ended: 'restarts' | 'target' | 'time' | 'signal';
  /**
   * The best energy of each run, in the numbers the solver works with: where a model had to round its own, off by as much. The
   * last may have been cut short.
   */
  energies: Float64Array;
  /** Runs begun. */
  restarts: number;
  /** Sweeps made in all. */
  sweeps: number;
  seconds: number;
  /** Seconds after which the best state was met. */
  reached: number;
  /**
   * Runs that came to their end, by themselves or at the target: 0 where the time did not suffice for one. Where it did not suffice
   * to set the search up, `restarts` is 0, too, and the state is `start`, or any. A local search without
   * end has come to it wherever it is stopped.
   */
  completed: number;
  /** Of `exact` alone: whether all states were visited, so that none is lower. */
  proved?: boolean;
  /** With the same seed, and no limit of time, the same comes out again. */
  seed: number;
}

/** A state, and its energy from the numbers as given. */
export interface Finished<State> {
  readonly state: State;
  readonly energy: number;
}

/** A search that is ready to begin: its options have been checked. */
export interface PreparedSearch<State> {
  /** Sets it up, in steps. */
  readonly open: () => Steps<Search<State>>;
  /** Sweeps that a run is expected to take. */
  readonly sweeps: number;
  readonly plan: SearchPlan<State>;
  /** A state to give where setting up is cut short. */
  readonly anyState: (seed: number) => State;
  /** What comes out, from the best state met. */
  readonly finish: (state: State) => Finished<State>;
}

/** The time that one call of `advance` should take, in milliseconds. */
const STRETCH = 4;
/** So many seconds setting up may take whatever the time is: with less there would be nothing at all. */
const LEAST = 0.5;

/** Carries a search out. @throws what the signal gives when it is aborted before anything was tried */
export async function search<State>(
  work: Search<State>,
  plan: SearchPlan<State>,
  finish: (state: State) => Finished<State>,
): Promise<SearchResult<State>> {
  if (plan.signal?.aborted) work.dispose();
  plan.signal?.throwIfAborted();
  return carryOut(work, plan, finish);
}

async function carryOut<State>(
  work: Search<State>,
  plan: SearchPlan<State>,
  finish: (state: State) => Finished<State>,
): Promise<SearchResult<State>> {
  try {
    const runs = new Runs(work, plan);
    const ended = await runs.make(0);
    return { ...runs.result(finish), ended };
  } finally {
    work.dispose();
  }
}

/** Carries out what was prepared. @throws what the signal gives when it is aborted beforehand */
export async function searchPrepared<State>({
  open,
  plan,
  finish,
  anyState,
}: PreparedSearch<State>): Promise<SearchResult<State>> {
  plan.signal?.throwIfAborted();
  const opened = await openInTime(open(), plan);
  if (typeof opened === 'object') return carryOut(opened, plan, finish);
  const { seed, start } = plan;
  const seconds = secondsOf(plan);
  const any = finish(start ?? anyState(seed));
  return {
    ...any,
    ...(plan.solutions !== undefined && { states: [any] }),
    ended: opened,
    energies: new Float64Array(0),
    restarts: 0,
    sweeps: 0,
    seconds,
    reached: seconds,
    completed: 0,
    seed,
  };
}

type Watched = Pick<SearchPlan<unknown>, 'asked' | 'time' | 'signal' | 'onProgress'>;

/** Sets a search up as long as there is time, and says how far it is. @returns the search, or what ended it before there was one */
export async function openInTime<State>(
  steps: Steps<Search<State>>,
  plan: Watched,
): Promise<Search<State> | 'time' | 'signal'> {
  const pauses = new Pauses();
  const least = secondsOf(plan) + LEAST;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    const seconds = secondsOf(plan);
    if (seconds >= Math.max(plan.time, least)) return 'time';
    if (!pauses.due) continue;
    await pauses.pause();
    plan.onProgress?.({
      done: Math.min(1, seconds / plan.time),
      restarts: 0,
      sweeps: 0,
      energy: Infinity,
      seconds,
    });
    if (plan.signal?.aborted) return 'signal';
  }
}

/** How long ago a search was asked for. */
function secondsOf({ asked }: Watched): number {
  return (performance.now() - asked) / 1000;
}

/** One run of a search. */
export interface SearchRun<State> {
  /** Its best state. */
  readonly state: State;
  /** Whether it came to its end. */
  readonly complete: boolean;
  /** The energy of that, in the numbers the solver works with: what runs are compared by. */
  readonly energy: number;
  readonly sweeps: number;
}

/** Makes run `run` of a search alone; the work is not disposed of. */
export async function searchRun<State>(
  work: Search<State>,
  plan: Omit<SearchPlan<State>, 'restarts' | 'rank'>,
  run: number,
): Promise<SearchRun<State>> {
  plan.signal?.throwIfAborted();
  const runs = new Runs(work, { ...plan, restarts: 1, rank: undefined, solutions: undefined });
  await runs.make(run);
  const { energies, sweeps, state, completed } = runs.result((best) => ({
    state: best,
    energy: NaN,
  }));
  return { state, energy: energies[0], sweeps, complete: completed > 0 };
}

class Runs<State> {
  readonly #work: Search<State>;
  readonly #plan: SearchPlan<State>;
  readonly #pauses = new Pauses();
  /** Of the runs that are over, where more than one is asked for. */
  readonly #others: BestStates<State> | undefined;
  readonly #energies: number[] = [];
  /** The best state, its energy or rank, and the seconds after which it was met. */
  #best: { state: State; value: number; reached: number } | undefined;
  #sweeps = 0;
  #completed = 0;
  /** Sweeps asked for at a time. */
  #stretch = 1;

  constructor(work: Search<State>, plan: SearchPlan<State>) {
    this.#work = work;
    this.#plan = plan;
    const { solutions, canonical } = plan;
    if (solutions !== undefined) this.#others = new BestStates(solutions, canonical);
  }

  /** Makes the runs from `first` on. */
  async make(first: number): Promise<SearchResult<State>['ended']> {
    const { restarts, start, target, time, signal, rank } = this.#plan;
    for (let run = 0; run < restarts; run++) {
      this.#work.begin(first + run, first + run === 0 ? start : undefined);
      let within = 0;
      for (let over = false; !over;) {
        const asked = this.#stretch;
        const made = this.#advance();
        within += made;
        over = made < asked;
        this.#energies[run] = this.#work.energy;
        // In the middle of a run, where it stands depends on the clock: a rank is asked for at its end.
        if (over || !rank) this.#consider(over);
        const reached = this.#best !== undefined && this.#best.value <= target;
        if (over || reached || this.#work.sweeps === Infinity) this.#completed = run + 1;
        if (reached && (this.#others?.reach(target) ?? true)) return this.#end('target');
        if (this.#seconds >= time) return this.#end('time');
        if (!this.#pauses.due) continue;
        await this.#pauses.pause();
        this.#tell(this.#done(over ? run + 1 : run, over ? 0 : within));
        if (signal?.aborted) return this.#end('signal');
      }
    }
    return this.#end('restarts');
  }

  result(finish: (state: State) => Finished<State>): Omit<SearchResult<State>, 'ended'> {
    const { state, reached } = this.#best!;
    return {
      ...finish(state),
      ...(this.#others && { states: finishedStates(this.#others, this.#plan, finish) }),
      energies: Float64Array.from(this.#energies),
      restarts: this.#energies.length,
      sweeps: this.#sweeps,
      seconds: this.#seconds,
      reached,
      completed: this.#completed,
      seed: this.#plan.seed,
    };
  }

  get #seconds(): number {
    return secondsOf(this.#plan);
  }

  #advance(): number {
    const work = this.#work;
    const before = performance.now();
    const made = work.advance(this.#stretch);
    const took = performance.now() - before;
    if (took < STRETCH / 2 && made === this.#stretch) this.#stretch *= 2;
    else if (took > STRETCH * 2) {
      // Hot sweeps after cold ones can be many times slower.
      this.#stretch = Math.max(1, Math.floor((this.#stretch * STRETCH) / took));
    }
    this.#sweeps += made;
    return made;
  }

  /** Keeps the best state of the run if there is none better; among others, too, when the run is over. */
  #consider(over: boolean): void {
    const { rank } = this.#plan;
    if (over && !rank) this.#others?.offer(this.#work.state, this.#work.energy);
    if (!rank && this.#best && this.#work.energy >= this.#best.value) return;
    const { state, energy } = this.#work;
    const value = rank ? ranked(rank, state) : energy;
    if (over && rank) this.#others?.offer(state, value);
    if (!this.#best || value < this.#best.value) {
      this.#best = { state, value, reached: this.#seconds };
    }
  }

  #done(runs: number, sweeps: number): number {
    const { restarts, time } = this.#plan;
    const runsDone = runs + Math.min(1, sweeps / this.#work.sweeps);
    return Math.min(1, Math.max(runsDone / restarts, this.#seconds / time));
  }

  #end(ended: SearchResult<State>['ended']): SearchResult<State>['ended'] {
    this.#consider(true);
    this.#tell(1);
    return ended;
  }

  #tell(done: number): void {
    const { onProgress, rank } = this.#plan;
    if (!onProgress) return;
    const work = this.#work;
    onProgress({
      done,
      restarts: this.#energies.length,
      sweeps: this.#sweeps,
      energy: this.#best ? this.#best.value : rank ? ranked(rank, work.state) : work.energy,
      seconds: this.#seconds,
    });
  }
}

/** What comes out of the best states: finished, which may lead two of them to the same. */
export function finishedStates<State>(
  { list }: BestStates<State>,
  { rank, canonical }: Pick<SearchPlan<State>, 'rank' | 'canonical'>,
  finish: (state: State) => Finished<State>,
): Finished<State>[] {
  const best = new BestStates(list.length, canonical);
  const energies = new Map<State, number>();
  for (const { state, value } of list) {
    const finished = finish(state);
    energies.set(finished.state, finished.energy);
    best.offer(finished.state, rank ? value : finished.energy);
  }
  return best.list.map(({ state }) => ({ state, energy: energies.get(state)! }));
}

/** @throws TypeError when the rank of a state is no number, so that nothing could be compared with it */
export function ranked<State>(rank: (state: State) => number, state: State): number {
  const value: unknown = rank(state);
  if (typeof value !== 'number' || Number.isNaN(value)) {
    throw new TypeError(`rank gave ${describe(value)}, expected a number`);
  }
  return value;
}
