/**
 * Solvers on random problems whose optimum is known: how many runs come to it, and how many to anything valid, against the sweeps of
 * a run (Hopfield & Tank 1985; Wilson & Pawley 1988; Peterson & Söderberg 1989).
 */
import { checkName } from '../checks.ts';
import {
  anneal,
  colouring,
  descend,
  exact,
  IsingModel,
  localSearch,
  meanField,
  potts,
  solve,
  travellingSalesman,
  type Problem,
  type Solver,
  type TourSolution,
} from '../optimise/index.ts';
import type { Figure } from '../plot/figure.ts';
import { Random } from '../random.ts';
import type { PointResult } from './experiment.ts';
import { BARLESS_NOTE, barless, distinct, networksNote, seriesBy } from './figures.ts';
import { builtIn } from './kind.ts';
import { numberSetting, numbersSetting, textsSetting } from './settings.ts';
import { shareOf, type Estimate } from './statistics.ts';

const PROBLEMS = ['spins', 'tours', 'colourings'] as const;
const SOLVERS = ['descend', 'mean-field', 'anneal', 'local-search'] as const;

export type OptimiseProblem = (typeof PROBLEMS)[number];
export type OptimiseSolver = (typeof SOLVERS)[number];

export interface OptimisePoint {
  problem: OptimiseProblem;
  solver: OptimiseSolver;
  sweeps: number;
  /** Spins, cities or vertices. */
  size: number;
  runs: number;
}

/** One instance. */
export interface OptimiseTrial {
  /** Runs that came to the best there is. */
  optimal: number;
  /** Runs whose state broke nothing, before it was mended. */
  valid: number;
}

export interface OptimiseSummary {
  optimal: Estimate;
  valid: Estimate;
}

export type OptimiseResult = PointResult<OptimisePoint, OptimiseSummary>;

const settings = {
  problem: textsSetting<OptimiseProblem>(
    `random problems: ${PROBLEMS.join(', ')}`,
    ['spins', 'tours'],
    (value, name) => checkName(value, name, PROBLEMS),
  ),
  solver: textsSetting<OptimiseSolver>(`solvers: ${SOLVERS.join(', ')}`, SOLVERS, (value, name) =>
    checkName(value, name, SOLVERS),
  ),
  sweeps: numbersSetting('sweeps of a run', [1, 3, 10, 30, 100, 300, 1000], {
    least: 1,
    most: 1e6,
    integer: true,
  }),
  spins: numberSetting('spins with couplings of ±1 between all', 20, {
    least: 2,
    most: 30,
    integer: true,
  }),
  cities: numberSetting('cities in a square', 9, { least: 3, most: 12, integer: true }),
  vertices: numberSetting('vertices of graphs that three colours suffice for', 60, {
    least: 3,
    most: 1000,
    integer: true,
  }),
  runs: numberSetting('runs on each instance', 20, { least: 1, most: 1e4, integer: true }),
};

/**
 * Shares of runs that come to the optimum, and of runs that need no mending, against their sweeps.
 *
 * ```ts
 * for await (const { problem, solver, sweeps, optimal } of optimise({ sweeps: [10, 100], seed: 7 })) {
 *   console.log(problem, solver, sweeps, optimal.value);
 * }
 * ```
 *
 * A trial is one instance. Spins: Sherrington and Kirkpatrick's glass, the lowest energy by `exact`. Tours: points in a square, the
 * shortest by dynamic programming (Held & Karp 1962); two cities in one position are no valid tour, and are mended by linear
 * assignment before the length is measured. Colourings: three classes with edges between them, 2.3 for each vertex, so that no
 * conflict is the optimum. `descend` falls until it stops, whatever the sweeps. `error` is about the share of optimal runs.
 *
 * @param options - `problem`, `solver`, `sweeps`, `spins`, `cities`, `vertices`, `runs`, `trials` (default 20), `error`, `mostTrials`,
 *   `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const optimise = /* @__PURE__ */ builtIn({
  name: 'optimise',
  question: 'solvers on small problems: share of optimal and of valid runs against sweeps',
  settings,
  usualTrials: 20,
  points({ problem, solver, sweeps, spins, cities, vertices, runs }): OptimisePoint[] {
    const sizes = { spins, tours: cities, colourings: vertices };
    return problem.flatMap((problem) =>
      solver.flatMap((solver) =>
        sweeps.map((sweeps) => ({ problem, solver, sweeps, size: sizes[problem], runs })),
      ),
    );
  },
  async trial(point: OptimisePoint, seed): Promise<OptimiseTrial> {
    if (point.problem === 'spins') {
      const problem = glass(point.size, seed);
      const { energy } = await exact(problem.model);
      const solvers = { descend, anneal, 'mean-field': meanField, 'local-search': localSearch };
      return judged<Int8Array, Int8Array>(
        problem,
        solvers[point.solver],
        energy,
        point,
        seed,
        () => true,
      );
    }
    const solvers = { descend, anneal, 'mean-field': potts, 'local-search': localSearch };
    const solver = solvers[point.solver];
    if (point.problem === 'tours') {
      const random = new Random(seed);
      const cities = Array.from(
        { length: point.size },
        () => [random.real(), random.real()] as const,
      );
      const problem = travellingSalesman(cities);
      const isValid = ({ collisions }: TourSolution) => collisions === 0;
      const shortest = shortestTour(cities);
      return judged<TourSolution, Int32Array>(problem, solver, shortest, point, seed, isValid);
    }
    const problem = planted(point.size, seed);
    const isValid = (_: number[], violations: string[]) => violations.length === 0;
    return judged<number[], Int32Array>(problem, solver, 0, point, seed, isValid);
  },
  summarise({ runs }: OptimisePoint, trials: readonly OptimiseTrial[]): OptimiseSummary {
    const share = (of: keyof OptimiseTrial) =>
      shareOf(
        trials.map((trial) => trial[of]),
        runs,
      );
    return { optimal: share('optimal'), valid: share('valid') };
  },
  precision: ({ optimal }: OptimiseSummary) => optimal,
  figures: { optimal: optimiseFigure, valid: validFigure },
});

/** Runs one after the other, each with a seed of its own. */
async function judged<Solution, State>(
  problem: Problem<Solution, State>,
  solver: Solver<State>,
  optimum: number,
  { sweeps, runs, solver: name }: OptimisePoint,
  seed: number,
  isValid: (solution: Solution, violations: string[]) => boolean,
): Promise<OptimiseTrial> {
  const found = { optimal: 0, valid: 0 };
  for (let run = 0; run < runs; run++) {
    const { cost, solution, violations } = await solve<Solution, State>(problem, {
      solver,
      seed: (seed + run) >>> 0,
      restarts: 1,
      ...(name !== 'descend' && { sweeps }),
    });
    // Lengths are added up in another order than that of the optimum.
    if (cost <= optimum + 1e-9 * Math.abs(optimum)) found.optimal++;
    if (isValid(solution, violations)) found.valid++;
  }
  return found;
}

/** Couplings of ±1 between all spins. */
function glass(spins: number, seed: number): Problem<Int8Array, Int8Array> {
  const random = new Random(seed);
  const entries: [number, number, number][] = [];
  for (let i = 0; i < spins; i++) {
    for (let j = i + 1; j < spins; j++) entries.push([i, j, random.below(2) === 0 ? 1 : -1]);
  }
  const model = new IsingModel(spins, { couplings: { entries } });
  return {
    model,
    solver: anneal,
    target: -Infinity,
    encode: (state) => state,
    decode: (state) => state,
    check: () => [],
    cost: (state) => model.energy(state),
  };
}

/** A graph whose vertices have three classes with no edge inside: 2.3 edges for each vertex. */
function planted(vertices: number, seed: number): Problem<number[], Int32Array> {
  const random = new Random(seed);
  const edges: [number, number][] = [];
  while (edges.length < 2.3 * vertices) {
    const [a, b] = [random.below(vertices), random.below(vertices)];
    if (a % 3 !== b % 3) edges.push([a, b]);
  }
  return colouring({ vertices, edges }, 3);
}

/** The length of the shortest tour, by the shortest ways from city 0 through each set of others (Held & Karp 1962). O(2ⁿ n²). */
function shortestTour(cities: readonly (readonly [number, number])[]): number {
  const others = cities.length - 1;
  const between = (a: number, b: number): number => {
    const [x, y] = [cities[a][0] - cities[b][0], cities[a][1] - cities[b][1]];
    return Math.sqrt(x * x + y * y);
  };
  const ways = new Float64Array((1 << others) * others).fill(Infinity);
  for (let last = 0; last < others; last++)
    ways[(1 << last) * others + last] = between(others, last);
  for (let set = 1; set < 1 << others; set++) {
    for (let last = 0; last < others; last++) {
      const way = ways[set * others + last];
      if (way === Infinity) continue;
      for (let next = 0; next < others; next++) {
        if ((set >> next) & 1) continue;
        const at = (set | (1 << next)) * others + next;
        ways[at] = Math.min(ways[at], way + between(last, next));
      }
    }
  }
  const all = ways.subarray(((1 << others) - 1) * others);
  return all.reduce((least, way, last) => Math.min(least, way + between(last, others)), Infinity);
}

function nameOf(results: readonly OptimiseResult[]): (result: OptimiseResult) => string {
  const several = distinct(results.map(({ problem }) => problem));
  return ({ problem, solver }) => (several ? `${problem}, ${solver}` : solver);
}

function figureOf(
  results: readonly OptimiseResult[],
  title: string,
  label: string,
  y: (result: OptimiseResult) => Estimate,
): Figure {
  const sizes = [...new Set(results.map(({ size, problem }) => `${size} ${UNITS[problem]}`))];
  return {
    title,
    x: { label: 'sweeps of a run', scale: 'log' },
    y: { label, min: 0, max: 1 },
    series: seriesBy(results, nameOf(results), ({ sweeps }) => sweeps, y).map(barless),
    notes: [
      `${sizes.join(', ')}; ${results[0].runs} runs on each instance, a network of its own.`,
      `${networksNote(results)} ${BARLESS_NOTE}`,
    ],
  };
}

const UNITS: Record<OptimiseProblem, string> = {
  spins: 'spins',
  tours: 'cities',
  colourings: 'vertices',
};

/** Shares of runs that came to the optimum, against sweeps. */
export function optimiseFigure(results: readonly OptimiseResult[]): Figure {
  const y = ({ optimal }: OptimiseResult): Estimate => optimal;
  return figureOf(results, 'Optimal runs', 'share of runs that are optimal', y);
}

/** Shares of runs that needed no mending, against sweeps. */
export function validFigure(results: readonly OptimiseResult[]): Figure {
  const y = ({ valid }: OptimiseResult): Estimate => valid;
  return figureOf(results, 'Valid runs', 'share of runs that are valid', y);
}
