/**
 * Learning by dreaming: the network falls from random states into fixed points s*, and changes.
 *
 * - unlearning (Hopfield, Feinstein & Palmer 1983): W −= ε s* s*ᵀ/N off the diagonal;
 * - daydreaming (Serricchio et al. 2025): W += (ξ ξᵀ − s* s*ᵀ)/(τN) for a random stored ξ, τ = N, with
 *   N steps an epoch, after which W is divided by its spectral norm.
 *
 * Couplings stay integers: their unit is chosen so that one step changes them by a whole number.
 */
import type { Address } from '../numbers.ts';
import { FIELD_LIMIT, padded, outerScratch } from '../kernels/layout.ts';
import type { Landscape } from '../dynamics/landscape.ts';
import { planRecall, type RecallPlan } from '../dynamics/options.ts';
import { QuadraticLandscape } from '../dynamics/quadratic-landscape.ts';
import { Run } from '../dynamics/run.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SpinGroup } from '../kernels/groups/spins.ts';
import type { LearningGroup } from '../kernels/groups/learning.ts';
import type { Machine } from '../kernels/open.ts';
import { checkWatchers, Pauses, type StopSignal } from '../pacing.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import { checkedSeed, drawSeed, Random } from '../random.ts';
import { roundEven } from '../elementary.ts';
import { roundCouplings } from './fixed-point.ts';
import type { LearningReport } from './rules/rule.ts';

/** Streams of a dream's seed. */
const STATES = 2;
const CHOICES = 3;

/** Couplings on which dreams work: i32 at `address`, real ones are `unit` times as large. */
export interface DreamCouplings {
  address: Address;
  unit: number;
}

/** What `unlearn` and `daydream` have in common. */
export interface DreamOptions {
  /** An integer from 0 to 2³² − 1; drawn afresh when not given. */
  seed?: number;
  /** An AbortSignal. Stops the work; the network is left as it was. */
  signal?: StopSignal;
  /** Called with the steps or epochs done, and how many there are: at most every 20 ms, and at the end. */
  onProgress?: (done: number, of: number) => void;
}

/** Dream options, complete. */
export interface DreamPlan {
  seed: number;
  signal: StopSignal | undefined;
  onProgress: ((done: number, of: number) => void) | undefined;
}

/** A plan, and what it is to be carried out on. */
export interface Dream extends DreamPlan {
  machine: Machine<PatternGroup & SpinGroup & LearningGroup>;
  patterns: PatternStore;
  couplings: DreamCouplings;
  /** Real thresholds, one a neuron, if there are any. */
  thresholds: Float64Array | undefined;
  /** Throws when the network has been changed meanwhile. */
  check: () => void;
}

/** Checks and completes what `unlearn` and `daydream` have in common. */
export function planDream({ seed, signal, onProgress }: DreamOptions): DreamPlan {
  checkWatchers(signal, onProgress);
  return { seed: seed === undefined ? drawSeed() : checkedSeed(seed), signal, onProgress };
}

/** Gives way to the event loop from time to time, reports, and stops when asked to. */
class Pacer {
  readonly #dream: Dream;
  readonly #of: number;
  readonly #pauses = new Pauses();

  constructor(dream: Dream, of: number) {
    this.#dream = dream;
    this.#of = of;
    dream.signal?.throwIfAborted();
  }

  /** Whether it is time for a pause. */
  get due(): boolean {
    return this.#pauses.due;
  }

  async pause(done: number): Promise<void> {
    this.#dream.onProgress?.(done, this.#of);
    await this.#pauses.pause();
    this.#dream.signal?.throwIfAborted();
    this.#dream.check();
  }
}

/** The landscape of the couplings as they are. */
function landscapeOf(dream: Dream, take: (bytes: number) => Address): QuadraticLandscape {
  const { machine, couplings, patterns } = dream;
  return new QuadraticLandscape({
    machine,
    neurons: patterns.neurons,
    unit: couplings.unit,
    shift: 0,
    gain: 2,
    matrix: { kind: 'i32', address: couplings.address },
    patterns: undefined,
    thresholds: integerThresholds(dream, take),
    own: 0,
    self: 0,
    offset: 0,
  });
}

function integerThresholds(
  { machine, couplings, thresholds }: Dream,
  take: (bytes: number) => Address,
): number {
  if (!thresholds) return 0;
  const address = take(padded(thresholds.length) * 4);
  const { i32 } = machine.memory.views;
  for (const [i, theta] of thresholds.entries()) {
    i32[(address >>> 2) + i] = roundEven(theta / couplings.unit);
  }
  return address;
}

/** Falls from random states into fixed points of the couplings as they are. */
class Sleeper {
  readonly #dream: Dream;
  readonly #random: Random;
  readonly #plan: RecallPlan;

  constructor(dream: Dream) {
    this.#dream = dream;
    this.#random = new Random(dream.seed, STATES);
    this.#plan = planRecall({ seed: 0 }, dream.patterns.neurons, 'recall');
  }

  /**
   * Makes steps from, from + 1, … to − 1 until a pause is due; returns the step to go on with. Each falls
   * from a random state, and `change` alters the couplings, given the address of the fixed point's signs
   * that of signs of its own, zeros at first, and that of scratch for `addOuterI32`.
   */
  turn(
    from: number,
    to: number,
    pacer: Pacer,
    change: (fixed: number, own: number, work: number) => void,
  ): number {
    const { machine, patterns } = this.#dream;
    const { neurons } = patterns;
    return machine.memory.scope((take) => {
      const landscape = landscapeOf(this.#dream, take);
      const own = take(padded(neurons));
      machine.memory.views.i8.fill(0, own, own + padded(neurons));
      const work = take(outerScratch(neurons));
      const address = take(Run.bytes(landscape));
      let step = from;
      do {
        change(this.#fall(landscape, address), own, work);
        step++;
      } while (step < to && !pacer.due);
      return step;
    });
  }

  /** Address of the fixed point (or the state after 1000 sweeps) below a random state. */
  #fall(landscape: Landscape, address: number): number {
    const run = new Run(landscape, this.#plan);
    run.start(address, this.#random.next(), (signs) => {
      landscape.machine.memory.views.i8.set(this.#random.signs(landscape.neurons), signs);
    });
    while (!run.done) run.advance();
    return run.signs;
  }
}

/** The unit in which a step of size `step` is a whole number, and that number. */
function stepUnit(
  step: number,
  bound: number,
  neurons: number,
  what: string,
): { unit: number; whole: number } {
  const whole = Math.floor(((FIELD_LIMIT - neurons) * step) / bound);
  if (whole < 1) {
    throw new RangeError(
      `${what} changes couplings by ${step}, too little beside fields of up to ${bound}: ` +
        `both do not fit 30 bits`,
    );
  }
  return { unit: step / Math.min(whole, 2 ** 20), whole: Math.min(whole, 2 ** 20) };
}

/** Makes one step a whole number of units, keeping the real couplings but for rounding. */
function refine(dream: Dream, step: number, growth: number, what: string): number {
  const { machine, couplings, patterns, thresholds } = dream;
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  return memory.scope((take) => {
    const matrix = take(neurons * neurons * 8);
    const extra = take(neurons * 8);
    kernels.couplingsToF64I32(matrix, couplings.address, couplings.unit, neurons);
    memory.views.f64.set(thresholds ?? new Float64Array(neurons), extra >>> 3);
    const bound = kernels.largestRowSumF64(matrix, extra, neurons) + growth;
    const { unit, whole } = stepUnit(step, bound, neurons, what);
    kernels.roundToI32(couplings.address, matrix, 1 / unit, neurons);
    couplings.unit = unit;
    return whole;
  });
}

export async function unlearn(dream: Dream, steps: number, rate: number): Promise<undefined> {
  const { machine, couplings, patterns } = dream;
  const { neurons } = patterns;
  const pacer = new Pacer(dream, steps);
  const sleeper = new Sleeper(dream);
  const whole = refine(dream, rate / neurons, rate * steps, 'unlearning');
  for (let step = 0; step < steps;) {
    step = sleeper.turn(step, steps, pacer, (fixed, nothing, work) => {
      machine.kernels.addOuterI32(couplings.address, nothing, fixed, work, whole, neurons);
    });
    await pacer.pause(step);
  }
}

/** How long to daydream: so many epochs, or until all patterns are fixed points, if they get there. */
export interface Daydream {
  epochs: number;
  until: 'stable' | undefined;
}

/** @returns how it went, when it was to end by itself */
export async function daydream(
  dream: Dream,
  { epochs, until }: Daydream,
): Promise<LearningReport | undefined> {
  const { machine, couplings, patterns } = dream;
  const { neurons } = patterns;
  const pacer = new Pacer(dream, epochs);
  const sleeper = new Sleeper(dream);
  const choices = new Random(dream.seed, CHOICES);
  const probe = new Float64Array(neurons).map(() => choices.sign());
  const goal = until && new Goal(dream);
  let epoch = 0;
  for (; epoch < epochs && !goal?.reached(epoch); epoch++) {
    const whole = refine(dream, 1 / (neurons * neurons), 2, 'daydreaming');
    for (let step = 0; step < neurons;) {
      step = sleeper.turn(step, neurons, pacer, (fixed, pattern, work) => {
        machine.kernels.unpackSigns(pattern, patterns.row(choices.below(patterns.count)), neurons);
        machine.kernels.addOuterI32(couplings.address, pattern, fixed, work, whole, neurons);
      });
      if (pacer.due || (step === neurons && epoch === epochs - 1)) {
        await pacer.pause(epoch + step / neurons);
      }
    }
    const norm = spectralNorm(machine, couplings.address, probe);
    if (norm > 0) couplings.unit = 1 / norm;
  }
  if (dream.thresholds) chooseUnit(dream, dream.thresholds);
  if (!goal) return undefined;
  if (epoch > 0 && epoch < epochs) dream.onProgress?.(epoch, epoch);
  return { converged: goal.unstable() === 0, epochs: epoch };
}

/** Epochs without improvement, for each epoch before them, after which there is no more hope; and how many at least. */
const PATIENCE = 0.5;
const LEAST_PATIENCE = 50;

/** All patterns as fixed points, or nothing gained for a long time: fewer neurons that would leave their patterns. */
class Goal {
  readonly #dream: Dream;
  #least = Infinity;
  #since = 0;

  constructor(dream: Dream) {
    this.#dream = dream;
  }

  /** Whether it is time to end, after so many epochs. */
  reached(epochs: number): boolean {
    const unstable = this.unstable();
    if (unstable < this.#least) [this.#least, this.#since] = [unstable, epochs];
    return (
      unstable === 0 || epochs - this.#since > Math.max(LEAST_PATIENCE, PATIENCE * this.#since)
    );
  }

  /** How many neurons would turn over, in all patterns together. */
  unstable(): number {
    const { machine, patterns } = this.#dream;
    const { kernels, memory } = machine;
    const { neurons } = patterns;
    return memory.scope((take) => {
      const landscape = landscapeOf(this.#dream, take);
      const at = landscape.workspace(take(landscape.workspaceBytes));
      let unstable = 0;
      for (let k = 0; k < patterns.count; k++) {
        kernels.unpackSigns(at.signs, patterns.row(k), neurons);
        landscape.refresh(at);
        const { i8, i32 } = memory.views;
        for (let i = 0; i < neurons; i++) {
          if (i8[at.signs + i] * i32[(at.fields >>> 2) + i] < 0) unstable++;
        }
      }
      return unstable;
    });
  }
}

/** Rounds the couplings to another unit, in which the thresholds fit beside them again. */
function chooseUnit({ machine, couplings, patterns }: Dream, thresholds: Float64Array): void {
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  memory.scope((take) => {
    const matrix = take(neurons * neurons * 8);
    const extra = take(neurons * 8);
    kernels.couplingsToF64I32(matrix, couplings.address, couplings.unit, neurons);
    memory.views.f64.set(thresholds, extra >>> 3);
    couplings.unit = roundCouplings(machine, couplings.address, matrix, extra, 1, neurons);
  });
}

/**
 * The spectral norm of symmetric integer couplings, by the power method from `probe`, which is left near
 * the leading eigenvector. ‖Jx‖/‖x‖ never falls from one application to the next; when it rises by less
 * than a ten-thousandth it is taken: the size of the next epoch's steps needs no more.
 */
function spectralNorm(
  machine: Machine<PatternGroup & SpinGroup & LearningGroup>,
  couplings: Address,
  probe: Float64Array,
): number {
  const neurons = probe.length;
  return machine.memory.scope((take) => {
    const x = take(neurons * 8);
    const y = take(neurons * 8);
    const { f64 } = machine.memory.views;
    let norm = 0;
    for (let round = 0; round < 200; round++) {
      f64.set(probe, x >>> 3);
      machine.kernels.applyI32(y, x, couplings, neurons);
      let before = 0;
      let after = 0;
      for (let i = 0; i < neurons; i++) {
        before += probe[i] * probe[i];
        after += f64[(y >>> 3) + i] * f64[(y >>> 3) + i];
      }
      const grown = Math.sqrt(after / before);
      if (!(after > 0)) return 0;
      for (let i = 0; i < neurons; i++) probe[i] = f64[(y >>> 3) + i] / grown;
      const settled = Math.abs(grown - norm) <= 1e-4 * grown;
      norm = grown;
      if (settled) break;
    }
    return norm;
  });
}
