/** Energies over groups of which one variable is on: Potts spins of any number of states. */
import type { Backend } from '../kernels/open.ts';
import { fix, Model as Base } from '../models/model.ts';
import { allSteps, type Steps } from '../pacing.ts';
import { Random } from '../random.ts';
import { readIndices } from './indices.ts';
import { downhill, MOST_SWEEPS, type AnnealingPlan, type Model } from './model.ts';
import { PottsAnnealing } from './potts/annealing.ts';
import type { PottsLayout } from './potts/layout.ts';
import type { Links } from './pairs.ts';
import type { PottsOptions } from './potts/options.ts';
import { PottsParts, readPotts } from './potts/parts.ts';
import type { PairColumns } from './potts/read.ts';
import { spread } from './potts/temperatures.ts';
import type { Search } from './search.ts';

/** A Potts energy as plain data. */
export interface PlainPotts {
  readonly sizes: number[];
  readonly costs: Float64Array;
  readonly pairs: PairColumns;
  readonly offset: number;
}

/**
 * Groups of variables, exactly one of each group on: E = Σ costs + Σ costs of pairs + offset, over the variables that are
 * on. Variables are numbered group by group; a state is an Int32Array with the index, within its group, of the
 * one that is on.
 *
 * Searches work in integers. Costs that are all multiples of one power of two, with sums below 2³⁰ of it, are exact;
 * others are rounded once, to about 2⁻³⁰ of the largest cost that a variable can have. `energy` uses the numbers as given.
 *
 * ```ts
 * const model = new PottsModel([3, 3], { pairs: [[0, 3, 1], [1, 4, 1], [2, 5, 1]] });
 * const { state } = await anneal(model);
 * ```
 */
export class PottsModel extends Base implements Model<Int32Array> {
  readonly groups: number;
  /** Of all groups together. */
  readonly variables: number;
  readonly #starts: Uint32Array;
  readonly #groupOf: Uint32Array;
  readonly #costs: Float64Array;
  readonly #offset: number;
  readonly #links: Links<Float64Array>;
  #layout: PottsLayout | undefined;
  readonly #exact: boolean;
  #annealingRange: readonly [number, number] | undefined;

  /**
   * @param sizes - how many states each group has, 1 or more
   * @throws TypeError for arguments of the wrong kind, RangeError for numbers out of range and pairs inside a group,
   *   Error when the backend asked for cannot run
   */
  constructor(sizes: ArrayLike<number>, options: PottsOptions = {}) {
    super();
    const parts =
      (sizes as unknown) instanceof PottsParts
        ? (sizes as unknown as PottsParts)
        : allSteps(readPotts(sizes, options));
    this.#starts = parts.starts;
    this.groups = this.#starts.length - 1;
    this.variables = this.#starts[this.groups];
    this.#groupOf = parts.groupOf;
    this.#costs = parts.costs;
    this.#offset = parts.offset;
    this.#links = parts.links;
    this.#layout = parts.layout;
    this.#exact = parts.layout.rounded === 0;
    fix(this);
  }

  /** A model of pairs that are known to be right, each from both ends, in steps. */
  static *fromLinks(
    sizes: Uint32Array,
    links: Links<Float64Array>,
    backend: Backend,
  ): Steps<PottsModel> {
    const parts = yield* readPotts(sizes, { backend }, links);
    return new PottsModel(parts as unknown as ArrayLike<number>);
  }

  /** The model that `plain` gave, wherever it has been meanwhile. */
  static fromPlain({ sizes, ...options }: PlainPotts, backend?: Backend): PottsModel {
    return new PottsModel(sizes, { ...options, backend });
  }

  /** The energy as plain data, which `structuredClone` copies, for `fromPlain`. Not to be written to. */
  plain(): PlainPotts {
    const { starts, neighbours, values } = this.#links;
    const count = values.length / 2;
    const a = new Uint32Array(count);
    const b = new Uint32Array(count);
    const cost = new Float64Array(count);
    let at = 0;
    for (let v = 0; v < this.variables; v++) {
      for (let k = starts[v]; k < starts[v + 1]; k++) {
        if (neighbours[k] < v) continue;
        [a[at], b[at], cost[at]] = [v, neighbours[k], values[k]];
        at++;
      }
    }
    return { sizes: this.sizes, costs: this.#costs, pairs: { a, b, cost }, offset: this.#offset };
  }

  /** Whether the solvers work with the numbers as they were given; otherwise they were rounded once, see above. */
  get exact(): boolean {
    return this.#exact;
  }

  /** How many states each group has. */
  get sizes(): number[] {
    return Array.from({ length: this.groups }, (_, g) => this.#starts[g + 1] - this.#starts[g]);
  }

  /** E of a state, from the numbers as given. O(groups + pairs of the variables that are on). */
  energy(state: ArrayLike<number>): number {
    const indices = this.readState(state, 'state');
    let energy = this.#offset;
    for (let g = 0; g < this.groups; g++) {
      const a = this.#starts[g] + indices[g];
      energy += this.#costs[a];
      for (let k = this.#links.starts[a]; k < this.#links.starts[a + 1]; k++) {
        const b = this.#links.neighbours[k];
        if (b > a && this.#isOn(indices, b)) energy += this.#links.values[k];
      }
    }
    return energy;
  }

  /** What the energy changes by when a variable is turned on instead of the one of its group that is; for all variables. */
  moveCosts(state: ArrayLike<number>): Float64Array {
    const indices = this.readState(state, 'state');
    const costs = this.#costsOf(indices);
    const now = Float64Array.from(indices, (index, g) => costs[this.#starts[g] + index]);
    return costs.map((cost, b) => cost - now[this.#groupOf[b]]);
  }

  rest(state: Int32Array): Int32Array {
    return downhill(this, state, (indices) => this.#fallen(indices));
  }

  /** What a state falls to, one group after the other in its cheapest state; undefined where it is at rest. */
  #fallen(from: Int32Array): Int32Array | undefined {
    const costs = this.#costsOf(from);
    const indices = from.slice();
    // Costs kept up to date drift, where they are real.
    for (let moved = true, sweep = 0; moved && sweep < MOST_SWEEPS; sweep++) {
      moved = false;
      for (let g = 0; g < indices.length; g++) {
        const first = this.#starts[g];
        const before = first + indices[g];
        let best = before;
        for (let a = first; a < this.#starts[g + 1]; a++) if (costs[a] < costs[best]) best = a;
        if (best === before) continue;
        moved = true;
        indices[g] = best - first;
        this.#add(costs, before, -1);
        this.#add(costs, best, 1);
      }
      if (!moved && sweep === 0) return undefined;
    }
    return indices;
  }

  /** What each variable costs, were it on among those that are. */
  #costsOf(indices: Int32Array): Float64Array {
    return this.#costs.map((own, b) => {
      let cost = own;
      for (let k = this.#links.starts[b]; k < this.#links.starts[b + 1]; k++) {
        if (this.#isOn(indices, this.#links.neighbours[k])) cost += this.#links.values[k];
      }
      return cost;
    });
  }

  /** Adds what a variable costs its neighbours. */
  #add(costs: Float64Array, variable: number, sign: number): void {
    const { starts, neighbours, values } = this.#links;
    for (let k = starts[variable]; k < starts[variable + 1]; k++) {
      costs[neighbours[k]] += sign * values[k];
    }
  }

  #isOn(indices: Int32Array, variable: number): boolean {
    const group = this.#groupOf[variable];
    return this.#starts[group] + indices[group] === variable;
  }

  /** The state as an array of its own. @throws TypeError, RangeError when it is none */
  readState(state: ArrayLike<number>, name: string): Int32Array {
    const whose = { count: this.groups, things: "the model's groups", values: 'indices' };
    return readIndices(state, name, whose, (g) => this.#starts[g + 1] - this.#starts[g]);
  }

  /** Any state, each index as likely as others. */
  anyState(seed: number): Int32Array {
    const random = new Random(seed);
    return Int32Array.from(this.sizes, (size) => random.below(size));
  }

  /**
   * First and last temperature that suit moves by chance, in parts of the spread of costs in random states: 0.3 to 0.1 of
   * it, the last lower where some costs are small, but not below 0.01.
   */
  get annealingRange(): readonly [hot: number, cold: number] {
    return allSteps(this.#range());
  }

  /** Looks for the temperatures, in steps. */
  *opening(): Steps<void> {
    yield* this.#range();
  }

  *#range(): Steps<readonly [hot: number, cold: number]> {
    if (this.#annealingRange) return this.#annealingRange;
    const width = yield* spread(this.#open());
    const least = Math.min(smallest(this.#costs), smallest(this.#links.values));
    const cold = Math.max(0.01 * width, Math.min(0.1 * width, 0.15 * least));
    this.#annealingRange = [0.3 * width, cold];
    return this.#annealingRange;
  }

  annealing(plan: AnnealingPlan): Search<Int32Array> {
    return new PottsAnnealing(this.#open(), plan);
  }

  /**
   * Gives the memory back at once. Optional: dropping the object is enough. No search can begin afterwards; those under way
   * end as they would, and energies can still be asked.
   */
  dispose(): void {
    this.#layout = undefined;
  }

  protected hold() {
    // What was given stays.
    return { machine: this.#open().machine, version: 0 };
  }

  /** What solvers work on: the model in integers, in linear memory. @throws Error when the model has been disposed of */
  // oxlint-disable-next-line require-yield
  *openGroups(): Steps<PottsLayout> {
    return this.#open();
  }

  #open(): PottsLayout {
    if (!this.#layout) throw new Error('the model has been disposed of');
    return this.#layout;
  }
}

/** The smallest magnitude that is not 0; Infinity when there is none. */
function smallest(costs: Float64Array): number {
  return costs.reduce((least, c) => (c === 0 ? least : Math.min(least, Math.abs(c))), Infinity);
}
