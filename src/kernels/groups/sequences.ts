/** Sequences: fields of patterns, each with a weight of its own. */
import type { FieldKernels } from '../abi/fields.ts';
import { bytes } from '../bytes/sequences.ts';
import type { Group } from '../group.ts';
import { fieldsBlocks } from '../reference/fields.ts';

export type SequenceGroup = Pick<FieldKernels, 'fieldsBlocks'>;

export const sequenceKernels: Group<SequenceGroup> = { bytes, twins: { fieldsBlocks } };
