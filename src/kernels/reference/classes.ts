/** Class units of a dense memory: their fields and the gradients of these, with all class units at once and in the dual. */
import type { Views } from '../../memory.ts';

/** baseⁿ for an integer n from 0 up. */
function raised(base: number, n: number): number {
  let result = 1;
  for (let bits = n; bits > 0; bits >>>= 1) {
    if (bits & 1) result *= base;
    base *= base;
  }
  return result;
}

/** max(0, x/T)ⁿ */
function rectified(x: number, n: number, temperature: number): number {
  return raised(Math.max(0, x / temperature), n);
}

export function dualFieldsF64(
  m: Views,
  fields: number,
  overlaps: number,
  weights: number,
  samples: number,
  memories: number,
  classes: number,
  step: number,
  power: number,
  temperature: number,
): void {
  const out = fields >>> 3;
  m.f64.fill(0, out, out + samples * classes);
  for (let k = 0; k < memories; k++) {
    const xi = (weights >>> 2) + k * step;
    for (let i = 0; i < samples; i++) {
      const a = m.f32[(overlaps >>> 2) + k * samples + i];
      if (!(a > 0)) continue;
      const r = rectified(a, power - 1, temperature);
      for (let j = 0; j < classes; j++) m.f64[out + i * classes + j] += m.f32[xi + j] * r;
    }
  }
}

export function dualFieldsBackwardF64(
  m: Views,
  overlapGradients: number,
  weightGradients: number,
  overlaps: number,
  weights: number,
  gradients: number,
  samples: number,
  memories: number,
  classes: number,
  step: number,
  power: number,
  temperature: number,
): void {
  const rise = (power - 1) / temperature;
  for (let k = 0; k < memories; k++) {
    const xi = (weights >>> 2) + k * step;
    const dxi = (weightGradients >>> 3) + k * classes;
    m.f64.fill(0, dxi, dxi + classes);
    for (let i = 0; i < samples; i++) {
      const at = k * samples + i;
      const a = m.f32[(overlaps >>> 2) + at];
      m.f32[(overlapGradients >>> 2) + at] = 0;
      if (!(a > 0)) continue;
      const g = (gradients >>> 3) + i * classes;
      const r = rectified(a, power - 1, temperature);
      for (let j = 0; j < classes; j++) m.f64[dxi + j] += m.f64[g + j] * r;
      const slope = rise * rectified(a, power - 2, temperature);
      const sum = sumOfBoth(classes, (j) => m.f64[g + j] * m.f32[xi + j]);
      m.f32[(overlapGradients >>> 2) + at] = sum * slope;
    }
  }
}

export function classFieldsF64(
  m: Views,
  fields: number,
  overlaps: number,
  weights: number,
  samples: number,
  memories: number,
  classes: number,
  step: number,
  power: number,
  temperature: number,
): void {
  const out = fields >>> 3;
  m.f64.fill(0, out, out + samples * classes);
  for (let k = 0; k < memories; k++) {
    const xi = (weights >>> 2) + k * step;
    const all = sumOf(m.f32, xi, classes);
    for (let i = 0; i < samples; i++) {
      const h = m.f32[(overlaps >>> 2) + k * samples + i] - all;
      const low = rectified(h, power, temperature);
      for (let j = 0; j < classes; j++) {
        const high = rectified(h + 2 * m.f32[xi + j], power, temperature);
        m.f64[out + i * classes + j] += high - low;
      }
    }
  }
}

export function classFieldsBackwardF64(
  m: Views,
  overlapGradients: number,
  weightGradients: number,
  overlaps: number,
  weights: number,
  gradients: number,
  samples: number,
  memories: number,
  classes: number,
  step: number,
  power: number,
  temperature: number,
): void {
  const rise = power / temperature;
  const slope = (x: number) => rectified(x, power - 1, temperature) * rise;
  for (let k = 0; k < memories; k++) {
    const xi = (weights >>> 2) + k * step;
    const dxi = (weightGradients >>> 3) + k * classes;
    m.f64.fill(0, dxi, dxi + classes);
    const all = sumOf(m.f32, xi, classes);
    let total = 0;
    for (let i = 0; i < samples; i++) {
      const at = k * samples + i;
      const g = (gradients >>> 3) + i * classes;
      const h = m.f32[(overlaps >>> 2) + at] - all;
      const low = slope(h);
      const high = (j: number) => slope(h + 2 * m.f32[xi + j]);
      for (let j = 0; j < classes; j++) m.f64[dxi + j] += m.f64[g + j] * high(j);
      const sum = sumOfBoth(classes, (j) => m.f64[g + j] * (high(j) - low));
      m.f32[(overlapGradients >>> 2) + at] = sum;
      total += sum;
    }
    for (let j = 0; j < classes; j++) m.f64[dxi + j] = 2 * m.f64[dxi + j] - total;
  }
}

function sumOf(values: Float32Array, at: number, count: number): number {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += values[at + j];
  return sum;
}

/** The sum of the terms of even index, plus that of odd ones. */
function sumOfBoth(count: number, term: (j: number) => number): number {
  const lanes = [0, 0];
  for (let j = 0; j < count; j++) lanes[j & 1] += term(j);
  return lanes[0] + lanes[1];
}
