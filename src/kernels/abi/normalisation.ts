import type { Address, Integer, Real } from '../../numbers.ts';

/** Softmax and normalisation of rows, with their gradients. Singles, rows×columns without padding; sums over a row in four lanes, as squaredDistanceF32 has them. */
export interface NormalisationKernels {
  /**
   * Row by row out_j = e_j·(1/Σ_j e_j) with e_j = exp(t_j − max_j t_j), t_j = scale·scores_j + mask_j. Row i of
   * the mask starts at index i·maskStep (0: the same row for all); no mask at address 0; −infinity leaves
   * an element out, and a row with nothing left gives zeros; NaN or +infinity makes its
   * row NaN. In place allowed.
   */
  softmaxF32(
    out: Address,
    scores: Address,
    mask: Address,
    scale: Real,
    rows: Integer,
    columns: Integer,
    maskStep: Integer,
  ): void;
  /** The gradient of the scores: (scale·weights_j)·(gradient_j − Σ_k weights_k·gradient_k). In place allowed. */
  softmaxBackwardF32(
    out: Address,
    weights: Address,
    gradient: Address,
    scale: Real,
    rows: Integer,
    columns: Integer,
  ): void;
  /**
   * Row by row out_j = (x_j − mean)·inverse·gain_j + bias_j with mean = (Σ_j x_j)/columns and
   * inverse = 1/√((Σ_j (x_j − mean)²)/columns + epsilon); gain or bias at address 0 is left out. The moments, f32[2·rows],
   * become mean and inverse of each row. In place allowed.
   */
  layerNormF32(
    out: Address,
    moments: Address,
    x: Address,
    gain: Address,
    bias: Address,
    epsilon: Real,
    rows: Integer,
    columns: Integer,
  ): void;
  /**
   * The gradient of x: inverse·((g_j − (Σ_k g_k)/columns) − x̂_j·((Σ_k g_k·x̂_k)/columns)) with x̂_j = (x_j − mean)·inverse and
   * g_j = gradient_j·gain_j; no gain at address 0. In place allowed.
   */
  layerNormBackwardF32(
    out: Address,
    x: Address,
    moments: Address,
    gain: Address,
    gradient: Address,
    rows: Integer,
    columns: Integer,
  ): void;
  /**
   * The gradient of the gain: sums_j += Σ_i gradient_ij·x̂_ij, each sum complete before it is added. (That of
   * the bias is `sumRowsF32` of the gradient.)
   */
  layerNormGainF32(
    sums: Address,
    x: Address,
    moments: Address,
    gradient: Address,
    rows: Integer,
    columns: Integer,
  ): void;
}
