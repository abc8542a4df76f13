/** What a solver needs of an energy over discrete states: the spins of Ising, or the groups of Potts. */
import { describe } from '../checks.ts';
import type { Search } from './search.ts';

/** How moves by chance are to be made. */
export interface AnnealingPlan {
  readonly seed: number;
  /** A run stops at the end of the sweep in which its energy reaches this. */
  readonly target: number;
  /** Temperature of each sweep, in the scale of the energy; after these, 0 until nothing moves. */
  readonly temperatures: Float64Array;
  /** Accept a move with probability min(1, e^(−Δ/T)), or take each state with its probability in equilibrium. */
  readonly rule: 'metropolis' | 'glauber';
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
}

/** @throws TypeError unless `model` is one */
export function checkModel(model: unknown): void {
  if (typeof (model as Model<unknown> | undefined)?.annealing !== 'function') {
    throw new TypeError(`model is ${describe(model)}, expected an IsingModel or a PottsModel`);
  }
}
