/** Graded neurons (Hopfield 1984): outputs, fields, steps of the flow and the energy. */
import type { Views } from '../../memory.ts';
import { exp, tanh, TANH_NEAR } from '../../elementary.ts';

export function gradedOutputs(
  m: Views,
  outputs: number,
  u: number,
  gain: number,
  low: number,
  count: number,
): void {
  const out = outputs >>> 3;
  for (let i = 0; i < count; i++) {
    const t = tanh(gain * m.f64[(u >>> 3) + i]);
    m.f64[out + i] = low === 0 ? 0.5 * t + 0.5 : t;
  }
}

export function gradedFields(
  m: Views,
  fields: number,
  outputs: number,
  matrix: number,
  inputs: number,
  neurons: number,
): void {
  const { f64 } = m;
  const v = outputs >>> 3;
  const sums = new Float64Array(4);
  for (let i = 0; i < neurons; i++) {
    const row = (matrix >>> 3) + i * neurons;
    sums.fill(0);
    for (let j = 0; j < neurons; j++) sums[j & 3] += f64[row + j] * f64[v + j];
    const sum = sums[0] + sums[2] + (sums[1] + sums[3]);
    f64[(fields >>> 3) + i] = sum + f64[(inputs >>> 3) + i];
  }
}

export function gradedPredict(
  m: Views,
  ahead: number,
  u: number,
  fields: number,
  rise: number,
  timeConstant: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const from = m.f64[(u >>> 3) + i];
    m.f64[(ahead >>> 3) + i] = from + rise * (timeConstant * m.f64[(fields >>> 3) + i] - from);
  }
}

export function gradedCorrect(
  m: Views,
  ahead: number,
  fieldsAhead: number,
  fields: number,
  weight: number,
  gain: number,
  count: number,
): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const e = weight * (m.f64[(fieldsAhead >>> 3) + i] - m.f64[(fields >>> 3) + i]);
    const to = m.f64[(ahead >>> 3) + i] + e;
    m.f64[(ahead >>> 3) + i] = to;
    largest = Math.max(largest, (gain * Math.abs(e)) / (1 + gain * Math.abs(to)));
  }
  return largest;
}

export function gradedSlope(
  m: Views,
  u: number,
  fields: number,
  rate: number,
  count: number,
): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const slope = m.f64[(fields >>> 3) + i] - rate * m.f64[(u >>> 3) + i];
    largest = Math.max(largest, Math.abs(slope));
  }
  return largest;
}

/** s + s³/3 + … + s¹⁹/19, for 0 ≤ s ≤ 1/7 artanh s to the last bit but one. */
function areaTangent(s: number): number {
  const z = s * s;
  let p = 1 / 19;
  for (let n = 17; n >= 1; n -= 2) p = p * z + 1 / n;
  return s * p;
}

/** y·tanh y − ln cosh y, for y ≥ 0: from ln cosh y = −½ ln(1 − tanh²y), or y + ln(1 + e^(−2y)) − ln 2. */
function outputCost(y: number): number {
  if (y < TANH_NEAR) {
    const t = tanh(y);
    const z = t * t;
    return y * t - areaTangent(z / (2 - z));
  }
  const e = exp(-2 * y);
  return Math.LN2 - 2 * areaTangent(e / (2 + e)) - 2 * y * (e / (1 + e));
}

export function gradedEnergy(
  m: Views,
  sums: number,
  u: number,
  outputs: number,
  fields: number,
  inputs: number,
  gain: number,
  scale: number,
  count: number,
): void {
  const energies = [0, 0];
  const sizes = [0, 0];
  for (let i = 0; i < count; i++) {
    const a =
      -0.5 * m.f64[(outputs >>> 3) + i] * (m.f64[(fields >>> 3) + i] + m.f64[(inputs >>> 3) + i]);
    const y = Math.min(Math.abs(gain * m.f64[(u >>> 3) + i]), 350);
    const c = scale * outputCost(y);
    energies[i & 1] += a + c;
    sizes[i & 1] += Math.abs(a) + c;
  }
  m.f64[sums >>> 3] = energies[0] + energies[1];
  m.f64[(sums >>> 3) + 1] = sizes[0] + sizes[1];
}
