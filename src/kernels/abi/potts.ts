import type { Address, Integer, Real } from '../../numbers.ts';

/**
 * Groups of variables of which exactly one is on.
 *
 * Variables in groups, exactly one of a group on: E = Σ own_b + Σ Q_ab over those that are on, in integers. `starts` is
 * u32[groups + 1], the first variable of each group and the end; `state` u32[groups], the variable that is on; `own`
 * i32[variables]; row b of the symmetric Q is links[rows_b … rows_{b+1}), `rows` u32[variables + 1], a link a u32
 * neighbour, in another group, and its i32 cost. `costs` i32[variables] is c_b = own_b + Σ_a Q_ab over the a
 * that are on. |c_b| < 2³⁰.
 *
 * The sweeps visit groups upwards and keep state and costs up to date. They return the change of the energy, and stop
 * as soon as it is `drop` or less. `beta` is 1/T in units of the integers, finite. Groups of one variable draw nothing.
 */
export interface PottsKernels {
  /** Computes the costs of a state; returns its energy. */
  costsPotts(
    costs: Address,
    state: Address,
    own: Address,
    rows: Address,
    links: Address,
    variables: Integer,
    groups: Integer,
  ): number;
  /** Proposes another variable of each group, all equally likely; a move that costs Δ > 0 is made when a real < e^(−Δ·beta). */
  metropolisPotts(
    state: Address,
    costs: Address,
    generator: Address,
    starts: Address,
    rows: Address,
    links: Address,
    beta: Real,
    drop: Real,
    groups: Integer,
  ): number;
  /**
   * Turns the first variable on whose sum of weights up to it, over the group, is above a real times the whole:
   * w_b = e^(−x), x = (c_b − min c)·beta, and 0 where x > 40. Scratch: f64[largest group].
   */
  glauberPotts(
    state: Address,
    costs: Address,
    generator: Address,
    starts: Address,
    rows: Address,
    links: Address,
    scratch: Address,
    beta: Real,
    drop: Real,
    groups: Integer,
  ): number;
  /** Turns the first cheapest variable on where it is cheaper than the one that is. */
  descendPotts(
    state: Address,
    costs: Address,
    starts: Address,
    rows: Address,
    links: Address,
    drop: Real,
    groups: Integer,
  ): number;
  /**
   * Mean field: V_b = w_b/Σ w over its group, f64[variables], one group after the other; weights as in `glauberPotts`
   * from the costs own_b + ((l0 + l2) + (l1 + l3)), lane l the sum of Q_ab·V_a over the links k ≡ l mod 4 of
   * the row. Returns Σ V². Scratch: f64[largest group].
   */
  averagesPotts(
    averages: Address,
    own: Address,
    starts: Address,
    rows: Address,
    links: Address,
    scratch: Address,
    beta: Real,
    groups: Integer,
  ): number;
  /** Turns the first variable with the largest average of each group on. */
  likeliestPotts(state: Address, averages: Address, starts: Address, groups: Integer): void;
}
