/**
 * Softmax retrieval in parts. Rows stand in blocks of 4,096, by their place among all; each block gives sums of its own, and
 * those are folded in the order of the blocks, once. So the bits of an answer do not depend on who summed which block, in
 * one memory, in several, or from a file.
 *
 * With scores s_μ, β times similarity, and m the largest of all, that of nothing included: a row weighs 0 where
 * s_μ < m − 40 (rounded to single). Of the others, K_b in block b with m_b the largest score:
 *
 *     Z_b = Σ_{K_b} e^(s_μ − m_b),  S_b = Σ_{K_b} e^(s_μ − m_b) x_μ                     (in row order: abi/attention.ts)
 *     q' = (e^(c − m)·q₀ + Σ_b e^(m_b − m) S_b) / (e^(c − m) + Σ_b e^(m_b − m) Z_b)     (in doubles, upwards)
 *
 * c is the score of nothing, q₀ the query with Euclidean similarity and the origin with the others. What is left out weighs
 * no more than P·e⁻⁴⁰ in all, 4·10⁻¹¹ of the whole at P = 10⁷.
 *
 * A pass that does not know m judges by the largest score so far, and so may give rows a weight that turn out to weigh 0: it
 * tells the least score with a weight, and blocks where that is too low are summed again.
 */
import { exp, ln } from '../../elementary.ts';
import type { Attended } from './attended.ts';

/** Rows of a block: part of the definition, and of the format of files. */
export const BLOCK_ROWS = 4096;
/** How far below the largest score a row weighs 0. */
const REACH = 40;

/** The sums of a block for one query. */
export interface BlockSums {
  /** Its number among all blocks. */
  readonly block: number;
  /** m_b. */
  readonly largest: number;
  /** The first row that has it, among all rows. */
  readonly index: number;
  /** Z_b. */
  readonly z: number;
  /** Σ e^(s − m_b)·(s − m_b). */
  readonly u: number;
  /** S_b, of d numbers or more. */
  readonly state: Float64Array;
  /** The same of the values, where there are any. */
  readonly value: Float64Array | undefined;
}

/** What a pass that did not know m tells beside: the least score that has a weight in the sums. */
export interface Summed extends BlockSums {
  readonly least: number;
}

/** The least score that has a weight where this is the largest. */
export function floorBelow(largest: number): number {
  return Math.fround(largest - REACH);
}

/** What is folded: averages are totals over z. */
export interface Folded {
  readonly attended: Attended;
  readonly z: number;
  readonly state: Float64Array;
  readonly value: Float64Array;
}

/**
 * Sums of blocks, of rising numbers, as one.
 *
 * @param largest - m
 * @param nothing - c, −Infinity where it takes no part
 * @param pull - q₀; undefined for the origin
 */
export function foldBlocks(
  blocks: readonly BlockSums[],
  largest: number,
  nothing: number,
  pull: ArrayLike<number> | undefined,
  dimension: number,
  valueDimension: number,
): Folded {
  const floor = floorBelow(largest);
  const state = new Float64Array(dimension);
  const value = new Float64Array(valueDimension);
  const own = nothing >= floor ? exp(nothing - largest) : 0;
  let z = own;
  let u = own === 0 ? 0 : own * (nothing - largest);
  if (pull && own > 0) for (let k = 0; k < dimension; k++) state[k] = own * pull[k];
  let best: BlockSums | undefined;
  for (const block of blocks) {
    if (block.largest < floor) continue;
    const below = block.largest - largest;
    const scale = exp(below);
    z += scale * block.z;
    u += scale * (block.u + block.z * below);
    addScaled(state, block.state, scale);
    if (block.value) addScaled(value, block.value, scale);
    if (best === undefined || block.largest > best.largest) best = block;
  }
  const lnZ = ln(z);
  const attended: Attended = {
    index: best ? best.index : -1,
    weight: best ? exp(best.largest - largest) / z : 0,
    nothing: own / z,
    // −Σ p ln p with p = w/Z and ln w = s − m.
    entropy: Math.max(0, lnZ - u / z),
    conjugate: largest + lnZ,
  };
  return { attended, z, state, value };
}

function addScaled(totals: Float64Array, sums: Float64Array, scale: number): void {
  for (let k = 0; k < totals.length; k++) totals[k] += scale * sums[k];
}

/** Averages in singles: totals over z, rounded once. */
export function writeAverage(out: Float32Array, at: number, totals: Float64Array, z: number): void {
  for (let k = 0; k < totals.length; k++) out[at + k] = totals[k] / z;
}
