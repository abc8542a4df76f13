/** `recallMany` in parts: the cues of a call as parcels, and their results as one. */
import { checkOptions, describe } from '../checks.ts';
import type { BidirectionalMemory } from '../models/bidirectional-memory.ts';
import type { GradedHopfieldNetwork } from '../models/graded-hopfield-network.ts';
import type { AssociativeMemory } from '../models/associative-memory.ts';
import type { ModernHopfieldNetwork } from '../models/modern-hopfield-network.ts';
import { takeVectors, type Vectors } from '../models/modern/vectors.ts';
import type { SequenceMemory } from '../models/sequence-memory.ts';
import { checkWatchers, type StopSignal } from '../pacing.ts';
import { splitItems, takeItem } from '../patterns/lists.ts';
import { takeStates, type States } from '../patterns/states.ts';
import { checkedSeed, drawSeed } from '../random.ts';
import type { DealOptions } from './deal.ts';
import { Freight, type Travelling } from './freight.ts';
import { firstsOf, Joined, joinTyped } from './join.ts';
import { recallItem, type RecallItem } from './recall-item.ts';

/** Models that remember. */
export type Recallable =
  | AssociativeMemory
  | ModernHopfieldNetwork
  | BidirectionalMemory
  | GradedHopfieldNetwork
  | SequenceMemory;

export interface WatchOptions {
  /** An AbortSignal. There is no result then: what the signal gives is thrown. */
  signal?: StopSignal;
  /** Called with how many cues are done, now and then. */
  onProgress?: (done: number, of: number) => void;
}

/** The most values in a part, but for its least number of cues: between two there is time for progress and signals. */
const MOST_VALUES = 2 ** 20;
const LEAST_CUES = 64;

export interface Recalls {
  readonly deal: DealOptions<unknown>;
  readonly join: (results: readonly unknown[]) => unknown;
}

/** @throws TypeError, RangeError for what is no memory, and for cues and options as its own `recallMany` */
export function planRecalls(
  network: Recallable,
  cues: unknown,
  given: object,
  workers: number,
): Recalls {
  checkMemory(network);
  checkOptions(given, 'recallMany options', Object.keys(given ?? {}));
  const { signal, onProgress, ...rest } = given as WatchOptions & Record<string, unknown>;
  checkWatchers(signal, onProgress);
  if ('sequences' in network && rest.steps === Infinity) {
    throw new RangeError('steps is Infinity, expected a number: recallMany gives all of them');
  }
  const list = takeCues(network, cues, rest);
  const count = list.length;
  const sizes = sizesOfParts(count, list[0].length, workers);
  const seed = 'recallMany' in network && 'neurons' in network ? firstSeed(rest.seed) : undefined;
  const freight = new Freight(network as unknown as Travelling);
  const firsts = firstsOf(sizes);
  const joined = new Joined(sizes);
  /** Memory that came back, for what is to go: as fresh memory it would cost more than the copy. */
  const spare: ArrayBuffer[] = [];
  let done = 0;
  return {
    deal: {
      count: sizes.length,
      models: [freight],
      local: recallItem,
      signal,
      here: functionAmong(rest),
      item(part) {
        const first = firsts[part];
        const taken = packed(list.slice(first, first + sizes[part]), spare.pop());
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
      onResult(result, part) {
        joined.add(result, part);
        const { states } = result as { states?: Int8Array };
        if (ArrayBuffer.isView(states)) spare.push(states.buffer as ArrayBuffer);
        done += sizes[part];
        onProgress?.(done, count);
      },
    },
    join: (results) => joined.of(results),
  };
}

/**
 * How many cues the parts have: large ones first, so that few messages go to and fro, and ever smaller ones, so that
 * none waits long for the last.
 */
function sizesOfParts(count: number, values: number, workers: number): number[] {
  const most = Math.max(LEAST_CUES, Math.ceil(MOST_VALUES / values));
  const least = Math.max(1, Math.min(LEAST_CUES, Math.ceil(count / (4 * workers))));
  const sizes: number[] = [];
  for (let left = count; left > 0; left -= sizes.at(-1)!) {
    const share = Math.ceil(left / (3 * workers));
    sizes.push(Math.min(left, most, Math.max(least, share)));
  }
  return sizes;
}

/** What models have that the pool takes, beside `recallMany`. */
const MARKS = ['recallMany', 'xNeurons', 'activation', 'sequences'];

/** @throws TypeError for what is no memory */
function checkMemory(network: unknown): void {
  const known = typeof network === 'object' && network !== null && 'save' in network;
  if (known && MARKS.some((mark) => mark in network)) return;
  throw new TypeError(`network is ${describe(network)}, expected a memory`);
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
  network: Recallable,
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
  const states = 'recallMany' in network || 'sequences' in network;
  if (states) return takeStates(cues as States, size, 'cues', (k) => `cue ${k}`);
  const kind = { size, what: 'values', of: "the network's neurons" };
  return splitItems(cues, kind, 'cues').map((cue, k) => takeItem(cue, kind, `cue ${k}`));
}

/** Cues of one type in a row, in memory of their own (this, if it is enough); others as they are. */
function packed(cues: readonly ArrayLike<unknown>[], memory?: ArrayBuffer): RecallItem['cues'] {
  const kind = cues[0].constructor;
  const alike = cues.every((cue) => ArrayBuffer.isView(cue) && cue.constructor === kind);
  return alike ? joinTyped(cues as readonly Float64Array[], memory) : cues;
}
