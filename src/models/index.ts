/** Everything the package's main entries offer. */
export type { RecallOptions, SweepReport } from '../dynamics/options.ts';
export type { Backend } from '../kernels/open.ts';
export type { LearningReport } from '../learning/real-rules.ts';
export type { CompleteRule, Rule } from '../learning/rules.ts';
export type { State, States } from '../patterns/states.ts';
export { Random } from '../random.ts';
export {
  BidirectionalMemory,
  type BidirectionalOptions,
  type BidirectionalRecallOptions,
  type BidirectionalResult,
  type Pair,
} from './bidirectional-memory.ts';
export {
  HopfieldNetwork,
  type DreamOptions,
  type Match,
  type NetworkOptions,
  type RecallManyResult,
  type RecallResult,
  type TrajectoryOptions,
  type TrajectoryStep,
} from './hopfield-network.ts';
