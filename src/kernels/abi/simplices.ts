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
    records: number,
    starts: number,
    blocks: number,
    columns: number,
    stride: number,
    from: number,
    to: number,
    sign: number,
    neurons: number,
  ): void;
  /** h_i, i32[neurons], and the total, from nothing but the state. */
  fieldsSimplices(
    fields: number,
    total: number,
    signs: number,
    records: number,
    starts: number,
    neurons: number,
  ): void;
  /** As `sweepI32`: neurons in order; fields and total are kept up to date. */
  sweepSimplices(
    signs: number,
    fields: number,
    total: number,
    records: number,
    starts: number,
    order: number,
    cursor: number,
    count: number,
    limit: number,
    tie: number,
    neurons: number,
  ): number;
  /** As `glauberI32`. */
  glauberSimplices(
    signs: number,
    fields: number,
    total: number,
    records: number,
    starts: number,
    order: number,
    cursor: number,
    generator: number,
    count: number,
    limit: number,
    gain: number,
    neurons: number,
  ): number;
}
