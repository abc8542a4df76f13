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

/** Addresses: Q of the states, K and V′ of the stored patterns, A [batch, heads, states, stored], A·V′. */
export interface AttentionBlocks {
  readonly q: Address;
  readonly k: Address;
  readonly v: Address;
  readonly weights: Address;
  readonly gathered: Address;
  /** Of dropout: what each entry of A is multiplied by before V′; 0 for nothing. */
  readonly factors: Address;
}

/** One head of one sample: its part of each block. */
export interface Head {
  readonly q: MatrixView;
  readonly k: MatrixView;
  readonly v: MatrixView;
  readonly weights: MatrixView;
  readonly gathered: MatrixView;
  readonly factors: Address;
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
  const ofHead = 4 * (sample * heads + head) * states * stored;
  const pattern = sameStored ? 0 : sample * stored;
  return {
    q: part(blocks.q, sameStates ? 0 : state),
    k: part(blocks.k, pattern),
    v: part(blocks.v, pattern),
    weights: matrix(blocks.weights + ofHead, stored),
    factors: blocks.factors && blocks.factors + ofHead,
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

/**
 * Fills `weights` with the A of the last update and `gathered` with A·V′.
 *
 * @returns for each head of each sample the A of its earlier updates, in order
 */
export function attend(
  pass: Pass,
  rule: AttentionRule,
  sizes: AttentionSizes,
  blocks: AttentionBlocks,
  masks: LaidMasks,
  watch?: Watch,
): Float32Array[][] {
  const { kernels } = pass;
  const { heads, width, betas, updateSteps, tolerance } = rule;
  const { batch, states, stored } = sizes;
  const count = states * stored;
  const moved = matrix(pass.take(states * width), width);
  const before = pass.take(count);
  const earlier: Float32Array[][] = [];
  for (let sample = 0; sample < batch; sample++) {
    for (let head = 0; head < heads; head++) {
      const mask = maskAt(masks, sample, head);
      const { q, k, v, weights, gathered, factors } = headOf(rule, sizes, blocks, sample, head);
      const a = weights.address;
      const associate = (q: MatrixView) => {
        pass.product(weights, q, transposed(k), states, width, stored);
        kernels.softmaxF32(a, a, mask, betas[head], states, stored, masks.rowStep);
      };
      watch?.(sample, head, 0, q, k);
      associate(q);
      const history: Float32Array[] = [];
      for (let made = 1; made < updateSteps; made++) {
        if (updateSteps === Infinity && comesBack(history, pass.view(a, count))) break;
        history.push(pass.copy(a, count));
        pass.move(before, a, count);
        pass.product(moved, weights, k, states, stored, width);
        watch?.(sample, head, made, moved, k);
        associate(moved);
        if (tolerance === undefined) continue;
        if (kernels.squaredDistanceF32(a, before, count) <= tolerance * tolerance) break;
      }
      earlier.push(history);
      if (watch) {
        pass.product(moved, weights, k, states, stored, width);
        watch(sample, head, history.length + 1, moved, k);
      }
      const kept = factors ? dropped(pass, before, a, factors, count, stored) : weights;
      pass.product(gathered, kept, v, states, stored, width);
    }
  }
  return earlier;
}

/** A after dropout, in memory of its own. */
export function dropped(
  pass: Pass,
  place: Address,
  weights: Address,
  factors: Address,
  count: number,
  stored: number,
): MatrixView {
  pass.move(place, weights, count);
  scale(pass.view(place, count), pass.view(factors, count));
  return matrix(place, stored);
}

/**
 * Whether A is what it was in the update whose number is the highest power of 2: then updates go round in a circle, in the
 * last bits of single precision, and the tolerance would never be met. Every circle is found so (Brent 1980).
 */
function comesBack(history: readonly Float32Array[], a: Float32Array): boolean {
  if (history.length === 0) return false;
  const then = history[2 ** (31 - Math.clz32(history.length)) - 1];
  return a.every((weight, k) => weight === then[k]);
}
