/**
 * Separation functions F of a dense associative memory: how strongly an overlap m counts, E = −Σ_μ F(m_μ).
 *
 * The overlap of N signs has the parity of N, so all there is to know of F are its values at −N−2, −N, …, N+2.
 */
import { checkNumber, checkOptions, checkPositiveInteger, describe, isList } from '../checks.ts';
import type { SeparationTable } from './dense-landscape.ts';
import { elementarySums } from './elementary.ts';

/** A separation function with all its parameters. */
export type Separation =
  | { readonly name: 'polynomial'; readonly degree: number }
  | { readonly name: 'rectified-polynomial'; readonly degree: number }
  | { readonly name: 'exponential'; readonly beta: number }
  | { readonly name: 'simplicial'; readonly dimension: number }
  | { readonly name: 'exponential-simplicial'; readonly dimension: number; readonly beta: number }
  | { readonly name: 'table'; readonly values: readonly number[] };

/** A separation function, or its N + 3 values at −N−2, −N, …, N+2. */
export type SeparationChoice = Separation | ArrayLike<number>;

/** The largest |F|: sums over as many patterns as memory can hold stay finite. */
const LARGEST = 1e290;
/** Bytes of the big integers of one step of `elementarySums`: it makes six. */
const BIG_STEP = 192;

/**
 * F(m) = mⁿ (Krotov & Hopfield 2016, eq. 3). n = 2 is the Hopfield network; capacity grows as Nⁿ⁻¹.
 *
 * @param degree - n, an integer of at least 2
 */
export function polynomial(degree: number): Separation {
  return { name: 'polynomial', degree: checkDegree(degree) };
}

/**
 * F(m) = mⁿ for m > 0, else 0 (Krotov & Hopfield 2016): as `polynomial`, without the reversed patterns.
 *
 * @param degree - n, an integer of at least 2
 */
export function rectifiedPolynomial(degree: number): Separation {
  return { name: 'rectified-polynomial', degree: checkDegree(degree) };
}

/**
 * F(m) = e^(βm) (Demircigil et al. 2017). Capacity grows exponentially with N. The energy reported is
 * −(1/β) ln Σ_μ e^(βm_μ), which neither overflows nor changes which neuron moves.
 *
 * @param beta - from 10⁻⁶ to 10⁶; default 1. Energies and fields are off by about 10⁻¹⁶·N and 10⁻¹⁶/β
 */
export function exponential(beta = 1): Separation {
  return { name: 'exponential', beta: checkBeta(beta) };
}

/**
 * F(m) = Σ_{k=2}^{D+1} e_k(m), e_k the elementary symmetric polynomials of N signs with sum m: all pairs, triples, … of
 * D + 1 neurons at once (Burns & Fukai 2023). D = 1 is the Hopfield network, (m² − N)/2.
 *
 * @param dimension - D, an integer of at least 1; default 2, pairs and triples
 */
export function simplicial(dimension = 2): Separation {
  return { name: 'simplicial', dimension: checkPositiveInteger(dimension, 'dimension') };
}

/**
 * F(m) = e^(β Σ_k e_k(m)/N), of the sums of `simplicial`; the energy reported is −(1/β) ln Σ_μ F(m_μ).
 *
 * @param dimension - D, an integer of at least 1; default 2
 * @param beta - from 10⁻⁶ to 10⁶; default 1
 */
export function exponentialSimplicial(dimension = 2, beta = 1): Separation {
  checkPositiveInteger(dimension, 'dimension');
  return { name: 'exponential-simplicial', dimension, beta: checkBeta(beta) };
}

function checkDegree(degree: unknown): number {
  return checkNumber(degree, 'degree', 'an integer of at least 2', (n) => {
    return Number.isInteger(n) && n >= 2;
  });
}

function checkBeta(beta: unknown): number {
  return checkNumber(beta, 'beta', 'a number from 1e-6 to 1e6', (x) => x >= 1e-6 && x <= 1e6);
}

/** Checks and completes what a caller gave as a separation function of N neurons. */
export function completeSeparation(given: SeparationChoice, neurons: number): Separation {
  if (isList(given)) return readTable(given, neurons);
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(
      `separation is ${describe(given)}, expected polynomial(n), rectifiedPolynomial(n), exponential(beta), ` +
        `simplicial(dimension), exponentialSimplicial(dimension, beta) or ${neurons + 3} values`,
    );
  }
  const choice = given as Separation;
  switch (choice.name) {
    case 'polynomial':
    case 'rectified-polynomial':
      checkOptions(choice, 'separation', ['name', 'degree']);
      checkPositiveInteger(choice.degree, 'degree');
      return { name: choice.name, degree: checkDegree(choice.degree) };
    case 'exponential':
      checkOptions(choice, 'separation', ['name', 'beta']);
      return { name: choice.name, beta: checkBeta(choice.beta) };
    case 'simplicial':
      checkOptions(choice, 'separation', ['name', 'dimension']);
      return simplicial(checkPositiveInteger(choice.dimension, 'dimension'));
    case 'exponential-simplicial':
      checkOptions(choice, 'separation', ['name', 'dimension', 'beta']);
      return exponentialSimplicial(
        checkPositiveInteger(choice.dimension, 'dimension'),
        checkBeta(choice.beta),
      );
    case 'table':
      checkOptions(choice, 'separation', ['name', 'values']);
      if (!isList(choice.values)) {
        throw new TypeError(`separation.values is ${describe(choice.values)}, expected numbers`);
      }
      return readTable(choice.values, neurons);
    default:
      throw new TypeError(
        `separation.name is ${describe((choice as { name: unknown }).name)}, expected one of 'polynomial', ` +
          `'rectified-polynomial', 'exponential', 'simplicial', 'exponential-simplicial', 'table'`,
      );
  }
}

function readTable(given: ArrayLike<number>, neurons: number): Separation {
  if (given.length !== neurons + 3) {
    throw new RangeError(
      `separation has length ${given.length}, expected ${neurons + 3}: F at −N−2, −N, …, N+2 for N = ${neurons}`,
    );
  }
  const values = Array.from(given, (value, k) =>
    checkNumber(
      value,
      `separation[${k}]`,
      'a number from −1e290 to 1e290',
      (x) => Math.abs(x) <= LARGEST,
    ),
  );
  return { name: 'table', values: Object.freeze(values) };
}

/**
 * The table of F, or of ln F, with energy −Σ F (or −(1/β) ln Σ F) and fields E(s_i = −1) − E(s_i = +1).
 *
 * @throws RangeError where F leaves what a double can hold
 */
export function separationTable(separation: Separation, neurons: number): SeparationTable {
  const of = (F: (m: number) => number) =>
    Float64Array.from({ length: neurons + 3 }, (_, k) => F(2 * k - neurons - 2));
  const plain = { levels: false, beta: 1, unit: 1, gain: 1 } as const;
  const { name } = separation;
  if (name === 'exponential') {
    const { beta } = separation;
    return { ...plain, values: of((m) => beta * m), levels: true, beta };
  }
  if (name === 'simplicial') {
    return { ...plain, values: elementarySums(neurons, separation.dimension) };
  }
  if (name === 'exponential-simplicial') {
    const { dimension, beta } = separation;
    const values = elementarySums(neurons, dimension).map((sum) => (beta / neurons) * sum);
    return { ...plain, values, levels: true, beta };
  }
  if (name === 'table') return { ...plain, values: Float64Array.from(separation.values) };
  const { degree } = separation;
  const rectified = name === 'rectified-polynomial';
  // First, so that a huge degree ends here and not in a long loop.
  if (!(power(neurons + 2, degree) <= LARGEST)) {
    throw new RangeError(
      `degree is ${degree}, too large for ${neurons} neurons: (N + 2)ⁿ is above 1e290; exponential() has no such limit`,
    );
  }
  const values = of((m) => (rectified && m < 0 ? 0 : power(m, degree)));
  return { ...plain, values };
}

/** Bytes of memory that making the table takes, what is let go on the way included. */
export function separationBytes(separation: Separation, neurons: number): number {
  const steps = 'dimension' in separation ? Math.min(separation.dimension, neurons) : 0;
  return (neurons + 3) * (24 + BIG_STEP * steps);
}

/** xⁿ by multiplications in order, exact while it is below 2⁵³, the same on every engine. */
function power(x: number, n: number): number {
  let product = 1;
  for (let k = 0; k < n && Math.abs(product) <= LARGEST; k++) product *= x;
  return product;
}
