/** Graded neurons in continuous time. */
export {
  gradedCorrect,
  gradedEnergy,
  gradedFields,
  gradedOutputs,
  gradedPredict,
  gradedSlope,
} from "../graded";
export { hyperbolicTangent } from "../exponential";
