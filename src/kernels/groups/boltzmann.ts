/** Boltzmann machines: chains, products of rows of units, sums over hidden states. */
import type { BoltzmannKernels } from '../abi/boltzmann.ts';
import type { TensorKernels } from '../abi/tensors.ts';
import { bytes } from '../bytes/boltzmann.ts';
import type { Group } from '../group.ts';
import {
  ascendF32,
  binaryMeansF32,
  drawBinaryF32,
  drawGaussianF32,
  inputsF64,
  scaleF32,
  softplusSumsF64,
  sweepUnitsF32,
} from '../reference/boltzmann.ts';
import { addRowF32, productF32, squaredDistanceF32, sumRowsF32 } from '../reference/tensors.ts';

export type BoltzmannGroup = BoltzmannKernels & TensorKernels;

export const boltzmannKernels: Group<BoltzmannGroup> = {
  bytes,
  twins: {
    ascendF32,
    binaryMeansF32,
    drawBinaryF32,
    drawGaussianF32,
    inputsF64,
    scaleF32,
    softplusSumsF64,
    sweepUnitsF32,
    addRowF32,
    productF32,
    squaredDistanceF32,
    sumRowsF32,
  },
};
