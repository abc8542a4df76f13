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
   * Inverse temperature β, from 10⁻³⁰ to 10³⁰, used in single precision. Default 1/√dimension, for
   * entries of order 1; with cosine, or vectors of length 1, recalls are averages then, and 20 to 100 is more like it (`calibrate`,
   * `diagnose`). For log-sum-relu it is 2/r², and not to be given.
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
  /**
   * `'int8'`: keep codes of one byte a number beside the vectors, d + 16 bytes each. A recall reads the codes and then only those
   * vectors that can have a weight: the same bits, sooner where β is large; where more than one in 64 would have to be read, all
   * are. For softmax. Default: none.
   */
  codes?: 'int8';
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
  /**
   * ε, 0 or more: how far the state may be from that of all rows, in parts of M, the largest norm of a stored vector. Vectors are
   * read, those that can weigh most first, until that is proved; `read` of the result tells how many and the bound. Below
   * 2⁻¹⁶ no vector that can have a weight is left out. Needs `codes`, and one step. Default: the exact recall, and no `read`.
   */
  error?: number;
}

/** How to recall, complete. */
export interface RetrievalPlan extends Required<Omit<ModernRecallOptions, 'among' | 'error'>> {
  /** Undefined for all. */
  among: TakenAmong | undefined;
  error: number | undefined;
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
    'codes',
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
  checkCodes(options.codes, name);
  const { nothing } = options;
  if (nothing === undefined) return { dimension, beta, similarity, separation };
  if (!knowsNothing(separation)) {
    throw new TypeError(`nothing is given, expected none for the separation '${name}'`);
  }
  checkNumber(nothing, 'nothing', 'a number from -1e30 to 1e30', (c) => Math.abs(c) <= 1e30);
  return { dimension, beta, similarity, separation, nothing: nothing + 0 };
}

/** @throws TypeError, RangeError for what are no codes, or for another separation than softmax */
function checkCodes(codes: unknown, separation: string): void {
  if (codes === undefined) return;
  checkName(codes as 'int8', 'codes', ['int8']);
  if (separation === 'softmax') return;
  throw new TypeError(`codes are given, expected none for the separation '${separation}'`);
}

/**
 * Checks and completes how to recall.
 *
 * @param codes - whether there are any
 */
export function planRetrieval(
  options: ModernRecallOptions,
  { separation }: ModernPlan,
  codes = false,
): RetrievalPlan {
  checkOptions(options, 'recall options', [
    'steps',
    'tolerance',
    'energy',
    'top',
    'among',
    'error',
  ]);
  const exact = ownBeta(separation) !== undefined;
  const { steps = 1, tolerance = exact ? 0 : 1e-6, energy = false, top } = options;
  if (typeof energy !== 'boolean') {
    throw new TypeError(`energy is ${describe(energy)}, expected true or false`);
  }
  return {
    energy,
    top: top === undefined ? 0 : checkPositiveInteger(top, 'top'),
    among: takeAmong(options.among),
    error: takeError(options, codes),
    steps: steps === Infinity ? MOST_STEPS : checkSteps(steps),
    tolerance: checkNumber(tolerance, 'tolerance', 'a number of 0 or more', (t) => t >= 0),
  };
}

/** @throws TypeError, RangeError */
function takeError(
  { error, steps = 1 }: Pick<ModernRecallOptions, 'error' | 'steps'>,
  codes: boolean,
): number | undefined {
  if (error === undefined) return undefined;
  checkNumber(error, 'error', 'a number of 0 or more', (e) => e >= 0);
  if (!codes)
    throw new TypeError("error is given, expected none for a memory without codes: 'int8'");
  if (steps === 1) return error;
  throw new RangeError(`steps is ${describe(steps)}, expected 1 with error: it bounds one step`);
}

function checkSteps(steps: number): number {
  return checkNumber(steps, 'steps', 'a positive integer or Infinity', isPositiveInteger);
}
