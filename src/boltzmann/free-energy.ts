/**
 * Free energies: e^(−F(v)) is the sum, or integral, of e^(−E(v, h)) over all hidden states:
 *
 *     F(v) = −aᵀv − Σ_j ln(1 + e^(x_j)),  x_j = b_j + Σ_i v_i W_ij;   −aᵀv − ½ Σ_j x_j² − ½ H ln 2π for Gaussian ones
 *
 * All in doubles, from the singles that the parameters are.
 */
import type { Address } from '../numbers.ts';
import type { StateRows } from './given.ts';
import type { Layers } from './layers.ts';

/** ½ ln 2π */
export const HALF_LN_2PI = 0.9189385332046727;

/** States that are looked at together. */
const TOGETHER = 256;

export function freeEnergies(layers: Layers, { count, values }: StateRows): Float64Array {
  const { kernels, memory } = layers.machine;
  const { visible, hidden } = layers.plan;
  const energies = new Float64Array(count);
  memory.scope((take) => {
    const together = Math.min(count, TOGETHER);
    const v = take(4 * together * visible);
    const x = take(8 * together * hidden);
    const offset = take(8 * hidden);
    const sums = take(8 * together);
    const linear = take(8 * together);
    widen(layers, offset, layers.hiddenBiases, hidden);
    for (let k = 0; k < count; k += together) {
      const rows = Math.min(together, count - k);
      memory.views.f32.set(values.subarray(k * visible, (k + rows) * visible), v >>> 2);
      kernels.inputsF64(x, v, layers.weights, rows, hidden, visible);
      kernels.inputsF64(linear, v, layers.visibleBiases, rows, 1, visible);
      logSums(layers, sums, offset, x, 1, rows);
      const { f64 } = memory.views;
      for (let r = 0; r < rows; r++) {
        energies[k + r] = -f64[(linear >>> 3) + r] - f64[(sums >>> 3) + r];
      }
    }
  });
  return energies;
}

/** E(v, h) */
export function jointEnergy(layers: Layers, v: Float32Array, h: Float32Array): number {
  const { visible, hidden } = layers.plan;
  const weights = layers.read(layers.weights, visible * hidden);
  const a = layers.read(layers.visibleBiases, visible);
  const b = layers.read(layers.hiddenBiases, hidden);
  let energy = 0;
  for (let j = 0; j < hidden; j++) {
    let input = b[j];
    for (let i = 0; i < visible; i++) input += v[i] * weights[i * hidden + j];
    if (layers.gaussian) input -= h[j] / 2;
    energy -= h[j] * input;
  }
  for (let i = 0; i < visible; i++) energy -= a[i] * v[i];
  return energy;
}

/**
 * f64[rows]: the logarithm of what hidden states add up to, their inputs being gain·(offset + x): Σ_j ln(1 + e^t), or
 * Σ_j ½t² + ½ ln 2π.
 */
export function logSums(
  { machine, plan, gaussian }: Layers,
  sums: Address,
  offset: Address,
  x: Address,
  gain: number,
  rows: number,
): void {
  const { hidden } = plan;
  if (!gaussian) {
    machine.kernels.softplusSumsF64(sums, offset, x, gain, rows, hidden);
    return;
  }
  const { f64 } = machine.memory.views;
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let j = 0; j < hidden; j++) {
      const t = gain * (f64[(offset >>> 3) + j] + f64[(x >>> 3) + r * hidden + j]);
      sum += t * t;
    }
    f64[(sums >>> 3) + r] = sum / 2 + hidden * HALF_LN_2PI;
  }
}

/** f64[count] ← f32[count] */
export function widen({ machine }: Layers, to: Address, from: Address, count: number): void {
  const { f32, f64 } = machine.memory.views;
  f64.set(f32.subarray(from >>> 2, (from >>> 2) + count), to >>> 3);
}
