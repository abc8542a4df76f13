import type { Address, Integer, Real } from '../../numbers.ts';

/**
 * Couplings of more than two neurons, kept as lists.
 *
 * A list of simplices σ (sets of at least two neurons) with integer weights w_σ: E = −Σ_σ w_σ s_σ, s_σ the product
 * of the signs in σ; h_i = Σ_{σ∋i} w_σ s_{σ∖i}. Neuron i's simplices begin at word `starts[i]` of `records`
 * (u32[neurons + 1], 32-bit words) and end before starts[i + 1], in groups of one size k: the words k, `first`, `count`,
 * then `count` records of k words, w_σ and the other neurons upwards; in the first `first` of them i is the
 * smallest neuron. Every simplex stands once with each of its neurons. `total` is f64[1], Σ_σ w_σ s_σ. Each |h_i| is
 * below 2³⁰ and the total below 2⁵³.
 */
export interface SimplexKernels {
  /**
   * w_σ += sign·Σ_μ Π_{i∈σ} ξ_i^μ over the patterns from ≤ μ < to.
   * Scratch: u8[8·neurons] at `columns`, aligned to 8.
   */
  addSimplices(
    records: Address,
    starts: Address,
    blocks: Address,
    columns: Address,
    stride: Integer,
    from: Integer,
    to: Integer,
    sign: Integer,
    neurons: Integer,
  ): void;
  /** h_i, i32[neurons], and the total, from nothing but the state. */
  fieldsSimplices(
    fields: Address,
    total: Address,
    signs: Address,
    records: Address,
    starts: Address,
    neurons: Integer,
  ): void;
  /** As `sweepI32`: neurons in order; fields and total are kept up to date. */
  sweepSimplices(
    signs: Address,
    fields: Address,
    total: Address,
    records: Address,
    starts: Address,
    order: Address,
    cursor: Address,
    count: Integer,
    limit: Integer,
    tie: Integer,
    neurons: Integer,
  ): number;
  /** As `glauberI32`. */
  glauberSimplices(
    signs: Address,
    fields: Address,
    total: Address,
    records: Address,
    starts: Address,
    order: Address,
    cursor: Address,
    generator: Address,
    count: Integer,
    limit: Integer,
    gain: Real,
    neurons: Integer,
  ): number;
}
