/** The network: trained on patterns, left to dream, and saved. */

import { HopfieldNetwork } from '../../index.ts';
import { RoomError } from '../../learning/room.ts';
import { blame, Failure } from '../failure.ts';
import { MOST_NEURONS, neuronsIn, type Library } from '../library.ts';
import { writeOutput } from '../output-file.ts';
import type { Progress } from '../progress.ts';
import { count } from '../words.ts';
import { makeNetwork, type ModelFlags, type SignMemory } from './models.ts';

/** @throws Failure when learning does not converge, for the rules that iterate */
export function trainNetwork(library: Library, options: ModelFlags): SignMemory {
  const { patterns, shape } = library;
  const neurons = neuronsOf(library);
  return blame('training', () => {
    const network = makeNetwork(neurons, options, patterns);
    roomy(shape, () => network.store(patterns));
    if (!(network instanceof HopfieldNetwork)) return network;
    const { learning } = network;
    if (learning && !learning.converged) {
      throw new Failure(
        `training: the ${network.rule.name} rule gave up after --max-epochs ${learning.epochs}`,
      );
    }
    return network;
  });
}

/** @throws Failure when these are more neurons than a network can have */
export function neuronsOf({ shape, source }: Library): number {
  const neurons = neuronsIn(shape);
  if (neurons <= MOST_NEURONS) return neurons;
  throw new Failure(
    `${source}: ${neurons} neurons, expected at most ${MOST_NEURONS}${smaller(shape, MOST_NEURONS)}`,
  );
}

/** What `action` returns; where a network does not fit, how to make it smaller is said, too. */
function roomy<T>(shape: Library['shape'], action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw withAdvice(error, shape);
  }
}

/** The error, with advice. */
function withAdvice(error: unknown, shape: Library['shape']): unknown {
  if (!(error instanceof RoomError)) return error;
  return new Failure(`training: ${error.message}${smaller(shape, error.largest)}`);
}

/** What to do about pictures with too many pixels: a size with the same proportions, not above so many neurons. */
function smaller(shape: Library['shape'], most: number): string {
  if (shape.length === 1) return '';
  const factor = Math.sqrt(most / neuronsIn(shape));
  const size = shape.map((n) => Math.max(1, Math.floor(n * factor)));
  return `; --scale ${size.join('x')} makes the pictures small enough`;
}

export function saveNetwork(path: string, network: HopfieldNetwork): void {
  blame(path, () => writeOutput(path, network.save()));
}

export interface Dreams {
  /** Steps of unlearning. */
  unlearn?: number;
  /** Epochs of daydreaming, or until all patterns are fixed points. */
  daydream?: number | 'stable';
}

/** Unlearns, then daydreams, as far as asked. @returns what to say of it */
export async function dream(
  network: HopfieldNetwork,
  { unlearn, daydream }: Dreams,
  seed: number,
  progress: Progress,
  shape: Library['shape'],
): Promise<string[]> {
  try {
    if (unlearn !== undefined) {
      await network.unlearn({ steps: unlearn, seed, onProgress: progress('unlearning', 'steps') });
    }
    if (daydream === undefined) return [];
    const length = daydream === 'stable' ? { until: daydream } : { epochs: daydream };
    const onProgress = progress('daydreaming', 'epochs');
    await network.daydream({ ...length, seed, onProgress });
  } catch (error) {
    throw withAdvice(error, shape);
  }
  const { learning } = network;
  if (!learning || learning.converged) return [];
  return [`daydreaming ended after ${count(learning.epochs, 'epoch')} without any more gain`];
}
