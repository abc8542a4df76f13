/** How a machine learns: options, checked and completed. */
import { checkNumber, checkOptions, checkPositiveInteger } from '../checks.ts';
import { isParameter } from './given.ts';
import { checkWatchers, Pauses, type StopSignal } from '../pacing.ts';
import { checkedSeed, drawSeed } from '../random.ts';

export interface TrainingOptions {
  /** How often all states are gone through, in a fresh random order each time. Default 1. */
  epochs?: number;
  /** States a minibatch, after each of which the parameters change. Default 100. */
  batch?: number;
  /** η, above 0. Default 0.1. */
  rate?: number;
  /** μ, from 0 to below 1: a change is μ times the last one plus η times the slope. Default 0. */
  momentum?: number;
  /** λ, 0 or above: takes η·λ·w off each weight, biases not included. Default 0. */
  weightDecay?: number;
  /** Steps (sweeps of `BoltzmannMachine`) of the chains for each minibatch: k. Default 1. */
  steps?: number;
  /**
   * How many chains stand for the model and go on from minibatch to minibatch (Tieleman 2008), from random states. Default:
   * none do, chains start from the minibatch each time (CD-k, Hinton 2002).
   */
  chains?: number;
  /** An integer from 0 to 2³² − 1, for the order of states and the chains; drawn afresh, and reported, when not given. */
  seed?: number;
  /** An AbortSignal. Stops the work; the machine is left as it was. */
  signal?: StopSignal;
  /** Called with the minibatches done, and how many there are: at most every 20 ms, and at the end. */
  onProgress?: (done: number, of: number) => void;
}

/** Training options, complete. */
export interface TrainingPlan {
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly steps: number;
  /** Undefined where chains start from the minibatch. */
  readonly chains: number | undefined;
  readonly seed: number;
  readonly signal: StopSignal | undefined;
  readonly onProgress: ((done: number, of: number) => void) | undefined;
}

const KNOWN = [
  'epochs',
  'batch',
  'rate',
  'momentum',
  'weightDecay',
  'steps',
  'chains',
  'seed',
  'signal',
  'onProgress',
] as const;

export function planTraining(options: TrainingOptions): TrainingPlan {
  checkOptions(options, 'training options', KNOWN);
  const { signal, onProgress, batch, chains, seed } = options;
  checkWatchers(signal, onProgress);
  const below1 = (x: number) => x >= 0 && x < 1;
  return {
    epochs: checkPositiveInteger(options.epochs ?? 1, 'epochs'),
    batch: checkPositiveInteger(batch ?? 100, 'batch'),
    rate: checkNumber(options.rate ?? 0.1, 'rate', 'a number above 0', (x) => x > 0),
    momentum: checkNumber(options.momentum ?? 0, 'momentum', 'a number from 0 to below 1', below1),
    weightDecay: checkNumber(options.weightDecay ?? 0, 'weightDecay', '0 or more', (x) => x >= 0),
    steps: checkPositiveInteger(options.steps ?? 1, 'steps'),
    chains: chains === undefined ? undefined : checkPositiveInteger(chains, 'chains'),
    seed: seed === undefined ? drawSeed() : checkedSeed(seed),
    signal,
    onProgress,
  };
}

/** @throws RangeError when parameters have grown beyond all bounds */
export function checkLearnt(parameters: Float32Array, { rate }: TrainingPlan): void {
  if (parameters.every(isParameter)) return;
  throw new RangeError(`rate is ${rate}, expected one so small that parameters stay within 1e15`);
}

/** Long work in small pieces: lets the event loop have a turn now and then, reports, and stops when told to. */
export async function inTurns(
  of: number,
  { signal, onProgress }: Pick<TrainingPlan, 'signal' | 'onProgress'>,
  check: () => void,
  piece: (k: number) => void,
): Promise<void> {
  const pauses = new Pauses();
  signal?.throwIfAborted();
  for (let k = 0; k < of; k++) {
    piece(k);
    if (!pauses.due) continue;
    onProgress?.(k + 1, of);
    await pauses.pause();
    signal?.throwIfAborted();
    check();
  }
  onProgress?.(of, of);
}
