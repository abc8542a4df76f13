/** ln Z, Z = Σ e^(−E) over all states: what turns free energies into probabilities, P(v) = e^(−F(v))/Z. */
import { checkName, checkOptions, checkPositiveInteger } from '../checks.ts';
import { checkWatchers, type StopSignal } from '../pacing.ts';
import { checkedSeed, drawSeed } from '../random.ts';
import { annealedLogZ } from './annealed.ts';
import { countableSide, exactLogZ, MAX_UNITS } from './enumeration.ts';
import type { Layers } from './layers.ts';

export interface LogPartitionOptions {
  /**
   * `'exact'`: all states of the smaller layer, which may have up to 20 units; for Gaussian hidden units of the visible one.
   * `'annealed'`: annealed importance sampling (Neal 2001; Salakhutdinov & Murray 2008). Default: exact where it can be.
   */
  method?: 'exact' | 'annealed';
  /** Chains of annealed importance sampling, at least 2. Default 100. */
  chains?: number;
  /** Its temperatures: β goes from 0 to 1 in so many equal steps. Default 1000. */
  temperatures?: number;
  /** An integer from 0 to 2³² − 1, for its chains; drawn afresh, and reported, when not given. */
  seed?: number;
  /** An AbortSignal. */
  signal?: StopSignal;
  /** Called with the parts done, and how many there are: at most every 20 ms, and at the end. */
  onProgress?: (done: number, of: number) => void;
}

/** Plain data. */
export interface LogPartition {
  /** ln Z. */
  logZ: number;
  /** Of ln Z, from how much the chains differ; 0 where it is exact. */
  standardError: number;
  method: 'exact' | 'annealed';
  /** Of the chains; undefined where there are none. */
  seed: number | undefined;
}

const KNOWN = ['method', 'chains', 'temperatures', 'seed', 'signal', 'onProgress'] as const;

export async function logPartition(
  layers: Layers,
  options: LogPartitionOptions,
  check: () => void,
): Promise<LogPartition> {
  checkOptions(options, 'logPartition options', KNOWN);
  const { signal, onProgress, seed } = options;
  checkWatchers(signal, onProgress);
  const side = countableSide(layers.plan);
  const countable = layers.plan[side] <= MAX_UNITS;
  const method =
    options.method === undefined
      ? countable
        ? 'exact'
        : 'annealed'
      : checkName(options.method, 'method', ['exact', 'annealed']);
  const chains = checkPositiveInteger(options.chains ?? 100, 'chains');
  if (chains < 2) throw new RangeError(`chains is ${chains}, expected at least 2`);
  const temperatures = checkPositiveInteger(options.temperatures ?? 1000, 'temperatures');
  const drawn = seed === undefined ? drawSeed() : checkedSeed(seed);
  const watch = { signal, onProgress };
  if (method === 'exact') {
    if (!countable) {
      throw new RangeError(
        `method is 'exact' with ${layers.plan[side]} ${side} units, expected at most ${MAX_UNITS}: 'annealed' knows no limit`,
      );
    }
    const logZ = await exactLogZ(layers, side, watch, check);
    return { logZ, standardError: 0, method, seed: undefined };
  }
  const estimate = await annealedLogZ(layers, { chains, temperatures, seed: drawn }, watch, check);
  return { ...estimate, method, seed: drawn };
}
