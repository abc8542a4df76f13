/** From scores at hand to weights, in doubles, for every separation. */
import { checkName, checkOptions, checkPositiveInteger, describe } from '../../checks.ts';
import { exp, ln } from '../../elementary.ts';
import type { ModernGroup } from '../../kernels/groups/modern.ts';
import type { Machine } from '../../kernels/open.ts';
import { largestOf } from './largest.ts';
import { entmax, sparsemax } from './sparse-weights.ts';

/**
 * How similarities, times β, become weights: `'softmax'`; `'sparsemax'`, the point of the simplex next to them;
 * `'entmax'`, 1.5-entmax, half-way between the two; softmax among the k largest (all of them when fewer are stored).
 */
export type ModernSeparation =
  | 'softmax'
  | 'sparsemax'
  | 'entmax'
  | Readonly<{ name: 'top-k'; k: number }>;

/** Weights of the stored rows for one query. */
export interface Weights {
  /** The rows that have any weight, upwards. */
  readonly indices: Uint32Array;
  /** Their weights, 1 in all. */
  readonly weights: Float64Array;
  /** Ω*(scores), the potential whose gradient the weights are; NaN for top-k, which has none. */
  readonly conjugate: number;
}

/** What a separation is. `src/elementary.ts` has an exponential and a logarithm for it. */
interface Kind<S> {
  /** The separation with its parameters, checked. */
  complete(given: Readonly<Record<string, unknown>>): S;
  readonly parameters: readonly string[];
  /** Whether its weights are the gradient of a potential, `conjugate`, so that there is an energy. */
  readonly hasPotential: boolean;
  /** The weights for f32[count] scores, of which `best` is the largest. May move memory. */
  weigh(
    machine: Machine<ModernGroup>,
    separation: S,
    best: number,
    scores: number,
    count: number,
  ): Weights;
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
    weigh: (machine, _, best, scores, count) =>
      softmax(
        machine,
        best,
        new Uint32Array(count).map((__, k) => k),
        scores,
      ),
  },
  sparsemax: {
    complete: () => 'sparsemax',
    parameters: [],
    hasPotential: true,
    weigh: (machine, _, best, scores, count) =>
      sparse(machine, best, select(machine, scores, best - 1, count), scores, sparsemax),
  },
  entmax: {
    complete: () => 'entmax',
    parameters: [],
    hasPotential: true,
    weigh: (machine, _, best, scores, count) =>
      sparse(machine, best, select(machine, scores, best - 2, count), scores, entmax),
  },
  'top-k': {
    complete: ({ k }) => ({ name: 'top-k', k: checkPositiveInteger(k, 'k') }),
    parameters: ['k'],
    hasPotential: false,
    weigh(machine, { k }, best, scores, count) {
      const all = machine.memory.views.f32.subarray(scores >>> 2, (scores >>> 2) + count);
      const largest = largestOf(all, k).sort();
      return { ...softmax(machine, best, largest, scores), conjugate: NaN };
    },
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

/** The weights for f32[count] scores. May move memory. O(count), and for top-k as `largestOf`. */
export function weigh(
  machine: Machine<ModernGroup>,
  separation: ModernSeparation,
  scores: number,
  count: number,
): Weights {
  const { kernels, memory } = machine;
  const best = memory.views.f32[(scores >>> 2) + kernels.largestF32(scores, count)];
  return kindOf(separation).weigh(machine, separation, best, scores, count);
}

/** The rows with at least this score. */
function select(
  { kernels, memory }: Machine<ModernGroup>,
  scores: number,
  threshold: number,
  count: number,
): Uint32Array {
  return memory.scope((take) => {
    const indices = take(count * 4);
    const selected = kernels.selectF32(indices, scores, threshold, count);
    return memory.views.u32.slice(indices >>> 2, (indices >>> 2) + selected);
  });
}

/** Scores of some rows, less the best. */
function below(
  { memory }: Machine<ModernGroup>,
  best: number,
  indices: Uint32Array,
  scores: number,
) {
  const { f32 } = memory.views;
  const z = new Float64Array(indices.length);
  for (let i = 0; i < z.length; i++) z[i] = f32[(scores >>> 2) + indices[i]] - best;
  return z;
}

function sparse(
  machine: Machine<ModernGroup>,
  best: number,
  candidates: Uint32Array,
  scores: number,
  separate: typeof sparsemax,
): Weights {
  const { weights, conjugate } = separate(below(machine, best, candidates, scores));
  return { ...weighty(candidates, weights), conjugate: best + conjugate };
}

function softmax(
  machine: Machine<ModernGroup>,
  best: number,
  indices: Uint32Array,
  scores: number,
): Weights {
  const weights = below(machine, best, indices, scores).map((z) => exp(z));
  const sum = weights.reduce((total, w) => total + w, 0);
  for (let i = 0; i < weights.length; i++) weights[i] /= sum;
  return { ...weighty(indices, weights), conjugate: best + ln(sum) };
}

/** Those rows that have a weight above 0, moved up in place. */
function weighty(indices: Uint32Array, weights: Float64Array) {
  let count = 0;
  for (let i = 0; i < weights.length; i++) {
    const p = weights[i];
    if (p === 0) continue;
    indices[count] = indices[i];
    weights[count++] = p;
  }
  return { indices: indices.subarray(0, count), weights: weights.subarray(0, count) };
}
