/** Layers: products, normalisation, and their gradients. */
import type { NormalisationKernels } from '../abi/normalisation.ts';
import type { TensorKernels } from '../abi/tensors.ts';
import { bytes } from '../bytes/layers.ts';
import type { Group } from '../group.ts';
import {
  layerNormBackwardF32,
  layerNormF32,
  layerNormGainF32,
  softmaxBackwardF32,
  softmaxF32,
} from '../reference/normalisation.ts';
import { addRowF32, productF32, squaredDistanceF32, sumRowsF32 } from '../reference/tensors.ts';

export type LayerGroup = TensorKernels & NormalisationKernels;

export const layerKernels: Group<LayerGroup> = {
  bytes,
  twins: {
    addRowF32,
    productF32,
    squaredDistanceF32,
    sumRowsF32,
    layerNormBackwardF32,
    layerNormF32,
    layerNormGainF32,
    softmaxBackwardF32,
    softmaxF32,
  },
};
