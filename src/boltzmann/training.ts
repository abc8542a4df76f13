/**
 * Learning of a restricted machine, ascent of the likelihood (Ackley, Hinton & Sejnowski 1985; Hinton 2002):
 *
 *     ΔW = η(⟨v p(h|v)ᵀ⟩_data − ⟨v p(h|v)ᵀ⟩_model),  Δa = η(⟨v⟩_data − ⟨v⟩_model),  Δb = η(⟨p(h|v)⟩_data − ⟨p(h|v)⟩_model)
 *
 * with averages over the model from chains of k steps, which start from the data (contrastive divergence) or go on from
 * minibatch to minibatch (Tieleman 2008). Gaussian hidden units have their means in place of p(h|v).
 */
import { normalOf } from '../normal.ts';
import type { Address } from '../numbers.ts';
import { Random } from '../random.ts';
import type { StateRows } from './given.ts';
import { Layers, parameterCount, PRODUCT_SCRATCH, STREAMS } from './layers.ts';
import { LessonMemory } from './lesson-memory.ts';
import { checkLearnt, inTurns, type TrainingPlan } from './training-options.ts';

/** How training went. Plain data. */
export interface TrainingReport {
  seed: number;
  epochs: number;
  /** Minibatches, each of which has changed the parameters. */
  updates: number;
  /**
   * For each epoch, the mean squared difference between a unit of a state and what it was on average after one step of the
   * chain from there; undefined with persistent chains, which start elsewhere.
   */
  errors: Float64Array | undefined;
}

/** Trains a copy of the parameters, and puts it in their place at the end. */
export async function train(
  layers: Layers,
  { count, values }: StateRows,
  plan: TrainingPlan,
  check: () => void,
): Promise<TrainingReport> {
  const { visible } = layers.plan;
  const batch = Math.min(plan.batch, count);
  const perEpoch = Math.ceil(count / batch);
  const updates = plan.epochs * perEpoch;
  const order = Array.from({ length: count }, (_, k) => k);
  const random = new Random(plan.seed, STREAMS.order);
  const errors = new Float64Array(plan.epochs);
  const lesson = new Lesson(layers, plan, batch);
  try {
    await inTurns(updates, plan, check, (k) => {
      const epoch = Math.floor(k / perEpoch);
      const start = (k % perEpoch) * batch;
      if (start === 0) random.shuffle(order);
      const chosen = order.slice(start, start + batch);
      lesson.load(chosen.map((p) => values.subarray(p * visible, (p + 1) * visible)));
      errors[epoch] += lesson.learn() / (count * visible);
    });
    lesson.finish();
  } finally {
    lesson.free();
  }
  const { seed, epochs, chains } = plan;
  return { seed, epochs, updates, errors: chains === undefined ? errors : undefined };
}

/** What training holds in memory, and one minibatch. */
class Lesson {
  /** The machine that learns. */
  readonly #layers: Layers;
  /** The one whose parameters stay until the end. */
  readonly #given: Layers;
  readonly #plan: TrainingPlan;
  readonly #memory: LessonMemory;
  readonly #velocities: Address;
  readonly #gradients: Address;
  readonly #sums: Address;
  /** The minibatch. */
  readonly #data: Address;
  readonly #hiddenOfData: Address;
  /** The chains. */
  readonly #v: Address;
  readonly #vMeans: Address;
  readonly #h: Address;
  readonly #hMeans: Address;
  readonly #generators: Address;
  readonly #work: Address;
  #rows = 0;

  constructor(given: Layers, plan: TrainingPlan, batch: number) {
    const { machine } = given;
    const { visible, hidden } = given.plan;
    const chains = plan.chains ?? batch;
    const count = parameterCount(given.plan);
    this.#given = given;
    this.#plan = plan;
    this.#memory = new LessonMemory(machine, plan);
    const take = (singles: number) => this.#memory.take(singles);
    try {
      this.#layers = new Layers(machine, given.plan, take(count));
      this.#velocities = take(count);
      this.#gradients = take(count);
      this.#sums = take(visible);
      this.#data = take(batch * visible);
      this.#hiddenOfData = take(batch * hidden);
      this.#v = take(chains * visible);
      this.#vMeans = take(chains * visible);
      this.#h = take(chains * hidden);
      this.#hMeans = take(chains * hidden);
      this.#generators = this.#memory.takeGenerators(chains);
      this.#work = take(PRODUCT_SCRATCH / 4);
    } catch (error) {
      this.free();
      throw error;
    }
    this.#memory.copy(this.#layers.parameters, given.parameters, count);
    this.#breakSymmetry();
    if (plan.chains !== undefined) this.#start(chains);
  }

  /** Puts a minibatch in place. */
  load(states: readonly Float32Array[]): void {
    this.#rows = states.length;
    this.#memory.put(this.#data, states, this.#layers.plan.visible);
  }

  /** Learns from it. Returns the squared differences between its states and what the first step makes of them, added up. */
  learn(): number {
    const layers = this.#layers;
    const { kernels } = layers.machine;
    const { visible, hidden } = layers.plan;
    const rows = this.#rows;
    const chains = this.#plan.chains ?? rows;
    const persistent = this.#plan.chains !== undefined;
    layers.hiddenMeans(this.#hiddenOfData, this.#data, rows, this.#work);
    if (persistent) layers.hiddenMeans(this.#hMeans, this.#v, chains, this.#work);
    layers.drawHidden(
      this.#h,
      persistent ? this.#hMeans : this.#hiddenOfData,
      this.#generators,
      chains,
    );
    let error = 0;
    for (let step = 0; step < this.#plan.steps; step++) {
      if (step > 0) layers.drawHidden(this.#h, this.#hMeans, this.#generators, chains);
      layers.visibleMeans(this.#vMeans, this.#h, chains, this.#work);
      if (step === 0 && !persistent) {
        error = kernels.squaredDistanceF32(this.#data, this.#vMeans, rows * visible);
      }
      layers.drawVisible(this.#v, this.#vMeans, this.#generators, chains);
      layers.hiddenMeans(this.#hMeans, this.#v, chains, this.#work);
    }
    const count = parameterCount(layers.plan);
    this.#fill(this.#gradients, count);
    this.#add(this.#data, this.#hiddenOfData, rows, 1 / rows);
    this.#add(this.#v, this.#hMeans, chains, -1 / chains);
    this.#memory.ascend(
      layers.parameters,
      this.#velocities,
      this.#gradients,
      visible * hidden,
      visible + hidden,
    );
    return error;
  }

  /** What has been learnt becomes the machine's. @throws RangeError when it is no longer what parameters may be */
  finish(): void {
    const { f32 } = this.#layers.machine.memory.views;
    const at = this.#layers.parameters >>> 2;
    checkLearnt(f32.subarray(at, at + parameterCount(this.#layers.plan)), this.#plan);
    this.#memory.copy(
      this.#given.parameters,
      this.#layers.parameters,
      parameterCount(this.#layers.plan),
    );
  }

  free(): void {
    this.#memory.free();
  }

  /** gradients += factor·(v p(h|v)ᵀ, v, p(h|v)), added over rows of states and hidden means, which are multiplied by it. */
  #add(v: Address, means: Address, rows: number, factor: number): void {
    const { kernels } = this.#layers.machine;
    const { visible, hidden } = this.#layers.plan;
    const ofWeights = this.#gradients;
    const ofVisible = ofWeights + 4 * visible * hidden;
    const ofHidden = ofVisible + 4 * visible;
    kernels.scaleF32(means, means, factor, rows * hidden);
    const size = [visible, hidden, rows] as const;
    kernels.productF32(ofWeights, v, means, this.#work, ...size, hidden, 1, visible, hidden, 1, 1);
    kernels.sumRowsF32(ofHidden, means, rows, hidden);
    this.#fill(this.#sums, visible);
    kernels.sumRowsF32(this.#sums, v, rows, visible);
    kernels.scaleF32(this.#sums, this.#sums, factor, visible);
    kernels.addRowF32(ofVisible, this.#sums, 1, visible);
  }

  /** Weights that are all 0 would stay alike: they are drawn, as Hinton (2012) recommends. */
  #breakSymmetry(): void {
    const { machine, plan, weights } = this.#layers;
    const { f32 } = machine.memory.views;
    const at = weights >>> 2;
    const end = at + plan.visible * plan.hidden;
    if (!f32.subarray(at, end).every((w) => w === 0)) return;
    const random = new Random(this.#plan.seed, STREAMS.weights);
    for (let k = at; k < end; k++) f32[k] = 0.01 * normalOf(random.next());
  }

  /** Persistent chains start from random states. */
  #start(chains: number): void {
    const layers = this.#layers;
    const { f32 } = layers.machine.memory.views;
    const middle = layers.bipolar ? 0 : 0.5;
    const at = this.#v >>> 2;
    const singles = chains * layers.plan.visible;
    f32.fill(middle, at, at + singles);
    layers.drawVisible(this.#v, this.#v, this.#generators, chains);
  }

  #fill(address: Address, singles: number): void {
    const { f32 } = this.#layers.machine.memory.views;
    f32.fill(0, address >>> 2, (address >>> 2) + singles);
  }
}
