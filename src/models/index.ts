/** Everything the package's main entries offer. */
export type { Among } from '../patterns/among.ts';
export type { RecallOptions, SweepReport, TrajectoryOptions } from '../dynamics/options.ts';
export type { Backend } from '../kernels/open.ts';
export type { DreamOptions } from '../learning/dreaming.ts';
export type { LearningReport } from '../learning/rules/rule.ts';
export type { CompleteRule, Rule } from '../learning/rules/index.ts';
export type { Forgotten, Label, StoreOptions } from '../patterns/labels.ts';
export { corrupt, type Corruption, type Occlusion } from '../patterns/corrupt.ts';
export type { State, States } from '../patterns/states.ts';
export {
  exponential,
  exponentialSimplicial,
  polynomial,
  rectifiedPolynomial,
  simplicial,
  type Separation,
  type SeparationChoice,
} from '../dynamics/separation.ts';
export type { SequenceSeparation } from '../dynamics/sequence-separation.ts';
export type { Slowness } from '../dynamics/sequence-step.ts';
export { Random } from '../random.ts';
export type { AssociativeMemory } from './associative-memory.ts';
export {
  attractors,
  classify,
  type Attractor,
  type Census,
  type CensusOptions,
  type Kind,
} from './attractors.ts';
export type { Model } from './model.ts';
export {
  BidirectionalMemory,
  type BidirectionalOptions,
  type BidirectionalRecallOptions,
  type BidirectionalResult,
  type Pair,
} from './bidirectional-memory.ts';
export {
  calibrate,
  type CalibrateOptions,
  type Calibration,
  type Similarities,
} from './calibrate.ts';
export { DenseAssociativeMemory, type DenseOptions } from './dense-associative-memory.ts';
export {
  diagnose,
  type ClassicalDiagnosis,
  type DenseDiagnosis,
  type ModernDiagnosis,
  type PatternDiagnosis,
  type VectorDiagnosis,
} from './diagnose.ts';
export { GradedHopfieldNetwork } from './graded-hopfield-network.ts';
export type { GradedResult, GradedStep } from './graded/results.ts';
export type { GradedOptions, GradedRunOptions } from './graded/options.ts';
export { HopfieldNetwork } from './hopfield-network.ts';
export type { Match } from './match.ts';
export { ModernHopfieldNetwork } from './modern-hopfield-network.ts';
export type { ModernOptions, ModernRecallOptions, Similarity } from './modern/options.ts';
export type { ModernSeparation } from './modern/separations.ts';
export type {
  AttentionWeights,
  ModernManyResult,
  ModernMatch,
  ModernResult,
} from './modern/results.ts';
export type { ModernStoreOptions, Vector, Vectors } from './modern/vectors.ts';
export type { NetworkOptions } from './network-options.ts';
export {
  SequenceMemory,
  type SequenceStep,
  type SequenceStoreOptions,
  type StoredSequence,
} from './sequence-memory.ts';
export type { SequenceOptions, SequenceRecallOptions } from './sequence/options.ts';
export { SimplicialHopfieldNetwork } from './simplicial-hopfield-network.ts';
export type { Connections, SimplicialOptions } from './simplicial/options.ts';
export type { Bytes } from './save-format.ts';
export type { LoadOptions } from './saved-model.ts';
export type { RecallManyResult, RecallResult, TrajectoryStep } from './results.ts';
