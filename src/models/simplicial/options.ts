/** Options of a simplicial network, checked and completed: which simplices there are. */
import { checkNumber, checkOptions, checkPositiveInteger } from '../../checks.ts';
import type { Backend } from '../../kernels/open.ts';
import { checkedSeed, drawSeed } from '../../random.ts';

/** Shares of a budget of simplices, 1 together; what is not given is 0. */
export interface Connections {
  /** Of two neurons. */
  pairs?: number;
  /** Of three. */
  triples?: number;
  /** Of four. */
  tetrahedra?: number;
  /** How many simplices in all. Default N(N − 1)/2, the number of all pairs. */
  budget?: number;
}

export interface SimplicialOptions {
  /**
   * D, for all simplices of up to D + 1 neurons: 1 pairs, 2 (default) pairs and triples, and so on. From N on it
   * makes no difference: there are none of more than N neurons.
   */
  dimension?: number;
  /** Instead: this many simplices of each kind, drawn at random without repetition. */
  connections?: Connections;
  /** Instead: these simplices, each a list of at least two different neurons from 0 to N − 1, none twice. */
  simplices?: readonly ArrayLike<number>[];
  /** β of the exponential variant, from 10⁻⁶ to 10⁶; only with `dimension`. Default none. */
  exponential?: number;
  /** Of the draw of `connections`, an integer from 0 to 2³² − 1; drawn afresh, and reported, when not given. */
  seed?: number;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

/** What a network is built of. */
export type ComplexPlan =
  | { readonly kind: 'complete'; readonly dimension: number; readonly beta: number | undefined }
  | { readonly kind: 'drawn'; readonly connections: Required<Connections>; readonly seed: number }
  | { readonly kind: 'given'; readonly simplices: readonly ArrayLike<number>[] };

const KINDS = ['dimension', 'connections', 'simplices'] as const;
export const SIMPLEX_SIZES = { pairs: 2, triples: 3, tetrahedra: 4 } as const;

/** @throws TypeError, RangeError for options of the wrong kind or out of range */
export function planComplex(neurons: number, options: SimplicialOptions): ComplexPlan {
  checkOptions(options, 'simplicial network options', [...KINDS, 'exponential', 'seed', 'backend']);
  const given = KINDS.filter((kind) => options[kind] !== undefined);
  if (given.length > 1) {
    throw new TypeError(`${given.join(' and ')} are given, expected one of ${KINDS.join(', ')}`);
  }
  const [kind = 'dimension'] = given;
  if (kind !== 'dimension' && options.exponential !== undefined) {
    throw new TypeError(`exponential is given with ${kind}, expected it with dimension only`);
  }
  if (kind !== 'connections' && options.seed !== undefined) {
    throw new TypeError('seed is given without connections: nothing else is drawn at random');
  }
  if (kind === 'simplices') return { kind: 'given', simplices: options.simplices! };
  if (kind === 'connections') {
    const connections = completeConnections(neurons, options.connections!);
    const seed = options.seed === undefined ? drawSeed() : checkedSeed(options.seed);
    return { kind: 'drawn', connections, seed };
  }
  const dimension = checkPositiveInteger(options.dimension ?? 2, 'dimension');
  const beta = options.exponential;
  if (beta !== undefined) {
    checkNumber(beta, 'exponential', 'a number from 1e-6 to 1e6', (x) => x >= 1e-6 && x <= 1e6);
  }
  return { kind: 'complete', dimension, beta };
}

function completeConnections(neurons: number, given: Connections): Required<Connections> {
  checkOptions(given, 'connections', [...Object.keys(SIMPLEX_SIZES), 'budget']);
  const share = (name: keyof typeof SIMPLEX_SIZES) =>
    checkNumber(given[name] ?? 0, `connections.${name}`, 'a share from 0 to 1', (x) => {
      return x >= 0 && x <= 1;
    });
  const shares = {
    pairs: share('pairs'),
    triples: share('triples'),
    tetrahedra: share('tetrahedra'),
  };
  const sum = shares.pairs + shares.triples + shares.tetrahedra;
  if (!(Math.abs(sum - 1) <= 1e-9)) {
    throw new RangeError(`the shares of connections add up to ${sum}, expected 1`);
  }
  const budget = given.budget ?? (neurons * (neurons - 1)) / 2;
  return { ...shares, budget: checkPositiveInteger(budget, 'connections.budget') };
}

/**
 * The budget by sizes: each share rounded down, and what is left given to the largest remainders, so that the total is
 * the budget.
 */
export function apportion({ budget, ...shares }: Required<Connections>): Map<number, number> {
  const kinds = Object.entries(SIMPLEX_SIZES).map(([name, size]) => {
    const exact = shares[name as keyof typeof SIMPLEX_SIZES] * budget;
    const count = Math.floor(exact);
    return { size, count, rest: exact - count };
  });
  let left = budget - kinds.reduce((sum, { count }) => sum + count, 0);
  for (const kind of [...kinds].sort((a, b) => b.rest - a.rest)) {
    if (left > 0 && kind.rest > 0) {
      kind.count++;
      left--;
    }
  }
  // Shares that add up to 1 but for rounding: the largest kind takes the difference.
  const largest = kinds.reduce((a, b) => (b.count > a.count ? b : a));
  largest.count += left;
  return new Map(kinds.filter(({ count }) => count > 0).map(({ size, count }) => [size, count]));
}
