/** One network of random patterns, and recalls of some of them: what several experiments have in common. */
import { Random } from '../random.ts';
import { flipped } from '../patterns/corrupt.ts';
import { shareOf, meanOf, type Estimate } from './statistics.ts';
import type { MemoryPlan, Recalled } from './memory.ts';

/** At most so many patterns of a network are recalled: more say little more of that network. */
export const MOST_PROBES = 100;
/** Overlaps from which a pattern counts as recovered, and as kept. */
const RECOVERED = 0.95;
const KEPT = 0.9;

/** Streams of a trial's seed; recalls take 0 and 1. */
export const PATTERN_STREAM = 2;
const NOISE_STREAM = 3;
export const DAMAGE_STREAM = 4;
export const DREAM_STREAM = 5;

export interface Network {
  patterns: Int8Array[];
  /** The patterns that are recalled: some, or all. */
  probes: Int8Array[];
}

/** P at a load: P/N as nearly as an integer can, at least one. */
export function patternsAt(load: number, neurons: number): number {
  return Math.max(1, Math.round(load * neurons));
}

/** Random patterns, at most `MOST_PROBES` of them to be recalled, taken evenly from first to last. */
export function drawNetwork(
  memory: Pick<MemoryPlan, 'draw'>,
  neurons: number,
  count: number,
  seed: number,
): Network {
  const random = new Random(seed, PATTERN_STREAM);
  const patterns = Array.from({ length: count }, () => memory.draw(random, neurons));
  const probes = Math.min(MOST_PROBES, count);
  return {
    patterns,
    probes: Array.from({ length: probes }, (_, k) => patterns[Math.floor((k * count) / probes)]),
  };
}

/** Cues with an overlap of `start` with their patterns, or as near below as N allows. */
export function cuesAt(
  probes: readonly Int8Array[],
  start: number,
  seed: number,
): readonly Int8Array[] {
  if (start === 1) return probes;
  const random = new Random(seed, NOISE_STREAM);
  return probes.map((pattern) => flipped(pattern, (1 - start) / 2, random));
}

/** How the recalls of one network ended; numbers of patterns, but for the mean overlap. */
export interface Retrieved {
  probes: number;
  /** Mean overlap of final states and patterns. */
  overlap: number;
  /** Overlap 0.95 or more. */
  recovered: number;
  /** Overlap 0.9 or more. */
  kept: number;
  /** Every neuron right. */
  exact: number;
  /** Recalls that did not come to rest. */
  restless: number;
}

export function retrieved(
  memory: Pick<MemoryPlan, 'overlap'>,
  probes: readonly Int8Array[],
  { states, converged }: Recalled,
): Retrieved {
  const result = {
    probes: probes.length,
    overlap: 0,
    recovered: 0,
    kept: 0,
    exact: 0,
    restless: 0,
  };
  for (const [k, pattern] of probes.entries()) {
    const overlap = memory.overlap(states, k * pattern.length, pattern);
    result.overlap += overlap / probes.length;
    if (overlap >= RECOVERED) result.recovered++;
    if (overlap >= KEPT) result.kept++;
    if (overlap === 1) result.exact++;
    if (converged[k] === 0) result.restless++;
  }
  return result;
}

/** What the recalls of several networks say. */
export interface RetrievalSummary {
  /** Mean overlap. */
  overlap: Estimate;
  /** Shares of patterns: with overlap 0.95 or more, 0.9 or more, and exactly 1. */
  recovered: Estimate;
  kept: Estimate;
  exact: Estimate;
  /** Share of recalls that did not come to rest. */
  restless: number;
}

export function summariseRetrieval(networks: readonly Retrieved[]): RetrievalSummary {
  const { probes } = networks[0];
  const share = (key: 'recovered' | 'kept' | 'exact' | 'restless') =>
    shareOf(
      networks.map((network) => network[key]),
      probes,
    );
  return {
    overlap: meanOf(networks.map(({ overlap }) => overlap)),
    recovered: share('recovered'),
    kept: share('kept'),
    exact: share('exact'),
    restless: share('restless').value,
  };
}
