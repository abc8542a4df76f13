/**
 * One synchronous step of a memory of sequences (Sompolinsky & Kanter 1986, Kleinfeld 1986; Chaudhry et al. 2023).
 *
 * s_i ← sign Σ_μ ξ_i^{μ+1} f(M_i^μ), M_i^μ = m_μ − ξ_i^μ s_i the overlap of the other neurons, and 0 keeps the neuron. As
 * ξ_i^μ s_i = ±1 this is
 *
 *     h_i = Σ_μ ξ_i^{μ+1} A(m_μ) + s_i Σ_μ ξ_i^{μ+1} ξ_i^μ B(m_μ),   A, B = ½[f(m − 1) ± f(m + 1)]
 *
 * two sums over patterns, with weights that depend on overlaps alone: of the patterns themselves, where each gets what
 * calls for it, and of the products ξ^{μ+1} ξ^μ.
 *
 * Slow sequences (MixedNet): h_i = Σ_μ [ξ_i^μ f(M_i^μ/(N − 1)) + λ ξ_i^{μ+1} f(M̄_i^μ/(N − 1))], M̄ the mean over the last τ
 * steps, those before the start counting as 0. τM̄_i^μ = Σm_μ − ξ_i^μ S_i with S_i the sum of the neuron's last τ states: the
 * same with ½[f(· − |S_i|) ± f(· + |S_i|)] and the sign of S_i, once for every |S_i| that there is.
 *
 * Weights are integers: as they are where f is a power of overlaps and they add up to 2⁵³ at most, else rounded once to
 * multiples of a power of two, 2⁵¹ of which are more than all together. Sums of integers know no order. A neuron whose field is
 * no more than what was rounded (steep exponentials have such: e^(−2β) of the largest term may be all it has) is looked at by
 * itself: its own M_i^μ, its own largest term, doubles in the order of the patterns.
 */
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SequenceGroup } from '../kernels/groups/sequences.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import { roundEven } from '../elementary.ts';
import { separationOf, type SequenceSeparation } from './sequence-separation.ts';
import { addWeightedFields } from './weighted-fields.ts';

/** Slow sequences: τ, and λ. */
export interface Slowness {
  readonly hold: number;
  readonly strength: number;
}

/** What is stored, ready for steps. */
export interface Transitions {
  readonly machine: Machine<PatternGroup & SequenceGroup>;
  readonly patterns: PatternStore;
  /** ξ^{μ+1} ξ^μ. */
  readonly products: PatternStore;
  /** The index of ξ^{μ+1}. */
  readonly successors: Uint32Array;
  readonly separation: SequenceSeparation;
  /** Undefined where every step goes on. */
  readonly slowness: Slowness | undefined;
}

/** A state, ±1, and its overlaps with the stored patterns; the latest first. */
export interface Past {
  readonly signs: Int8Array;
  readonly overlaps: Int32Array;
}

const EXACT = 2 ** 53;
const ROUNDED = 2 ** 51;

/** The state after those given, of which there are no more than τ. May move memory. */
export function stepFrom(transitions: Transitions, past: readonly Past[]): Int8Array {
  const { patterns, slowness } = transitions;
  const [{ signs }] = past;
  const sums = totals(past.map((one) => one.signs));
  const reach = slowness ? Math.max(1, patterns.neurons - 1) : 1;
  const called = {
    numbers: totals(past.map((one) => one.overlaps)),
    reach: reach * (slowness?.hold ?? 1),
  };
  const held = slowness && { numbers: past[0].overlaps, reach };
  const sizes = new Set(sums.map(Math.abs));
  // The largest x of any f(x).
  let most = largestOf(called, Math.max(...sizes));
  if (held) most = Math.max(most, largestOf(held, 1));
  const f = separationOf(transitions.separation, most);
  const next = signs.slice();
  for (const size of sizes) {
    const weights = weightsOf(transitions, f, called, size, held);
    const fields = fieldsOf(transitions, weights, signs, sums);
    for (let i = 0; i < next.length; i++) {
      if (Math.abs(sums[i]) !== size) continue;
      const rough = Math.abs(fields[i]) <= weights.slack;
      const h = rough ? fieldOf(transitions, i, called, sums[i], held, signs[i]) : fields[i];
      if (h !== 0) next[i] = h > 0 ? 1 : -1;
    }
  }
  return next;
}

/** What f is taken of, once divided by `reach`: overlaps, or sums of them. */
interface Calls {
  readonly numbers: Int32Array;
  readonly reach: number;
}

function totals(lists: readonly (Int8Array | Int32Array)[]): Int32Array {
  const sum = new Int32Array(lists[0].length);
  for (const list of lists) for (let k = 0; k < sum.length; k++) sum[k] += list[k];
  return sum;
}

function largestOf({ numbers, reach }: Calls, size: number): number {
  let largest = -Infinity;
  for (const number of numbers) largest = Math.max(largest, number);
  return (largest + size) / reach;
}

/** Integers: what patterns weigh, what products do, and what the neuron itself does. */
interface Weights {
  readonly patterns: Float64Array;
  readonly products: Float64Array;
  readonly self: number;
  /** What a field can be off; negative where it is exact. */
  readonly slack: number;
}

/** The weights for neurons whose last states add up to ±size. */
function weightsOf(
  { patterns: { count }, successors, separation, slowness }: Transitions,
  f: (x: number) => number,
  called: Calls,
  size: number,
  held: Calls | undefined,
): Weights {
  const patterns = new Float64Array(count);
  const products = new Float64Array(count);
  const strength = slowness ? slowness.strength / 2 : 0.5;
  let self = 0;
  for (let p = 0; p < count; p++) {
    const less = f((called.numbers[p] - size) / called.reach);
    const more = f((called.numbers[p] + size) / called.reach);
    patterns[successors[p]] += strength * (less + more);
    products[p] = strength * (less - more);
    if (!held) continue;
    const without = f((held.numbers[p] - 1) / held.reach);
    const beside = f((held.numbers[p] + 1) / held.reach);
    patterns[p] += 0.5 * (without + beside);
    self += 0.5 * (without - beside);
  }
  let sum = Math.abs(self);
  for (let p = 0; p < count; p++) sum += Math.abs(patterns[p]) + Math.abs(products[p]);
  const integers = !slowness && (separation === 'linear' || separation.name === 'polynomial');
  if (sum === 0 || (integers && sum <= EXACT)) return { patterns, products, self, slack: -1 };
  let scale = 1;
  while (sum * scale > ROUNDED) scale /= 2;
  while (sum * scale * 2 <= ROUNDED && scale < 2 ** 1000) scale *= 2;
  const rounded = (weight: number) => roundEven(weight * scale);
  return {
    patterns: patterns.map(rounded),
    products: products.map(rounded),
    self: rounded(self),
    // Half a unit for each of 2P + 1 weights, and some ulp of all for f.
    slack: count + 16,
  };
}

/** h of every neuron, f64[N], exact. May move memory. */
function fieldsOf(
  { machine, patterns, products }: Transitions,
  weights: Weights,
  signs: Int8Array,
  sums: Int32Array,
): Float64Array {
  const fields = new Float64Array(signs.length);
  addWeightedFields(machine, fields, weights.products, products);
  for (let i = 0; i < fields.length; i++) {
    fields[i] = fields[i] * Math.sign(sums[i]) + weights.self * signs[i];
  }
  addWeightedFields(machine, fields, weights.patterns, patterns);
  return fields;
}

/** The sign of h of one neuron, from its own terms. O(P). */
function fieldOf(
  { machine, patterns, successors, separation, slowness }: Transitions,
  i: number,
  called: Calls,
  past: number,
  held: Calls | undefined,
  now: number,
): number {
  const { count } = patterns;
  const { u8 } = machine.memory.views;
  const sign = (p: number) => (u8[patterns.row(p) + (i >> 3)] & (1 << (i & 7)) ? 1 : -1);
  const calls = (p: number) => (called.numbers[p] - sign(p) * past) / called.reach;
  const holds = (p: number) => (held!.numbers[p] - sign(p) * now) / held!.reach;
  let most = -Infinity;
  for (let p = 0; p < count; p++) {
    most = Math.max(most, calls(p), held ? holds(p) : -Infinity);
  }
  const f = separationOf(separation, most);
  let h = 0;
  for (let p = 0; p < count; p++) {
    h += (slowness?.strength ?? 1) * sign(successors[p]) * f(calls(p));
    if (held) h += sign(p) * f(holds(p));
  }
  return h;
}
