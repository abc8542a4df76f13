/** Integer couplings, their fields, and the ways a state of spins moves. */
import type { CouplingKernels } from '../abi/couplings.ts';
import type { DynamicsKernels } from '../abi/dynamics.ts';
import type { HeatBathKernels } from '../abi/heat-bath.ts';
import type { FieldKernels } from '../abi/fields.ts';
import { bytes } from '../bytes/spins.ts';
import type { Group } from '../group.ts';
import {
  addBoundedI16,
  addBoundedI8,
  addHebbianI16,
  addHebbianI8,
  addOuterI32,
} from '../reference/couplings.ts';
import {
  countMovable,
  flipMovable,
  sweepBlocks,
  sweepI16,
  sweepI32,
  sweepI8,
  sweepUnorderedI8,
} from '../reference/dynamics.ts';
import { glauberBlocks, glauberI16, glauberI32, glauberI8 } from '../reference/heat-bath.ts';
import { fieldsBlocks, fieldsI16, fieldsI32, fieldsI8, finishFields } from '../reference/fields.ts';

export type SpinGroup = CouplingKernels & FieldKernels & DynamicsKernels & HeatBathKernels;

export const spinKernels: Group<SpinGroup> = {
  bytes,
  twins: {
    addBoundedI16,
    addBoundedI8,
    addHebbianI16,
    addHebbianI8,
    addOuterI32,
    fieldsBlocks,
    fieldsI16,
    fieldsI32,
    fieldsI8,
    finishFields,
    countMovable,
    flipMovable,
    glauberBlocks,
    glauberI16,
    glauberI32,
    glauberI8,
    sweepBlocks,
    sweepI16,
    sweepI32,
    sweepI8,
    sweepUnorderedI8,
  },
};
