/** Machines that have the kernels of all groups. */
import type { Kernels } from '../../src/kernels/abi/index.ts';
import { annealingKernels } from '../../src/kernels/groups/annealing.ts';
import { boltzmannKernels } from '../../src/kernels/groups/boltzmann.ts';
import { classKernels } from '../../src/kernels/groups/classes.ts';
import { codeKernels } from '../../src/kernels/groups/codes.ts';
import { colouringsKernels } from '../../src/kernels/groups/colourings.ts';
import { denseKernels } from '../../src/kernels/groups/dense.ts';
import { enumerationKernels } from '../../src/kernels/groups/enumeration.ts';
import { gradedKernels } from '../../src/kernels/groups/graded.ts';
import { layerKernels } from '../../src/kernels/groups/layers.ts';
import { learningKernels } from '../../src/kernels/groups/learning.ts';
import { modernKernels } from '../../src/kernels/groups/modern.ts';
import { pairKernels } from '../../src/kernels/groups/pairs.ts';
import { patternKernels } from '../../src/kernels/groups/patterns.ts';
import { pottsKernels } from '../../src/kernels/groups/potts.ts';
import { sequenceKernels } from '../../src/kernels/groups/sequences.ts';
import { simplicialKernels } from '../../src/kernels/groups/simplicial.ts';
import { spinKernels } from '../../src/kernels/groups/spins.ts';
import { toursKernels } from '../../src/kernels/groups/tours.ts';
import { openMachine, type Machine } from '../../src/kernels/open.ts';

/** Every group by the name of its file. */
export const GROUPS = {
  annealing: annealingKernels,
  boltzmann: boltzmannKernels,
  classes: classKernels,
  codes: codeKernels,
  colourings: colouringsKernels,
  dense: denseKernels,
  enumeration: enumerationKernels,
  graded: gradedKernels,
  layers: layerKernels,
  learning: learningKernels,
  modern: modernKernels,
  pairs: pairKernels,
  patterns: patternKernels,
  potts: pottsKernels,
  sequences: sequenceKernels,
  simplicial: simplicialKernels,
  spins: spinKernels,
  tours: toursKernels,
};

export function openAll(backend: 'wasm' | 'reference'): Machine<Kernels> {
  const machine = openMachine(backend, Object.values(GROUPS));
  return machine as Machine<unknown> as Machine<Kernels>;
}

/** Names of all kernels. */
export const KERNELS = [
  ...new Set(Object.values(GROUPS).flatMap(({ twins }) => Object.keys(twins))),
].sort();
