/** Similarities as the kernels compute them, and within which limits. */
import type { Machine } from '../../kernels/open.ts';
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
/** With cosine similarity, below this a vector is too short to have a direction. */
const SHORTEST = 1e-15;

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
  const additions = Math.min(dimension / 4, 128) + dimension / 512 + 16;
  return additions * 2 ** -24;
}

/** Squared norms of rows, in doubles. */
export function squaresOf(
  { kernels, memory }: Machine,
  rows: number,
  count: number,
  width: number,
): Float64Array {
  return memory.scope((take) => {
    const out = take(count * 8);
    kernels.squaresF32(out, rows, count, width);
    return memory.views.f64.slice(out >>> 3, (out >>> 3) + count);
  });
}

/** f32[count×width]: rows scaled to norm 1; those too short to have a direction become 0, alike to nothing. */
export function normalise(
  machine: Machine,
  out: number,
  rows: number,
  count: number,
  width: number,
): void {
  const squares = squaresOf(machine, rows, count, width);
  const { f32 } = machine.memory.views;
  for (let b = 0; b < count; b++) {
    const norm = Math.sqrt(squares[b]);
    const factor = norm >= SHORTEST ? 1 / norm : 0;
    const from = (rows >>> 2) + b * width;
    const to = (out >>> 2) + b * width;
    for (let k = 0; k < width; k++) f32[to + k] = f32[from + k] * factor;
  }
}
