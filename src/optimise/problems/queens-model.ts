/** Queens on a board as states: the column of each row's queen; their network is made when it is asked for. */
import { openMachine, type Machine } from '../../kernels/open.ts';
import { fix } from '../../models/model.ts';
import type { Steps } from '../../pacing.ts';
import { Random } from '../../random.ts';
import { readIndices } from '../indices.ts';
import { PottsModel } from '../potts-model.ts';
import { STRIDE } from '../pairs.ts';
import { LinkList } from '../potts/link-list.ts';
import { NetworkModel } from '../potts/network-model.ts';

/** The energy is the number of pairs that attack each other. */
export class QueensModel extends NetworkModel {
  /** Rows and columns. */
  readonly size: number;
  #machine: Machine<unknown> | undefined;

  constructor(size: number) {
    super();
    this.size = size;
    // Nothing but the network needs memory.
    this.#machine = openMachine('auto', []);
    fix(this);
  }

  energy(state: ArrayLike<number>): number {
    return attacks(Array.from(this.readState(state, 'state'))).length;
  }

  readState(state: ArrayLike<number>, name: string): Int32Array {
    const whose = { count: this.size, things: 'the rows', values: 'columns' };
    return readIndices(state, name, whose, () => this.size);
  }

  /** Each queen in any column. */
  anyState(seed: number): Int32Array {
    const random = new Random(seed);
    return Int32Array.from({ length: this.size }, () => random.below(this.size));
  }

  /** A group for each row, a state for each column. */
  protected *makeNetwork(): Steps<PottsModel> {
    const n = this.size;
    let count = 0;
    for (let d = 1; d < n; d++) count += 2 * (n - d) * (n + 2 * (n - d));
    const links = new LinkList(n * n, count);
    let paused = 0;
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        for (let other = 0; other < n; other++) {
          const d = Math.abs(other - row);
          if (d === 0) continue;
          if (column >= d) links.add(other * n + column - d, 1);
          links.add(other * n + column, 1);
          if (column + d < n) links.add(other * n + column + d, 1);
        }
        links.next();
      }
      if (3 * n * n * (row - paused) < STRIDE) continue;
      paused = row;
      yield;
    }
    return yield* PottsModel.fromLinks(new Uint32Array(n).fill(n), links, 'auto');
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

/** Rows whose queens attack each other. */
export function attacks(columns: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (let r = 0; r < columns.length; r++) {
    for (let s = r + 1; s < columns.length; s++) {
      const apart = Math.abs(columns[r] - columns[s]);
      if (apart === 0 || apart === s - r) found.push([r, s]);
    }
  }
  return found;
}
