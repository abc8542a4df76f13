/** Continuous memories: scores of queries with stored vectors, and averages of those. */
import type { AttentionKernels } from '../abi/attention.ts';
import type { CombinationKernels } from '../abi/combinations.ts';
import type { ElementaryKernels } from '../abi/exponential.ts';
import type { ScoreKernels } from '../abi/scores.ts';
import { bytes } from '../bytes/modern.ts';
import type { Group } from '../group.ts';
import { attendF32 } from '../reference/attention.ts';
import { combineF32 } from '../reference/combinations.ts';
import { exponentialF32 } from '../reference/exponential.ts';
import { largestF32, scoresF32, selectF32, squaresF32 } from '../reference/scores.ts';

export type ModernGroup = ScoreKernels &
  AttentionKernels &
  CombinationKernels &
  Pick<ElementaryKernels, 'exponentialF32'>;

export const modernKernels: Group<ModernGroup> = {
  bytes,
  twins: { largestF32, scoresF32, selectF32, squaresF32, attendF32, combineF32, exponentialF32 },
};
