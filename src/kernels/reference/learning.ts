/** The inner loops of the rules that are not sums of patterns; definitions stand in src/learning. */
import type { Views } from '../../memory.ts';
import { leading } from './couplings.ts';

export function storkeyF64(
  m: Views,
  matrix: number,
  signs: number,
  fields: number,
  neurons: number,
): void {
  const w = matrix >>> 3;
  const h = fields >>> 3;
  m.f64.fill(0, h, h + neurons);
  for (let i = 0; i < neurons; i++) {
    const s = m.i8[signs + i];
    for (let j = 0; j < neurons; j++) m.f64[h + j] += s * m.f64[w + i * neurons + j];
  }
  for (let i = 0; i < neurons; i++) {
    const si = m.i8[signs + i];
    const hi = m.f64[h + i];
    for (let j = 0; j < neurons; j++) {
      if (j === i) continue;
      const sj = m.i8[signs + j];
      const at = w + i * neurons + j;
      m.f64[at] += (si * sj - (si * m.f64[h + j] + hi * sj) + 2 * m.f64[at]) / neurons;
    }
  }
}

export function addCovarianceF64(
  m: Views,
  matrix: number,
  couplings: number,
  sums: number,
  bias: number,
  patterns: number,
  scale: number,
  neurons: number,
): void {
  const lda = leading(neurons);
  const constant = patterns * bias * bias;
  for (let i = 0; i < neurons; i++) {
    for (let j = 0; j < neurons; j++) {
      const count = m.i16[(couplings >>> 1) + i * lda + j];
      const sum = m.i32[(sums >>> 2) + i] + m.i32[(sums >>> 2) + j];
      m.f64[(matrix >>> 3) + i * neurons + j] += (count + bias * sum + constant) * scale;
    }
  }
}

export function factorGram(
  m: Views,
  factor: number,
  pivots: number,
  residuals: number,
  gram: number,
  tolerance: number,
  patterns: number,
): number {
  const f = factor >>> 3;
  const d = residuals >>> 3;
  const lda = (patterns + 7) & ~7;
  const c = gram >>> 2;
  for (let i = 0; i < patterns; i++) m.f64[d + i] = m.i32[c + i * lda + i];
  for (let k = 0; k < patterns; k++) {
    let pivot = 0;
    for (let i = 1; i < patterns; i++) if (m.f64[d + i] > m.f64[d + pivot]) pivot = i;
    const residual = m.f64[d + pivot];
    if (!(residual > tolerance)) return k;
    m.u32[(pivots >>> 2) + k] = pivot;
    const root = Math.sqrt(residual);
    const row = f + k * patterns;
    for (let i = 0; i < patterns; i++) m.f64[row + i] = m.i32[c + pivot * lda + i];
    for (let t = 0; t < k; t++) {
      const x = m.f64[f + t * patterns + pivot];
      for (let i = 0; i < patterns; i++) m.f64[row + i] -= x * m.f64[f + t * patterns + i];
    }
    for (let i = 0; i < patterns; i++) {
      const x = m.f64[row + i] / root;
      m.f64[row + i] = x;
      m.f64[d + i] -= x * x;
    }
    m.f64[d + pivot] = -Infinity;
  }
  return patterns;
}

export function solveLower(
  m: Views,
  b: number,
  factor: number,
  pivots: number,
  rank: number,
  columns: number,
  patterns: number,
): void {
  const f = factor >>> 3;
  for (let k = 0; k < rank; k++) {
    const pivot = m.u32[(pivots >>> 2) + k];
    const row = (b >>> 3) + k * columns;
    for (let t = 0; t < k; t++) {
      const x = m.f64[f + t * patterns + pivot];
      const above = (b >>> 3) + t * columns;
      for (let j = 0; j < columns; j++) m.f64[row + j] -= x * m.f64[above + j];
    }
    const root = m.f64[f + k * patterns + pivot];
    for (let j = 0; j < columns; j++) m.f64[row + j] /= root;
  }
}

export function perceptron(
  m: Views,
  strengths: number,
  stabilities: number,
  norm2: number,
  gram: number,
  column: number,
  margin: number,
  maxEpochs: number,
  patterns: number,
  neurons: number,
): number {
  const lda = (patterns + 7) & ~7;
  const g = stabilities >>> 3;
  let squared = m.f64[norm2 >>> 3];
  for (let epoch = 1; epoch <= maxEpochs; epoch++) {
    let quiet = true;
    for (let p = 0; p < patterns; p++) {
      const stability = m.f64[g + p];
      if (stability > margin * Math.sqrt(squared)) continue;
      quiet = false;
      const xi = m.i8[column + p];
      m.f64[(strengths >>> 3) + p] += xi;
      squared += 2 * stability + (neurons - 1);
      const row = (gram >>> 2) + p * lda;
      for (let q = 0; q < patterns; q++) m.f64[g + q] += xi * m.i8[column + q] * m.i32[row + q] - 1;
    }
    if (quiet) {
      m.f64[norm2 >>> 3] = squared;
      return epoch;
    }
  }
  m.f64[norm2 >>> 3] = squared;
  return -1;
}

export function minimalOverlap(
  m: Views,
  strengths: number,
  stabilities: number,
  norm2: number,
  gram: number,
  column: number,
  threshold: number,
  maxEpochs: number,
  patterns: number,
  neurons: number,
): number {
  const lda = (patterns + 7) & ~7;
  const g = stabilities >>> 3;
  const n = norm2 >>> 3;
  for (let epoch = 1; epoch <= maxEpochs; epoch++) {
    for (let update = 0; update < patterns; update++) {
      let p = 0;
      for (let q = 1; q < patterns; q++) if (m.f64[g + q] < m.f64[g + p]) p = q;
      if (m.f64[g + p] > threshold) return epoch;
      const xi = m.i8[column + p];
      m.f64[(strengths >>> 3) + p] += xi;
      m.f64[n] += 2 * m.f64[g + p] + (neurons - 1);
      const row = (gram >>> 2) + p * lda;
      for (let q = 0; q < patterns; q++) m.f64[g + q] += xi * m.i8[column + q] * m.i32[row + q] - 1;
    }
  }
  return -1;
}

export function diederichOpper(
  m: Views,
  strengths: number,
  stabilities: number,
  gram: number,
  column: number,
  tolerance: number,
  self: number,
  maxEpochs: number,
  patterns: number,
  neurons: number,
): number {
  const lda = (patterns + 7) & ~7;
  const g = stabilities >>> 3;
  const own = 1 - self;
  for (let epoch = 1; epoch <= maxEpochs; epoch++) {
    let quiet = true;
    for (let p = 0; p < patterns; p++) {
      const change = 1 - m.f64[g + p];
      if (Math.abs(change) > tolerance) quiet = false;
      const xi = m.i8[column + p];
      m.f64[(strengths >>> 3) + p] += change * xi;
      const step = change / neurons;
      const row = (gram >>> 2) + p * lda;
      for (let q = 0; q < patterns; q++) {
        m.f64[g + q] += step * (xi * m.i8[column + q] * m.i32[row + q] - own);
      }
    }
    if (quiet) return epoch;
  }
  return -1;
}
