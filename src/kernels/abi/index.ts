/**
 * The kernels: every operation that touches linear memory, declared once, implemented twice.
 *
 * `assembly/*.ts` implements them in SIMD, `reference/*.ts` in plain TypeScript; both leave the same
 * bytes in memory. Parameters: output addresses first, then inputs, then counts. An address is a
 * byte offset, aligned to its element type. Nothing allocates and nothing is checked: callers do.
 * What scratch holds afterwards is the only thing in which the two may differ.
 *
 * Layouts, for N neurons and P patterns:
 * - signs: i8[n], ±1, zero in the padding up to n = N rounded up to 64.
 * - bits: a row of N bits, bit i of the row (lowest first) set where the sign is +1; rows take
 *   `rowBytes` = 16·⌈N/128⌉ bytes, padding bits zero.
 * - blocks: the patterns turned over, 16 neurons at a time. Neuron i's signs in patterns 8g … 8g+7
 *   are the byte at ((i >> 4)·stride + g)·16 + (i & 15), lowest bit first; `stride` is the number of
 *   bytes held for each neuron. Padding bits zero.
 * - couplings: i8, i16 or i32, `lda` = N rounded up to 64 columns a row, zero in the padding. Row i holds
 *   what neuron i does to the others. Those of i8 and i16 are symmetric, no |J_ij| above 127 or 32,767.
 * - fields: i32[lda], junk in the padding.
 * - overlaps: i32[8·⌈P/8⌉], zero in the padding.
 *
 * Integers are exact, so the order of their additions is free. Doubles and singles (f32): every sum runs over its
 * index upwards, one addition after the other, unless the method says otherwise; no operation is fused.
 */
import type { AnnealingKernels } from './annealing.ts';
import type { AttentionKernels } from './attention.ts';
import type { AverageKernels } from './averages.ts';
import type { BoltzmannKernels } from './boltzmann.ts';
import type { ClassKernels } from './classes.ts';
import type { CodeKernels } from './codes.ts';
import type { ColouringKernels } from './colourings.ts';
import type { CombinationKernels } from './combinations.ts';
import type { CouplingKernels } from './couplings.ts';
import type { DenseKernels } from './dense.ts';
import type { DynamicsKernels } from './dynamics.ts';
import type { EnumerationKernels } from './enumeration.ts';
import type { ElementaryKernels } from './exponential.ts';
import type { FieldKernels } from './fields.ts';
import type { GradedKernels } from './graded.ts';
import type { HeatBathKernels } from './heat-bath.ts';
import type { LaneKernels } from './lanes.ts';
import type { LearningKernels } from './learning.ts';
import type { MatrixKernels } from './matrices.ts';
import type { NormalisationKernels } from './normalisation.ts';
import type { PairKernels } from './pairs.ts';
import type { PatternKernels } from './patterns.ts';
import type { PottsKernels } from './potts.ts';
import type { RandomKernels } from './random.ts';
import type { ScoreKernels } from './scores.ts';
import type { SignKernels } from './signs.ts';
import type { SimplexKernels } from './simplices.ts';
import type { TensorKernels } from './tensors.ts';
import type { TourKernels } from './tours.ts';

/** All of them. A model is given those of the groups that it opens. */
export interface Kernels
  extends
    AnnealingKernels,
    AttentionKernels,
    AverageKernels,
    BoltzmannKernels,
    ClassKernels,
    CodeKernels,
    ColouringKernels,
    CombinationKernels,
    CouplingKernels,
    DenseKernels,
    DynamicsKernels,
    ElementaryKernels,
    EnumerationKernels,
    FieldKernels,
    GradedKernels,
    HeatBathKernels,
    LaneKernels,
    LearningKernels,
    MatrixKernels,
    NormalisationKernels,
    PairKernels,
    PatternKernels,
    PottsKernels,
    RandomKernels,
    ScoreKernels,
    SignKernels,
    SimplexKernels,
    TensorKernels,
    TourKernels {}
