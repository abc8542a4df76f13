/**
 * Optimisation by Hopfield networks and their relatives (`hopfield-wasm/optimise`).
 *
 * @module hopfield-wasm/optimise
 */
export type { Backend } from '../kernels/open.ts';
export { Random } from '../random.ts';

// Solvers
export { anneal, type AnnealOptions } from './anneal.ts';
export { descend } from './descend.ts';
export { exact, type ExactOptions } from './exact.ts';
export type { MeanFieldOptions } from './averaging.ts';
export { localSearch, type LocalSearchOptions } from './local-search.ts';
export { meanField } from './mean-field.ts';
export { potts } from './potts.ts';
export type { CoolingOptions, SearchOptions, SearchProgress } from './options.ts';
export type { SearchResult } from './search.ts';
export { solve, type Alternative, type SolveOptions, type Solved } from './solve.ts';

// Models
export { IsingModel, type IsingOptions, type QuboOptions } from './ising-model.ts';
export type { IsingCouplings, IsingEntry, QuboEntries, SquareMatrix } from './ising/read.ts';
export type { Model } from './model.ts';
export { PottsModel } from './potts-model.ts';
export type { PottsOptions } from './potts/options.ts';
export type { PottsPair, PairColumns } from './potts/read.ts';

// Problems
export type { Cities, PlacedCities } from './tours/distances.ts';
export type { Metric, Point } from './tours/metric.ts';
export type { GivenGraph, Graph } from './graph.ts';
export type { Problem, ProblemOptions, Solver } from './problem.ts';
export { colouring, type Colouring } from './problems/colouring.ts';
export { constraintProblem, type Assignment } from './problems/constraint-problem.ts';
export type { Bounds, Constraint, Domains, Value } from './constraints/constraint.ts';
export {
  hopfieldTank,
  type HopfieldTankOptions,
  type HopfieldTankResult,
} from './problems/hopfield-tank.ts';
export { maxCut } from './problems/max-cut.ts';
export { numberPartition } from './problems/number-partition.ts';
export { qubo } from './problems/qubo.ts';
export { queens, type Queens } from './problems/queens.ts';
export { sudoku, type SudokuGrid } from './problems/sudoku.ts';
export { travellingSalesman, type TourSolution } from './problems/travelling-salesman.ts';
export { twoOpt } from './tours/two-opt.ts';

// Files
export { readDimacsGraph } from './readers/dimacs.ts';
export { readGset } from './readers/gset.ts';
export { readQubo } from './readers/qubo.ts';
export { readSudoku } from './readers/sudoku.ts';
export { readTsplib, type TsplibProblem } from './readers/tsplib.ts';
export { readTsplibTour, writeTsplibTour } from './readers/tsplib-tour.ts';
