/** Similarities as the kernels compute them, and within which limits. */
import { SHORTEST } from './norms.ts';
import type { ModernPlan } from './options.ts';

/** What the kernels of scores are given: score = (Σ x·q or Σ (x − q)²)·scale. */
export interface Measure {
  /** 0: products, 1: squared differences. */
  readonly metric: 0 | 1;
  /** Exact in single precision. */
  readonly scale: number;
}

/** No score may be larger: there single precision has room left for sums on the way. */
const LARGEST_SCORE = 1e30;

export function measureOf({ beta, similarity }: ModernPlan): Measure {
  const single = Math.fround(beta);
  return similarity === 'euclidean'
    ? { metric: 1, scale: -single / 2 }
    : { metric: 0, scale: single };
}

/**
 * Checks that the scores of a vector with others leave neither single precision nor sense.
 *
 * @param norm - of the vector
 * @param largest - the largest norm of the others
 */
export function checkNorm(plan: ModernPlan, norm: number, largest: number, name: string): void {
  const { beta, similarity } = plan;
  if (similarity === 'cosine') {
    if (norm >= SHORTEST) return;
    throw new RangeError(
      `${name} has norm ${norm}, expected at least ${SHORTEST} (cosine similarity)`,
    );
  }
  const reach = similarity === 'dot' ? norm * largest : (norm + largest) * (norm + largest);
  if (beta * reach <= LARGEST_SCORE) return;
  throw new RangeError(
    `${name} has norm ${norm}, and beta times similarity could be ${beta * reach} ` +
      `(beta ${beta}, largest stored norm ${largest}), expected at most ${LARGEST_SCORE}`,
  );
}

/**
 * The largest possible error of a score of a row with itself or another, in parts of the product of their norms
 * (of the score itself for squared distances), times β: the additions of a lane, of its totals, and 16 for the rest.
 */
export function scoreError(dimension: number): number {
  const additions = Math.min(dimension / 4, 128) + dimension / 256 + 16;
  return additions * 2 ** -24;
}
