import type { Address, Integer, Real } from '../../numbers.ts';

/**
 * Attention to pairs of stored patterns, one head of one sample, and its gradient. Singles.
 *
 * State i weighs pairs of a member j and a partner k by the softmax of
 *
 *     t_jk = scale·Σ_d (q_id·k_jd)·l_kd + (mask_ij + mask_ik)
 *
 * among those with i − first < j ≤ i and i − second < k ≤ i; 0 in place of first or second is every one. Row i of the mask
 * starts at index i·maskStep (0: the same row for all); no mask at address 0; −infinity leaves a pattern out. `blank` is
 * the t of one pair more, whose value is 0; −infinity for none. Q, K, L, V, U have `width` columns, rows `step` singles
 * apart: L holds K of the partners, U their V.
 *
 * Members are taken 16 at a time from the first on, with all partners of each: nothing is larger than 16·stored. Products
 * as `productF32`.
 * Scratch: u8[pairsScratch(stored, width)] at `work`, a multiple of 8.
 */
export interface PairKernels {
  /**
   * out_id = Σ_jk w_jk·v_jd·u_kd. M is the largest t so far (and that of the blank), Z the sum of weights, in doubles.
   * When a tile raises M to M′, c = e^(M − M′) in doubles, else 1; w_jk = e^(t_jk − M) as `exponentialF32`, with 0 in place
   * of an M of −infinity; Z ← c·Z, then each member's Σ_k w_jk, in four lanes as squaredDistanceF32 has them, is added; the
   * tile's Σ_j v_jd·(Σ_k w_jk·u_kd) runs in singles from 0, and total_d ← c·total_d + that in doubles. At the end
   * out_id = total_d·(1/Z), 0 where Z is 0. stats, f32[3·states]: M (0 for −infinity) and 1/Z (0 for Z = 0); the
   * third is left as it is.
   */
  attendPairsF32(
    out: Address,
    stats: Address,
    q: Address,
    k: Address,
    l: Address,
    v: Address,
    u: Address,
    mask: Address,
    work: Address,
    scale: Real,
    blank: Real,
    states: Integer,
    stored: Integer,
    width: Integer,
    step: Integer,
    maskStep: Integer,
    first: Integer,
    second: Integer,
  ): void;
  /**
   * From g, the gradient of out: those of Q, K, L, V and U gain theirs. Weights are computed again from stats,
   * w_jk = e^(t_jk − M)·(1/Z). The third of stats becomes D = Σ_d g_id·out_id, summed in doubles. With
   * s_jk = (scale·w_jk)·((Σ_d (g_id·v_jd)·u_kd) − D), tile by tile
   *
   *     dv_jd += g_id·(Σ_k w_jk·u_kd), du_kd goes on with w_jk·(g_id·v_jd), j upwards,
   *     dq_id += the tile's Σ_j k_jd·x_jd from 0, x_jd = Σ_k s_jk·l_kd,
   *     dk_jd += q_id·x_jd, dl_kd goes on with s_jk·(q_id·k_jd), j upwards, in this order.
   *
   * Gradients may share memory where the factors do.
   */
  attendPairsBackwardF32(
    dq: Address,
    dk: Address,
    dl: Address,
    dv: Address,
    du: Address,
    stats: Address,
    g: Address,
    out: Address,
    q: Address,
    k: Address,
    l: Address,
    v: Address,
    u: Address,
    mask: Address,
    work: Address,
    scale: Real,
    states: Integer,
    stored: Integer,
    width: Integer,
    step: Integer,
    maskStep: Integer,
    first: Integer,
    second: Integer,
  ): void;
}
