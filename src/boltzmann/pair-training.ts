/**
 * Learning of a fully visible machine, ascent of the likelihood (Ackley, Hinton & Sejnowski 1985):
 *
 *     ΔJ_ij = η(⟨s_i s_j⟩_data − ⟨s_i s_j⟩_model), i ≠ j,   Δb_i = η(⟨s_i⟩_data − ⟨s_i⟩_model)
 *
 * with averages over the model from chains of k sweeps, which start from the data (contrastive divergence) or go on from
 * minibatch to minibatch. While J = 0 units are independent and ⟨s_i s_j⟩_model = tanh b_i tanh b_j
 * is known: the first step from nothing is Hebb's rule, J_ij = (η/P) Σ_μ ξ_i^μ ξ_j^μ.
 */
import type { Address } from '../numbers.ts';
import { Random } from '../random.ts';
import type { StateRows } from './given.ts';
import { PRODUCT_SCRATCH, STREAMS } from './layers.ts';
import { pairCount, PairCouplings } from './pairs.ts';
import { LessonMemory } from './lesson-memory.ts';
import { checkLearnt, inTurns, type TrainingPlan } from './training-options.ts';

/** How training went. Plain data. */
export interface PairTrainingReport {
  seed: number;
  epochs: number;
  /** Minibatches, each of which has changed the couplings. */
  updates: number;
}

/** Trains a copy of the parameters, and puts it in their place at the end. */
export async function trainPairs(
  pairs: PairCouplings,
  { count, values }: StateRows,
  plan: TrainingPlan,
  check: () => void,
): Promise<PairTrainingReport> {
  const n = pairs.neurons;
  const batch = Math.min(plan.batch, count);
  const perEpoch = Math.ceil(count / batch);
  const updates = plan.epochs * perEpoch;
  const order = Array.from({ length: count }, (_, k) => k);
  const random = new Random(plan.seed, STREAMS.order);
  const lesson = new PairLesson(pairs, plan, batch);
  try {
    await inTurns(updates, plan, check, (k) => {
      const start = (k % perEpoch) * batch;
      if (start === 0) random.shuffle(order);
      const chosen = order.slice(start, start + batch);
      lesson.load(chosen.map((p) => values.subarray(p * n, (p + 1) * n)));
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
  readonly #given: PairCouplings;
  /** The machine that learns. */
  readonly #pairs: PairCouplings;
  readonly #plan: TrainingPlan;
  readonly #memory: LessonMemory;
  readonly #velocities: Address;
  readonly #gradients: Address;
  readonly #sums: Address;
  /** The minibatch. */
  readonly #data: Address;
  /** The chains. */
  readonly #states: Address;
  readonly #fields: Address;
  readonly #generators: Address;
  readonly #work: Address;
  /** Whether all couplings are 0. */
  #blank: boolean;
  #rows = 0;

  constructor(given: PairCouplings, plan: TrainingPlan, batch: number) {
    const { machine, neurons } = given;
    const count = pairCount(neurons);
    const chains = plan.chains ?? batch;
    this.#given = given;
    this.#plan = plan;
    this.#memory = new LessonMemory(machine, plan);
    const take = (singles: number) => this.#memory.take(singles);
    try {
      this.#pairs = new PairCouplings(machine, neurons, take(count));
      this.#velocities = take(count);
      this.#gradients = take(count);
      this.#sums = take(count);
      this.#data = take(batch * neurons);
      this.#states = take(chains * neurons);
      this.#fields = take(chains * neurons);
      this.#generators = this.#memory.takeGenerators(chains);
      this.#work = take(PRODUCT_SCRATCH / 4);
    } catch (error) {
      this.free();
      throw error;
    }
    this.#memory.copy(this.#pairs.couplings, given.couplings, pairCount(this.#pairs.neurons));
    this.#blank = given.read(given.couplings, neurons * neurons).every((w) => w === 0);
    if (plan.chains === undefined) return;
    // Means of 0: random states.
    machine.memory.views.f32.fill(0, this.#fields >>> 2, (this.#fields >>> 2) + chains * neurons);
    const drawn = [this.#states, this.#fields, this.#generators] as const;
    machine.kernels.drawBinaryF32(...drawn, chains, neurons, 1);
  }

  /** Puts a minibatch in place. */
  load(states: readonly Float32Array[]): void {
    this.#rows = states.length;
    this.#memory.put(this.#data, states, this.#pairs.neurons);
  }

  /** Learns from it. */
  learn(): void {
    const { kernels, memory } = this.#pairs.machine;
    const { f32 } = memory.views;
    const n = this.#pairs.neurons;
    const rows = this.#rows;
    const { steps } = this.#plan;
    f32.fill(0, this.#gradients >>> 2, (this.#gradients >>> 2) + pairCount(n));
    this.#add(this.#data, rows, 1 / rows);
    if (this.#blank) {
      kernels.binaryMeansF32(this.#fields, this.#pairs.biases, n, 1);
      this.#add(this.#fields, 1, -1);
    } else {
      const chains = this.#plan.chains ?? rows;
      if (this.#plan.chains === undefined) {
        const from = this.#data >>> 2;
        f32.copyWithin(this.#states >>> 2, from, from + rows * n);
      }
      for (let step = 0; step < steps; step++) {
        this.#pairs.sweep(this.#states, this.#fields, this.#generators, chains, this.#work);
      }
      this.#add(this.#states, chains, -1 / chains);
    }
    for (let i = 0; i < n; i++) f32[(this.#gradients >>> 2) + i * (n + 1)] = 0;
    this.#memory.ascend(this.#pairs.couplings, this.#velocities, this.#gradients, n * n, n);
    this.#blank = false;
  }

  /** What has been learnt becomes the machine's. @throws RangeError when it is no longer what parameters may be */
  finish(): void {
    const learnt = this.#pairs.read(this.#pairs.couplings, pairCount(this.#pairs.neurons));
    checkLearnt(learnt, this.#plan);
    this.#memory.copy(this.#given.couplings, this.#pairs.couplings, pairCount(this.#pairs.neurons));
  }

  free(): void {
    this.#memory.free();
  }

  /** gradients += factor·(Σ s sᵀ, Σ s) over rows of states, sums of integers complete before they are multiplied. */
  #add(states: Address, rows: number, factor: number): void {
    const { kernels } = this.#pairs.machine;
    const n = this.#pairs.neurons;
    const count = pairCount(n);
    const units = this.#sums + 4 * n * n;
    kernels.productF32(this.#sums, states, states, this.#work, n, n, rows, n, 1, n, n, 1, 0);
    this.#pairs.machine.memory.views.f32.fill(0, units >>> 2, (units >>> 2) + n);
    kernels.sumRowsF32(units, states, rows, n);
    kernels.scaleF32(this.#sums, this.#sums, factor, count);
    kernels.addRowF32(this.#gradients, this.#sums, 1, count);
  }
}
