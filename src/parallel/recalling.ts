/** `recallMany` in parts: the cues of a call as parcels, and their results as one. */
import { checkOptions, describe } from '../checks.ts';
import type { BidirectionalMemory } from '../models/bidirectional-memory.ts';
import type { GradedHopfieldNetwork } from '../models/graded-hopfield-network.ts';
import type { AssociativeMemory } from '../models/associative-memory.ts';
import type { ModernHopfieldNetwork } from '../models/modern-hopfield-network.ts';
import { takeVectors, type Vectors } from '../models/modern/vectors.ts';
import { checkWatchers, type StopSignal } from '../pacing.ts';
import { splitItems, takeItem } from '../patterns/lists.ts';
import { takeStates, type States } from '../patterns/states.ts';
import { checkedSeed, drawSeed } from '../random.ts';
import type { DealOptions } from './deal.ts';
import { Freight, type Travelling } from './freight.ts';
import { join, joinTyped } from './join.ts';
import type { RecallItem } from './recall-item.ts';

/** Models that remember. */
export type Memory =
  | AssociativeMemory
  | ModernHopfieldNetwork
  | BidirectionalMemory
  | GradedHopfieldNetwork;

export interface WatchOptions {
  /** An AbortSignal. There is no result then: what the signal gives is thrown. */
  signal?: StopSignal;
  /** Called with how many cues are done, now and then. */
  onProgress?: (done: number, of: number) => void;
}

/** Parts a worker gets of a call: enough that none has to wait long for the last. */
const PARTS = 4;
/** The most values in a part, but for its least number of cues: between two there is time for progress and signals. */
const MOST_VALUES = 2 ** 18;
const LEAST_CUES = 64;

export interface Recalls {
  readonly deal: DealOptions<unknown>;
  readonly join: (results: readonly unknown[]) => unknown;
}

/** @throws TypeError, RangeError for what is no memory, and for cues and options as its own `recallMany` */
export function planRecalls(
  network: Memory,
  cues: unknown,
  given: object,
  workers: number,
): Recalls {
  checkMemory(network);
  checkOptions(given, 'recallMany options', Object.keys(given ?? {}));
  const { signal, onProgress, ...rest } = given as WatchOptions & Record<string, unknown>;
  checkWatchers(signal, onProgress);
  const list = takeCues(network, cues, rest);
  const count = list.length;
  const most = Math.max(LEAST_CUES, Math.ceil(MOST_VALUES / list[0].length));
  const size = Math.min(most, Math.ceil(count / (PARTS * workers)));
  const seed = 'recallMany' in network && 'neurons' in network ? firstSeed(rest.seed) : undefined;
  const freight = new Freight(network as unknown as Travelling);
  const parts = Math.ceil(count / size);
  const sizes = Array.from({ length: parts }, (_, k) => Math.min(size, count - k * size));
  let done = 0;
  return {
    deal: {
      count: parts,
      models: [freight],
      signal,
      here: functionAmong(rest),
      item(part) {
        const first = part * size;
        const taken = packed(list.slice(first, first + sizes[part]));
        // Cue k has the seed of the first and k: what counts up from there beyond 2³² − 1 begins again at 0.
        const options = seed === undefined ? rest : { ...rest, seed: (seed + first) >>> 0 };
        const data: RecallItem = {
          model: freight.key,
          cues: taken,
          count: sizes[part],
          first,
          options,
        };
        return { data, transfer: ArrayBuffer.isView(taken) ? [taken.buffer as ArrayBuffer] : [] };
      },
      onResult(_, part) {
        done += sizes[part];
        onProgress?.(done, count);
      },
    },
    join: (results) => join(results, sizes),
  };
}

function checkMemory(network: unknown): void {
  const { save, recall } = (network ?? {}) as { save?: unknown; recall?: unknown };
  if (typeof save === 'function' && typeof recall === 'function') return;
  throw new TypeError(`network is ${describe(network)}, expected one that can recall and save`);
}

function firstSeed(seed: unknown): number {
  return seed === undefined ? drawSeed() : checkedSeed(seed as number);
}

/** Why these options cannot go to a worker; undefined when they can. */
function functionAmong(options: object): string | undefined {
  const name = Object.entries(options).find(([, value]) => typeof value === 'function')?.[0];
  return name && `${name} is a function, which runs on the thread it is of`;
}

/** The cues one by one, in a form that runs no code of the caller's. */
function takeCues(
  network: Memory,
  cues: unknown,
  options: Record<string, unknown>,
): ArrayLike<unknown>[] {
  if ('xNeurons' in network) {
    const from = options.from === 'y' ? 'y' : 'x';
    return takeStates(cues as States, network[`${from}Neurons`], from, (k) => `${from} ${k}`);
  }
  if (!('neurons' in network)) {
    return takeVectors(cues as Vectors, network.dimension, 'queries', (k) => `query ${k}`);
  }
  const size = network.neurons;
  if ('recallMany' in network) return takeStates(cues as States, size, 'cues', (k) => `cue ${k}`);
  const kind = { size, what: 'values', of: "the network's neurons" };
  return splitItems(cues, kind, 'cues').map((cue, k) => takeItem(cue, kind, `cue ${k}`));
}

/** Cues of one type in a row, in memory of their own; others as they are. */
function packed(cues: readonly ArrayLike<unknown>[]): RecallItem['cues'] {
  const kind = cues[0].constructor;
  const alike = cues.every((cue) => ArrayBuffer.isView(cue) && cue.constructor === kind);
  return alike ? joinTyped(cues as readonly Float64Array[]) : cues;
}
