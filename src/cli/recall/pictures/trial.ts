/** One recall of one picture, with what it is measured by; and what is done to pictures before. */

import type { Picture } from '../../../io/index.ts';
import type { ModernHopfieldNetwork, ModernResult } from '../../../index.ts';
import { percentOf } from '../../disturb.ts';
import type { Damage, Task } from '../tasks.ts';

export interface PictureTrial extends Pick<
  ModernResult,
  'steps' | 'converged' | 'match' | 'nothing' | 'entropy' | 'top'
> {
  /** From 1; every run has a seed of its own. */
  run: number;
  seed: number;
  task: Task<Picture>;
  cue: Picture;
  state: Picture;
  /**
   * The picture it is measured by: the one that was damaged, or, for a ready-made cue, the one that weighs most, if any
   * does.
   */
  target: Picture | undefined;
  /** Root of the mean square of the differences from that, from 0 to 1, before and after. */
  before: number | undefined;
  after: number | undefined;
  /** The largest similarity of the cue with a stored picture, where `--nothing` is given, which it is to be measured by. */
  similarity?: number;
  /** Whether nothing is off by more than half a step of 8 bits. */
  exact: boolean;
}

/**
 * What is done to pictures.
 *
 * @param noise - percentage of pixels that become random ones
 * @param mask - pixels that become black before
 */
export function spoils(noise: number, mask: readonly boolean[] | undefined): Damage<Picture> {
  return ({ data, shape }, random) => {
    const [rows, columns, channels = 1] = shape;
    const spoilt = data.slice();
    const set = (pixel: number, value: () => number) => {
      for (let k = 0; k < channels; k++) spoilt[pixel * channels + k] = value();
    };
    mask?.forEach((hidden, pixel) => hidden && set(pixel, () => 0));
    const pixels = rows * columns;
    for (const pixel of random.sample(pixels, percentOf(pixels, noise)))
      set(pixel, () => random.real());
    return { data: spoilt, shape };
  };
}

/** Recalls with every task, `repeat` times, run r (from 0) with the seed `seed + r`. */
export function runPictureTrials(
  network: ModernHopfieldNetwork,
  stored: readonly Picture[],
  tasks: readonly Task<Picture>[],
  repeat: number,
  { seed, ...options }: { seed: number; steps: number; top?: number },
): PictureTrial[] {
  return Array.from({ length: repeat }, (_, run) =>
    tasks.map((task): PictureTrial => {
      const own = (seed + run) % 2 ** 32;
      const cue = task.cue(own);
      const { state, match, nothing, top, ...rest } = network.recall(cue.data, options);
      const target = task.original ?? (match && stored[match.index]);
      return {
        run: run + 1,
        seed: own,
        task,
        cue,
        state: { data: state, shape: cue.shape },
        target,
        before: target && distance(cue.data, target.data),
        after: target && distance(state, target.data),
        exact: target !== undefined && alike(state, target.data),
        match,
        ...(nothing !== undefined && {
          nothing,
          similarity: Math.max(
            ...stored.map(({ data }) => SIMILARITIES[network.similarity](cue.data, data)),
          ),
        }),
        steps: rest.steps,
        converged: rest.converged,
        entropy: rest.entropy,
        ...(top && { top }),
      };
    }),
  ).flat();
}

/** The similarities, in the unit of `--nothing`. */
const SIMILARITIES = {
  dot,
  cosine: (a: Float32Array, b: Float32Array) => {
    const norms = Math.sqrt(dot(a, a) * dot(b, b));
    return norms === 0 ? 0 : dot(a, b) / norms;
  },
  euclidean: (a: Float32Array, b: Float32Array) => -squares(a, b) / 2,
};

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(squares(a, b) / a.length);
}

function squares(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}

/** Whether values are the same but for what 8 bits cannot tell. */
export function alike(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => Math.abs(value - b[i]) <= 1 / 510);
}
