/**
 * Hopfield layers and what it takes to train them (`hopfield-wasm/layers`).
 *
 * @module hopfield-wasm/layers
 */
export type { Backend } from '../kernels/open.ts';
export { Random } from '../random.ts';
export { Adam, type AdamOptions } from './adam.ts';
export {
  Association,
  type AssociationGradients,
  type AssociationInputs,
  type AssociationOptions,
} from './association.ts';
export type { AttentionOptions, Choice, Norm } from './attention-options.ts';
export { Dropout, type DropoutOptions } from './dropout.ts';
export { group } from './group.ts';
export { Linear, type LinearOptions } from './linear.ts';
export { loadParameters, type LoadOptions } from './load-parameters.ts';
export { Lookup, type LookupGradients, type LookupInputs, type LookupOptions } from './lookup.ts';
export { binaryCrossEntropy, softmaxCrossEntropy, type Loss } from './losses.ts';
export type { BooleanMask, Mask } from './masks.ts';
export type { Module, NamedTensors, Trainable } from './module.ts';
export type { Optimiser } from './optimiser.ts';
export {
  Pooling,
  type PoolingGradients,
  type PoolingInputs,
  type PoolingOptions,
} from './pooling.ts';
export { Relu } from './relu.ts';
export { readSafetensors, writeSafetensors, type SafetensorsFile } from './safetensors.ts';
export { Sgd, type SgdOptions } from './sgd.ts';
export { SimplicialAssociation } from './simplicial-association.ts';
export type { SimplicialAssociationOptions } from './simplicial-options.ts';
export { tensor, zeros, type Tensor } from './tensor.ts';
export { without } from './without.ts';
