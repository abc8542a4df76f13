/** What a solver needs of an energy over discrete states: the spins of Ising, or the groups of Potts. */
import { describe } from '../checks.ts';
import type { Steps } from '../pacing.ts';
import type { SearchPlan } from './options.ts';
import type { Finished, PreparedSearch, Search } from './search.ts';

/** How moves by chance are to be made. */
export interface AnnealingPlan {
  readonly seed: number;
  /** A run stops at the end of the sweep in which its energy reaches this. */
  readonly target: number;
  /** Temperature of each sweep, in the scale of the energy; after these, 0 until nothing moves. */
  readonly temperatures: Float64Array;
  /** Accept a move with probability min(1, e^(−Δ/T)), or take each state with its probability in equilibrium. */
  readonly rule: 'metropolis' | 'glauber';
  /** How many runs there will be: of many, a model may make some side by side. Default 1. */
  readonly runs?: number;
}

/** A state, but nothing to infer its type from: `NoInfer` for TypeScript before 5.4. */
type Given<State> = [State][State extends unknown ? 0 : never];

export interface Model<State> {
  /** The energy of a state, computed from the numbers the model was given. */
  energy(state: Given<State>): number;
  /** The state as the model's own copy. @throws TypeError, RangeError when it is none */
  readState(state: Given<State>, name: string): State;
  /** First and last temperature that suit moves by chance. */
  readonly annealingRange: readonly [hot: number, cold: number];
  annealing(plan: AnnealingPlan): Search<State>;
  /** How many of so many runs annealing makes side by side; undefined, or not there, for one after the other. */
  abreast?(runs: number): number | undefined;
  /** Makes what the two need for so many runs, in steps, where that takes long; they make it at once otherwise. */
  opening?(runs: number): Steps<unknown>;
  /** Any state: what there is to give where `opening` was cut short. */
  anyState?(seed: number): State;
  /** One of all states that stand for the same solution; every state is one of its own where this is left out. */
  canonical?(state: State): State;
  /** From a state downhill by single moves in the numbers as given: solvers may work with rounded ones, or be stopped on their way. */
  rest?(state: State): State;
}

/** What a search has found: with no single move left that lowers the energy, unless something else ranks states. */
function finished<State>(
  model: Model<State>,
  { rank }: { readonly rank: unknown },
): (state: State) => Finished<State> {
  return (state) => {
    const rested = rank === undefined && model.rest ? model.rest(state) : state;
    return { state: rested, energy: model.energy(rested) };
  };
}

/** Sweeps of a descent between two looks at the fields anew. */
export const MOST_SWEEPS = 64;

/** Falls that large numbers hide in the energy, one after the other, before it is given up. */
const MOST_HIDDEN = 8;

/** Falls as long as that lowers the energy, or is foreseen to and does not raise it. */
export function downhill<State>(
  model: Model<State>,
  from: State,
  next: (state: State) => State | undefined,
): State {
  let state = from;
  let energy = model.energy(state);
  for (let hidden = 0; hidden < MOST_HIDDEN;) {
    const lower = next(state);
    const reached = lower === undefined ? Infinity : model.energy(lower);
    // What is computed can differ from what was foreseen by rounding.
    if (lower === undefined || reached > energy) break;
    hidden = reached < energy ? 0 : hidden + 1;
    [state, energy] = [lower, reached];
  }
  return state;
}

/** Opens a model for a search of so many runs that needs it, in steps. */
export function* opened(
  model: { opening?(runs: number): Steps<unknown> },
  runs: number,
): Steps<void> {
  if (model.opening) yield* model.opening(runs);
}

/** What the searches of a model have in common. @throws TypeError, RangeError for a start that is no state */
export function searchOf<State>(
  model: Model<State>,
  plan: SearchPlan<State>,
): Pick<PreparedSearch<State>, 'plan' | 'finish' | 'anyState'> {
  const start = plan.start === undefined ? undefined : model.readState(plan.start, 'start');
  return {
    plan: { ...plan, start, canonical: (state) => model.canonical?.(state) ?? state },
    finish: finished(model, plan),
    // Only what is opened in steps can be cut short.
    anyState: (seed) => model.anyState!(seed),
  };
}

/** @throws TypeError unless `model` is one */
export function checkModel(model: unknown): void {
  if (typeof (model as Model<unknown> | undefined)?.annealing !== 'function') {
    throw new TypeError(`model is ${describe(model)}, expected an IsingModel or a PottsModel`);
  }
}
