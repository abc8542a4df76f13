/** Real couplings: the rules that need them, and their rounding to integers. */
export {
  addProductF64,
  applyI32,
  couplingsToF64I16,
  couplingsToF64I32,
  couplingsToF64I8,
  largestRowSumF64,
  roundToI32,
  signsToF64,
} from "../matrices";
export {
  addCovarianceF64,
  diederichOpper,
  factorGram,
  minimalOverlap,
  perceptron,
  solveLower,
  storkeyF64,
} from "../learning";
