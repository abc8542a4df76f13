/** All states of spins. */
import type { EnumerationKernels } from '../abi/enumeration.ts';
import { bytes } from '../bytes/enumeration.ts';
import type { Group } from '../group.ts';
import { enumerateSpins } from '../reference/enumeration.ts';

export type EnumerationGroup = EnumerationKernels;

export const enumerationKernels: Group<EnumerationGroup> = {
  bytes,
  twins: { enumerateSpins },
};
