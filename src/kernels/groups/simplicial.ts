/** Couplings of more than two neurons, kept as lists. */
import type { DynamicsKernels } from '../abi/dynamics.ts';
import type { SimplexKernels } from '../abi/simplices.ts';
import { bytes } from '../bytes/simplicial.ts';
import type { Group } from '../group.ts';
import { countMovable, flipMovable } from '../reference/dynamics.ts';
import {
  addSimplices,
  fieldsSimplices,
  glauberSimplices,
  sweepSimplices,
} from '../reference/simplices.ts';

export type SimplicialGroup = Pick<DynamicsKernels, 'countMovable' | 'flipMovable'> &
  SimplexKernels;

export const simplicialKernels: Group<SimplicialGroup> = {
  bytes,
  twins: {
    countMovable,
    flipMovable,
    addSimplices,
    fieldsSimplices,
    glauberSimplices,
    sweepSimplices,
  },
};
