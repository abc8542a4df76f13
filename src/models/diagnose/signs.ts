/**
 * What holds and what endangers the patterns of a memory of two-state neurons.
 *
 * The crosstalk of a pattern at neuron i is what the others add against it to the field of Hebb's rule (Hertz, Krogh &
 * Palmer 1991, 2.2): C_i = −(1/N) ξ_i Σ_{ν≠μ} Σ_{j≠i} ξ_i^ν ξ_j^ν ξ_j = (N − 1)/N − ξ_i h_i. Above (N − 1)/N the neuron
 * leaves. Random patterns overlap by √(2/πN) on average.
 */
import type { AssociativeMemory } from '../associative-memory.ts';
import { HopfieldNetwork } from '../hopfield-network.ts';
import { evenly } from './words.ts';

/** One stored pattern. */
export interface PatternDiagnosis {
  /** Its index among the stored patterns. */
  index: number;
  /** Whether no neuron would leave it. */
  fixedPoint: boolean;
  /** The least s_i h_i of its neurons, in the scale of the fields: below 0 a neuron leaves. */
  margin: number;
  /** The largest C_i: what other patterns add, against this one, to a field of Hebb's rule, where its own share is 1. */
  crosstalk: number;
}

/** Of a memory of N two-state neurons. */
export interface SignsDiagnosis {
  neurons: number;
  /** P. */
  patterns: number;
  /** The patterns that were looked at: all, unless they are many. */
  each: PatternDiagnosis[];
  /** How many of those are fixed points. */
  stable: number;
  /** Mean |overlap| of two of them; null when there is one. */
  overlap: number | null;
  /** What it would be for random patterns, √(2/πN). */
  randomOverlap: number;
  /** The two that are most alike, by their indices, and their overlap; null when there is one. */
  closest: { indices: [number, number]; overlap: number } | null;
  /** Share of neurons that are +1. */
  activity: number;
  /** P/N. */
  load: number;
}

/** Patterns that are looked at, at most, and products of couplings with states that this may take. */
const MOST_PATTERNS = 1000;
const MOST_PRODUCTS = 2e9;

/** @returns the facts, and the patterns, of all that is stored, as ±1 */
export function lookAtSigns(memory: AssociativeMemory): {
  facts: SignsDiagnosis;
  patterns: Int8Array[];
} {
  const { neurons, patternCount: count } = memory;
  const patterns = memory.patterns.map((pattern) => pattern.map((s) => (s > 0 ? 1 : -1)));
  const room = Math.max(10, Math.floor(MOST_PRODUCTS / neurons ** 2));
  const chosen = evenly(count, Math.min(MOST_PATTERNS, room));
  const hebbian = new HopfieldNetwork(neurons, {
    representation: 'patterns',
    backend: memory.backend,
  });
  if (count > 0) hebbian.store(patterns);
  const each = chosen.map((index) => {
    const pattern = patterns[index];
    return {
      index,
      fixedPoint: memory.isFixedPoint(pattern),
      margin: least(memory.fields(pattern), pattern),
      crosstalk: (neurons - 1) / neurons - least(hebbian.fields(pattern), pattern),
    };
  });
  const facts = {
    neurons,
    patterns: count,
    each,
    stable: each.filter(({ fixedPoint }) => fixedPoint).length,
    ...alikeness(hebbian, patterns, chosen),
    randomOverlap: Math.sqrt(2 / (Math.PI * neurons)),
    activity: activityOf(patterns, neurons),
    load: count / neurons,
  };
  return { facts, patterns };
}

/** The least s_i h_i. */
export function least(fields: Float64Array, pattern: Int8Array): number {
  // Never −0, which JSON does not keep.
  return fields.reduce((margin, h, i) => Math.min(margin, h * pattern[i]), Infinity) + 0;
}

function alikeness(
  memory: HopfieldNetwork,
  patterns: readonly Int8Array[],
  chosen: readonly number[],
): Pick<SignsDiagnosis, 'overlap' | 'closest'> {
  let [sum, pairs] = [0, 0];
  let closest: SignsDiagnosis['closest'] = null;
  chosen.forEach((a, k) => {
    const overlaps = memory.overlaps(patterns[a]);
    for (const b of chosen.slice(k + 1)) {
      const overlap = overlaps[b];
      sum += Math.abs(overlap);
      pairs++;
      if (!closest || Math.abs(overlap) > Math.abs(closest.overlap)) {
        closest = { indices: [a, b], overlap };
      }
    }
  });
  return { overlap: pairs === 0 ? null : sum / pairs, closest };
}

function activityOf(patterns: readonly Int8Array[], neurons: number): number {
  let on = 0;
  for (const pattern of patterns) for (const s of pattern) on += Number(s > 0);
  return patterns.length === 0 ? 0 : on / (patterns.length * neurons);
}
