/** Searches on spins: annealing and mean field. */
import type { AnnealingKernels } from '../abi/annealing.ts';
import type { AverageKernels } from '../abi/averages.ts';
import type { LaneKernels } from '../abi/lanes.ts';
import { bytes } from '../bytes/annealing.ts';
import type { Group } from '../group.ts';
import {
  annealI16,
  annealI32,
  annealI8,
  annealSparse,
  turnI16,
  turnI32,
  turnI8,
  turnSparse,
} from '../reference/annealing.ts';
import { averageSweeps } from '../reference/averages.ts';
import { annealLanes, turnLanes } from '../reference/lanes.ts';

export type AnnealingGroup = AnnealingKernels & AverageKernels & LaneKernels;

export const annealingKernels: Group<AnnealingGroup> = {
  bytes,
  twins: {
    annealI16,
    annealI32,
    annealI8,
    annealSparse,
    turnI16,
    turnI32,
    turnI8,
    turnSparse,
    averageSweeps,
    annealLanes,
    turnLanes,
  },
};
