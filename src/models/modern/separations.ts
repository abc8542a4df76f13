/** From scores at hand to weights, in doubles, for every separation. */
import {
  checkName,
  checkNumber,
  checkOptions,
  checkPositiveInteger,
  describe,
} from '../../checks.ts';
import { exp, ln } from '../../elementary.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import { floorBelow } from './blocks.ts';
import { largestOf } from './largest.ts';
import { entmax, sparsemax } from './sparse-weights.ts';

/**
 * How similarities, times β, become weights: `'softmax'`; `'sparsemax'`, the point of the simplex next to them;
 * `'entmax'`, 1.5-entmax, half-way between the two; softmax among the k largest (all of them when fewer are stored); the
 * same weight for all nearer than the radius, compared as ‖x − q‖² < r² in doubles, and a state with none stays
 * (log-sum-ReLU, Hoover et al. 2025; Euclidean, β = 2/r²).
 */
export type ModernSeparation =
  | 'softmax'
  | 'sparsemax'
  | 'entmax'
  | Readonly<{ name: 'top-k'; k: number }>
  | Readonly<{ name: 'log-sum-relu'; radius: number }>;

/** The score of a row that takes no part, below every other. */
export const LOWEST = -3.4028234663852886e38;

/** Weights of the stored rows for one query. */
export interface Weights {
  /** The rows that have any weight, upwards. */
  readonly indices: Uint32Array;
  /** Their weights, 1 in all, with that of nothing. */
  readonly weights: Float64Array;
  readonly nothing: number;
  /** Ω*(scores), the potential whose gradient, or the direction of it, the weights are; NaN for top-k, which has none. */
  readonly conjugate: number;
}

/** What is to be weighed. */
export interface Scored {
  readonly machine: Machine<ModernGroup>;
  /** Address of f32[count] scores. */
  readonly scores: number;
  readonly count: number;
  /** The score of nothing; −Infinity where it takes no part. */
  readonly nothing: number;
  /** ‖x − q‖² of a row, in doubles. */
  readonly squared: (index: number) => number;
  /** By how much a squared distance in single precision can be off, in parts of it. */
  readonly error: number;
}

/** What a separation is. `src/elementary.ts` has an exponential and a logarithm for it. */
interface Kind<S> {
  /** The separation with its parameters, checked. */
  complete(given: Readonly<Record<string, unknown>>): S;
  readonly parameters: readonly string[];
  /** Whether its weights are the gradient of a potential, `conjugate`, or of its direction, so that there is an energy. */
  readonly hasPotential: boolean;
  /** Whether nothing may compete. */
  readonly knowsNothing: boolean;
  /** The β that it stands for, where it is for Euclidean similarity alone. */
  beta?(separation: S): number;
  /** The weights; `best` is the largest score, that of nothing included. May move memory. */
  weigh(scored: Scored, separation: S, best: number): Weights;
}

type NameOf<S> = S extends { name: infer N } ? N : S;
export type ModernSeparationName = NameOf<ModernSeparation>;

type Kinds = {
  readonly [N in ModernSeparationName]: Kind<
    N extends ModernSeparation ? N : Extract<ModernSeparation, { name: N }>
  >;
};

/** Every separation by its name. One more is a member of `ModernSeparation` and an entry here. */
const KINDS: Kinds = {
  softmax: {
    complete: () => 'softmax',
    parameters: [],
    hasPotential: true,
    knowsNothing: true,
    weigh: (scored, _, best) => softmax(scored, best, select(scored, floorBelow(best))),
  },
  sparsemax: {
    complete: () => 'sparsemax',
    parameters: [],
    hasPotential: true,
    knowsNothing: true,
    weigh: (scored, _, best) => sparse(scored, best, select(scored, best - 1), sparsemax),
  },
  entmax: {
    complete: () => 'entmax',
    parameters: [],
    hasPotential: true,
    knowsNothing: true,
    weigh: (scored, _, best) => sparse(scored, best, select(scored, best - 2), entmax),
  },
  'top-k': {
    complete: ({ k }) => ({ name: 'top-k', k: checkPositiveInteger(k, 'k') }),
    parameters: ['k'],
    hasPotential: false,
    knowsNothing: false,
    weigh(scored, { k }, best) {
      const { machine, scores, count } = scored;
      const all = machine.memory.views.f32.subarray(scores >>> 2, (scores >>> 2) + count);
      const among = largestOf(all, k).filter((index) => all[index] > LOWEST);
      return { ...softmax(scored, best, among.sort()), conjugate: NaN };
    },
  },
  'log-sum-relu': {
    complete: ({ radius }) => ({
      name: 'log-sum-relu',
      radius: checkNumber(radius, 'radius', 'a number above 0', (r) => r > 0),
    }),
    parameters: ['radius'],
    hasPotential: true,
    knowsNothing: false,
    beta: ({ radius }) => 2 / (radius * radius),
    weigh: (scored, { radius }) => near(scored, radius),
  },
};

export function modernSeparationNames(): ModernSeparationName[] {
  return Object.keys(KINDS) as ModernSeparationName[];
}

export function separationName(separation: ModernSeparation): ModernSeparationName {
  return typeof separation === 'string' ? separation : separation.name;
}

function kindOf(separation: ModernSeparation): Kind<ModernSeparation> {
  return KINDS[separationName(separation)] as Kind<ModernSeparation>;
}

/** As a caller writes it. */
function written(name: ModernSeparationName): string {
  const { parameters } = KINDS[name];
  return parameters.length > 0 ? `{ name: '${name}', ${parameters.join(', ')} }` : `'${name}'`;
}

/** @throws TypeError, RangeError when it is no separation */
export function completeModernSeparation(given: ModernSeparation = 'softmax'): ModernSeparation {
  const named = typeof given === 'string' ? { name: given } : given;
  if (typeof named !== 'object' || named === null) {
    throw new TypeError(
      `separation is ${describe(given)}, expected ${modernSeparationNames().map(written).join(', ')}`,
    );
  }
  // A name alone stands for a separation without parameters, and an object for one that has some.
  const fits = modernSeparationNames().filter(
    (name) => KINDS[name].parameters.length > 0 === (named === given),
  );
  const name = checkName(named.name, named === given ? 'separation.name' : 'separation', fits);
  const { complete, parameters } = KINDS[name];
  checkOptions(named, `options of the separation '${name}'`, ['name', ...parameters]);
  return complete(named as Readonly<Record<string, unknown>>);
}

export function hasPotential(separation: ModernSeparation): boolean {
  return kindOf(separation).hasPotential;
}

export function knowsNothing(separation: ModernSeparation): boolean {
  return kindOf(separation).knowsNothing;
}

/** The β that a separation stands for, of those that have one. */
export function ownBeta(separation: ModernSeparation): number | undefined {
  return kindOf(separation).beta?.(separation);
}

/** The weights for f32[count] scores. May move memory. O(count), and for top-k as `largestOf`. */
export function weigh(separation: ModernSeparation, scored: Scored): Weights {
  const { machine, scores, count, nothing } = scored;
  const { kernels, memory } = machine;
  const best = memory.views.f32[(scores >>> 2) + kernels.largestF32(scores, count)];
  return kindOf(separation).weigh(scored, separation, Math.max(best, nothing));
}

/** The rows with at least this score. */
function select({ machine, scores, count }: Scored, threshold: number): Uint32Array {
  const { kernels, memory } = machine;
  return memory.scope((take) => {
    const indices = take(count * 4);
    const selected = kernels.selectF32(indices, scores, threshold, count);
    return memory.views.u32.slice(indices >>> 2, (indices >>> 2) + selected);
  });
}

/** Scores of some rows, less the best, and of nothing at the end where it takes part. */
function below({ machine, scores, nothing }: Scored, best: number, indices: Uint32Array) {
  const { f32 } = machine.memory.views;
  const count = indices.length;
  const z = new Float64Array(count + Number(nothing > -Infinity));
  for (let i = 0; i < count; i++) z[i] = f32[(scores >>> 2) + indices[i]] - best;
  if (z.length > count) z[count] = nothing - best;
  return z;
}

function sparse(
  scored: Scored,
  best: number,
  candidates: Uint32Array,
  separate: typeof sparsemax,
): Weights {
  const { weights, conjugate } = separate(below(scored, best, candidates));
  return { ...weighty(candidates, weights), conjugate: best + conjugate };
}

function softmax(scored: Scored, best: number, indices: Uint32Array): Weights {
  const weights = below(scored, best, indices).map((z) => exp(z));
  const sum = weights.reduce((total, w) => total + w, 0);
  for (let i = 0; i < weights.length; i++) weights[i] /= sum;
  return { ...weighty(indices, weights), conjugate: best + ln(sum) };
}

/** The rows nearer than the radius, all alike; Ω* = ln Σ max(0, 1 − ‖x − q‖²/r²). Single precision chooses whom to ask. */
function near(scored: Scored, radius: number): Weights {
  const { squared, error } = scored;
  const square = radius * radius;
  // A score is −‖x − q‖²/r².
  const candidates = select(scored, -1 - error);
  let sum = 0;
  const indices = candidates.filter((index) => {
    const distance = squared(index);
    if (distance < square) sum += 1 - distance / square;
    return distance < square;
  });
  const count = indices.length;
  const weights = new Float64Array(count).fill(1 / count);
  return { indices, weights, nothing: Number(count === 0), conjugate: ln(sum) };
}

/** Those rows that have a weight above 0, moved up in place; a weight more than there are rows is that of nothing. */
function weighty(indices: Uint32Array, weights: Float64Array) {
  const nothing = weights.length > indices.length ? weights[indices.length] : 0;
  let count = 0;
  for (let i = 0; i < indices.length; i++) {
    const p = weights[i];
    if (p === 0) continue;
    indices[count] = indices[i];
    weights[count++] = p;
  }
  return { indices: indices.subarray(0, count), weights: weights.subarray(0, count), nothing };
}
