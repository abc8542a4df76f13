import type { Address, Integer, Real } from '../../numbers.ts';

/**
 * Dense memories: sums of a function of each overlap.
 *
 * E = −Σ_μ F(m_μ). `table` is f64[N + 3]: F at −N−2, −N, …, N+2. With `levels` = 1 it holds ln F, and F counts relative
 * to the largest F(m_μ), its logarithm rounded up to a multiple of 32, as 0 below e⁻⁹⁶ of that. A neuron's flip costs Σ_μ (F(m_μ) − F(m_μ ∓ 2)), − where ξ_i^μ = s_i; it moves when that is
 * negative, or with tie = 1 zero and s_i = −1. With `levels` = 1 a cost counts as zero that is no more than 2⁻⁴⁴ of the
 * sum of the sizes of its terms (added in the same order), where that is finite. The sum, which must not overflow, runs in eight lanes, lane l over
 * μ ≡ l mod 8 upwards; then ((l0 + l4) + (l2 + l6)) + ((l1 + l5) + (l3 + l7)). Overlaps must belong to the state.
 * Scratch: u8[112·⌈patterns/8⌉ + 30·neurons + 640].
 */
export interface DenseKernels {
  /** How many of the mobile neurons would move. */
  countMovableDense(
    signs: Address,
    overlaps: Address,
    blocks: Address,
    table: Address,
    mobile: Address,
    scratch: Address,
    levels: Integer,
    tie: Integer,
    stride: Integer,
    patterns: Integer,
    neurons: Integer,
  ): number;
  /** Moves all of them, at once; returns how many. Overlaps are not brought up to date. */
  flipMovableDense(
    signs: Address,
    overlaps: Address,
    blocks: Address,
    table: Address,
    mobile: Address,
    scratch: Address,
    levels: Integer,
    tie: Integer,
    stride: Integer,
    patterns: Integer,
    neurons: Integer,
  ): number;
  /**
   * f64[N]: the cost of each neuron's flip; with levels, ln(Σ_μ F/Σ_μ F after the flip), where the second sum gets a
   * reference of its own, its largest term, when it is below 10⁻⁶ of the first or not below 10³⁰⁰.
   */
  changesDense(
    changes: Address,
    signs: Address,
    overlaps: Address,
    blocks: Address,
    table: Address,
    scratch: Address,
    levels: Integer,
    stride: Integer,
    patterns: Integer,
    neurons: Integer,
  ): void;
  /** As `sweepBlocks`: neurons in order, overlaps kept up to date. */
  sweepDense(
    signs: Address,
    overlaps: Address,
    blocks: Address,
    table: Address,
    order: Address,
    cursor: Address,
    scratch: Address,
    count: Integer,
    limit: Integer,
    levels: Integer,
    tie: Integer,
    stride: Integer,
    patterns: Integer,
    neurons: Integer,
  ): number;
  /** Glauber: each visited neuron becomes +1 when a uniform real is below 1/(1 + e^(−gain·s_i·change_i)). */
  glauberDense(
    signs: Address,
    overlaps: Address,
    blocks: Address,
    table: Address,
    order: Address,
    cursor: Address,
    generator: Address,
    scratch: Address,
    count: Integer,
    limit: Integer,
    levels: Integer,
    gain: Real,
    stride: Integer,
    patterns: Integer,
    neurons: Integer,
  ): number;
}
