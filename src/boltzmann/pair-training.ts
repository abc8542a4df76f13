/**
 * Learning of a fully visible machine, ascent of the likelihood (Ackley, Hinton & Sejnowski 1985):
 *
 *     ΔJ_ij = η(⟨s_i s_j⟩_data − ⟨s_i s_j⟩_model), i ≠ j,   Δb_i = η(⟨s_i⟩_data − ⟨s_i⟩_model)
 *
 * with averages over the model from persistent chains. While J = 0 units are independent and ⟨s_i s_j⟩_model = tanh b_i tanh b_j
 * is known: the first step from nothing is Hebb's rule, J_ij = (η/P) Σ_μ ξ_i^μ ξ_j^μ.
 */
import type { Address } from '../numbers.ts';
import { Random } from '../random.ts';
import type { Rows } from './given.ts';
import { GENERATOR_BYTES, PRODUCT_SCRATCH, seedRow } from './layers.ts';
import { pairCount, Pairs } from './pairs.ts';
import { inTurns, STREAMS, type TrainingPlan } from './training-options.ts';

/** How training went. Plain data. */
export interface PairTrainingReport {
  seed: number;
  epochs: number;
  /** Minibatches, each of which has changed the couplings. */
  updates: number;
}

/** States that are looked at together. */
const TOGETHER = 256;

/** Trains a copy of the parameters, and puts it in their place at the end. */
export async function trainPairs(
  pairs: Pairs,
  { count, values }: Rows,
  plan: TrainingPlan,
  check: () => void,
): Promise<PairTrainingReport> {
  const n = pairs.neurons;
  const batch = Math.min(plan.batch ?? count, count);
  const perEpoch = Math.ceil(count / batch);
  const updates = plan.epochs * perEpoch;
  const order = Array.from({ length: count }, (_, k) => k);
  const random = new Random(plan.seed, STREAMS.order);
  const lesson = new PairLesson(pairs, plan);
  try {
    await inTurns(updates, plan, check, (k) => {
      const start = (k % perEpoch) * batch;
      if (perEpoch > 1 && start === 0) random.shuffle(order);
      // All states together say the same in every epoch.
      if (perEpoch > 1 || k === 0) {
        const chosen = order.slice(start, start + batch);
        lesson.look(chosen.map((p) => values.subarray(p * n, (p + 1) * n)));
      }
      lesson.learn();
    });
    lesson.finish();
  } finally {
    lesson.free();
  }
  const { seed, epochs } = plan;
  return { seed, epochs, updates };
}

/** What training holds in memory, and one minibatch. Blocks of parameters: N×N for pairs, then N for units. */
class PairLesson {
  readonly #given: Pairs;
  /** The machine that learns. */
  readonly #pairs: Pairs;
  readonly #plan: TrainingPlan;
  readonly #chains: number;
  readonly #blocks: Address[] = [];
  readonly #velocities: Address;
  /** Averages over the minibatch. */
  readonly #data: Address;
  readonly #gradients: Address;
  readonly #rows: Address;
  readonly #states: Address;
  readonly #fields: Address;
  readonly #generators: Address;
  readonly #work: Address;
  /** Whether all couplings are 0. */
  #blank: boolean;

  constructor(given: Pairs, plan: TrainingPlan) {
    const { machine, neurons } = given;
    const count = pairCount(neurons);
    const chains = plan.chains!;
    this.#given = given;
    this.#plan = plan;
    this.#chains = chains;
    const take = (singles: number) => {
      const address = machine.memory.allocate(4 * singles);
      this.#blocks.push(address);
      return address;
    };
    try {
      this.#pairs = new Pairs(machine, neurons, take(count));
      this.#velocities = take(count);
      this.#data = take(count);
      this.#gradients = take(count);
      this.#rows = take(TOGETHER * neurons);
      this.#states = take(chains * neurons);
      this.#fields = take(chains * neurons);
      this.#generators = take((chains * GENERATOR_BYTES) / 4);
      this.#work = take(PRODUCT_SCRATCH / 4);
    } catch (error) {
      this.free();
      throw error;
    }
    this.#copy(this.#pairs.couplings, given.couplings);
    this.#blank = given.read(given.couplings, neurons * neurons).every((w) => w === 0);
    const { u32 } = machine.memory.views;
    for (let r = 0; r < chains; r++) {
      const address = this.#generators + GENERATOR_BYTES * r;
      seedRow(u32, address, plan.seed, STREAMS.chains + 4 * r);
    }
    // Means of 0: random states.
    const drawn = [this.#states, this.#fields, this.#generators] as const;
    machine.kernels.drawBinaryF32(...drawn, chains, neurons, 1);
  }

  /** Takes the averages over a minibatch. */
  look(states: readonly Float32Array[]): void {
    const n = this.#pairs.neurons;
    this.#fill(this.#data);
    for (let k = 0; k < states.length; k += TOGETHER) {
      const some = states.slice(k, k + TOGETHER);
      const { f32 } = this.#pairs.machine.memory.views;
      for (const [r, state] of some.entries()) f32.set(state, (this.#rows >>> 2) + r * n);
      this.#add(this.#data, this.#rows, some.length);
    }
    this.#scale(this.#data, this.#data, 1 / states.length);
  }

  /** Takes those over the model, and learns from the differences. */
  learn(): void {
    const { kernels, memory } = this.#pairs.machine;
    const n = this.#pairs.neurons;
    const chains = this.#chains;
    this.#fill(this.#gradients);
    if (this.#blank) {
      kernels.binaryMeansF32(this.#rows, this.#pairs.biases, n, 1);
      this.#add(this.#gradients, this.#rows, 1);
      this.#scale(this.#gradients, this.#gradients, -1);
    } else {
      for (let step = 0; step < this.#plan.steps; step++) {
        this.#pairs.sweep(this.#states, this.#fields, this.#generators, chains, this.#work);
      }
      this.#add(this.#gradients, this.#states, chains);
      this.#scale(this.#gradients, this.#gradients, -1 / chains);
    }
    kernels.addRowF32(this.#gradients, this.#data, 1, pairCount(n));
    const { f32 } = memory.views;
    for (let i = 0; i < n; i++) f32[(this.#gradients >>> 2) + i * (n + 1)] = 0;
    const { rate, momentum, weightDecay } = this.#plan;
    const ascend = (from: number, count: number, decay: number) =>
      kernels.ascendF32(
        this.#pairs.couplings + 4 * from,
        this.#velocities + 4 * from,
        this.#gradients + 4 * from,
        rate,
        momentum,
        decay,
        count,
      );
    ascend(0, n * n, weightDecay);
    ascend(n * n, n, 0);
    this.#blank = false;
  }

  /** What has been learnt becomes the machine's. @throws RangeError when it has left the finite numbers */
  finish(): void {
    const learnt = this.#pairs.read(this.#pairs.couplings, pairCount(this.#pairs.neurons));
    if (!learnt.every(Number.isFinite)) {
      throw new RangeError(
        `rate is ${this.#plan.rate}, expected one so small that parameters stay finite`,
      );
    }
    this.#copy(this.#given.couplings, this.#pairs.couplings);
  }

  free(): void {
    for (const address of this.#blocks.splice(0)) this.#given.machine.memory.free(address);
  }

  /** sums += (Σ s sᵀ, Σ s) over rows of states. */
  #add(sums: Address, states: Address, rows: number): void {
    const { kernels } = this.#pairs.machine;
    const n = this.#pairs.neurons;
    kernels.productF32(sums, states, states, this.#work, n, n, rows, n, 1, n, n, 1, 1);
    kernels.sumRowsF32(sums + 4 * n * n, states, rows, n);
  }

  #scale(out: Address, x: Address, factor: number): void {
    this.#pairs.machine.kernels.scaleF32(out, x, factor, pairCount(this.#pairs.neurons));
  }

  #fill(address: Address): void {
    const { f32 } = this.#pairs.machine.memory.views;
    f32.fill(0, address >>> 2, (address >>> 2) + pairCount(this.#pairs.neurons));
  }

  #copy(to: Address, from: Address): void {
    const { f32 } = this.#given.machine.memory.views;
    const count = pairCount(this.#given.neurons);
    f32.copyWithin(to >>> 2, from >>> 2, (from >>> 2) + count);
  }
}
