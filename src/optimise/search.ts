/** The loop that all solvers share: independent runs, one after the other, until the work or the time is over; the best is kept. */
import { describe } from '../checks.ts';
import { Pauses, type Steps } from '../pacing.ts';
import { BestStates } from './best-states.ts';
import type { SearchPlan } from './options.ts';

/** Where a run stands. */
export interface Standing<State> {
  /** Energy of the best state of the run so far. */
  readonly energy: number;
  /** A copy of that state. */
  readonly state: State;
}

/** A solver at work on a model, standing where the best of its runs does. It owns memory until it is disposed of. */
export interface Search<State> extends Standing<State> {
  /** Sweeps that a run is expected to take. */
  readonly sweeps: number;
  /** Whether a run without end has come to something that may be its end. From the beginning, unless said. */
  readonly settled?: boolean;
  /** Whether it was between sweeps when `advance` came back, with fewer than asked, though the run is not over. No, unless said. */
  readonly between?: boolean;
  /** How many runs it makes side by side: one, unless said. */
  readonly abreast?: number;
  /** Where each of those that were begun stands; there when several are made side by side. */
  readonly standings?: readonly Standing<State>[];
  /**
   * Begins run k, which draws from stream k of the seed, in a random state or in the one given, and those side by side: k is a
   * multiple of `abreast`.
   */
  begin(run: number, start: State | undefined): void;
  /**
   * Goes on by at most `sweeps` sweeps and returns how many were made: fewer than asked when the runs are over, or an
   * energy has reached the target, or it is `between` sweeps, where time goes by, too. What comes out does not depend on how the sweeps are divided among calls.
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
   * last, or those side by side with it, may have been cut short.
   */
  energies: Float64Array;
  /** Runs begun. */
  restarts: number;
  /** Sweeps made in all: a sweep of runs side by side counts once for each. */
  sweeps: number;
  seconds: number;
  /** Seconds after which the best state was met. */
  reached: number;
  /**
   * Runs that came to their end, by themselves or at the target: 0 where the time did not suffice for one. Where it did not suffice
   * to set the search up, `restarts` is 0, too, and the state is `start`, or any. A local search without end has come to it wherever
   * it is stopped; one of spins, as soon as one annealing is over.
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
  /** How many runs are made side by side: one, unless said. */
  readonly abreast?: number;
  readonly plan: SearchPlan<State>;
  /** A state to give where setting up is cut short. */
  readonly anyState: (seed: number) => State;
  /** What comes out, from the best state met. */
  readonly finish: (state: State) => Finished<State>;
  /** Where runs are parts of one: what is said of them together. */
  readonly whole?: (found: SearchResult<State>) => SearchResult<State>;
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
    const ended = await runs.make(0, plan.restarts);
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
  const any = finish(plan.start ?? anyState(plan.seed));
  const seconds = secondsOf(plan);
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
    seed: plan.seed,
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

/** Makes group `group` of a search alone: the runs that are made side by side. The work is not disposed of. */
export async function searchGroup<State>(
  work: Search<State>,
  plan: Omit<SearchPlan<State>, 'rank' | 'solutions'>,
  group: number,
): Promise<SearchRun<State>[]> {
  plan.signal?.throwIfAborted();
  const [first, end] = groupAt(work, plan.restarts, group);
  const alone = { restarts: end - first, rank: undefined, solutions: undefined };
  const runs = new Runs(work, { ...plan, ...alone });
  await runs.make(first, end);
  return runs.each();
}

/** The runs of group `group`: the first, and the one after the last. */
export function groupAt(
  { abreast = 1 }: { readonly abreast?: number },
  restarts: number,
  group: number,
): readonly [first: number, end: number] {
  return [abreast * group, Math.min(restarts, abreast * (group + 1))];
}

class Runs<State> {
  readonly #work: Search<State>;
  readonly #plan: SearchPlan<State>;
  readonly #pauses = new Pauses();
  /** Of the runs that are over, where more than one is asked for. */
  readonly #others: BestStates<State> | undefined;
  readonly #energies: number[] = [];
  readonly #complete: boolean[] = [];
  /** The best state, its energy or rank, the seconds after which it was met, and the first of the runs that it was met among. */
  #best: { state: State; value: number; reached: number; among: number } | undefined;
  #sweeps = 0;
  /** Sweeps asked for at a time. */
  #stretch = 1;

  constructor(work: Search<State>, plan: SearchPlan<State>) {
    this.#work = work;
    this.#plan = plan;
    const { solutions, canonical } = plan;
    if (solutions !== undefined) this.#others = new BestStates(solutions, canonical);
  }

  /** Makes the runs from `first` up to `end`, which is not made. */
  async make(first: number, end: number): Promise<SearchResult<State>['ended']> {
    const { start, target, time, signal, rank } = this.#plan;
    for (let run = first; run < end; run += this.#work.abreast ?? 1) {
      this.#work.begin(run, run === 0 ? start : undefined);
      let within = 0;
      for (let over = false; !over;) {
        const asked = this.#stretch;
        const made = this.#advance();
        within += made;
        over = made < asked && !this.#work.between;
        this.#note(run - first, over || (this.#work.settled ?? this.#work.sweeps === Infinity));
        // In the middle of a run, where it stands depends on the clock: a rank is asked for at its end.
        if (over || !rank) this.#consider(run, over);
        if (this.#best && this.#best.value <= target && (this.#others?.reach(target) ?? true))
          return this.#end('target');
        const stopped = this.#seconds >= time;
        if (!stopped && !this.#pauses.due) continue;
        if (!stopped) {
          await this.#pauses.pause();
          this.#tell(this.#done(run - first, over ? Infinity : within));
        }
        if (!stopped && !signal?.aborted) continue;
        if (!over) this.#consider(run, true);
        return this.#end(stopped ? 'time' : 'signal');
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
      completed: this.#complete.filter(Boolean).length,
      seed: this.#plan.seed,
    };
  }

  /** The runs, of which there was one group. */
  each(): SearchRun<State>[] {
    const sweeps = this.#sweeps / this.#standings.length;
    return this.#standings.map(({ state, energy }, k) => ({
      state,
      complete: this.#complete[k],
      energy,
      sweeps,
    }));
  }

  /** Where the runs stand that are being made. */
  get #standings(): readonly Standing<State>[] {
    return this.#work.standings ?? [this.#work];
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
    this.#sweeps += made * this.#standings.length;
    return made;
  }

  /** Notes the energies of the runs from number `first` on, and which have come to their end. */
  #note(first: number, over: boolean): void {
    const { rank, target } = this.#plan;
    // Runs side by side are over as soon as one of them has reached the target.
    const stopped = !rank && this.#work.energy <= target;
    for (const [k, { energy }] of this.#standings.entries()) {
      this.#energies[first + k] = energy;
      this.#complete[first + k] = stopped ? energy <= target : over;
    }
  }

  /** Keeps the best state of the runs from `run` on if there is none better; among others, too, when they are over. */
  #consider(run: number, over: boolean): void {
    const { rank } = this.#plan;
    if (over && !rank && this.#others) {
      for (const { state, energy } of this.#standings) this.#others.offer(state, energy);
    }
    for (const standing of rank ? this.#standings : [this.#work]) {
      const value = rank ? ranked(rank, standing.state) : standing.energy;
      if (over && rank) this.#others?.offer(standing.state, value);
      const best = this.#best;
      if (!best || value < best.value) {
        this.#best = { state: standing.state, value, reached: this.#seconds, among: run };
      } else if (!rank && this.#work.abreast && best.among === run && best.value === value) {
        // Of runs side by side that are equally low the first counts, whichever was there when the clock asked.
        best.state = standing.state;
      }
    }
  }

  /** @param sweeps - of those that are being made; `runs` are over */
  #done(runs: number, sweeps: number): number {
    const { restarts, time } = this.#plan;
    const part = Math.min(1, sweeps / this.#work.sweeps);
    const runsDone = runs + part * this.#standings.length;
    return Math.min(1, Math.max(runsDone / restarts, this.#seconds / time));
  }

  #end(ended: SearchResult<State>['ended']): SearchResult<State>['ended'] {
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
