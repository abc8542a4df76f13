/** Sums of the blocks of a part of a network, for some queries. */
import type { ModernHopfieldNetwork } from '../models/modern-hopfield-network.ts';
import type { Summed } from '../models/modern/blocks.ts';
import { copySums, heldBy } from '../models/modern/parts.ts';
import type { Bench } from './bench.ts';

export interface AttendItem {
  /** The model that holds the part. */
  readonly model: number;
  readonly queries: readonly Float32Array[];
  /** For each a score below which rows surely weigh 0. */
  readonly floors: Float64Array;
  /** Blocks of the whole network, from … to − 1. */
  readonly from: number;
  readonly to: number;
  /** The first that the part holds. */
  readonly first: number;
}

/** Of the network that the part was taken from. */
export function attendWhole(
  network: ModernHopfieldNetwork,
  { queries, floors, from, to }: AttendItem,
): Summed[][] {
  return copySums(heldBy(network), queries, floors, [from, to], 0);
}

/** Of the part alone. */
export function attendItem(
  { model, queries, floors, from, to, first }: AttendItem,
  bench: Bench,
): Summed[][] {
  const held = heldBy(bench.model(model) as ModernHopfieldNetwork);
  return copySums(held, queries, floors, [from - first, to - first], first);
}
