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

/** The match with the largest |m|, and the `top` largest; of equal ones the lower index comes first. */
export function matchesOf(compared: Comparison, top: number): Matches {
  const { overlaps } = compared;
  let best = 0;
  for (let k = 1; k < overlaps.length; k++) {
    if (Math.abs(overlaps[k]) > Math.abs(overlaps[best])) best = k;
  }
  const match = overlaps.length > 0 ? matchWith(compared, best) : undefined;
  if (top === 0) return [match, {}];
  const before = (a: number, b: number) => Math.abs(overlaps[b]) - Math.abs(overlaps[a]) || a - b;
  const order = Array.from(overlaps.keys()).sort(before).slice(0, top);
  return [match, { top: order.map((k) => matchWith(compared, k)) }];
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
