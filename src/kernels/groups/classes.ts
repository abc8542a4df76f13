/** Dense memories that learn: their class units. */
import type { ClassKernels } from '../abi/classes.ts';
import { bytes } from '../bytes/classes.ts';
import type { Group } from '../group.ts';
import {
  classFieldsBackwardF64,
  classFieldsF64,
  dualFieldsBackwardF64,
  dualFieldsF64,
} from '../reference/classes.ts';

export const classKernels: Group<ClassKernels> = {
  bytes,
  twins: { classFieldsBackwardF64, classFieldsF64, dualFieldsBackwardF64, dualFieldsF64 },
};
