/** The network: trained on patterns, left to dream, and saved. */

import { HopfieldNetwork, type Backend } from '../../index.ts';
import { blame, Failure } from '../failure.ts';
import { neuronsIn, type Library } from '../library.ts';
import { writeOutput } from '../output-file.ts';
import type { Progress } from '../progress.ts';
import { ruleFrom, type RuleFlags } from './rule.ts';

/** @throws Failure when learning does not converge, for the rules that iterate */
export function trainNetwork(
  { patterns, shape }: Library,
  options: RuleFlags & { backend?: Backend },
): HopfieldNetwork {
  const { backend = 'auto' } = options;
  const rule = ruleFrom(options, patterns);
  return blame('training', () => {
    const network = new HopfieldNetwork(neuronsIn(shape), { rule, backend });
    const { learning } = network.store(patterns);
    if (learning && !learning.converged) {
      throw new Failure(
        `training: the ${network.rule.name} rule gave up after --max-epochs ${learning.epochs}`,
      );
    }
    return network;
  });
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

/** Unlearns, then daydreams, as far as asked. */
export async function dream(
  network: HopfieldNetwork,
  { unlearn, daydream }: Dreams,
  seed: number,
  progress: Progress,
): Promise<void> {
  if (unlearn !== undefined) {
    await network.unlearn({ steps: unlearn, seed, onProgress: progress('unlearning', 'steps') });
  }
  if (daydream !== undefined) {
    const onProgress = progress('daydreaming', 'epochs');
    const length = daydream === 'stable' ? { until: daydream } : { epochs: daydream };
    await network.daydream({ ...length, seed, onProgress });
  }
}
