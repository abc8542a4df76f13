/** Assignments as states, where sums have bounds: what each value, each two values and each sum cost. */
import { openMachine, type Machine } from '../../kernels/open.ts';
import { fix, Model as Base } from '../../models/model.ts';
import { Random } from '../../random.ts';
import { readIndices } from '../indices.ts';
import { downhill, type AnnealingPlan, type Model } from '../model.ts';
import type { Search } from '../search.ts';
import { ConstraintAnnealing } from './annealing.ts';
import { beyond } from './sums.ts';

/** What two variables cost together: rows for the values of the first. */
export interface PairTable {
  readonly a: number;
  readonly b: number;
  readonly costs: Float64Array;
}

/** A sum over some variables, and what a unit beyond its bounds costs. */
export interface BoundedSum {
  readonly variables: readonly number[];
  /** What each value of each of these variables adds: integers. */
  readonly parts: readonly (readonly number[])[];
  readonly least: number;
  readonly most: number;
  readonly weight: number;
}

/** An energy over assignments, as plain data. */
export interface PlainConstraints {
  /** How many values each variable has. */
  readonly sizes: readonly number[];
  /** What each value of each variable costs. */
  readonly own: readonly Float64Array[];
  readonly pairs: readonly PairTable[];
  readonly sums: readonly BoundedSum[];
}

/** What a variable has to do with another, seen from it. */
interface Partner {
  readonly other: number;
  readonly cost: (own: number, others: number) => number;
}

/** A sum, and what the values of a variable add to it. */
interface Share {
  readonly sum: number;
  readonly parts: readonly number[];
}

/** Random states whose moves are looked at for temperatures. */
const LOOKS = 8;

/**
 * A state is the index of each variable's value. Sums are kept as integers beside it, and beyond their bounds cost as much for each
 * unit: no variables stand for what is left of a bound, as a network of pairs would need. Moves are made on the constraints
 * themselves, in TypeScript.
 */
export class ConstraintModel extends Base implements Model<Int32Array> {
  readonly variables: number;
  readonly #plain: PlainConstraints;
  readonly #partners: readonly Partner[][];
  readonly #shares: readonly Share[][];
  #range: readonly [number, number] | undefined;
  #machine: Machine<unknown> | undefined;

  constructor(plain: PlainConstraints) {
    super();
    const { sizes, pairs, sums } = plain;
    this.variables = sizes.length;
    this.#plain = plain;
    const partners = sizes.map((): Partner[] => []);
    for (const { a, b, costs } of pairs) {
      const columns = sizes[b];
      partners[a].push({ other: b, cost: (x, y) => costs[x * columns + y] });
      partners[b].push({ other: a, cost: (y, x) => costs[x * columns + y] });
    }
    this.#partners = partners;
    const shares = sizes.map((): Share[] => []);
    for (const [sum, { variables, parts }] of sums.entries()) {
      variables.forEach((v, k) => shares[v].push({ sum, parts: parts[k] }));
    }
    this.#shares = shares;
    // No kernel takes part; what a model says of its backend it says all the same.
    this.#machine = openMachine('auto', []);
    fix(this);
  }

  get sizes(): readonly number[] {
    return this.#plain.sizes;
  }

  plain(): PlainConstraints {
    return this.#plain;
  }

  energy(state: ArrayLike<number>): number {
    const values = this.readState(state, 'state');
    const { own, pairs, sums, sizes } = this.#plain;
    let energy = 0;
    own.forEach((costs, v) => (energy += costs[values[v]]));
    for (const { a, b, costs } of pairs) energy += costs[values[a] * sizes[b] + values[b]];
    const totals = this.sums(values);
    sums.forEach((sum, k) => (energy += sum.weight * beyond(sum, totals[k])));
    return energy;
  }

  /** All sums of a state. */
  sums(values: ArrayLike<number>): Float64Array {
    return Float64Array.from(this.#plain.sums, ({ variables, parts }) =>
      variables.reduce((sum, v, k) => sum + parts[k][values[v]], 0),
    );
  }

  /** What the energy changes by when a variable takes another value, given the sums of the state. */
  delta(values: Int32Array, sums: Float64Array, variable: number, value: number): number {
    const before = values[variable];
    const costs = this.#plain.own[variable];
    let delta = costs[value] - costs[before];
    for (const { other, cost } of this.#partners[variable]) {
      delta += cost(value, values[other]) - cost(before, values[other]);
    }
    for (const { sum, parts } of this.#shares[variable]) {
      const bounded = this.#plain.sums[sum];
      const now = sums[sum];
      const then = now + parts[value] - parts[before];
      delta += bounded.weight * (beyond(bounded, then) - beyond(bounded, now));
    }
    return delta;
  }

  /** Gives a variable another value, and keeps the sums up to date. */
  move(values: Int32Array, sums: Float64Array, variable: number, value: number): void {
    const before = values[variable];
    for (const { sum, parts } of this.#shares[variable]) sums[sum] += parts[value] - parts[before];
    values[variable] = value;
  }

  rest(state: Int32Array): Int32Array {
    return downhill(this, state, (values) => {
      const sums = this.sums(values);
      let best: [delta: number, variable: number, value: number] = [0, 0, 0];
      this.sizes.forEach((size, v) => {
        for (let value = 0; value < size; value++) {
          const delta = this.delta(values, sums, v, value);
          if (delta < best[0]) best = [delta, v, value];
        }
      });
      const [delta, variable, value] = best;
      return delta < 0 ? values.map((own, v) => (v === variable ? value : own)) : undefined;
    });
  }

  readState(state: ArrayLike<number>, name: string): Int32Array {
    const whose = { count: this.variables, things: 'the variables', values: 'indices' };
    return readIndices(state, name, whose, (v) => this.sizes[v]);
  }

  /** Any state, each value as likely as others. */
  anyState(seed: number): Int32Array {
    const random = new Random(seed);
    return Int32Array.from(this.sizes, (size) => random.below(size));
  }

  /** From what a move costs in random states, root mean square, to a tenth of the smallest cost there is. */
  get annealingRange(): readonly [hot: number, cold: number] {
    return (this.#range ??= this.#temperatures());
  }

  #temperatures(): readonly [number, number] {
    let squares = 0;
    let count = 0;
    for (let look = 0; look < LOOKS; look++) {
      const values = this.anyState(look);
      const sums = this.sums(values);
      this.sizes.forEach((size, v) => {
        for (let value = 0; value < size; value++) {
          if (value === values[v]) continue;
          squares += this.delta(values, sums, v, value) ** 2;
          count++;
        }
      });
    }
    const hot = count === 0 ? 0 : Math.sqrt(squares / count);
    const { own, pairs, sums } = this.#plain;
    let least = Infinity;
    const see = (cost: number): void => {
      if (cost !== 0) least = Math.min(least, Math.abs(cost));
    };
    for (const costs of own) costs.forEach((cost) => see(cost - costs[0]));
    for (const { costs } of pairs) costs.forEach(see);
    for (const { weight } of sums) see(weight);
    return [hot, Math.min(hot, Math.max(1e-6 * hot, least === Infinity ? 0 : 0.1 * least))];
  }

  annealing(plan: AnnealingPlan): Search<Int32Array> {
    this.hold();
    return new ConstraintAnnealing(this, plan);
  }

  protected hold() {
    if (!this.#machine) throw new Error('the model has been disposed of');
    // What was given stays.
    return { machine: this.#machine, version: 0 };
  }

  dispose(): void {
    this.#machine = undefined;
  }
}
