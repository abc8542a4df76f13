/**
 * Separation functions F of a dense associative memory: how strongly an overlap m counts, E = −Σ_μ F(m_μ).
 *
 * The overlap of N signs has the parity of N, so all there is to know of F are its values at −N−2, −N, …, N+2.
 */
import {
  checkName,
  checkNumber,
  checkOptions,
  checkPositiveInteger,
  describe,
  isList,
} from '../checks.ts';
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
export function polynomial(degree: number): Extract<Separation, { name: 'polynomial' }> {
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
export function exponential(beta = 1): Extract<Separation, { name: 'exponential' }> {
  return { name: 'exponential', beta: checkBeta(beta) };
}

/**
 * F(m) = Σ_{k=2}^{D+1} e_k(m), e_k the elementary symmetric polynomials of N signs with sum m: all pairs, triples, … of
 * D + 1 neurons at once (Burns & Fukai 2023). D = 1 is the Hopfield network, (m² − N)/2.
 *
 * @param dimension - D, an integer of at least 1; default 2, pairs and triples
 */
export function simplicial(dimension = 2): Separation {
  return { name: 'simplicial', dimension: checkDimension(dimension) };
}

/**
 * F(m) = e^(β Σ_k e_k(m)/N), of the sums of `simplicial`; the energy reported is −(1/β) ln Σ_μ F(m_μ).
 *
 * @param dimension - D, an integer of at least 1; default 2
 * @param beta - from 10⁻⁶ to 10⁶; default 1
 */
export function exponentialSimplicial(dimension = 2, beta = 1): Separation {
  return {
    name: 'exponential-simplicial',
    dimension: checkDimension(dimension),
    beta: checkBeta(beta),
  };
}

function checkDegree(degree: unknown): number {
  return checkNumber(degree, 'degree', 'an integer of at least 2', (n) => {
    return Number.isInteger(n) && n >= 2;
  });
}

function checkDimension(dimension: unknown): number {
  return checkPositiveInteger(dimension, 'dimension');
}

function checkBeta(beta: unknown): number {
  return checkNumber(beta, 'beta', 'a number from 1e-6 to 1e6', (x) => x >= 1e-6 && x <= 1e6);
}

/** What a separation function is: its parameters, checked, and its values. */
interface Kind<S> {
  /** The separation with all its parameters. @throws TypeError, RangeError for one that is missing or out of range */
  complete(given: Readonly<Record<string, unknown>>, neurons: number): S;
  /** The names of its parameters. */
  readonly parameters: readonly string[];
  /** F, or ln F with levels; `src/elementary.ts` has an exponential and a logarithm for it. */
  table(separation: S, neurons: number): SeparationTable;
  /** Bytes per value that making the table takes beyond the values themselves; default 0. */
  scratch?(separation: S, neurons: number): number;
}

/** Every separation function by its name. One more is a member of `Separation`, an entry here, and its constructor. */
const KINDS: { readonly [N in Separation['name']]: Kind<Extract<Separation, { name: N }>> } = {
  polynomial: {
    parameters: ['degree'],
    complete: ({ degree }) => ({ name: 'polynomial', degree: checkDegree(degree) }),
    table: ({ degree }, neurons) => powers(degree, neurons, (m) => power(m, degree)),
  },
  'rectified-polynomial': {
    parameters: ['degree'],
    complete: ({ degree }) => ({ name: 'rectified-polynomial', degree: checkDegree(degree) }),
    table: ({ degree }, neurons) => powers(degree, neurons, (m) => (m < 0 ? 0 : power(m, degree))),
  },
  exponential: {
    parameters: ['beta'],
    complete: ({ beta }) => ({ name: 'exponential', beta: checkBeta(beta) }),
    table: ({ beta }, neurons) =>
      levels(
        valuesOf((m) => beta * m, neurons),
        beta,
      ),
  },
  simplicial: {
    parameters: ['dimension'],
    complete: ({ dimension }) => ({ name: 'simplicial', dimension: checkDimension(dimension) }),
    table: ({ dimension }, neurons) => plain(elementarySums(neurons, dimension)),
    scratch: elementaryBytes,
  },
  'exponential-simplicial': {
    parameters: ['dimension', 'beta'],
    complete: ({ dimension, beta }) => ({
      name: 'exponential-simplicial',
      dimension: checkDimension(dimension),
      beta: checkBeta(beta),
    }),
    table: ({ dimension, beta }, neurons) =>
      levels(
        elementarySums(neurons, dimension).map((sum) => (beta / neurons) * sum),
        beta,
      ),
    scratch: elementaryBytes,
  },
  table: {
    parameters: ['values'],
    complete({ values }, neurons) {
      if (isList(values)) return readTable(values, neurons);
      throw new TypeError(`separation.values is ${describe(values)}, expected numbers`);
    },
    table: ({ values }) => plain(Float64Array.from(values)),
  },
};

export function separationNames(): Separation['name'][] {
  return Object.keys(KINDS) as Separation['name'][];
}

/** The call that makes it: constructors are named like what they make. */
function call(name: Separation['name']): string {
  const constructor = name.replace(/-[a-z]/g, (letter) => letter[1].toUpperCase());
  return `${constructor}(${KINDS[name].parameters.join(', ')})`;
}

/** Checks and completes what a caller gave as a separation function of N neurons. */
export function completeSeparation(given: SeparationChoice, neurons: number): Separation {
  if (isList(given)) return readTable(given, neurons);
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(
      `separation is ${describe(given)}, expected ${separationNames()
        .filter((name) => name !== 'table')
        .map(call)
        .join(', ')} or ${neurons + 3} values`,
    );
  }
  const { complete, parameters } =
    KINDS[checkName(given.name, 'separation.name', separationNames())];
  checkOptions(given, 'separation', ['name', ...parameters]);
  return complete(given as Readonly<Record<string, unknown>>, neurons);
}

function readTable(
  given: ArrayLike<unknown>,
  neurons: number,
): Extract<Separation, { name: 'table' }> {
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
  return kindOf(separation).table(separation, neurons);
}

function kindOf({ name }: Separation): Kind<Separation> {
  return KINDS[name] as Kind<Separation>;
}

/** F at −N−2, −N, …, N+2. */
function valuesOf(F: (m: number) => number, neurons: number): Float64Array {
  return Float64Array.from({ length: neurons + 3 }, (_, k) => F(2 * k - neurons - 2));
}

/** Energies −Σ F. */
function plain(values: Float64Array): SeparationTable {
  return { values, levels: false, beta: 1, unit: 1, gain: 1 };
}

/** Energies −(1/β) ln Σ F, from ln F. */
function levels(values: Float64Array, beta: number): SeparationTable {
  return { values, levels: true, beta, unit: 1, gain: 1 };
}

/** @throws RangeError where powers leave what a double can hold: before they are computed, which would take long */
function powers(degree: number, neurons: number, F: (m: number) => number): SeparationTable {
  if (!(power(neurons + 2, degree) <= LARGEST)) {
    throw new RangeError(
      `degree is ${degree}, too large for ${neurons} neurons: (N + 2)ⁿ is above 1e290; exponential() has no such limit`,
    );
  }
  return plain(valuesOf(F, neurons));
}

/** Bytes of memory that making the table takes, what is let go on the way included. */
export function separationBytes(separation: Separation, neurons: number): number {
  return (neurons + 3) * (24 + (kindOf(separation).scratch?.(separation, neurons) ?? 0));
}

function elementaryBytes({ dimension }: { readonly dimension: number }, neurons: number): number {
  return BIG_STEP * Math.min(dimension, neurons);
}

/** xⁿ by multiplications in order, exact while it is below 2⁵³, the same on every engine. */
export function power(x: number, n: number): number {
  let product = 1;
  for (let k = 0; k < n && Math.abs(product) <= LARGEST; k++) product *= x;
  return product;
}
