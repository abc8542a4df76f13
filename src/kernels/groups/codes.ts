/** Codes of stored vectors, which tell most of them from what a query looks for. */
import type { CodeKernels } from '../abi/codes.ts';
import { bytes } from '../bytes/codes.ts';
import type { Group } from '../group.ts';
import { encodeI8, scanI8 } from '../reference/codes.ts';

export const codeKernels: Group<CodeKernels> = { bytes, twins: { encodeI8, scanI8 } };
