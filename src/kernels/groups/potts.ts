/** Searches on groups of variables of which one is on. */
import type { PottsKernels } from '../abi/potts.ts';
import { bytes } from '../bytes/potts.ts';
import type { Group } from '../group.ts';
import {
  averagesPotts,
  costsPotts,
  descendPotts,
  glauberPotts,
  likeliestPotts,
  metropolisPotts,
} from '../reference/potts.ts';

export type PottsGroup = PottsKernels;

export const pottsKernels: Group<PottsGroup> = {
  bytes,
  twins: { averagesPotts, costsPotts, descendPotts, glauberPotts, likeliestPotts, metropolisPotts },
};
