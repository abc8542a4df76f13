/** Colourings as states: what tabu search moves on, and the network of Potts neurons for those who ask for one. */
import { colouringsKernels, type ColouringsGroup } from '../../kernels/groups/colourings.ts';
import { openMachine, type Backend, type Machine } from '../../kernels/open.ts';
import { fix } from '../../models/model.ts';
import type { Steps } from '../../pacing.ts';
import { Random } from '../../random.ts';
import { readIndices } from '../indices.ts';
import type { LocalSearchPlan, Searchable } from '../local-search.ts';
import { PottsModel } from '../potts-model.ts';
import { STRIDE } from '../pairs.ts';
import { LinkList } from '../potts/link-list.ts';
import { NetworkModel } from '../potts/network-model.ts';
import type { Search } from '../search.ts';
import { coloursIn, conflictsOf, neighboursOf, type Adjacency } from './adjacency.ts';
import { ColouringSearch, FewestSearch } from './searches.ts';

/**
 * A state is the colour of each vertex. With a number of colours, the energy is the number of conflicts. Without one, it is the
 * number of colours in use and of conflicts together: a colour more mends a conflict. The network, of a group for each vertex, is
 * made when a solver of networks first asks for it.
 */
export class ColouringModel extends NetworkModel implements Searchable<Int32Array> {
  readonly vertices: number;
  /** How many colours there are; undefined where that is what is sought. */
  readonly colours: number | undefined;
  readonly #graph: Adjacency;
  readonly #backend: Backend;
  #machine: Machine<ColouringsGroup> | undefined;

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
    const most = this.colours ?? this.vertices;
    const whose = { count: this.vertices, things: 'the vertices', values: 'colours' };
    return readIndices(state, name, whose, () => most);
  }

  /** Colours by the order in which they appear. */
  canonical(state: Int32Array): Int32Array {
    const names = new Map<number, number>();
    return state.map((colour) => {
      if (!names.has(colour)) names.set(colour, names.size);
      return names.get(colour)!;
    });
  }

  /** Each vertex in any colour. */
  anyState(seed: number): Int32Array {
    const random = new Random(seed);
    const most = this.colours ?? this.vertices;
    return Int32Array.from({ length: this.vertices }, () => random.below(most));
  }

  /** No conflicts, or one colour. */
  get bound(): number {
    return this.colours === undefined ? 1 : 0;
  }

  // oxlint-disable-next-line require-yield
  *localSearch(plan: LocalSearchPlan): Steps<Search<Int32Array>> {
    const { machine } = this.hold();
    return this.colours === undefined
      ? new FewestSearch(machine, this.#graph, plan)
      : new ColouringSearch(machine, this.#graph, this.colours, plan);
  }

  /** A group for each vertex, a state for each colour, a cost of 1 for an edge of one colour. O(edges · colours) memory. */
  protected makeNetwork(): Steps<PottsModel> {
    return networkOf(this.#graph, this.colours, this.#backend);
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

  override dispose(): void {
    this.#machine = undefined;
    super.dispose();
  }
}

function* networkOf(
  graph: Adjacency,
  colours: number | undefined,
  backend: Backend,
): Steps<PottsModel> {
  if (colours === undefined) {
    throw new TypeError(
      'the number of colours is not given, expected one for a network; localSearch needs none',
    );
  }
  const { vertices, neighbours } = graph;
  const links = new LinkList(vertices * colours, neighbours.length * colours);
  let added = 0;
  for (let v = 0; v < vertices; v++) {
    const around = neighboursOf(graph, v);
    for (let c = 0; c < colours; c++) {
      for (const u of around) links.add(u * colours + c, 1);
      links.next();
    }
    added += around.length * colours;
    if (added < STRIDE) continue;
    added = 0;
    yield;
  }
  return yield* PottsModel.fromLinks(new Uint32Array(vertices).fill(colours), links, backend);
}
