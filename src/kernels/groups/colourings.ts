/** Colourings of a graph. */
import type { ColouringKernels } from '../abi/colourings.ts';
import { bytes } from '../bytes/colourings.ts';
import type { Group } from '../group.ts';
import { countColouring, tabuColouring } from '../reference/colourings.ts';

export type ColouringsGroup = ColouringKernels;

export const colouringsKernels: Group<ColouringsGroup> = {
  bytes,
  twins: { countColouring, tabuColouring },
};
