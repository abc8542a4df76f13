/**
 * ln Z exactly: a sum over all states s of one layer, in which the other layer is summed over in closed form,
 *
 *     Z = Σ_s e^(eᵀs) Π_j g(o_j + Σ_i s_i M_ij),  g(x) = 1 + eˣ, e^x + e^(−x) for ±1 units, √(2π)·e^(x²/2) for Gaussian ones
 *
 * e are the biases of the layer, o and M the biases and the weights of the other. The inputs of a state are those of its
 * first ten units plus those of the others, all 2¹⁰ of which stand in a table.
 */
import type { Address } from '../numbers.ts';
import { exp, ln } from '../elementary.ts';
import { logSums } from './free-energy.ts';
import type { Layers } from './layers.ts';
import type { MachinePlan } from './options.ts';
import { inTurns, type TrainingPlan } from './training-options.ts';

/** The most units of a layer whose states are gone through. */
export const MAX_UNITS = 20;

/** Units whose states stand in the table. */
const TABLED = 10;

/** The layer with fewer states. */
export function countableSide({ visible, hidden, hiddenUnits }: MachinePlan): 'visible' | 'hidden' {
  return hiddenUnits === 'binary' && hidden < visible ? 'hidden' : 'visible';
}

/** A layer to be gone through, and the other, in doubles. */
interface Sides {
  /** Of the layer: how many units, their lower value, their biases. */
  readonly units: number;
  readonly low: number;
  readonly biases: Float64Array;
  /** Of the other one: how many units, whether they are ±1, their biases. */
  readonly others: number;
  readonly bipolar: boolean;
  readonly offset: Float64Array;
  /** Entry (i, j) is at i·row + j·column. */
  readonly weights: Float32Array;
  readonly row: number;
  readonly column: number;
}

function sidesOf(layers: Layers, side: 'visible' | 'hidden'): Sides {
  const { visible, hidden } = layers.plan;
  const low = layers.bipolar ? -1 : 0;
  const a = Float64Array.from(layers.read(layers.visibleBiases, visible));
  const b = Float64Array.from(layers.read(layers.hiddenBiases, hidden));
  const weights = layers.read(layers.weights, visible * hidden);
  return side === 'visible'
    ? {
        units: visible,
        low,
        biases: a,
        others: hidden,
        bipolar: false,
        offset: b,
        weights,
        row: hidden,
        column: 1,
      }
    : {
        units: hidden,
        low: 0,
        biases: b,
        others: visible,
        bipolar: low === -1,
        offset: a,
        weights,
        row: 1,
        column: hidden,
      };
}

export async function exactLogZ(
  layers: Layers,
  side: 'visible' | 'hidden',
  watch: Pick<TrainingPlan, 'signal' | 'onProgress'>,
  check: () => void,
): Promise<number> {
  const { memory } = layers.machine;
  const sides = sidesOf(layers, side);
  const tabled = Math.min(TABLED, sides.units);
  const states = 2 ** tabled;
  const table = inputsOf(sides, 0, tabled);
  const rest = inputsOf(sides, tabled, sides.units);
  const blocks: Address[] = [];
  const take = (count: number) => {
    const address = memory.allocate(8 * count);
    blocks.push(address);
    return address;
  };
  let largest = -Infinity;
  let total = 0;
  try {
    const x = take(table.inputs.length);
    const offset = take(sides.others);
    const sums = take(states);
    memory.views.f64.set(table.inputs, x >>> 3);
    await inTurns(rest.linear.length, watch, check, (k) => {
      const { f64 } = memory.views;
      const more = rest.inputs.subarray(k * sides.others, (k + 1) * sides.others);
      for (let j = 0; j < sides.others; j++) f64[(offset >>> 3) + j] = sides.offset[j] + more[j];
      // Of ±1 units ln(eˣ + e^(−x)) = ln(1 + e²ˣ) − x.
      if (side === 'visible') logSums(layers, sums, offset, x, 1, states);
      else {
        const gain = sides.bipolar ? 2 : 1;
        layers.machine.kernels.softplusSumsF64(sums, offset, x, gain, states, sides.others);
      }
      const logs = f64.subarray(sums >>> 3, (sums >>> 3) + states);
      for (let s = 0; s < states; s++) logs[s] += table.linear[s] + rest.linear[k];
      const most = logs.reduce((a, b) => Math.max(a, b), largest);
      if (most > largest) total *= exp(largest - most);
      largest = most;
      for (let s = 0; s < states; s++) total += exp(logs[s] - largest);
    });
  } finally {
    for (const address of blocks) memory.free(address);
  }
  const constant = sides.bipolar ? -sides.offset.reduce((sum, o) => sum + o, 0) : 0;
  return largest + ln(total) + constant;
}

/**
 * For all states of units `from` to `end`: what they add to the inputs of the others, and what they add to the logarithm
 * (their biases; less the sum of those inputs where the others are ±1). Bit i of a state's number is its unit from + i.
 */
function inputsOf(sides: Sides, from: number, end: number) {
  const { others, low, bipolar } = sides;
  const states = 2 ** (end - from);
  const inputs = new Float64Array(states * others);
  const linear = new Float64Array(states);
  for (let s = 0; s < states; s++) {
    for (let i = from; i < end; i++) {
      const value = (s >> (i - from)) & 1 ? 1 : low;
      if (value === 0) continue;
      linear[s] += value * sides.biases[i];
      for (let j = 0; j < others; j++) {
        inputs[s * others + j] += value * sides.weights[i * sides.row + j * sides.column];
      }
    }
    if (!bipolar) continue;
    for (let j = 0; j < others; j++) linear[s] -= inputs[s * others + j];
  }
  return { inputs, linear };
}
