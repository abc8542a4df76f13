/** Boltzmann machines: chains, products of rows of units, sums over hidden states. */
export {
  ascendF32,
  binaryMeansF32,
  drawBinaryF32,
  drawGaussianF32,
  inputsF64,
  scaleF32,
  softplusSumsF64,
  sweepUnitsF32,
} from "../boltzmann";
export { addRowF32, productF32, squaredDistanceF32, sumRowsF32 } from "../tensors";
