/** Boltzmann machines (`hopfield-wasm/boltzmann`). */
export type { Backend } from '../kernels/open.ts';
export type { LoadOptions } from '../models/saved-model.ts';
export { Random } from '../random.ts';
export { BoltzmannMachine, type BoltzmannOptions } from './boltzmann-machine.ts';
export type { LogPartition, LogPartitionOptions } from './log-partition.ts';
export type { MachineOptions } from './options.ts';
export type { PairTrainingReport } from './pair-training.ts';
export {
  RestrictedBoltzmannMachine,
  type Averages,
  type GivenWeights,
} from './restricted-boltzmann-machine.ts';
export type { SampleOptions, SampleResult } from './sampling.ts';
export type { TrainingOptions } from './training-options.ts';
export type { TrainingReport } from './training.ts';
