/**
 * The travelling salesman on graded neurons (Hopfield & Tank 1985), as it was first done, for teaching.
 *
 * Neuron (X, i) says that city X is at position i of the tour. With sums over all indices, positions modulo N,
 *
 *     E = A/2 Σ_X Σ_{i≠j} V_Xi V_Xj + B/2 Σ_i Σ_{X≠Y} V_Xi V_Yi + C/2 (Σ V_Xi − n)²
 *       + D/2 Σ_{X≠Y} Σ_i d_XY V_Xi (V_Y,i+1 + V_Y,i−1)
 *
 * so T_Xi,Yj = −A δ_XY (1 − δ_ij) − B δ_ij (1 − δ_XY) − C − D d_XY (δ_j,i+1 + δ_j,i−1), and every input is C·n.
 */
import { ln } from '../../elementary.ts';
import { checkNumber, checkOptions, checkPositiveInteger } from '../../checks.ts';
import type { Backend } from '../../kernels/open.ts';
import { GradedHopfieldNetwork } from '../../models/graded-hopfield-network.ts';
import type { GradedStep } from '../../models/graded/results.ts';
import { checkWatchers, Pauses, type StopSignal } from '../../pacing.ts';
import { checkedSeed, drawSeed, Random } from '../../random.ts';
import { readDistances, tourLength, type Cities, type Distances } from '../tours/distances.ts';
import { tourViolations } from '../tours/tour.ts';

export interface HopfieldTankOptions {
  /** Penalty for a city at two positions. Default 500. */
  A?: number;
  /** Penalty for a position with two cities. Default 500. */
  B?: number;
  /** Penalty for another number of neurons that are on than `n`. Default 200. */
  C?: number;
  /** What a unit of length costs. Default 500, meant for cities in a square of side 1. */
  D?: number;
  /** The number of neurons that should be on, as the paper shifts it. Default 1.5 a city: 15 for ten. */
  n?: number;
  /** Width of the neurons' response, V = ½(1 + tanh(u/u₀)), from 10⁻²⁹ to 10²⁹. Default 0.02. */
  u0?: number;
  /** Runs, each from a random beginning of its own. Default 20. */
  runs?: number;
  /** An integer from 0 to 2³² − 1; drawn afresh, and reported, when not given. */
  seed?: number;
  /** An AbortSignal. There is no result then: what the signal gives is thrown. */
  signal?: StopSignal;
  /** Called after each run with how many are done. */
  onProgress?: (done: number) => void;
  /** `'auto'` (default): WebAssembly where it runs, the TypeScript reference elsewhere. */
  backend?: Backend;
}

export interface HopfieldTankResult {
  /** The shortest tour of all runs, from city 0; undefined when none ended in a tour. */
  tour: number[] | undefined;
  /** Its length. */
  cost: number | undefined;
  /** How many runs ended in a tour. */
  valid: number;
  runs: number;
  /** The length each run came to, NaN where it ended in no tour. */
  costs: Float64Array;
  /** Outputs at the end of the run with the shortest tour, or of the last one: city X at position i is X·N + i. */
  outputs: Float64Array;
  /** What keeps these outputs from being a tour, in words; empty when they are one. */
  violations: string[];
  seed: number;
}

/** Steps after which a run is given up. */
const MOST_STEPS = 200_000;

/** A run is over when no |du/dt| is above this part of the largest of A, B, C, D: what is decided stays (measured). */
const REST = 0.02;

/** Couplings and time grow with N⁴: a run takes about half a minute at this size. */
const MOST_CITIES = 30;

const NAMES = ['A', 'B', 'C', 'D', 'n', 'u0', 'runs', 'seed', 'signal', 'onProgress', 'backend'];

/**
 * Runs the network of Hopfield & Tank, τ = 1, from potentials at which all outputs are 1/N, give or take ±0.1·u₀.
 *
 * This is known not to be reliable: Wilson & Pawley (1988) could not reproduce the paper's success and found a valid tour
 * in about one run of seven. Here it is about one of five for the paper's ten cities, and those tours are a fifth too
 * long (docs/graded.md). More cities are worse. For good tours take `travellingSalesman`.
 *
 * @param cities - points, or symmetric distances; 2 to 30
 * @param options - all optional; the defaults are the paper's
 * @throws TypeError, RangeError for bad cities or options
 */
export async function hopfieldTank(
  cities: Cities,
  options: HopfieldTankOptions = {},
): Promise<HopfieldTankResult> {
  checkOptions(options, 'Hopfield–Tank options', NAMES);
  checkWatchers(options.signal, options.onProgress);
  const distances = readDistances(cities);
  const N = checkNumber(
    distances.cities,
    'the number of cities',
    `2 to ${MOST_CITIES}`,
    (count) => {
      return count >= 2 && count <= MOST_CITIES;
    },
  );
  const runs = checkPositiveInteger(options.runs ?? 20, 'runs');
  const seed = options.seed === undefined ? drawSeed() : checkedSeed(options.seed);
  const u0 = checkNumber(options.u0 ?? 0.02, 'u0', 'a number from 1e-29 to 1e29', (x) => {
    return x >= 1e-29 && x <= 1e29;
  });
  const weights = readWeights(options);
  const network = tourNetwork(distances, u0, weights, options);
  const rest = REST * Math.max(...Object.values(weights));
  const pauses = new Pauses();
  const costs = new Float64Array(runs).fill(NaN);
  let best = -1;
  let outputs = new Float64Array(0);
  for (let run = 0; run < runs; run++) {
    options.signal?.throwIfAborted();
    const end = await fall(network, beginning(N, u0, seed, run), rest, pauses, options.signal);
    const tour = tourOf(end, N);
    if (tourViolations(tour, N).length === 0) costs[run] = tourLength(tour, distances);
    if (best < 0 || costs[run] < costs[best]) {
      outputs = end;
      if (!Number.isNaN(costs[run])) best = run;
    }
    options.onProgress?.(run + 1);
  }
  const found = tourOf(outputs, N);
  const valid = costs.filter((cost) => !Number.isNaN(cost)).length;
  const tour = best < 0 ? undefined : fromCityZero(found);
  return {
    tour,
    cost: tour && tourLength(tour, distances),
    valid,
    runs,
    costs,
    outputs,
    violations: violationsOf(outputs, N),
    seed,
  };
}

/** What the four parts of E count. */
interface Weights {
  readonly A: number;
  readonly B: number;
  readonly C: number;
  readonly D: number;
}

function readWeights({ A = 500, B = 500, C = 200, D = 500 }: HopfieldTankOptions): Weights {
  for (const [name, value] of Object.entries({ A, B, C, D })) {
    checkNumber(value, name, 'a number, 0 or more', (x) => x >= 0);
  }
  return { A, B, C, D };
}

function tourNetwork(
  { cities: N, between }: Distances,
  u0: number,
  { A, B, C, D }: Weights,
  options: HopfieldTankOptions,
): GradedHopfieldNetwork {
  const n = checkNumber(options.n ?? 1.5 * N, 'n', 'a number above 0', (x) => x > 0);
  const T = new Float64Array(N ** 4);
  let at = 0;
  for (let X = 0; X < N; X++) {
    for (let i = 0; i < N; i++) {
      for (let Y = 0; Y < N; Y++) {
        for (let j = 0; j < N; j++) {
          const row = X === Y && i !== j ? A : 0;
          const column = X !== Y && i === j ? B : 0;
          const near = Number(j === (i + 1) % N) + Number(i === (j + 1) % N);
          T[at++] = 0 - row - column - C - D * between(X, Y) * near;
        }
      }
    }
  }
  const { backend } = options;
  const inputs = C * n;
  return GradedHopfieldNetwork.fromCouplings(T, {
    activation: 'logistic',
    gain: 1 / u0,
    inputs,
    backend,
  });
}

/** Potentials at which all outputs are 1/N, u₀·artanh(2/N − 1), give or take a tenth of u₀. */
function beginning(N: number, u0: number, seed: number, run: number): Float64Array {
  const random = new Random(seed, run);
  const middle = -0.5 * u0 * ln(N - 1);
  return Float64Array.from({ length: N * N }, () => middle + u0 * (0.2 * random.real() - 0.1));
}

/** Outputs of the network at rest. */
async function fall(
  network: GradedHopfieldNetwork,
  u: Float64Array,
  rest: number,
  pauses: Pauses,
  signal: StopSignal | undefined,
): Promise<Float64Array<ArrayBuffer>> {
  let last: GradedStep | undefined;
  for (const step of network.trajectory(u, { maxSteps: MOST_STEPS, tolerance: rest })) {
    last = step;
    if (!pauses.due) continue;
    await pauses.pause();
    signal?.throwIfAborted();
  }
  return last!.outputs as Float64Array<ArrayBuffer>;
}

/** The city whose neuron is on, at each position; −1 where there is not one. */
function tourOf(outputs: Float64Array, N: number): number[] {
  return Array.from({ length: N }, (_, i) => {
    const on = Array.from({ length: N }, (_, X) => X).filter((X) => outputs[X * N + i] > 0.5);
    return on.length === 1 ? on[0] : -1;
  });
}

function violationsOf(outputs: Float64Array, N: number): string[] {
  const tour = tourOf(outputs, N);
  const empty = tour.flatMap((city, i) => (city < 0 ? [`position ${i} has not one city`] : []));
  return empty.length > 0 ? empty : tourViolations(tour, N);
}

/** The same tour from city 0 on. */
function fromCityZero(tour: readonly number[]): number[] {
  const at = tour.indexOf(0);
  return [...tour.slice(at), ...tour.slice(0, at)];
}
