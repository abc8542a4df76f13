/** `hopfield-wasm/experiments`: what textbooks claim of associative memories, measured with error bars. */
export {
  experiment,
  type Definition,
  type Experiment,
  type ExperimentProgress,
  type Extent,
  type Figures,
  type Plan,
  type PointResult,
  type RunOptions,
  type Shard,
} from './experiment.ts';
export {
  runHere,
  runTask,
  type Executor,
  type Task,
  type TrialFunction,
  type TrialModule,
  type Work,
} from './executor.ts';
export type { Plain } from './plain.ts';
export {
  byPoint,
  formatRecord,
  mergeRecords,
  parseRecords,
  trialSeed,
  type TrialRecord,
} from './records.ts';
export {
  crossing,
  extrapolate,
  jackknife,
  meanOf,
  shareOf,
  type Estimate,
  type Measured,
} from './statistics.ts';
export { EXPERIMENTS, type ExperimentName } from './table.ts';
export { capacity, capacityFigure, criticalLoad } from './capacity.ts';
export type { CapacityPoint, CapacityResult, CriticalLoad } from './capacity.ts';
export { models, modelsFigure, type ModelsPoint, type ModelsResult } from './models.ts';
export { noise, noiseFigure, basinFigure } from './noise.ts';
export type { NoisePoint, NoiseResult, NoiseSummary } from './noise.ts';
export { damage, damageFigure, silencedFigure } from './damage.ts';
export type { DamageKind, DamagePoint, DamageResult } from './damage.ts';
export { planeFigure, temperature, temperatureFigure } from './temperature.ts';
export type { TemperaturePoint, TemperatureResult, TemperatureSummary } from './temperature.ts';
export type { MemoryName, MemoryText } from './memory.ts';
export type { RetrievalSummary } from './retrieval.ts';
export {
  figureToSvg,
  figureToText,
  type Axis,
  type Figure,
  type FigurePoint,
  type Series,
} from '../plot/index.ts';
export { spurious, spuriousFigure, type SpuriousPoint, type SpuriousResult } from './spurious.ts';
export {
  interference,
  listsFigure,
  correlatedFigure,
  type InterferencePoint,
  type InterferenceResult,
} from './interference.ts';
export {
  forgetting,
  forgettingFigure,
  type ForgettingPoint,
  type ForgettingResult,
} from './forgetting.ts';
export {
  reconstruction,
  errorsFigure,
  overlapFigure,
  type ReconstructionPoint,
  type ReconstructionResult,
} from './reconstruction.ts';
export { dreams, dreamsFigure, type DreamsPoint, type DreamsResult } from './dreams.ts';
