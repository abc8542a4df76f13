import type { Address, Integer, Real } from '../../numbers.ts';

/**
 * Chains of Boltzmann machines, rows of units, one chain a row, without padding. Singles unless said; counts count elements.
 *
 * Generators: u32[16] a row, four of the package's generators side by side (word w of generator l at index 4·w + l). Unit
 * k of a row takes a draw of generator k mod 4; all four draw once for every four units, and for what is left of a row.
 */
export interface BoltzmannKernels {
  /** f32[count]: 1/(1 + e^(−x)), or with `bipolar` 1 what ±1 units are on average, 2/(1 + e^(−2x)) − 1. In place allowed. */
  binaryMeansF32(means: Address, inputs: Address, count: Integer, bipolar: Integer): void;
  /**
   * Each unit becomes 1 when a real below 1 (the upper 24 bits of a draw, times 2⁻²⁴) is below its mean m, otherwise 0;
   * with `bipolar` 1 below ½m + ½, otherwise −1. In place allowed.
   */
  drawBinaryF32(
    states: Address,
    means: Address,
    generators: Address,
    rows: Integer,
    units: Integer,
    bipolar: Integer,
  ): void;
  /** Each unit becomes its mean plus the normal quantile (src/normal.ts) of (draw + ½)·2⁻³², rounded to a single. In place allowed. */
  drawGaussianF32(
    states: Address,
    means: Address,
    generators: Address,
    rows: Integer,
    units: Integer,
  ): void;
  /** out_k = factor·x_k. In place allowed. */
  scaleF32(out: Address, x: Address, factor: Real, count: Integer): void;
  /** velocity_k = momentum·velocity_k + rate·(gradient_k − decay·w_k), then w_k += velocity_k. */
  ascendF32(
    weights: Address,
    velocities: Address,
    gradients: Address,
    rate: Real,
    momentum: Real,
    decay: Real,
    count: Integer,
  ): void;
  /** f64[rows·units]: Σ_i x_ri·w_ij for singles x (rows × inner) and w (inner × units), added in doubles. */
  inputsF64(
    out: Address,
    x: Address,
    weights: Address,
    rows: Integer,
    units: Integer,
    inner: Integer,
  ): void;
  /**
   * f64[rows]: Σ_j ln(1 + e^t), t = gain·(offset_j + x_rj), with f64[units] offset and f64[rows·units] x. Even j and odd j
   * apart: max(t, 0) is added up and 1 + e^(−|t|) multiplied; the logarithm of the product is added after every 512
   * factors and at the end; then the two sums are added.
   */
  softplusSumsF64(
    sums: Address,
    offset: Address,
    x: Address,
    gain: Real,
    rows: Integer,
    units: Integer,
  ): void;
  /**
   * One sweep over the ±1 units of each row, from the first to the last: a unit becomes +1 when its real (as in
   * `drawBinaryF32`) is below 1/(1 + e^(−2h)), and one that changes adds change·J_ij to the fields h_j of its row.
   */
  sweepUnitsF32(
    states: Address,
    fields: Address,
    couplings: Address,
    generators: Address,
    rows: Integer,
    units: Integer,
  ): void;
}
