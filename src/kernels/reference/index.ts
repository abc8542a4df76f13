/** The kernels in plain TypeScript, over the same linear memory. */
import type { Memory, Views } from '../../memory.ts';
import type { Kernels } from '../abi.ts';
import * as annealing from './annealing.ts';
import * as attention from './attention.ts';
import * as averages from './averages.ts';
import * as combinations from './combinations.ts';
import * as couplings from './couplings.ts';
import * as dense from './dense.ts';
import * as dynamics from './dynamics.ts';
import * as exponentials from './exponential.ts';
import * as fields from './fields.ts';
import * as graded from './graded.ts';
import * as learning from './learning.ts';
import * as matrices from './matrices.ts';
import * as normalisation from './normalisation.ts';
import * as patterns from './patterns.ts';
import * as potts from './potts.ts';
import * as random from './random.ts';
import { largestF32, scoresF32, selectF32, squaresF32 } from './scores.ts';
import * as signs from './signs.ts';
import * as simplices from './simplices.ts';
import * as tensors from './tensors.ts';

type Unbound = {
  [K in keyof Kernels]: (m: Views, ...args: Parameters<Kernels[K]>) => ReturnType<Kernels[K]>;
};

const { addBoundedI16, addBoundedI8, addHebbianI16, addHebbianI8, addOuterI32 } = couplings;
const {
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
} = dynamics;
const { exponential, exponentialF32, hyperbolicTangent, logarithm } = exponentials;
const { annealI16, annealI32, annealI8, annealSparse, turnI16, turnI32, turnI8, turnSparse } =
  annealing;
const { fieldsBlocks, fieldsI16, fieldsI32, fieldsI8, finishFields } = fields;
const { addRowF32, productF32, squaredDistanceF32, sumRowsF32 } = tensors;
const { blocksFromRows, overlaps, widenBlocks } = patterns;

export const kernels: Unbound = {
  ...random,
  ...signs,
  blocksFromRows,
  widenBlocks,
  overlaps,
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
  ...dense,
  ...simplices,
  annealI16,
  annealI32,
  annealI8,
  annealSparse,
  turnI16,
  turnI32,
  turnI8,
  turnSparse,
  exponential,
  exponentialF32,
  logarithm,
  hyperbolicTangent,
  ...graded,
  ...averages,
  ...matrices,
  ...learning,
  productF32,
  addRowF32,
  sumRowsF32,
  squaredDistanceF32,
  ...normalisation,
  scoresF32,
  largestF32,
  selectF32,
  squaresF32,
  ...attention,
  ...combinations,
  ...potts,
};

/** The kernels bound to a memory. */
export function referenceKernels(memory: Memory): Kernels {
  const bound: Record<string, unknown> = {};
  for (const [name, kernel] of Object.entries(kernels)) {
    bound[name] = (kernel as (m: Views, ...args: number[]) => unknown).bind(null, memory.views);
  }
  return bound as unknown as Kernels;
}
