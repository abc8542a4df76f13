/** Generated memories of real vectors, the same in every run. */
import fc from 'fast-check';
import {
  ModernHopfieldNetwork,
  Random,
  type ModernOptions,
  type ModernSeparation,
  type Similarity,
} from '../../../src/index.ts';
import {
  hasPotential,
  ownBeta,
  type ModernSeparationName,
} from '../../../src/models/modern/separations.ts';
import type { Model } from './oracle.ts';

/** fast-check with the same inputs every time. */
export const GENERATED = { seed: 20_260_311, numRuns: typeof document === 'undefined' ? 60 : 20 };

export const BACKENDS = ['wasm', 'reference'] as const;
export const SIMILARITIES = ['dot', 'cosine', 'euclidean'] as const;
/** One of each name. */
const BY_NAME: { readonly [N in ModernSeparationName]: ModernSeparation } = {
  softmax: 'softmax',
  sparsemax: 'sparsemax',
  entmax: 'entmax',
  'top-k': { name: 'top-k', k: 3 },
  'log-sum-relu': { name: 'log-sum-relu', radius: 2 },
};
export const SEPARATIONS = Object.values(BY_NAME);

/** Every similarity with every separation that knows all of them and any β. */
export const KINDS = SIMILARITIES.flatMap((similarity) =>
  SEPARATIONS.filter((separation) => ownBeta(separation) === undefined).map((separation) => ({
    similarity,
    separation,
  })),
);

/** Those with an energy. */
export const ENERGETIC = KINDS.filter(
  ({ similarity, separation }) => similarity !== 'cosine' && hasPotential(separation),
);

export interface Setup {
  dimension: number;
  count: number;
  seed: number;
  /** log₁₀ of β·‖x‖². */
  heat: number;
  /** log₁₀ of the size of the numbers. */
  size: number;
}

export const setups: fc.Arbitrary<Setup> = fc.record({
  dimension: fc.integer({ min: 1, max: 20 }),
  count: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 200 })),
  seed: fc.nat(),
  heat: fc.double({ min: -2, max: 3, noNaN: true }),
  size: fc.double({ min: -3, max: 3, noNaN: true }),
});

/** Numbers in (−size, size), in single precision. */
export function vector(random: Random, dimension: number, size = 1): Float32Array {
  return Float32Array.from({ length: dimension }, () => (2 * random.real() - 1) * size);
}

export function vectors(random: Random, count: number, dimension: number, size = 1) {
  return Array.from({ length: count }, () => vector(random, dimension, size));
}

export interface Problem {
  rows: Float32Array[];
  queries: Float32Array[];
  beta: number;
}

/** Rows, some of them equal to others, and queries: near a row, far from all, and a row itself. */
export function problem({ dimension, count, seed, heat, size }: Setup): Problem {
  const random = new Random(seed);
  const scale = 10 ** size;
  const rows = vectors(random, count, dimension, scale);
  for (let k = 1; k < count; k++) if (random.below(8) === 0) rows[k] = rows[random.below(k)];
  const near = rows[random.below(count)];
  const noise = vector(random, dimension, 0.2 * scale);
  const queries = [
    near.map((x, i) => x + noise[i]),
    vector(random, dimension, scale),
    rows[random.below(count)],
  ];
  const square = (dimension * scale * scale) / 3;
  return { rows, queries, beta: Math.fround(10 ** heat / square) };
}

/** The memory, and the oracle's idea of it. With cosine similarity, β is not divided by the squared norm. */
export function build(
  setup: Setup,
  kind: { similarity: Similarity; separation: ModernSeparation },
  options: ModernOptions = {},
): Problem & { memory: ModernHopfieldNetwork; model: Model } {
  const found = problem(setup);
  const beta = kind.similarity === 'cosine' ? Math.fround(10 ** setup.heat) : found.beta;
  const memory = new ModernHopfieldNetwork(setup.dimension, { beta, ...kind, ...options });
  return { ...found, beta, memory: memory.store(found.rows), model: { beta, ...kind } };
}
