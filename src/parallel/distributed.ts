/** A modern network whose rows are dealt out to workers, each of which holds its blocks alone. */
import type { ModernHopfieldNetwork } from '../models/modern-hopfield-network.ts';
import {
  recallManyApart,
  recallOneApart,
  type ApartRecallOptions,
  type Rowsource,
} from '../models/modern/apart.ts';
import { BLOCK_ROWS, floorBelow, type BlockSums, type Summed } from '../models/modern/blocks.ts';
import { encodeModern } from '../models/modern/file.ts';
import { scoreOfNothing } from '../models/modern/nothing.ts';
import { heldBy } from '../models/modern/parts.ts';
import type { ModernManyResult, ModernResult } from '../models/modern/results.ts';
import { floorsFor } from '../models/modern/softmax-pass.ts';
import type { Vector, Vectors } from '../models/modern/vectors.ts';
import { attendWhole, type AttendItem } from './attend-item.ts';
import type { DealOptions } from './deal.ts';
import { PartFreight } from './freight.ts';

/** Deals items out, and drops what workers hold. */
export interface Dealer {
  readonly workers: number;
  deal(options: DealOptions<never>): Promise<unknown[]>;
  drop(key: number): void;
}

/** One share of the rows. */
interface Share {
  readonly from: number;
  readonly to: number;
  readonly freight: PartFreight;
}

/**
 * What `pool.distribute(network)` gives: the network's recalls, made by all workers at once, each over its own blocks of 4,096 rows.
 * The same bytes as the network's own, for any number of workers.
 */
export class DistributedMemory {
  readonly #network: ModernHopfieldNetwork;
  readonly #dealer: Dealer;
  readonly #revision: number;
  readonly #source: Rowsource;
  #shares: readonly Share[] | undefined;

  /** By `pool.distribute` alone. */
  constructor(network: ModernHopfieldNetwork, dealer: Dealer) {
    const held = heldBy(network);
    const { plan, stored } = held;
    this.#network = network;
    this.#dealer = dealer;
    this.#revision = network.revision;
    const blocks = Math.ceil(stored.count / BLOCK_ROWS);
    const each = Math.ceil(blocks / dealer.workers);
    this.#shares = Array.from({ length: Math.ceil(blocks / Math.max(1, each)) }, (_, k) => {
      const [from, to] = [k * each, Math.min(blocks, (k + 1) * each)];
      const pack = () => encodeModern(plan, stored, from * BLOCK_ROWS, to * BLOCK_ROWS);
      return { from, to, freight: new PartFreight(network, pack) };
    });
    this.#source = {
      plan,
      count: stored.count,
      largestNorm: stored.largestNorm,
      valueDimension: stored.values?.dimension,
      sums: (queries) => this.#sums(queries, scoreOfNothing(plan)),
      label: (index) => stored.labels[index],
    };
  }

  /**
   * What `network.recall(query, options)` gives.
   *
   * @param query - d numbers
   * @param options - `steps`, `tolerance` and `energy`
   * @throws as the network itself; Error when it has been changed, a worker dies, or the pool is disposed of
   */
  async recall(query: Vector, options: ApartRecallOptions = {}): Promise<ModernResult> {
    this.#check();
    return recallOneApart(this.#source, query, options);
  }

  /**
   * What `network.recallMany(queries, options)` gives.
   *
   * @param queries - a list of queries, or a flat typed array of them
   * @param options - as for `recall`
   * @throws as `recall`
   */
  async recallMany(queries: Vectors, options: ApartRecallOptions = {}): Promise<ModernManyResult> {
    this.#check();
    return recallManyApart(this.#source, queries, options);
  }

  /** Workers give the rows back. */
  dispose(): void {
    for (const { freight } of this.#shares ?? []) this.#dealer.drop(freight.key);
    this.#shares = undefined;
  }

  #check(): readonly Share[] {
    if (!this.#shares) throw new Error('the distributed memory has been disposed of');
    if (this.#network.revision !== this.#revision) {
      throw new Error('the network was changed after it was distributed');
    }
    return this.#shares;
  }

  /** Each share by what itself knows of the largest score; blocks again of which others know better. */
  async #sums(
    queries: readonly Float32Array[],
    nothing: number,
  ): Promise<readonly (readonly BlockSums[])[]> {
    const all = [...queries.keys()];
    const items = this.#check().map((share) => ({ ...share, share, which: all }));
    const found = await this.#ask(items, queries, floorsFor(queries.length, nothing));
    const floors = Float64Array.from(all, (b) => {
      const largest = (sums: Summed[][]) =>
        sums[b].reduce((most, sum) => Math.max(most, sum.largest), nothing);
      return floorBelow(Math.max(nothing, ...found.map(largest)));
    });
    const again = items.flatMap(({ share }, k) => {
      const late = (b: number) => found[k][b].filter((sum) => isLate(sum, floors[b]));
      const blocks = all.flatMap((b) => late(b).map(({ block }) => block));
      if (blocks.length === 0) return [];
      const [from, to] = [Math.min(...blocks), Math.max(...blocks) + 1];
      return [{ from, to, share, k, which: all.filter((b) => late(b).length > 0) }];
    });
    if (again.length > 0) {
      for (const [i, sums] of (await this.#ask(again, queries, floors)).entries()) {
        const { from, to, k, which } = again[i];
        for (const [j, b] of which.entries()) {
          const kept = found[k][b].filter(({ block }) => block < from || block >= to);
          found[k][b] = [...kept, ...sums[j]].sort((x, y) => x.block - y.block);
        }
      }
    }
    return all.map((b) => found.flatMap((sums) => sums[b]));
  }

  /** Sums of blocks of shares, for those of the queries that are meant. */
  async #ask(
    items: readonly { share: Share; from: number; to: number; which: readonly number[] }[],
    queries: readonly Float32Array[],
    floors: Float64Array,
  ): Promise<Summed[][][]> {
    const network = this.#network;
    const shares = this.#check();
    const results = await this.#dealer.deal({
      count: items.length,
      owner: (index) => shares.indexOf(items[index].share) + 1,
      models: items.map(({ share }) => share.freight),
      local: (item: AttendItem) => attendWhole(network, item),
      item: (index) => {
        const { share, which, from, to } = items[index];
        const { freight, from: first } = share;
        const data: AttendItem = {
          model: freight.key,
          queries: which.map((b) => queries[b]),
          floors: Float64Array.from(which, (b) => floors[b]),
          from,
          to,
          first,
        };
        return { data, models: [freight] };
      },
    });
    return results as Summed[][][];
  }
}

/** Whether sums hold rows that turn out to weigh nothing. */
function isLate({ largest, least }: Summed, floor: number): boolean {
  return largest >= floor && least < floor;
}
