/**
 * `hopfield-wasm/experiments`: what textbooks claim of associative memories, measured with error bars.
 *
 * @module hopfield-wasm/experiments
 */
export { experiment } from './define.ts';
export type {
  Definition,
  Experiment,
  ExperimentProgress,
  Extent,
  Figures,
  Plan,
  PointResult,
  RunOptions,
  Shard,
} from './experiment.ts';
export {
  runHere,
  runTrial,
  type Executor,
  type TrialTask,
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
export { attention, attentionFigure } from './attention.ts';
export type { AttentionPoint, AttentionResult, AttentionSummary } from './attention.ts';
export { dreams, dreamsFigure } from './dreams.ts';
export type { DreamsPoint, DreamsResult, DreamsSummary } from './dreams.ts';
export { forgetting, forgettingFigure } from './forgetting.ts';
export type { ForgettingPoint, ForgettingResult, ForgettingSummary } from './forgetting.ts';
export { interference, interferenceFigure } from './interference.ts';
export type { InterferencePoint, InterferenceResult, InterferenceSummary } from './interference.ts';
export { reconstruction, reconstructionFigure } from './reconstruction.ts';
export type {
  ReconstructionPoint,
  ReconstructionResult,
  ReconstructionSummary,
} from './reconstruction.ts';
export { spurious, spuriousFigure } from './spurious.ts';
export type { SpuriousPoint, SpuriousResult, SpuriousSummary } from './spurious.ts';
export {
  figureToSvg,
  figureToText,
  type Axis,
  type Figure,
  type FigurePoint,
  type Series,
} from '../plot/index.ts';
export { agrees, PUBLISHED, type Ask, type Finding, type Publication } from './published/index.ts';
