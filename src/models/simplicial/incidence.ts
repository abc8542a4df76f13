/**
 * Which simplices a neuron is in, with their weights, in linear memory as src/kernels/abi/simplices.ts lays them out: a flip of a
 * neuron reads its own stretch from end to end and nothing else of the complex.
 *
 * A simplex of k neurons stands k times, weights included: 4k² bytes.
 */
import type { Address } from '../../numbers.ts';
import { simplicesScratch } from '../../kernels/layout.ts';
import type { Incidence } from '../../dynamics/simplicial-landscape.ts';
import type { SimplicialGroup } from '../../kernels/groups/simplicial.ts';
import type { Machine } from '../../kernels/open.ts';
import type { PatternStore } from '../../patterns/pattern-store.ts';
import { checkListBytes, countLists, type SimplexList } from './lists.ts';

/** Words of a group's size, first and count. */
const HEAD = 3;
/** Fields are below this. */
const MOST_FIELD = 2 ** 30;

export class Simplices implements Incidence {
  readonly records: Address;
  readonly starts: Address;
  /** The most simplices that one neuron is in. */
  readonly degree: number;
  readonly #machine: Machine<SimplicialGroup>;
  readonly #neurons: number;
  readonly #columns: Address;

  /** @throws RangeError when memory cannot hold them */
  constructor(machine: Machine<SimplicialGroup>, neurons: number, lists: readonly SimplexList[]) {
    this.#machine = machine;
    this.#neurons = neurons;
    const { memory } = machine;
    const starts = new Float64Array(neurons + 1);
    const degrees = new Uint32Array(neurons);
    const counts = lists.map((list) => countByNeuron(list, neurons));
    for (let i = 0; i < neurons; i++) {
      let words = 0;
      for (const [k, { size }] of lists.entries()) {
        const count = counts[k][i];
        degrees[i] += count;
        if (count > 0) words += HEAD + count * size;
      }
      starts[i + 1] = starts[i] + words;
    }
    const bytes = 4 * starts[neurons];
    checkListBytes(bytes);
    this.degree = degrees.reduce((a, b) => Math.max(a, b));
    this.#columns = memory.allocate(simplicesScratch(neurons));
    this.starts = memory.allocate(4 * starts.length);
    this.records = memory.allocate(bytes);
    memory.views.u32.set(starts, this.starts >>> 2);
    const next = starts.slice(0, neurons);
    for (const [k, list] of lists.entries()) this.#lay(list, counts[k], next);
  }

  /** Writes one group a neuron, from word `next` of it on, and moves that behind the group. */
  #lay({ size, members }: SimplexList, counts: Uint32Array, next: Float64Array): void {
    const { u32 } = this.#machine.memory.views;
    const base = this.records >>> 2;
    const heads = next.slice();
    for (let i = 0; i < counts.length; i++) {
      if (counts[i] === 0) continue;
      u32[base + next[i]] = size;
      u32[base + next[i] + 2] = counts[i];
      next[i] += HEAD;
    }
    const write = (at: number, j: number) => {
      const i = members[at + j];
      let word = base + next[i];
      next[i] += size;
      u32[word] = 0;
      for (let other = 0; other < size; other++) {
        if (other !== j) u32[++word] = members[at + other];
      }
    };
    for (let at = 0; at < members.length; at += size) {
      u32[base + heads[members[at]] + 1]++;
      write(at, 0);
    }
    for (let at = 0; at < members.length; at += size) {
      for (let j = 1; j < size; j++) write(at, j);
    }
  }

  /** @throws RangeError when fields of so many patterns could leave their integers */
  checkCount(patterns: number): void {
    if (this.degree * patterns >= MOST_FIELD) {
      throw new RangeError(
        `${patterns} patterns on ${this.degree} simplices of one neuron are too many: ` +
          `expected a product below 2^30`,
      );
    }
  }

  /** Adds the patterns from ≤ μ < to, `sign` times. */
  add({ blocks, stride }: PatternStore, from: number, to: number, sign: 1 | -1): void {
    const { kernels } = this.#machine;
    const { records, starts } = this;
    const columns = this.#columns;
    kernels.addSimplices(records, starts, blocks, columns, stride, from, to, sign, this.#neurons);
  }

  /** The weights N·w in the order of the lists. */
  weights(lists: readonly SimplexList[]): Int32Array {
    const { i32, u32 } = this.#machine.memory.views;
    const base = this.records >>> 2;
    const starts = this.starts >>> 2;
    const next = Float64Array.from(u32.subarray(starts, starts + this.#neurons));
    const out = new Int32Array(countLists(lists));
    let written = 0;
    for (const list of lists) {
      const { size, members } = list;
      const counts = countByNeuron(list, this.#neurons);
      const record = next.map((word) => base + word + HEAD);
      for (let at = 0; at < members.length; at += size) {
        out[written++] = i32[record[members[at]]];
        record[members[at]] += size;
      }
      for (let i = 0; i < next.length; i++) if (counts[i] > 0) next[i] += HEAD + counts[i] * size;
    }
    return out;
  }
}

/** How many of the simplices each neuron is in. */
function countByNeuron({ members }: SimplexList, neurons: number): Uint32Array {
  const counts = new Uint32Array(neurons);
  for (const i of members) counts[i]++;
  return counts;
}
