/** Graded neurons in continuous time. */
import type { ElementaryKernels } from '../abi/exponential.ts';
import type { GradedKernels } from '../abi/graded.ts';
import { bytes } from '../bytes/graded.ts';
import type { Group } from '../group.ts';
import { hyperbolicTangent } from '../reference/exponential.ts';
import {
  gradedCorrect,
  gradedEnergy,
  gradedFields,
  gradedOutputs,
  gradedPredict,
  gradedSlope,
} from '../reference/graded.ts';

export type GradedGroup = GradedKernels & Pick<ElementaryKernels, 'hyperbolicTangent'>;

export const gradedKernels: Group<GradedGroup> = {
  bytes,
  twins: {
    gradedCorrect,
    gradedEnergy,
    gradedFields,
    gradedOutputs,
    gradedPredict,
    gradedSlope,
    hyperbolicTangent,
  },
};
