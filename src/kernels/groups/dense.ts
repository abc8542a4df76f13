/** Dense memories: energies that are sums of a function of each overlap. */
import type { DenseKernels } from '../abi/dense.ts';
import type { ElementaryKernels } from '../abi/exponential.ts';
import { bytes } from '../bytes/dense.ts';
import type { Group } from '../group.ts';
import {
  changesDense,
  countMovableDense,
  flipMovableDense,
  glauberDense,
  sweepDense,
} from '../reference/dense.ts';
import { exponential, logarithm } from '../reference/exponential.ts';

export type DenseGroup = DenseKernels & Pick<ElementaryKernels, 'exponential' | 'logarithm'>;

export const denseKernels: Group<DenseGroup> = {
  bytes,
  twins: {
    changesDense,
    countMovableDense,
    flipMovableDense,
    glauberDense,
    sweepDense,
    exponential,
    logarithm,
  },
};
