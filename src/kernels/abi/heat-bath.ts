import type { Address, Integer, Real } from '../../numbers.ts';

/** The ways a state of spins moves by chance. Visits as in `DynamicsKernels`. */
export interface HeatBathKernels {
  /**
   * Glauber: each visited neuron becomes +1 when a uniform real is below 1/(1 + e^(−gain·h)), h without
   * the neuron's own coupling.
   */
  glauberI8(
    signs: Address,
    fields: Address,
    couplings: Address,
    order: Address,
    cursor: Address,
    generator: Address,
    count: Integer,
    limit: Integer,
    shift: Integer,
    gain: Real,
    neurons: Integer,
  ): number;
  glauberI16(
    signs: Address,
    fields: Address,
    couplings: Address,
    order: Address,
    cursor: Address,
    generator: Address,
    count: Integer,
    limit: Integer,
    shift: Integer,
    gain: Real,
    neurons: Integer,
  ): number;
  glauberI32(
    signs: Address,
    fields: Address,
    couplings: Address,
    order: Address,
    cursor: Address,
    generator: Address,
    count: Integer,
    limit: Integer,
    shift: Integer,
    gain: Real,
    neurons: Integer,
  ): number;
  glauberBlocks(
    signs: Address,
    overlaps: Address,
    blocks: Address,
    thresholds: Address,
    order: Address,
    cursor: Address,
    generator: Address,
    count: Integer,
    limit: Integer,
    shift: Integer,
    gain: Real,
    stride: Integer,
    patterns: Integer,
  ): number;
}
