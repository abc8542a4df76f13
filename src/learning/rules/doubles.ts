/** What rules have in common that learn real couplings, in matrices of doubles. */
import { matrixBytes, overlapBytes } from '../../kernels/layout.ts';
import type { LearningGroup } from '../../kernels/groups/learning.ts';
import type { PatternGroup } from '../../kernels/groups/patterns.ts';
import type { SpinGroup } from '../../kernels/groups/spins.ts';
import type { Machine } from '../../kernels/open.ts';
import type { PatternStore } from '../../patterns/pattern-store.ts';
import { addHebbian, I16_PATTERNS } from '../integer-couplings.ts';
import type { Lesson } from './rule.ts';

/** The Gram matrix Σ_i ξ_i^μ ξ_i^ν, i32, rows of 8·⌈P/8⌉. */
export function gramMatrix(patterns: PatternStore, gram: number): void {
  const row = overlapBytes(patterns.count);
  for (let k = 0; k < patterns.count; k++) patterns.overlaps(gram + k * row, patterns.row(k));
}

/** Pattern rows as doubles, f64[P×N], in the order that `index` gives. */
export function patternsToF64(
  machine: Machine<PatternGroup & SpinGroup & LearningGroup>,
  patterns: PatternStore,
  out: number,
  count: number,
  index: (k: number) => number,
): void {
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  memory.scope((take) => {
    const signs = take(neurons);
    for (let k = 0; k < count; k++) {
      kernels.unpackSigns(signs, patterns.row(index(k)), neurons);
      kernels.signsToF64(out + k * neurons * 8, signs, neurons);
    }
  });
}

/** W_ii, which rules that do not learn it leave as it was. */
export function readDiagonal(
  machine: Machine<PatternGroup & SpinGroup & LearningGroup>,
  matrix: number,
  neurons: number,
): Float64Array {
  const { f64 } = machine.memory.views;
  return new Float64Array(neurons).map((_, i) => f64[(matrix >>> 3) + i * (neurons + 1)]);
}

export function writeDiagonal(
  machine: Machine<PatternGroup & SpinGroup & LearningGroup>,
  matrix: number,
  diagonal: Float64Array,
): void {
  const { f64 } = machine.memory.views;
  for (const [i, value] of diagonal.entries()) {
    f64[(matrix >>> 3) + i * (diagonal.length + 1)] = value;
  }
}

/** W_ij += scale·Σ_μ (ξ_i + bias)(ξ_j + bias), from exact counts. */
export function addCounts(
  { machine, patterns, from, matrix, selfCoupling }: Omit<Lesson, 'scale' | 'dreamt'>,
  bias: number,
  scale: number,
): undefined {
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  const diagonal = readDiagonal(machine, matrix, neurons);
  memory.scope((take) => {
    const counts = { kind: 'i16', address: take(matrixBytes(neurons, 'i16')) } as const;
    const sums = take(neurons * 4);
    const signs = take(neurons);
    for (let first = from; first < patterns.count; first += I16_PATTERNS) {
      const end = Math.min(patterns.count, first + I16_PATTERNS);
      addHebbian(machine, patterns, counts, first, end, { fresh: true, self: true });
      const { i32, i8 } = memory.views;
      i32.fill(0, sums >>> 2, (sums >>> 2) + neurons);
      for (let k = first; k < end; k++) {
        kernels.unpackSigns(signs, patterns.row(k), neurons);
        for (let i = 0; i < neurons; i++) i32[(sums >>> 2) + i] += i8[signs + i];
      }
      const { address } = counts;
      kernels.addCovarianceF64(matrix, address, sums, bias, end - first, scale, neurons);
    }
    if (!selfCoupling) writeDiagonal(machine, matrix, diagonal);
  });
}
