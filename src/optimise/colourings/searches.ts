/** Runs of tabu search: with a number of colours, and with as few as it finds. */
import type { ColouringsGroup } from '../../kernels/groups/colourings.ts';
import type { Machine } from '../../kernels/open.ts';
import { Random } from '../../random.ts';
import type { LocalSearchPlan } from '../local-search.ts';
import type { Search } from '../search.ts';
import { coloursIn, conflictsOf, neighboursOf, type Adjacency } from './adjacency.ts';
import { greedyColouring } from './bounds.ts';
import { Tabu } from './tabu.ts';

/** Colours 0 to k − 1 with as few conflicts as it finds; the energy is the conflicts. A sweep is as many moves as there are vertices. */
export class ColouringSearch implements Search<Int32Array> {
  readonly sweeps: number;
  readonly #tabu: Tabu;
  readonly #vertices: number;
  readonly #colours: number;
  readonly #plan: LocalSearchPlan;
  #sweep = 0;

  constructor(
    machine: Machine<ColouringsGroup>,
    graph: Adjacency,
    colours: number,
    plan: LocalSearchPlan,
  ) {
    this.sweeps = plan.sweeps;
    this.#vertices = graph.vertices;
    this.#colours = colours;
    this.#plan = plan;
    this.#tabu = new Tabu(machine, graph, colours);
  }

  get energy(): number {
    return this.#tabu.fewest;
  }

  get state(): Int32Array {
    return this.#tabu.best;
  }

  begin(run: number, start: Int32Array | undefined): void {
    const random = new Random(this.#plan.seed, 2 * run);
    this.#tabu.seed(this.#plan.seed, 2 * run + 1);
    const any = () =>
      Int32Array.from({ length: this.#vertices }, () => random.below(this.#colours));
    this.#tabu.begin(start ?? any(), this.#colours);
    this.#sweep = 0;
  }

  advance(sweeps: number): number {
    let made = 0;
    for (; made < sweeps && this.#sweep < this.sweeps; made++) {
      if (this.energy <= Math.max(0, this.#plan.target)) break;
      this.#tabu.move(this.#vertices);
      this.#sweep++;
    }
    return made;
  }

  dispose(): void {
    this.#tabu.dispose();
  }
}

/**
 * A proper colouring with as few colours as it finds; the energy is their number. From a greedy one on, the smallest class is given
 * the other colours again and again, and tabu search mends the conflicts.
 */
export class FewestSearch implements Search<Int32Array> {
  readonly sweeps: number;
  readonly #graph: Adjacency;
  readonly #plan: LocalSearchPlan;
  readonly #tabu: Tabu;
  readonly #greedy: Int32Array;
  #best: Int32Array;
  #colours = 0;
  #sweep = 0;

  constructor(machine: Machine<ColouringsGroup>, graph: Adjacency, plan: LocalSearchPlan) {
    this.sweeps = plan.sweeps;
    this.#graph = graph;
    this.#plan = plan;
    this.#greedy = greedyColouring(graph);
    this.#best = this.#greedy;
    this.#tabu = new Tabu(machine, graph, Math.max(1, coloursIn(this.#greedy) - 1));
  }

  get energy(): number {
    return this.#colours;
  }

  get state(): Int32Array {
    return this.#best.slice();
  }

  begin(run: number, start: Int32Array | undefined): void {
    this.#tabu.seed(this.#plan.seed, run);
    this.#sweep = 0;
    const proper = start && conflictsOf(this.#graph, start) === 0;
    const better = proper && coloursIn(start) < coloursIn(this.#greedy);
    this.#keep(better ? start : this.#greedy);
  }

  /** Keeps a proper colouring, and begins the search for one with a colour less. */
  #keep(colours: Int32Array): void {
    this.#best = inOrder(colours);
    this.#colours = coloursIn(colours);
    if (this.#colours > 1) {
      this.#tabu.begin(withoutOne(this.#graph, this.#best, this.#colours), this.#colours - 1);
    }
  }

  advance(sweeps: number): number {
    let made = 0;
    for (; made < sweeps && this.#sweep < this.sweeps; made++) {
      if (this.#colours <= Math.max(1, this.#plan.target)) break;
      this.#tabu.move(this.#graph.vertices);
      if (this.#tabu.fewest === 0) this.#keep(this.#tabu.best);
      this.#sweep++;
    }
    return made;
  }

  dispose(): void {
    this.#tabu.dispose();
  }
}

/** The same classes, their colours counted from 0 in the order in which they appear. */
function inOrder(colours: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  for (const colour of colours) if (!numbers.has(colour)) numbers.set(colour, numbers.size);
  return colours.map((colour) => numbers.get(colour)!);
}

/** Colours 0 to k − 2: each vertex of the smallest class is given the one that fewest of its neighbours have. */
function withoutOne(graph: Adjacency, colours: Int32Array, k: number): Int32Array {
  const sizes = new Uint32Array(k);
  for (const colour of colours) sizes[colour]++;
  const smallest = sizes.indexOf(sizes.reduce((a, b) => Math.min(a, b)));
  // The last class takes its number.
  const kept = colours.map((colour) =>
    colour === smallest ? -1 : colour === k - 1 ? smallest : colour,
  );
  const around = new Uint32Array(k - 1);
  for (const [v, colour] of kept.entries()) {
    if (colour >= 0) continue;
    around.fill(0);
    for (const u of neighboursOf(graph, v)) if (kept[u] >= 0) around[kept[u]]++;
    kept[v] = around.indexOf(around.reduce((a, b) => Math.min(a, b)));
  }
  return kept;
}
