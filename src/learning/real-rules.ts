/** Rules whose couplings are real numbers, as matrices of doubles: each adds to the N×N matrix it is given. */
import { overlapBytes, matrixBytes } from '../kernels/layout.ts';
import type { PatternGroup } from '../kernels/groups/patterns.ts';
import type { SpinGroup } from '../kernels/groups/spins.ts';
import type { LearningGroup } from '../kernels/groups/learning.ts';
import type { Machine } from '../kernels/open.ts';
import type { PatternStore } from '../patterns/pattern-store.ts';
import { addHebbian, I16_PATTERNS } from './integer-rules.ts';
import type { CompleteRule } from './rules.ts';

/** How the last training of an iterative rule ended. */
export interface LearningReport {
  /** Whether every neuron met the rule's criterion. */
  readonly converged: boolean;
  /** The epochs of the neuron that took longest; `maxEpochs` when one did not converge. */
  readonly epochs: number;
}

/** What a rule learns from and into. */
export interface Lesson {
  machine: Machine<PatternGroup & SpinGroup & LearningGroup>;
  patterns: PatternStore;
  /** The first pattern that is new; those before it are in the matrix already. */
  from: number;
  /** Address of f64[N×N]. */
  matrix: number;
  /** Whether W_ii is learnt (true) or stays as it is. */
  selfCoupling: boolean;
  /** Whether the matrix holds something else than what the rule made of the patterns before `from`. */
  dreamt: boolean;
}

/**
 * Learns by `rule`; `scale` is what one Hebbian pattern adds to a coupling.
 *
 * @returns how it went, for rules that iterate
 */
export function learnReal(
  lesson: Lesson,
  rule: CompleteRule,
  scale: number,
): LearningReport | undefined {
  switch (rule.name) {
    case 'hebbian':
      learnHebbian(lesson, scale);
      break;
    case 'storkey':
      learnStorkey(lesson);
      break;
    case 'projection':
      learnProjection(lesson);
      break;
    case 'perceptron':
    case 'diederich-opper':
      return learnByNeuron(lesson, rule);
    case 'covariance':
      learnCovariance(lesson, rule.activity);
      break;
    case 'palimpsest':
      learnBounded(lesson, scale, rule.bound);
      break;
  }
  return undefined;
}

/**
 * Storkey (1997): per pattern, with the couplings so far, ΔW_ij = (ξ_iξ_j − ξ_i h_ji − h_ij ξ_j)/N,
 * h_ij = Σ_{k≠i,j} W_ik ξ_k. With W symmetric and W_ii = 0 that is (ξ_iξ_j − ξ_i h_j − h_i ξ_j + 2W_ij)/N.
 */
function learnStorkey({ machine, patterns, from, matrix }: Lesson): void {
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  const diagonal = readDiagonal(machine, matrix, neurons);
  memory.scope((take) => {
    const signs = take(neurons);
    const fields = take(neurons * 8);
    writeDiagonal(machine, matrix, new Float64Array(neurons));
    for (let k = from; k < patterns.count; k++) {
      kernels.unpackSigns(signs, patterns.row(k), neurons);
      kernels.storkeyF64(matrix, signs, fields, neurons);
    }
  });
  writeDiagonal(machine, matrix, diagonal);
}

/** The Gram matrix Σ_i ξ_i^μ ξ_i^ν, i32, rows of 8·⌈P/8⌉. */
function gramMatrix(patterns: PatternStore, gram: number): void {
  const row = overlapBytes(patterns.count);
  for (let k = 0; k < patterns.count; k++) patterns.overlaps(gram + k * row, patterns.row(k));
}

/** Pattern rows as doubles, f64[P×N], in the order that `index` gives. */
function patternsToF64(
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

/**
 * Projection or pseudo-inverse rule (Personnaz, Guyon & Dreyfus 1986; Kanter & Sompolinsky 1987):
 * W = (1/N) Ξᵀ C⁺ Ξ, the projector on the span of the patterns. A pivoted Cholesky factorisation of the
 * exact integer Gram matrix picks a basis, so dependent and repeated patterns change nothing. At rank N,
 * W is the identity, of which nothing is left when W_ii is not learnt.
 *
 * On couplings that are not a projector (after dreaming) each new pattern is made an eigenvector with
 * eigenvalue 1 by W += r rᵀ/(rᵀξ), r = ξ − Wξ, which is the same thing when W is one.
 */
function learnProjection(lesson: Lesson): void {
  const { machine, patterns, matrix, selfCoupling } = lesson;
  const { kernels, memory } = machine;
  const { neurons, count } = patterns;
  const diagonal = readDiagonal(machine, matrix, neurons);
  if (lesson.dreamt) addProjections(lesson);
  else {
    memory.scope((take) => {
      const factor = take(count * count * 8);
      const pivots = take(count * 4);
      const rank = memory.scope((takeShort) => {
        const gram = takeShort(count * overlapBytes(count));
        gramMatrix(patterns, gram);
        const residuals = takeShort(count * 8);
        return kernels.factorGram(factor, pivots, residuals, gram, 1e-9 * neurons, count);
      });
      if (rank === neurons) {
        // The projector on everything, without the rounding errors of its off-diagonal zeros.
        writeDiagonal(machine, matrix, new Float64Array(neurons).fill(1));
        return;
      }
      const basis = take(rank * neurons * 8);
      const order = pivots >>> 2;
      patternsToF64(machine, patterns, basis, rank, (k) => memory.views.u32[order + k]);
      kernels.solveLower(basis, factor, pivots, rank, neurons, count);
      kernels.addProductF64(matrix, basis, basis, neurons, neurons, rank, 1, neurons);
    });
  }
  if (!selfCoupling) writeDiagonal(machine, matrix, diagonal);
}

function addProjections({ machine, patterns, from, matrix }: Lesson): void {
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  memory.scope((take) => {
    const pattern = take(neurons * 8);
    const residual = take(neurons * 8);
    const scaled = take(neurons * 8);
    for (let k = from; k < patterns.count; k++) {
      patternsToF64(machine, patterns, pattern, 1, () => k);
      const f64 = memory.views.f64;
      f64.fill(0, residual >>> 3, (residual >>> 3) + neurons);
      // r = ξ − ξᵀW, the couplings being symmetric.
      kernels.addProductF64(residual, pattern, matrix, 1, neurons, neurons, 0, 1);
      let product = 0;
      for (let i = 0; i < neurons; i++) {
        const x = f64[(pattern >>> 3) + i];
        const r = x - f64[(residual >>> 3) + i];
        f64[(residual >>> 3) + i] = r;
        product += r * x;
      }
      if (Math.abs(product) <= 1e-9 * neurons) continue;
      for (let i = 0; i < neurons; i++)
        f64[(scaled >>> 3) + i] = f64[(residual >>> 3) + i] / product;
      kernels.addProductF64(matrix, scaled, residual, neurons, neurons, 1, 1, 0);
    }
  });
}

/** W_ii, which rules that do not learn it leave as it was. */
function readDiagonal(
  machine: Machine<PatternGroup & SpinGroup & LearningGroup>,
  matrix: number,
  neurons: number,
): Float64Array {
  const { f64 } = machine.memory.views;
  return new Float64Array(neurons).map((_, i) => f64[(matrix >>> 3) + i * (neurons + 1)]);
}

function writeDiagonal(
  machine: Machine<PatternGroup & SpinGroup & LearningGroup>,
  matrix: number,
  diagonal: Float64Array,
): void {
  const { f64 } = machine.memory.views;
  for (const [i, value] of diagonal.entries()) {
    f64[(matrix >>> 3) + i * (diagonal.length + 1)] = value;
  }
}

/**
 * Rules that learn each neuron's row by itself from its own signs and the Gram matrix:
 *
 * - perceptron with margin κ (Gardner 1988): while ξ_i^μ h_i^μ ≤ κ‖w_i‖, w_ij += ξ_i^μ ξ_j^μ/N;
 * - Diederich & Opper (1987): for all patterns in turn w_ij += (1 − ξ_i^μ h_i^μ) ξ_i^μ ξ_j^μ/N.
 *
 * A row is its start plus (1/N) Σ_μ x_μ ξ^μ; only the strengths x and the stabilities are iterated.
 */
function learnByNeuron(
  { machine, patterns, matrix, selfCoupling, dreamt }: Lesson,
  rule: CompleteRule & { name: 'perceptron' | 'diederich-opper' },
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
    const perceptron = rule.name === 'perceptron';
    // Perceptron rows are counted in units of 1/N, so that they stay integers.
    const scale = perceptron ? neurons : 1;
    let converged = true;
    let epochs = 0;
    for (let i = 0; i < neurons; i++) {
      const stabilities = starts + i * count * 8;
      for (let k = 0; k < count; k++) {
        const sign = f64[(all >>> 3) + k * neurons + i];
        i8[column + k] = sign;
        f64[(stabilities >>> 3) + k] *= sign * scale;
      }
      let squared = 0;
      if (perceptron && dreamt) {
        for (let j = 0; j < neurons; j++) {
          const w = f64[(matrix >>> 3) + i * neurons + j];
          squared += w * w;
        }
      }
      f64[norm2 >>> 3] = squared * scale * scale;
      const x = strengths + i * count * 8;
      const taken = perceptron
        ? kernels.perceptron(
            x,
            stabilities,
            norm2,
            gram,
            column,
            rule.margin,
            rule.maxEpochs,
            count,
            neurons,
          )
        : kernels.diederichOpper(
            x,
            stabilities,
            gram,
            column,
            rule.tolerance,
            selfCoupling ? 1 : 0,
            rule.maxEpochs,
            count,
            neurons,
          );
      if (taken < 0) converged = false;
      epochs = Math.max(epochs, taken < 0 ? rule.maxEpochs : taken);
    }
    for (let k = strengths >>> 3; k < (strengths >>> 3) + neurons * count; k++) f64[k] /= neurons;
    kernels.addProductF64(matrix, strengths, all, neurons, neurons, count, count, 1);
    if (!selfCoupling) writeDiagonal(machine, matrix, diagonal);
    return { converged, epochs };
  });
}

/** out[i][k] += Σ_j W_ij ξ_j^k. */
function addFields(
  machine: Machine<PatternGroup & SpinGroup & LearningGroup>,
  out: number,
  matrix: number,
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

/**
 * Covariance rule for sparse 0/1 patterns (Tsodyks & Feigelman 1988):
 * W_ij = Σ_μ (η_i − f)(η_j − f)/(N f(1 − f)). With η = (1 + ξ)/2 that is
 * Σ_μ (ξ_i + 1 − 2f)(ξ_j + 1 − 2f)/(4 N f(1 − f)), from exact counts.
 */
function learnCovariance(lesson: Lesson, activity: number): void {
  const scale = 1 / (4 * lesson.patterns.neurons * activity * (1 - activity));
  addCounts(lesson, 1 - 2 * activity, scale);
}

/** Hebb (1949), where the exact integers of the other representations are not to be had: W += scale·Σ ξ_i ξ_j. */
export function learnHebbian(lesson: Lesson, scale: number): void {
  addCounts(lesson, 0, scale);
}

/** W_ij += scale·Σ_μ (ξ_i + bias)(ξ_j + bias), from exact counts. */
function addCounts(
  { machine, patterns, from, matrix, selfCoupling }: Lesson,
  bias: number,
  scale: number,
): void {
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

/** Parisi's rule (1986) on couplings that are no integers: W_ij ← clamp(W_ij + ξ_i ξ_j·scale, ±bound·scale). */
function learnBounded(
  { machine, patterns, from, matrix }: Lesson,
  scale: number,
  bound: number,
): void {
  const { kernels, memory } = machine;
  const { neurons } = patterns;
  memory.scope((take) => {
    const signs = take(neurons);
    const { f64, i8 } = memory.views;
    const most = bound * scale;
    for (let k = from; k < patterns.count; k++) {
      kernels.unpackSigns(signs, patterns.row(k), neurons);
      for (let i = 0; i < neurons; i++) {
        for (let j = 0; j < neurons; j++) {
          if (j === i) continue;
          const at = (matrix >>> 3) + i * neurons + j;
          const sum = f64[at] + i8[signs + i] * i8[signs + j] * scale;
          f64[at] = Math.max(-most, Math.min(most, sum));
        }
      }
    }
  });
}
