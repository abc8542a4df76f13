/**
 * Rules that learn each neuron's row by itself, from its own signs and the Gram matrix of the patterns.
 *
 * A row is its start plus (1/N) Σ_μ x_μ ξ^μ; only the strengths x and the stabilities are iterated.
 */
import type { Address } from '../../numbers.ts';
import { overlapBytes } from '../../kernels/layout.ts';
import type { LearningGroup } from '../../kernels/groups/learning.ts';
import type { PatternGroup } from '../../kernels/groups/patterns.ts';
import type { SpinGroup } from '../../kernels/groups/spins.ts';
import type { Machine } from '../../kernels/open.ts';
import { gramMatrix, patternsToF64, readDiagonal, writeDiagonal } from './doubles.ts';
import type { LearningReport, Lesson } from './rule.ts';

/** Addresses of what one neuron learns from and into. */
export interface Row {
  /** f64[P]: the strengths x, zeros at first. */
  readonly strengths: Address;
  /** f64[P]: γ_μ = ξ_i^μ Σ_j J_ij ξ_j^μ in the couplings as they are. */
  readonly stabilities: Address;
  /** f64[1]: the squared length of the row. */
  readonly norm2: Address;
  /** The Gram matrix, i32. */
  readonly gram: Address;
  /** i8[P]: the neuron's signs. */
  readonly column: Address;
}

/**
 * @param unit - what rows and stabilities are counted in: 1/N keeps those of the perceptron integers
 * @param iterate - changes strengths and stabilities of one neuron until its criterion is met; the epochs that took, or −1
 *   when `maxEpochs` were not enough
 * @param tellsStability - whether to report the least γ_μ/√norm2, which `iterate` has to keep up to date then
 */
export function learnByNeuron(
  { machine, patterns, matrix, selfCoupling, dreamt }: Lesson,
  maxEpochs: number,
  unit: 1 | '1/N',
  iterate: (row: Row) => number,
  tellsStability = false,
): LearningReport {
  const { kernels, memory } = machine;
  const { neurons, count } = patterns;
  const diagonal = readDiagonal(machine, matrix, neurons);
  return memory.scope((take) => {
    const gram = take(count * overlapBytes(count));
    gramMatrix(patterns, gram);
    const all = take(count * neurons * 8);
    patternsToF64(machine, patterns, all, count, (k) => k);
    const strengths = take(neurons * count * 8);
    const starts = take(neurons * count * 8);
    const norm2 = take(8);
    const column = take(count);
    {
      const { f64 } = memory.views;
      f64.fill(0, strengths >>> 3, (strengths >>> 3) + neurons * count);
      f64.fill(0, starts >>> 3, (starts >>> 3) + neurons * count);
      // Fields of all patterns in the couplings as they are: neuron × pattern, transposed products.
      if (dreamt) addFields(machine, starts, matrix, all, neurons, count);
    }
    const { f64, i8 } = memory.views;
    const scale = unit === 1 ? 1 : neurons;
    let converged = true;
    let epochs = 0;
    let stability = Infinity;
    for (let i = 0; i < neurons; i++) {
      const stabilities = starts + i * count * 8;
      for (let k = 0; k < count; k++) {
        const sign = f64[(all >>> 3) + k * neurons + i];
        i8[column + k] = sign;
        f64[(stabilities >>> 3) + k] *= sign * scale;
      }
      let squared = 0;
      if (dreamt) {
        for (let j = 0; j < neurons; j++) {
          const w = f64[(matrix >>> 3) + i * neurons + j];
          squared += w * w;
        }
      }
      f64[norm2 >>> 3] = squared * scale * scale;
      const taken = iterate({
        strengths: strengths + i * count * 8,
        stabilities,
        norm2,
        gram,
        column,
      });
      if (taken < 0) converged = false;
      epochs = Math.max(epochs, taken < 0 ? maxEpochs : taken);
      const length = Math.sqrt(f64[norm2 >>> 3]);
      for (let k = stabilities >>> 3; k < (stabilities >>> 3) + count; k++) {
        stability = Math.min(stability, length > 0 ? f64[k] / length : 0);
      }
    }
    for (let k = strengths >>> 3; k < (strengths >>> 3) + neurons * count; k++) f64[k] /= neurons;
    kernels.addProductF64(matrix, strengths, all, neurons, neurons, count, count, 1);
    if (!selfCoupling) writeDiagonal(machine, matrix, diagonal);
    return tellsStability ? { converged, epochs, stability } : { converged, epochs };
  });
}

/** out[i][k] += Σ_j W_ij ξ_j^k. */
function addFields(
  machine: Machine<PatternGroup & SpinGroup & LearningGroup>,
  out: Address,
  matrix: Address,
  all: number,
  neurons: number,
  count: number,
): void {
  machine.memory.scope((take) => {
    const columns = take(neurons * count * 8);
    const { f64 } = machine.memory.views;
    for (let k = 0; k < count; k++) {
      for (let j = 0; j < neurons; j++) {
        f64[(columns >>> 3) + j * count + k] = f64[(all >>> 3) + k * neurons + j];
      }
    }
    machine.kernels.addProductF64(out, matrix, columns, neurons, count, neurons, neurons, 1);
  });
}
