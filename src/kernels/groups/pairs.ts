/** Attention to pairs of stored patterns. */
import type { PairKernels } from '../abi/pairs.ts';
import { bytes } from '../bytes/pairs.ts';
import type { Group } from '../group.ts';
import { attendPairsBackwardF32, attendPairsF32 } from '../reference/pairs.ts';

export const pairKernels: Group<PairKernels> = {
  bytes,
  twins: { attendPairsBackwardF32, attendPairsF32 },
};
