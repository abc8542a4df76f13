/** Which of the stored patterns a state is most like. */
import type { Label, Labels } from '../patterns/labels.ts';

/** The stored pattern a state is most like. */
export interface Match {
  /** Its index among the stored patterns. */
  index: number;
  /** m/N, from −1 to 1: negative when the state is closer to the reversed pattern. */
  overlap: number;
  /** Its label, if it has one. */
  label?: Label;
}

/**
 * The first of the largest |m|, over `neurons`.
 *
 * @param overlaps - m = Σ_i ξ_i s_i, one a pattern
 * @returns undefined when there is no pattern
 */
export function bestMatch(
  overlaps: Int32Array,
  neurons: number,
  labels: Labels,
): Match | undefined {
  if (overlaps.length === 0) return undefined;
  let index = 0;
  let largest = Math.abs(overlaps[0]);
  for (let k = 1; k < overlaps.length; k++) {
    const size = Math.abs(overlaps[k]);
    if (size <= largest) continue;
    largest = size;
    index = k;
  }
  return withLabel({ index, overlap: overlaps[index] / neurons }, labels);
}

/** A match with the label of its pattern, where it has one. */
export function withLabel<T extends { index: number; label?: Label }>(match: T, labels: Labels): T {
  const label = labels[match.index];
  if (label !== undefined) match.label = label;
  return match;
}
