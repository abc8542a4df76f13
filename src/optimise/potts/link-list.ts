/** Pairs of variables of a network, from both ends, as they are found in rising order. */
import type { Links } from '../pairs.ts';
import { checkPairs, MAX_VARIABLES } from './pair-list.ts';

export class LinkList implements Links<Float64Array> {
  readonly starts: Uint32Array;
  readonly neighbours: Uint32Array;
  readonly values: Float64Array;
  #variable = 0;
  #at = 0;

  /**
   * @param links - how many there will be, two for each pair
   * @throws RangeError when there are too many
   */
  constructor(variables: number, links: number) {
    checkPairs(links / 2);
    if (variables > MAX_VARIABLES) {
      throw new RangeError(
        `the problem has ${variables} variables, expected at most ${MAX_VARIABLES}`,
      );
    }
    this.starts = new Uint32Array(variables + 1);
    this.neighbours = new Uint32Array(links);
    this.values = new Float64Array(links);
  }

  /** A link of the variable at hand. Neighbours rise, and are of other groups. */
  add(neighbour: number, value: number): void {
    this.neighbours[this.#at] = neighbour;
    this.values[this.#at++] = value;
  }

  /** Goes on to the next variable. */
  next(): void {
    this.starts[++this.#variable] = this.#at;
  }
}
