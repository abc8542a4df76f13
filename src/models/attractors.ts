/**
 * What a memory has besides its patterns: a census of the states in which it comes to rest.
 *
 * Besides patterns and their reverses, Hebbian networks rest in symmetric mixtures sign(±ξ^a ± ξ^b ± ξ^c …) of an odd
 * number of patterns and, at higher loads, in states that are like no few of them (Amit, Gutfreund & Sompolinsky 1985).
 * A function of its own, so that whoever does not call it does not ship it.
 */
import { checkNumber, checkOptions, checkPositiveInteger, describe } from '../checks.ts';
import type { Label } from '../patterns/labels.ts';
import { checkedSeed, drawSeed, Random } from '../random.ts';
import { takeState, toSigns, type State } from '../patterns/states.ts';
import { AssociativeMemory } from './associative-memory.ts';

export interface CensusOptions {
  /** How many random states to start from. Default 1000. */
  starts?: number;
  /** An integer from 0 to 2³² − 1; drawn afresh, and reported, when not given. */
  seed?: number;
  /** Sweeps after which a start is given up. Default 1000. */
  maxSweeps?: number;
  /**
   * The largest share of neurons, from 0 to below ¼, in which a fixed point may differ from a pattern or a mixture to count
   * as that. Default 0.05: random patterns that a Hebbian network retrieves at all are at most 0.017 away.
   */
  tolerance?: number;
}

/** What a state is among what is stored. */
export interface Kind {
  /** `'reversed'`: minus a stored pattern. `'mixture'`: the sign of a sum of three, five, seven or nine, some reversed. */
  kind: 'stored' | 'reversed' | 'mixture' | 'other';
  /** The indices of the pattern, or of the patterns in the mixture, upwards; empty for `'other'`. */
  of: number[];
  /** 1 or −1 for each of them: whether it is in the mixture as it is or reversed. */
  signs: number[];
  /** With the pattern (negative for a reversed one) or mixture, from −1 to 1; for `'other'` the largest in size with any pattern. */
  overlap: number;
  /** The label of the pattern, where it is one and has one. */
  label?: Label;
}

/** A fixed point that was found. */
export interface Attractor extends Kind {
  /** N values: ±1, or 0/1 for binary units. */
  state: Int8Array;
  energy: number;
  /** How many starts ended in it. */
  count: number;
  /** The same as a share of all starts. */
  share: number;
}

export interface Census {
  starts: number;
  seed: number;
  /** The share of starts that were at no fixed point after `maxSweeps`. */
  unsettled: number;
  /** The share of starts that ended in each kind. */
  shares: Record<Kind['kind'], number>;
  /** Distinct fixed points: those that most starts ended in first, of equals the one with the lowest energy. */
  attractors: Attractor[];
}

/** Patterns in the largest mixture that is looked for. */
const MOST_MIXED = 9;
/** Values of the states that are recalled together. */
const BATCH = 2 ** 22;

/**
 * Lets random states fall, asynchronously and without heat, and says where they ended: O(starts) recalls. Start k is
 * the k-th `signs(N)` of `new Random(seed)`, recalled with the seed `seed` + k. States that few starts lead to are
 * found by luck: the shares are what a census measures, not the number of fixed points.
 *
 * ```ts
 * const { attractors: found, shares } = attractors(network, { starts: 1000, seed: 1 });
 * ```
 *
 * @param memory - a HopfieldNetwork, a DenseAssociativeMemory or a SimplicialHopfieldNetwork
 * @param options - see there for defaults
 * @throws TypeError, RangeError when the memory is none of these, or for a bad option
 */
export function attractors(memory: AssociativeMemory, options: CensusOptions = {}): Census {
  checkMemory(memory);
  checkOptions(options, 'attractors options', ['starts', 'seed', 'maxSweeps', 'tolerance']);
  const starts = checkPositiveInteger(options.starts ?? 1000, 'starts');
  const seed = options.seed === undefined ? drawSeed() : checkedSeed(options.seed);
  const tolerance = checkTolerance(options.tolerance);
  const { maxSweeps } = options;
  const { neurons } = memory;
  const random = new Random(seed);
  const found = new Map<string, { state: Int8Array; energy: number; count: number }>();
  let unsettled = 0;
  const batch = Math.max(1, Math.floor(BATCH / neurons));
  for (let from = 0; from < starts; from += batch) {
    const count = Math.min(batch, starts - from);
    const cues = Array.from({ length: count }, () => random.signs(neurons));
    const many = memory.recallMany(cues, { seed: (seed + from) % 2 ** 32, maxSweeps });
    for (let k = 0; k < count; k++) {
      if (many.converged[k] === 0) {
        unsettled++;
        continue;
      }
      const state = many.states.slice(k * neurons, (k + 1) * neurons);
      const key = keyOf(state);
      const known = found.get(key);
      if (known) known.count++;
      else found.set(key, { state, energy: many.energies[k], count: 1 });
    }
  }
  const { labels } = memory;
  const patterns = memory.patterns.map(signsOf);
  const shares = { stored: 0, reversed: 0, mixture: 0, other: 0 };
  const list = Array.from(found.values(), (one): Attractor => {
    const kind = kindOf(signsOf(one.state), patterns, labels, tolerance);
    shares[kind.kind] += one.count;
    return { ...one, share: one.count / starts, ...kind };
  });
  for (const name of Object.keys(shares) as Kind['kind'][]) shares[name] /= starts;
  list.sort((a, b) => b.count - a.count || a.energy - b.energy);
  return { starts, seed, unsettled: unsettled / starts, shares, attractors: list };
}

/**
 * What a state is among what a memory stores: a pattern, a reversed one, a mixture of some, or none of these. O(P·N). It
 * need not be a fixed point: `isFixedPoint` says whether it is one.
 *
 * ```ts
 * const { kind, of } = classify(network, network.recall(cue).state);
 * ```
 *
 * @param memory - a HopfieldNetwork, a DenseAssociativeMemory or a SimplicialHopfieldNetwork
 * @param state - N values
 * @param options - `tolerance`, as in a census
 * @throws TypeError, RangeError when the memory or the state is none, or for a bad option
 */
export function classify(
  memory: AssociativeMemory,
  state: State,
  options: { tolerance?: number } = {},
): Kind {
  checkMemory(memory);
  checkOptions(options, 'classify options', ['tolerance']);
  const tolerance = checkTolerance(options.tolerance);
  const signs = new Int8Array(memory.neurons);
  toSigns(signs, 0, takeState(state, memory.neurons, 'state'), memory.neurons, 'state');
  return kindOf(signs, memory.patterns.map(signsOf), memory.labels, tolerance);
}

function checkMemory(memory: unknown): void {
  if (memory instanceof AssociativeMemory) return;
  throw new TypeError(
    `memory is ${describe(memory)}, expected a HopfieldNetwork, a DenseAssociativeMemory or a SimplicialHopfieldNetwork`,
  );
}

function checkTolerance(tolerance = 0.05): number {
  const expected = 'a number from 0 to below 0.25';
  return checkNumber(tolerance, 'tolerance', expected, (x) => x >= 0 && x < 0.25);
}

/** The state as bits, in a string that no other state has. */
function keyOf(state: Int8Array): string {
  const codes = new Uint16Array(Math.ceil(state.length / 16));
  state.forEach((s, i) => (codes[i >> 4] |= s > 0 ? 1 << (i & 15) : 0));
  let key = '';
  for (const code of codes) key += String.fromCharCode(code);
  return key;
}

function signsOf(state: Int8Array): Int8Array {
  return state.map((s) => (s > 0 ? 1 : -1));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The pattern, or the smallest mixture of the patterns most like it, that a state differs from by no more than that. */
function kindOf(
  state: Int8Array,
  patterns: readonly Int8Array[],
  labels: readonly (Label | undefined)[],
  tolerance: number,
): Kind {
  const neurons = state.length;
  const least = 1 - 2 * tolerance;
  const overlaps = patterns.map((pattern) => dot(pattern, state));
  const order = Array.from(overlaps.keys()).sort(
    (a, b) => Math.abs(overlaps[b]) - Math.abs(overlaps[a]) || overlaps[b] - overlaps[a] || a - b,
  );
  const sum = new Int32Array(neurons);
  for (let size = 1; size <= Math.min(MOST_MIXED, order.length); size++) {
    const next = order[size - 1];
    const sign = overlaps[next] < 0 ? -1 : 1;
    for (let i = 0; i < neurons; i++) sum[i] += sign * patterns[next][i];
    if (size % 2 === 0) continue;
    const overlap = dot(state, sum.map(Math.sign)) / neurons;
    if (overlap < least) continue;
    const of = order.slice(0, size).sort((a, b) => a - b);
    const signs = of.map((k) => (overlaps[k] < 0 ? -1 : 1));
    if (size > 1) return { kind: 'mixture', of, signs, overlap };
    const kind = signs[0] > 0 ? 'stored' : 'reversed';
    const label = labels[of[0]];
    const pattern: Kind = { kind, of, signs, overlap: signs[0] * overlap };
    return label === undefined ? pattern : { ...pattern, label };
  }
  const overlap = order.length > 0 ? overlaps[order[0]] / neurons : 0;
  return { kind: 'other', of: [], signs: [], overlap };
}
