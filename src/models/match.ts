/** Which of the stored patterns a state is most like. */
import type { Label, Labels } from '../patterns/labels.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';

/** A stored pattern, and how like it a state is. */
export interface Match {
  /** Its index among the stored patterns. */
  index: number;
  /**
   * m/N, from −1 to 1: the share of equal neurons less that of different ones. Negative when the state is closer to the
   * reversed pattern. Where most neurons are −1 (or 0), any two states that are so have a large one.
   */
  overlap: number;
  /**
   * The correlation over the neurons, from −1 to 1: what is alike beyond the levels of activity, so that two
   * independent states have about 0, sparse ones too. 0 when state or pattern is the same throughout.
   */
  correlation: number;
  /** Its label, if it has one. */
  label?: Label;
}

/** The best match, undefined when nothing is stored; and the list of the best, where one was asked for. */
export type Matches = [match: Match | undefined, top: { top?: Match[] }];

/** A state beside the stored patterns; they may consist of several parts, each with a store of its own. */
export interface Comparison {
  /** m_μ = Σ_i ξ_i s_i, one a pattern. */
  readonly overlaps: Int32Array;
  /** Σ_i s_i */
  readonly sum: number;
  readonly stores: readonly PatternStore[];
}

/**
 * The least t, of N's parity, such that a random state overlaps by more, |m| > t, with any of P patterns with a probability of
 * no more than 1 − quantile, whatever the patterns: P·P(|m| > t) ≤ 1 − quantile for N fair coins. O(√N).
 */
export function chanceOverlap(neurons: number, patterns: number, quantile: number): number {
  // Parts of P(|m| = 0, 2, …) or P(|m| = 1, 3, …), in proportion to the first.
  const parts: number[] = [];
  let part = 1;
  for (let m = neurons % 2; m <= neurons && part > 1e-290; m += 2) {
    parts.push(m === 0 ? part / 2 : part);
    part *= (neurons - m) / (neurons + m + 2);
  }
  const whole = parts.reduceRight((sum, p) => sum + p, 0);
  const most = ((1 - quantile) / patterns) * whole;
  let beyond = 0;
  let k = parts.length - 1;
  while (k > 0 && beyond + parts[k] <= most) beyond += parts[k--];
  return (neurons % 2) + 2 * k;
}

/**
 * The match with the largest |m|, unless a quantile is given that chance may reach as well, and the `top` largest; of equal ones
 * the lower index comes first.
 */
export function matchesOf(compared: Comparison, top: number, quantile?: number): Matches {
  const { overlaps } = compared;
  let best = 0;
  for (let k = 1; k < overlaps.length; k++) {
    if (Math.abs(overlaps[k]) > Math.abs(overlaps[best])) best = k;
  }
  const match = isMatch(compared, best, quantile) ? matchWith(compared, best) : undefined;
  if (top === 0) return [match, {}];
  const before = (a: number, b: number) => Math.abs(overlaps[b]) - Math.abs(overlaps[a]) || a - b;
  const order = Array.from(overlaps.keys()).sort(before).slice(0, top);
  return [match, { top: order.map((k) => matchWith(compared, k)) }];
}

function isMatch({ overlaps, stores }: Comparison, best: number, quantile?: number): boolean {
  if (overlaps.length === 0 || quantile === undefined) return overlaps.length > 0;
  const neurons = stores.reduce((sum, store) => sum + store.neurons, 0);
  return Math.abs(overlaps[best]) > chanceOverlap(neurons, overlaps.length, quantile);
}

function matchWith({ overlaps, sum, stores }: Comparison, index: number): Match {
  const m = overlaps[index];
  let neurons = 0;
  let own = 0;
  for (const store of stores) {
    neurons += store.neurons;
    own += store.sum(index);
  }
  // Integers up to 2⁴²; by Cauchy and Schwarz, and since roots of squares are exact, no quotient is above 1.
  const spread = (neurons ** 2 - sum ** 2) * (neurons ** 2 - own ** 2);
  const correlation = spread > 0 ? (neurons * m - sum * own) / Math.sqrt(spread) : 0;
  return withLabel({ index, overlap: m / neurons, correlation }, stores[0]);
}

/** A match with the label of its pattern, where it has one; with the index in the whole, where `store` is a part. */
export function withLabel<T extends { index: number; label?: Label }>(
  match: T,
  { labels, origin }: { labels: Labels; origin?: readonly number[] },
): T {
  const label = labels[match.index];
  if (origin) match.index = origin[match.index];
  if (label !== undefined) match.label = label;
  return match;
}
