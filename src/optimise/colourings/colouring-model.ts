/** Colourings as states: what tabu search moves on, and the network of Potts neurons for those who ask for one. */
import { checkNumber, describe, isList } from '../../checks.ts';
import { colouringsKernels, type ColouringsGroup } from '../../kernels/groups/colourings.ts';
import { openMachine, type Backend, type Machine } from '../../kernels/open.ts';
import { fix, Model as Base } from '../../models/model.ts';
import type { LocalSearchPlan, Searchable } from '../local-search.ts';
import type { AnnealingPlan } from '../model.ts';
import { PottsModel } from '../potts-model.ts';
import type { PottsLayout } from '../potts/layout.ts';
import { PairList } from '../problems/pair-list.ts';
import type { Search } from '../search.ts';
import { coloursIn, conflictsOf, neighboursOf, type Adjacency } from './adjacency.ts';
import { ColouringSearch, FewestSearch } from './searches.ts';

/**
 * A state is the colour of each vertex. With a number of colours, the energy is the number of conflicts. Without one, it is the
 * number of colours in use and of conflicts together: a colour more mends a conflict. The network, of a group for each vertex, is
 * made when a solver of networks first asks for it.
 */
export class ColouringModel extends Base implements Searchable<Int32Array> {
  readonly vertices: number;
  /** How many colours there are; undefined where that is what is sought. */
  readonly colours: number | undefined;
  readonly #graph: Adjacency;
  readonly #backend: Backend;
  #machine: Machine<ColouringsGroup> | undefined;
  #network: PottsModel | undefined;

  constructor(graph: Adjacency, colours: number | undefined, backend: Backend = 'auto') {
    super();
    this.vertices = graph.vertices;
    this.colours = colours;
    this.#graph = graph;
    this.#backend = backend;
    this.#machine = openMachine(backend, [colouringsKernels]);
    fix(this);
  }

  energy(state: ArrayLike<number>): number {
    const colours = this.readState(state, 'state');
    const conflicts = conflictsOf(this.#graph, colours);
    return this.colours === undefined ? coloursIn(colours) + conflicts : conflicts;
  }

  /** A copy. @throws TypeError, RangeError unless it is a colour for each vertex */
  readState(state: ArrayLike<number>, name: string): Int32Array {
    if (!isList(state)) {
      throw new TypeError(`${name} is ${describe(state)}, expected ${this.vertices} colours`);
    }
    if (state.length !== this.vertices) {
      throw new RangeError(
        `${name} has length ${state.length}, expected ${this.vertices} (the vertices)`,
      );
    }
    const most = this.colours ?? this.vertices;
    return Int32Array.from(state, (colour, v) => {
      return checkNumber(colour, `${name}[${v}]`, `an integer from 0 to ${most - 1}`, (c) => {
        return Number.isInteger(c) && c >= 0 && c < most;
      });
    });
  }

  /** No conflicts, or one colour. */
  get bound(): number {
    return this.colours === undefined ? 1 : 0;
  }

  get annealingRange(): readonly [hot: number, cold: number] {
    return this.network().annealingRange;
  }

  annealing(plan: AnnealingPlan): Search<Int32Array> {
    return this.network().annealing(plan);
  }

  localSearch(plan: LocalSearchPlan): Search<Int32Array> {
    const { machine } = this.hold();
    return this.colours === undefined
      ? new FewestSearch(machine, this.#graph, plan)
      : new ColouringSearch(machine, this.#graph, this.colours, plan);
  }

  /** What solvers of networks work on. */
  openGroups(): PottsLayout {
    return this.network().openGroups();
  }

  /** A group for each vertex, a state for each colour, a cost of 1 for an edge of one colour. O(edges · colours) memory. */
  network(): PottsModel {
    this.hold();
    return (this.#network ??= networkOf(this.#graph, this.colours, this.#backend));
  }

  /** The graph and its colours as plain data, which `structuredClone` copies, for another model. Not to be written to. */
  plain(): { graph: Adjacency; colours: number | undefined } {
    return { graph: this.#graph, colours: this.colours };
  }

  protected hold() {
    if (!this.#machine) throw new Error('the model has been disposed of');
    // What was given stays.
    return { machine: this.#machine, version: 0 };
  }

  dispose(): void {
    this.#machine = undefined;
    this.#network?.dispose();
    this.#network = undefined;
  }
}

function networkOf(graph: Adjacency, colours: number | undefined, backend: Backend): PottsModel {
  if (colours === undefined) {
    throw new TypeError(
      'the number of colours is not given, expected one for a network; localSearch needs none',
    );
  }
  const pairs = new PairList();
  for (let v = 0; v < graph.vertices; v++) {
    for (const u of neighboursOf(graph, v)) {
      if (u < v) continue;
      for (let c = 0; c < colours; c++) pairs.add(v * colours + c, u * colours + c);
    }
  }
  const sizes = new Uint32Array(graph.vertices).fill(colours);
  return new PottsModel(sizes, { pairs: pairs.columns, backend });
}
