/** What a modern Hopfield network is to be, and how it is to recall: options, checked and completed. */
import {
  checkName,
  checkNumber,
  checkOptions,
  checkPositiveInteger,
  describe,
  isPositiveInteger,
} from '../../checks.ts';
import { takeAmong, type Among, type TakenAmong } from '../../patterns/among.ts';
import type { Backend } from '../../kernels/open.ts';
import {
  completeModernSeparation,
  knowsNothing,
  ownBeta,
  separationName,
  type ModernSeparation,
} from './separations.ts';
import { MAX_DIMENSION } from './vectors.ts';

/** How alike a stored x and a query q are: x·q, x·q/(‖x‖‖q‖), or −½‖x − q‖². */
export type Similarity = 'dot' | 'cosine' | 'euclidean';

export interface ModernOptions {
  /**
   * Inverse temperature β, from 10⁻³⁰ to 10³⁰, used in single precision. Default 1/√dimension; for log-sum-relu it is 2/r²,
   * and not to be given.
   */
  beta?: number;
  /** Default `'dot'`; `'euclidean'` for log-sum-relu, which knows no other. */
  similarity?: Similarity;
  /** Default `'softmax'`. */
  separation?: ModernSeparation;
  /**
   * c, from −10³⁰ to 10³⁰: how similar nothing is to every query. It competes with what is stored and has a weight of its own,
   * `nothing` of a result; where that is the largest there is no match. For softmax, sparsemax and entmax. `calibrate`
   * chooses one. Default: no such competitor.
   */
  nothing?: number;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

export interface ModernRecallOptions {
  /**
   * Updates after which recall stops, if the state has not come to rest before. Default 1. Infinity: until
   * it rests, but no more than 10,000.
   */
  steps?: number;
  /**
   * The state rests when an update moves it by no more than this times the largest norm of a stored vector, in
   * Euclidean distance. Default 10⁻⁶. 0: only when it does not move at all, which rounding may prevent but for
   * log-sum-relu, where it is the default.
   */
  tolerance?: number;
  /** Whether to compute the energy of the state, which takes another pass over the memory. Default false. */
  energy?: boolean;
  /** How many of the stored vectors that weigh most to list, as `top` of the result: another retrieval. Default none. */
  top?: number;
  /**
   * Which of the stored vectors take part, as if no others were stored: a mask of P booleans (or 0/1), labels, or
   * `{ labels }`, `{ indices }`. They keep their places: the result has the bits of a memory in which the others are holes.
   * O(P + d·members). Default all.
   */
  among?: Among;
}

/** How to recall, complete. */
export interface RetrievalPlan extends Required<Omit<ModernRecallOptions, 'among'>> {
  /** Undefined for all. */
  among: TakenAmong | undefined;
}

/** Options of a network, complete. */
export interface ModernPlan {
  readonly dimension: number;
  readonly beta: number;
  readonly similarity: Similarity;
  readonly separation: ModernSeparation;
  readonly nothing?: number;
}

const MOST_STEPS = 10_000;

/** Checks and completes what a network is to be; the backend is checked where it is opened. */
export function planModern(dimension: number, options: ModernOptions): ModernPlan {
  checkNumber(
    dimension,
    'dimension',
    `an integer from 1 to ${MAX_DIMENSION}`,
    (d) => isPositiveInteger(d) && d <= MAX_DIMENSION,
  );
  checkOptions(options, 'modern network options', [
    'beta',
    'similarity',
    'separation',
    'nothing',
    'backend',
  ]);
  const separation = completeModernSeparation(options.separation);
  const own = ownBeta(separation);
  const beta = checkNumber(
    options.beta ?? own ?? 1 / Math.sqrt(dimension),
    'beta',
    'a number from 1e-30 to 1e30',
    (b) => b >= 1e-30 && b <= 1e30,
  );
  const similarity = checkName(
    options.similarity ?? (own === undefined ? 'dot' : 'euclidean'),
    'similarity',
    ['dot', 'cosine', 'euclidean'],
  );
  const name = separationName(separation);
  if (own !== undefined && (similarity !== 'euclidean' || beta !== own)) {
    throw new TypeError(
      `similarity is '${similarity}' and beta ${beta}, expected 'euclidean' and none: ` +
        `the separation '${name}' has them of its radius`,
    );
  }
  const { nothing } = options;
  if (nothing === undefined) return { dimension, beta, similarity, separation };
  if (!knowsNothing(separation)) {
    throw new TypeError(`nothing is given, expected none for the separation '${name}'`);
  }
  checkNumber(nothing, 'nothing', 'a number from -1e30 to 1e30', (c) => Math.abs(c) <= 1e30);
  return { dimension, beta, similarity, separation, nothing: nothing + 0 };
}

/** Checks and completes how to recall. */
export function planRetrieval(
  options: ModernRecallOptions,
  { separation }: ModernPlan,
): RetrievalPlan {
  checkOptions(options, 'recall options', ['steps', 'tolerance', 'energy', 'top', 'among']);
  const exact = ownBeta(separation) !== undefined;
  const { steps = 1, tolerance = exact ? 0 : 1e-6, energy = false, top } = options;
  if (typeof energy !== 'boolean') {
    throw new TypeError(`energy is ${describe(energy)}, expected true or false`);
  }
  return {
    energy,
    top: top === undefined ? 0 : checkPositiveInteger(top, 'top'),
    among: takeAmong(options.among),
    steps: steps === Infinity ? MOST_STEPS : checkSteps(steps),
    tolerance: checkNumber(tolerance, 'tolerance', 'a number of 0 or more', (t) => t >= 0),
  };
}

function checkSteps(steps: number): number {
  return checkNumber(steps, 'steps', 'a positive integer or Infinity', isPositiveInteger);
}
