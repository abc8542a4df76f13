/** The inner loops of the rules that are not sums of patterns; definitions stand in src/learning. */
import { leading } from "./couplings";

export function storkeyF64(matrix: usize, signs: usize, fields: usize, neurons: u32): void {
  const line = neurons << 3;
  for (let j: u32 = 0; j < neurons; j++) store<f64>(fields + (j << 3), 0);
  for (let i: u32 = 0; i < neurons; i++) {
    const s = <f64>load<i8>(signs + i);
    const row = matrix + i * line;
    for (let at: usize = 0; at < line; at += 8) {
      store<f64>(fields + at, load<f64>(fields + at) + s * load<f64>(row + at));
    }
  }
  const count = <f64>neurons;
  for (let i: u32 = 0; i < neurons; i++) {
    const si = <f64>load<i8>(signs + i);
    const hi = load<f64>(fields + (i << 3));
    const row = matrix + i * line;
    const own = load<f64>(row + (i << 3));
    for (let j: u32 = 0; j < neurons; j++) {
      const sj = <f64>load<i8>(signs + j);
      const at = row + (j << 3);
      const w = load<f64>(at);
      const cross = si * load<f64>(fields + (j << 3)) + hi * sj;
      store<f64>(at, w + (si * sj - cross + 2.0 * w) / count);
    }
    store<f64>(row + (i << 3), own);
  }
}

export function addCovarianceF64(
  matrix: usize,
  couplings: usize,
  sums: usize,
  bias: f64,
  patterns: u32,
  scale: f64,
  neurons: u32,
): void {
  const lda = leading(neurons);
  const constant = <f64>patterns * bias * bias;
  for (let i: u32 = 0; i < neurons; i++) {
    const row = couplings + ((i * lda) << 1);
    const own = load<i32>(sums + (i << 2));
    for (let j: u32 = 0; j < neurons; j++) {
      const count = <f64>load<i16>(row + (j << 1));
      const sum = <f64>(own + load<i32>(sums + (j << 2)));
      store<f64>(matrix, load<f64>(matrix) + (count + bias * sum + constant) * scale);
      matrix += 8;
    }
  }
}

/** y −= x·row over f64[count]. */
@inline
function subtractRow(y: usize, x: f64, row: usize, count: u32): void {
  const factor = f64x2.splat(x);
  let i: u32 = 0;
  for (; i + 2 <= count; i += 2) {
    const at = i << 3;
    v128.store(y + at, f64x2.sub(v128.load(y + at), f64x2.mul(factor, v128.load(row + at))));
  }
  if (i < count) {
    const at = i << 3;
    store<f64>(y + at, load<f64>(y + at) - x * load<f64>(row + at));
  }
}

export function factorGram(
  factor: usize,
  pivots: usize,
  residuals: usize,
  gram: usize,
  tolerance: f64,
  patterns: u32,
): u32 {
  const lda = ((patterns + 7) & ~7) << 2;
  const line = patterns << 3;
  for (let i: u32 = 0; i < patterns; i++) {
    store<f64>(residuals + (i << 3), <f64>load<i32>(gram + i * lda + (i << 2)));
  }
  for (let k: u32 = 0; k < patterns; k++) {
    let pivot: u32 = 0;
    for (let i: u32 = 1; i < patterns; i++) {
      if (load<f64>(residuals + (i << 3)) > load<f64>(residuals + (pivot << 3))) pivot = i;
    }
    const residual = load<f64>(residuals + (pivot << 3));
    if (!(residual > tolerance)) return k;
    store<u32>(pivots + (k << 2), pivot);
    const root = sqrt<f64>(residual);
    const row = factor + k * line;
    for (let i: u32 = 0; i < patterns; i++) {
      store<f64>(row + (i << 3), <f64>load<i32>(gram + pivot * lda + (i << 2)));
    }
    for (let t: u32 = 0; t < k; t++) {
      const above = factor + t * line;
      subtractRow(row, load<f64>(above + (pivot << 3)), above, patterns);
    }
    for (let i: u32 = 0; i < patterns; i++) {
      const x = load<f64>(row + (i << 3)) / root;
      store<f64>(row + (i << 3), x);
      const at = residuals + (i << 3);
      store<f64>(at, load<f64>(at) - x * x);
    }
    store<f64>(residuals + (pivot << 3), -Infinity);
  }
  return patterns;
}

export function solveLower(
  b: usize,
  factor: usize,
  pivots: usize,
  rank: u32,
  columns: u32,
  patterns: u32,
): void {
  const line = columns << 3;
  for (let k: u32 = 0; k < rank; k++) {
    const pivot = load<u32>(pivots + (k << 2)) << 3;
    const row = b + k * line;
    for (let t: u32 = 0; t < k; t++) {
      subtractRow(row, load<f64>(factor + ((t * patterns) << 3) + pivot), b + t * line, columns);
    }
    const root = load<f64>(factor + ((k * patterns) << 3) + pivot);
    for (let at = row; at < row + line; at += 8) store<f64>(at, load<f64>(at) / root);
  }
}

export function perceptron(
  strengths: usize,
  stabilities: usize,
  norm2: usize,
  gram: usize,
  column: usize,
  margin: f64,
  maxEpochs: u32,
  patterns: u32,
  neurons: u32,
): i32 {
  const lda = ((patterns + 7) & ~7) << 2;
  let squared = load<f64>(norm2);
  for (let epoch: u32 = 1; epoch <= maxEpochs; epoch++) {
    let quiet = true;
    for (let p: u32 = 0; p < patterns; p++) {
      const stability = load<f64>(stabilities + (p << 3));
      if (stability > margin * sqrt<f64>(squared)) continue;
      quiet = false;
      const xi = <i32>load<i8>(column + p);
      const strength = strengths + (p << 3);
      store<f64>(strength, load<f64>(strength) + <f64>xi);
      squared += 2.0 * stability + <f64>(neurons - 1);
      const row = gram + p * lda;
      for (let q: u32 = 0; q < patterns; q++) {
        const at = stabilities + (q << 3);
        const change = xi * load<i8>(column + q) * load<i32>(row + (q << 2)) - 1;
        store<f64>(at, load<f64>(at) + <f64>change);
      }
    }
    if (quiet) {
      store<f64>(norm2, squared);
      return epoch;
    }
  }
  store<f64>(norm2, squared);
  return -1;
}

export function minimalOverlap(
  strengths: usize,
  stabilities: usize,
  norm2: usize,
  gram: usize,
  column: usize,
  threshold: f64,
  maxEpochs: u32,
  patterns: u32,
  neurons: u32,
): i32 {
  const lda = ((patterns + 7) & ~7) << 2;
  // The pattern of the least stability, and that; found while stabilities are brought up to date.
  let least: u32 = 0;
  let stability = load<f64>(stabilities);
  for (let q: u32 = 1; q < patterns; q++) {
    const other = load<f64>(stabilities + (q << 3));
    if (other >= stability) continue;
    stability = other;
    least = q;
  }
  for (let epoch: u32 = 1; epoch <= maxEpochs; epoch++) {
    for (let update: u32 = 0; update < patterns; update++) {
      if (stability > threshold) return epoch;
      const xi = <i32>load<i8>(column + least);
      const strength = strengths + (least << 3);
      store<f64>(strength, load<f64>(strength) + <f64>xi);
      store<f64>(norm2, load<f64>(norm2) + (2.0 * stability + <f64>(neurons - 1)));
      const row = gram + least * lda;
      stability = Infinity;
      for (let q: u32 = 0; q < patterns; q++) {
        const at = stabilities + (q << 3);
        const change = xi * load<i8>(column + q) * load<i32>(row + (q << 2)) - 1;
        const now = load<f64>(at) + <f64>change;
        store<f64>(at, now);
        if (now >= stability) continue;
        stability = now;
        least = q;
      }
    }
  }
  return -1;
}

export function diederichOpper(
  strengths: usize,
  stabilities: usize,
  gram: usize,
  column: usize,
  tolerance: f64,
  self: i32,
  maxEpochs: u32,
  patterns: u32,
  neurons: u32,
): i32 {
  const lda = ((patterns + 7) & ~7) << 2;
  const own = 1 - self;
  for (let epoch: u32 = 1; epoch <= maxEpochs; epoch++) {
    let quiet = true;
    for (let p: u32 = 0; p < patterns; p++) {
      const change = 1.0 - load<f64>(stabilities + (p << 3));
      if (abs(change) > tolerance) quiet = false;
      const xi = <i32>load<i8>(column + p);
      const strength = strengths + (p << 3);
      store<f64>(strength, load<f64>(strength) + change * <f64>xi);
      const step = change / <f64>neurons;
      const row = gram + p * lda;
      for (let q: u32 = 0; q < patterns; q++) {
        const at = stabilities + (q << 3);
        const weight = xi * load<i8>(column + q) * load<i32>(row + (q << 2)) - own;
        store<f64>(at, load<f64>(at) + step * <f64>weight);
      }
    }
    if (quiet) return epoch;
  }
  return -1;
}
