/** Tabu search on one graph in linear memory. */
import type { ColouringsGroup } from '../../kernels/groups/colourings.ts';
import type { Machine } from '../../kernels/open.ts';
import { seedGenerator } from '../../random.ts';
import type { Adjacency } from './adjacency.ts';

/** The block of a run; see src/kernels/abi/colourings.ts. */
const RUN = { bytes: 80, colours: 4, conflicts: 56, fewest: 60, generator: 64 };

export class Tabu {
  readonly #machine: Machine<ColouringsGroup>;
  readonly #vertices: number;
  readonly #blocks: number[] = [];
  readonly #run: number;
  readonly #colours: number;
  readonly #best: number;

  /** @param most - the most colours that will be asked for */
  constructor(machine: Machine<ColouringsGroup>, graph: Adjacency, most: number) {
    const { vertices, starts, neighbours } = graph;
    this.#machine = machine;
    this.#vertices = vertices;
    const take = (bytes: number): number => {
      const address = machine.memory.reserve(bytes);
      this.#blocks.push(address);
      return address;
    };
    const row = Math.ceil(most / 4) * 4;
    const words = (count: number): number => take(4 * count);
    this.#run = take(RUN.bytes);
    const at = { starts: words(vertices + 1), neighbours: words(neighbours.length) };
    this.#colours = words(vertices);
    this.#best = words(vertices);
    const rest = [vertices * row, vertices * row, vertices, vertices, vertices].map(words);
    const { u32 } = machine.memory.views;
    u32.set(starts, at.starts >>> 2);
    u32.set(neighbours, at.neighbours >>> 2);
    const head = [vertices, most, row, at.starts, at.neighbours, this.#colours, this.#best];
    u32.set([...head, ...rest], this.#run >>> 2);
  }

  /** Where draws come from. */
  seed(seed: number, stream: number): void {
    seedGenerator(this.#machine.memory.views.u32, (this.#run + RUN.generator) >>> 2, seed, stream);
  }

  /** Begins with these colours, 0 to k − 1. */
  begin(colours: ArrayLike<number>, k: number): void {
    const { u32 } = this.#machine.memory.views;
    u32[(this.#run + RUN.colours) >>> 2] = k;
    u32.set(colours, this.#colours >>> 2);
    this.#machine.kernels.countColouring(this.#run);
  }

  /** @returns how many moves were made: fewer when there are no conflicts any more */
  move(moves: number): number {
    return this.#machine.kernels.tabuColouring(this.#run, moves);
  }

  /** Conflicts of the best colours so far. */
  get fewest(): number {
    return this.#machine.memory.views.i32[(this.#run + RUN.fewest) >>> 2];
  }

  /** The colours with the fewest conflicts so far. */
  get best(): Int32Array {
    const at = this.#best >>> 2;
    return this.#machine.memory.views.i32.slice(at, at + this.#vertices);
  }

  dispose(): void {
    for (const block of this.#blocks.splice(0)) this.#machine.memory.free(block);
  }
}
