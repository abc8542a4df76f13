/** The ways a state of spins moves by chance. Visits as in `DynamicsKernels`. */
export interface HeatBathKernels {
  /**
   * Glauber: each visited neuron becomes +1 when a uniform real is below 1/(1 + e^(−gain·h)), h without
   * the neuron's own coupling.
   */
  glauberI8(
    signs: number,
    fields: number,
    couplings: number,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    shift: number,
    gain: number,
    neurons: number,
  ): number;
  glauberI16(
    signs: number,
    fields: number,
    couplings: number,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    shift: number,
    gain: number,
    neurons: number,
  ): number;
  glauberI32(
    signs: number,
    fields: number,
    couplings: number,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    shift: number,
    gain: number,
    neurons: number,
  ): number;
  glauberBlocks(
    signs: number,
    overlaps: number,
    blocks: number,
    thresholds: number,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    shift: number,
    gain: number,
    stride: number,
    patterns: number,
  ): number;
}
