/**
 * ln Z by annealed importance sampling (Neal 2001; Salakhutdinov & Murray 2008): chains start at β = 0, where W and b count for
 * nothing and Z is known, and go on through distributions in which both count β, to β = 1. A chain weighs
 *
 *     ln w = Σ_k [L(β_k, v_k) − L(β_{k−1}, v_k)],  L(β, v) = ln Σ_h e^(β·(b + vᵀW)h)
 *
 * and Z is estimated as Z₀ times the average of w. For Gaussian hidden units L is the integral with e^(−½‖h‖²).
 */
import { exp, ln } from '../elementary.ts';
import { HALF_LN_2PI, logSums, widen } from './free-energy.ts';
import { GENERATOR_BYTES, PRODUCT_SCRATCH, seedRow, STREAMS, type Layers } from './layers.ts';
import { inTurns, type TrainingPlan } from './training-options.ts';

export interface Annealing {
  readonly chains: number;
  readonly temperatures: number;
  readonly seed: number;
}

export async function annealedLogZ(
  layers: Layers,
  { chains, temperatures, seed }: Annealing,
  watch: Pick<TrainingPlan, 'signal' | 'onProgress'>,
  check: () => void,
): Promise<{ logZ: number; standardError: number }> {
  const { kernels, memory } = layers.machine;
  const { visible, hidden } = layers.plan;
  const blocks: number[] = [];
  const take = (bytes: number) => {
    const address = memory.allocate(bytes);
    blocks.push(address);
    return address;
  };
  const logs = new Float64Array(chains);
  try {
    const v = take(4 * chains * visible);
    const h = take(4 * chains * hidden);
    const x = take(8 * chains * hidden);
    const none = take(8 * hidden);
    const sums = take(8 * chains);
    const generators = take(GENERATOR_BYTES * chains);
    const work = take(PRODUCT_SCRATCH);
    for (let r = 0; r < chains; r++) {
      seedRow(memory.views.u32, generators + 64 * r, seed, STREAMS.chains + 4 * r);
    }
    // The visible units without hidden ones.
    memory.views.f32.fill(0, v >>> 2, (v >>> 2) + chains * visible);
    kernels.addRowF32(v, layers.visibleBiases, chains, visible);
    kernels.binaryMeansF32(v, v, chains * visible, layers.bipolar);
    layers.drawVisible(v, v, generators, chains);
    const addLogs = (beta: number, sign: 1 | -1) => {
      logSums(layers, sums, none, x, beta, chains);
      const at = sums >>> 3;
      for (let r = 0; r < chains; r++) logs[r] += sign * memory.views.f64[at + r];
    };
    await inTurns(temperatures, watch, check, (k) => {
      const [before, beta] = [k / temperatures, (k + 1) / temperatures];
      const size = [chains, hidden, visible] as const;
      kernels.productF32(h, v, layers.weights, work, ...size, hidden, visible, 1, hidden, 1, 0);
      kernels.addRowF32(h, layers.hiddenBiases, chains, hidden);
      widen(layers, x, h, chains * hidden);
      addLogs(beta, 1);
      addLogs(before, -1);
      kernels.scaleF32(h, h, beta, chains * hidden);
      if (!layers.gaussian) kernels.binaryMeansF32(h, h, chains * hidden, 0);
      layers.drawHidden(h, h, generators, chains);
      layers.visibleMeans(v, h, chains, work, beta);
      layers.drawVisible(v, v, generators, chains);
    });
  } finally {
    for (const address of blocks) memory.free(address);
  }
  const { mean, error } = averageOf(logs);
  return { logZ: mean + logZ0(layers), standardError: error };
}

/** ln Z at β = 0. */
function logZ0(layers: Layers): number {
  const { visible, hidden } = layers.plan;
  const a = layers.read(layers.visibleBiases, visible);
  let sum = 0;
  for (const x of a) {
    const y = Math.abs(x);
    sum += layers.bipolar ? y + ln(1 + exp(-2 * y)) : Math.max(x, 0) + ln(1 + exp(-y));
  }
  return sum + hidden * (layers.gaussian ? HALF_LN_2PI : Math.LN2);
}

/** The logarithm of the average of e^log, and its standard error. */
function averageOf(logs: Float64Array): { mean: number; error: number } {
  const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = logs.map((log) => exp(log - largest));
  const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
  const spread = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / (weights.length - 1);
  return { mean: largest + ln(mean), error: Math.sqrt(spread / weights.length) / mean };
}
