/**
 * The two layers of a restricted machine in memory, and what one says of the other:
 *
 *     E(v, h) = −aᵀv − bᵀh − vᵀWh          (+ ½‖h‖² for Gaussian hidden units)
 *     P(h_j = 1 | v) = σ(b_j + Σ_i v_i W_ij)   (N(b_j + Σ_i v_i W_ij, 1))
 *     P(v_i = 1 | h) = σ(a_i + Σ_j W_ij h_j)   (σ of twice that for ±1 units)
 *
 * Rows of units are singles without padding, one row a state.
 */
import { productScratch } from '../kernels/layout.ts';
import type { BoltzmannGroup } from '../kernels/groups/boltzmann.ts';
import type { Machine } from '../kernels/open.ts';
import type { Address } from '../numbers.ts';
import { seedGenerator } from '../random.ts';
import type { MachinePlan } from './options.ts';

/** How many singles the parameters of a machine are: W, N rows of H; a, N; b, H. */
export function parameterCount({ visible, hidden }: MachinePlan): number {
  return visible * hidden + visible + hidden;
}

export class Layers {
  readonly machine: Machine<BoltzmannGroup>;
  readonly plan: MachinePlan;
  /** W, then a, then b. */
  readonly parameters: Address;
  /** 1 for ±1 visible units. */
  readonly bipolar: 0 | 1;
  readonly gaussian: boolean;

  constructor(machine: Machine<BoltzmannGroup>, plan: MachinePlan, parameters: Address) {
    this.machine = machine;
    this.plan = plan;
    this.parameters = parameters;
    this.bipolar = plan.units === 'bipolar' ? 1 : 0;
    this.gaussian = plan.hiddenUnits === 'gaussian';
  }

  /** N×H. */
  get weights(): Address {
    return this.parameters;
  }

  /** a, N. */
  get visibleBiases(): Address {
    return this.parameters + 4 * this.plan.visible * this.plan.hidden;
  }

  /** b, H. */
  get hiddenBiases(): Address {
    return this.visibleBiases + 4 * this.plan.visible;
  }

  /** A copy of `count` parameters. */
  read(address: Address, count: number): Float32Array {
    return this.machine.memory.views.f32.slice(address >>> 2, (address >>> 2) + count);
  }

  /** means ← what hidden units are on average beside v, with b and W times `beta`. */
  hiddenMeans(means: Address, v: Address, rows: number, work: Address, beta = 1): void {
    const { kernels } = this.machine;
    const { visible, hidden } = this.plan;
    const size = [rows, hidden, visible] as const;
    kernels.productF32(means, v, this.weights, work, ...size, hidden, visible, 1, hidden, 1, 0);
    kernels.addRowF32(means, this.hiddenBiases, rows, hidden);
    if (beta !== 1) kernels.scaleF32(means, means, beta, rows * hidden);
    if (!this.gaussian) kernels.binaryMeansF32(means, means, rows * hidden, 0);
  }

  /** means ← what visible units are on average beside h, with W times `beta`. */
  visibleMeans(means: Address, h: Address, rows: number, work: Address, beta = 1): void {
    const { kernels } = this.machine;
    const { visible, hidden } = this.plan;
    const size = [rows, visible, hidden] as const;
    kernels.productF32(means, h, this.weights, work, ...size, visible, hidden, 1, 1, hidden, 0);
    if (beta !== 1) kernels.scaleF32(means, means, beta, rows * visible);
    kernels.addRowF32(means, this.visibleBiases, rows, visible);
    kernels.binaryMeansF32(means, means, rows * visible, this.bipolar);
  }

  drawHidden(h: Address, means: Address, generators: Address, rows: number): void {
    const { kernels } = this.machine;
    const { hidden } = this.plan;
    if (this.gaussian) kernels.drawGaussianF32(h, means, generators, rows, hidden);
    else kernels.drawBinaryF32(h, means, generators, rows, hidden, 0);
  }

  drawVisible(v: Address, means: Address, generators: Address, rows: number): void {
    const { kernels } = this.machine;
    kernels.drawBinaryF32(v, means, generators, rows, this.plan.visible, this.bipolar);
  }
}

/** Scratch for the products of layers. */
export const PRODUCT_SCRATCH = /* @__PURE__ */ productScratch(Infinity);

/** Bytes of the generators of one row. */
export const GENERATOR_BYTES = 64;

/**
 * Streams of a seed: 0 to 3 for the row of a chain that is sampled, its first state, the order in which states are learnt, the
 * first weights, and from here on four for each chain that is learnt with, or annealed.
 */
export const STREAMS = { sampled: 0, start: 4, order: 5, weights: 6, chains: 8 } as const;

/** Seeds the four generators of a row: streams `stream` to `stream` + 3 of the seed. */
export function seedRow(u32: Uint32Array, address: Address, seed: number, stream: number): void {
  const words = new Uint32Array(4);
  for (let lane = 0; lane < 4; lane++) {
    seedGenerator(words, 0, seed, stream + lane);
    for (let w = 0; w < 4; w++) u32[(address >>> 2) + 4 * w + lane] = words[w];
  }
}
