/** What every memory of ±1 patterns needs: signs, bits, blocks, overlaps, random orders. */
import type { PatternKernels } from '../abi/patterns.ts';
import type { RandomKernels } from '../abi/random.ts';
import type { SignKernels } from '../abi/signs.ts';
import { bytes } from '../bytes/patterns.ts';
import type { Group } from '../group.ts';
import { blocksFromRows, overlaps, widenBlocks } from '../reference/patterns.ts';
import { countUp, shuffle } from '../reference/random.ts';
import {
  countDifferent,
  packSigns,
  readSigns,
  signedSum,
  unpackSigns,
} from '../reference/signs.ts';

export type PatternGroup = RandomKernels & SignKernels & PatternKernels;

export const patternKernels: Group<PatternGroup> = {
  bytes,
  twins: {
    countUp,
    shuffle,
    countDifferent,
    packSigns,
    readSigns,
    signedSum,
    unpackSigns,
    blocksFromRows,
    overlaps,
    widenBlocks,
  },
};
