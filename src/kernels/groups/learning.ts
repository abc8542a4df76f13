/** Real couplings: the rules that need them, and their rounding to integers. */
import type { LearningKernels } from '../abi/learning.ts';
import type { MatrixKernels } from '../abi/matrices.ts';
import { bytes } from '../bytes/learning.ts';
import type { Group } from '../group.ts';
import {
  addCovarianceF64,
  diederichOpper,
  factorGram,
  minimalOverlap,
  perceptron,
  solveLower,
  storkeyF64,
} from '../reference/learning.ts';
import {
  addProductF64,
  applyI32,
  couplingsToF64I16,
  couplingsToF64I32,
  couplingsToF64I8,
  largestRowSumF64,
  roundToI32,
  signsToF64,
} from '../reference/matrices.ts';

export type LearningGroup = MatrixKernels & LearningKernels;

export const learningKernels: Group<LearningGroup> = {
  bytes,
  twins: {
    addProductF64,
    applyI32,
    couplingsToF64I16,
    couplingsToF64I32,
    couplingsToF64I8,
    largestRowSumF64,
    roundToI32,
    signsToF64,
    addCovarianceF64,
    diederichOpper,
    factorGram,
    minimalOverlap,
    perceptron,
    solveLower,
    storkeyF64,
  },
};
