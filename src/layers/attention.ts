/**
 * Attention, head by head: A = softmax(β·QKᵀ + mask), then for each further update Q ← AK and A again; A·V′.
 *
 * A Hopfield update of the states Q among the patterns K (Ramsauer et al. 2020, eq. 3 and 10). Matrices have
 * `hidden` = heads·width columns, of which head h has columns h·width up.
 */
import type { Address } from '../numbers.ts';
import { matrix, transposed, type MatrixView, type Pass } from './arena.ts';
import { scale } from './dropout.ts';
import { maskAt, type LaidMasks } from './masks.ts';

/** What is the same in every call of a module. */
export interface AttentionRule {
  readonly heads: number;
  /** Columns of a head. */
  readonly width: number;
  /** β of each head. */
  readonly betas: readonly number[];
  /** Updates at most; Infinity with a tolerance. */
  readonly updateSteps: number;
  /** Updates stop when A moves by no more than this (Frobenius norm, one head of one sample); undefined: never. */
  readonly tolerance: number | undefined;
}

/** Sizes of a call. */
export interface AttentionSizes {
  readonly batch: number;
  /** States of a sample. */
  readonly states: number;
  /** Stored patterns of a sample. */
  readonly stored: number;
  /** Whether all samples have the same states, the same stored patterns. */
  readonly sameStates: boolean;
  readonly sameStored: boolean;
}

/** States that are worth taking together; beyond, they leave the caches. */
const TOGETHER = 64;

/**
 * The sizes with some samples taken as one: where all have the same stored patterns and nothing else tells them apart, a few
 * large products take the place of many small ones. Sums run on from sample to sample anyway, so no bit changes.
 */
export function together(sizes: AttentionSizes): AttentionSizes {
  const { batch, states } = sizes;
  let some = Math.max(1, Math.min(batch, Math.floor(TOGETHER / states)));
  while (batch % some > 0) some--;
  return { ...sizes, batch: batch / some, states: some * states };
}

/** Addresses: Q of the states, K and V′ of the stored patterns, A·V′. */
export interface AttentionBlocks {
  readonly q: Address;
  readonly k: Address;
  readonly v: Address;
  readonly gathered: Address;
}

/** What is kept outside, [batch, heads, states, stored]. A head's part comes and goes while it is in the caches. */
export interface Kept {
  /** A of the last update. */
  readonly weights: Float32Array;
  /** Of dropout: what each entry of A is multiplied by before V′. */
  readonly factors: Float32Array | undefined;
  /** For each head of each sample the A of its earlier updates, in order. */
  readonly earlier: Float32Array[][];
}

/** One head of one sample: its part of each block. */
export interface Head {
  readonly q: MatrixView;
  readonly k: MatrixView;
  readonly v: MatrixView;
  readonly gathered: MatrixView;
}

/** Head `head` of sample `sample`. */
export function headOf(
  { heads, width }: AttentionRule,
  { states, stored, sameStates, sameStored }: AttentionSizes,
  blocks: AttentionBlocks,
  sample: number,
  head: number,
): Head {
  const hidden = heads * width;
  const part = (block: number, row: number) =>
    matrix(block + 4 * (row * hidden + head * width), hidden);
  const state = sample * states;
  const pattern = sameStored ? 0 : sample * stored;
  return {
    q: part(blocks.q, sameStates ? 0 : state),
    k: part(blocks.k, pattern),
    v: part(blocks.v, pattern),
    gathered: part(blocks.gathered, state),
  };
}

/** Is told the states before each update of a head of a sample, counted from 0, and after the last. */
export type Watch = (
  sample: number,
  head: number,
  update: number,
  q: MatrixView,
  k: MatrixView,
) => void;

/** Fills `gathered` with A·V′, and `kept` with every A; arrays that it had are used again. */
export function attend(
  pass: Pass,
  rule: AttentionRule,
  sizes: AttentionSizes,
  blocks: AttentionBlocks,
  masks: LaidMasks,
  kept: Kept,
  watch?: Watch,
): void {
  const { kernels } = pass;
  const { heads, width, betas, updateSteps, tolerance } = rule;
  const { batch, states, stored } = sizes;
  const count = states * stored;
  const moved = matrix(pass.take(states * width), width);
  const weights = matrix(pass.take(count), stored);
  const a = weights.address;
  const before = pass.take(count);
  for (let sample = 0; sample < batch; sample++) {
    for (let head = 0; head < heads; head++) {
      const mask = maskAt(masks, sample, head);
      const { q, k, v, gathered } = headOf(rule, sizes, blocks, sample, head);
      const associate = (q: MatrixView) => {
        pass.product(weights, q, transposed(k), states, width, stored);
        kernels.softmaxF32(a, a, mask, betas[head], states, stored, masks.rowStep);
      };
      watch?.(sample, head, 0, q, k);
      associate(q);
      const history = (kept.earlier[sample * heads + head] ??= []);
      let made = 0;
      while (made + 1 < updateSteps) {
        if (updateSteps === Infinity && comesBack(history, made, pass.view(a, count))) break;
        history[made] = pass.copy(a, count, history[made]);
        made++;
        if (tolerance !== undefined) pass.move(before, a, count);
        pass.product(moved, weights, k, states, stored, width);
        watch?.(sample, head, made, moved, k);
        associate(moved);
        if (tolerance === undefined) continue;
        if (kernels.squaredDistanceF32(a, before, count) <= tolerance * tolerance) break;
      }
      history.length = made;
      if (watch) {
        pass.product(moved, weights, k, states, stored, width);
        watch(sample, head, made + 1, moved, k);
      }
      const at = (sample * heads + head) * count;
      kept.weights.set(pass.view(a, count), at);
      if (kept.factors) scale(pass.view(a, count), kept.factors.subarray(at, at + count));
      pass.product(gathered, weights, v, states, stored, width);
    }
  }
}

/**
 * Whether A is what it was in the update whose number is the highest power of 2: then updates go round in a circle, in the
 * last bits of single precision, and the tolerance would never be met. Every circle is found so (Brent 1980).
 */
function comesBack(history: readonly Float32Array[], made: number, a: Float32Array): boolean {
  if (made === 0) return false;
  const then = history[2 ** (31 - Math.clz32(made)) - 1];
  return a.every((weight, k) => weight === then[k]);
}
