import type { Address, Integer } from '../../numbers.ts';

/**
 * The ways a state of spins moves towards lower energy.
 *
 * A neuron moves when s_i·(2h_i + tie) < 0: with tie = 0 a zero field keeps it, with tie = 1 a zero
 * field counts as positive. `mobile` is u8[N rounded up to 64], 0 for the neurons that never move
 * and in the padding.
 */
export interface DynamicsKernels {
  /** How many neurons would move. */
  countMovable(
    signs: Address,
    fields: Address,
    mobile: Address,
    tie: Integer,
    neurons: Integer,
  ): number;
  /** Moves all neurons that would move, at once; returns how many. Fields are not brought up to date. */
  flipMovable(
    signs: Address,
    fields: Address,
    mobile: Address,
    tie: Integer,
    neurons: Integer,
  ): number;
  /**
   * Visits neurons order[cursor] … order[count − 1] in turn, stops early after `limit` flips, keeps
   * the fields up to date; u32 `cursor` is moved on. Returns the number of flips. No |J_ij| is above `bound`,
   * and neurons·bound·2^shift is below 2³⁰. Scratch of `sweepI8`: i16[lda].
   */
  sweepI8(
    signs: Address,
    fields: Address,
    couplings: Address,
    order: Address,
    cursor: Address,
    scratch: Address,
    count: Integer,
    limit: Integer,
    shift: Integer,
    tie: Integer,
    bound: Integer,
    neurons: Integer,
  ): number;
  /**
   * A sweep in whatever order, where all orders come to the same: no more than 8 neurons would move, each does whatever
   * others of them have done and then rests (J_ii ≥ 0), and nobody else ever would. Returns how many moved; 0, with nothing
   * changed, where the order might matter. Scratch: u32[8].
   */
  sweepUnorderedI8(
    signs: Address,
    fields: Address,
    couplings: Address,
    mobile: Address,
    scratch: Address,
    shift: Integer,
    tie: Integer,
    neurons: Integer,
  ): number;
  sweepI16(
    signs: Address,
    fields: Address,
    couplings: Address,
    order: Address,
    cursor: Address,
    count: Integer,
    limit: Integer,
    shift: Integer,
    tie: Integer,
    bound: Integer,
    neurons: Integer,
  ): number;
  sweepI32(
    signs: Address,
    fields: Address,
    couplings: Address,
    order: Address,
    cursor: Address,
    count: Integer,
    limit: Integer,
    shift: Integer,
    tie: Integer,
    neurons: Integer,
  ): number;
  /** The same from blocks: overlaps are kept up to date, each field is computed at its visit. */
  sweepBlocks(
    signs: Address,
    overlaps: Address,
    blocks: Address,
    thresholds: Address,
    order: Address,
    cursor: Address,
    count: Integer,
    limit: Integer,
    self: Integer,
    shift: Integer,
    tie: Integer,
    stride: Integer,
    patterns: Integer,
  ): number;
}
