/** The kernels; src/kernels/abi.ts says what each one does. */
export { countUp, shuffle } from "./random";
export { countDifferent, packSigns, readSigns, signedSum, unpackSigns } from "./signs";
export { blocksFromRows, overlaps, widenBlocks } from "./patterns";
export { addBoundedI16, addBoundedI8, addHebbianI16, addHebbianI8, addOuterI32 } from "./couplings";
export { fieldsBlocks, fieldsI16, fieldsI32, fieldsI8, finishFields } from "./fields";
export {
  countMovable,
  flipMovable,
  glauberBlocks,
  glauberI16,
  glauberI32,
  glauberI8,
  sweepBlocks,
  sweepI16,
  sweepI32,
  sweepI8,
} from "./dynamics";
export {
  changesDense,
  countMovableDense,
  flipMovableDense,
  glauberDense,
  sweepDense,
} from "./dense";
export {
  addSimplices,
  fieldsSimplices,
  glauberSimplices,
  sweepSimplices,
} from "./simplices";
export { exponential, exponentialF32, hyperbolicTangent, logarithm } from "./exponential";
export {
  gradedCorrect,
  gradedEnergy,
  gradedFields,
  gradedOutputs,
  gradedPredict,
  gradedSlope,
} from "./graded";
export { averageSweeps } from "./averages";
export {
  annealI16,
  annealI32,
  annealI8,
  annealSparse,
  turnI16,
  turnI32,
  turnI8,
  turnSparse,
} from "./annealing";
export {
  addProductF64,
  applyI32,
  couplingsToF64I16,
  couplingsToF64I32,
  couplingsToF64I8,
  largestRowSumF64,
  roundToI32,
  signsToF64,
} from "./matrices";
export {
  addCovarianceF64,
  diederichOpper,
  factorGram,
  perceptron,
  solveLower,
  storkeyF64,
} from "./learning";
export { addRowF32, productF32, squaredDistanceF32, sumRowsF32 } from "./tensors";
export {
  layerNormBackwardF32,
  layerNormF32,
  layerNormGainF32,
  softmaxBackwardF32,
  softmaxF32,
} from "./normalisation";
export { largestF32, scoresF32, selectF32, squaresF32 } from "./scores";
export { attendF32 } from "./attention";
export { combineF32 } from "./combinations";
export {
  averagesPotts,
  costsPotts,
  descendPotts,
  glauberPotts,
  likeliestPotts,
  metropolisPotts,
} from "./potts";
