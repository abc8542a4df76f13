/** Layers: products, normalisation, and their gradients. */
export { addRowF32, productF32, squaredDistanceF32, sumRowsF32 } from "../tensors";
export {
  layerNormBackwardF32,
  layerNormF32,
  layerNormGainF32,
  softmaxBackwardF32,
  softmaxF32,
} from "../normalisation";
