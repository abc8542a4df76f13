/** Rows of singles, normalised: softmax and layer normalisation, each with its gradient. */
import type { Views } from '../../memory.ts';
import { expF32 } from '../../elementary.ts';
import { sumInLanes } from './tensors.ts';

const fround = Math.fround;

export function softmaxF32(
  m: Views,
  out: number,
  scores: number,
  mask: number,
  scale: number,
  rows: number,
  columns: number,
  maskStep: number,
): void {
  const factor = fround(scale);
  for (let i = 0; i < rows; i++) {
    const at = (out >>> 2) + i * columns;
    let largest = -Infinity;
    for (let j = 0; j < columns; j++) {
      const scaled = fround(factor * m.f32[(scores >>> 2) + i * columns + j]);
      const t = mask === 0 ? scaled : fround(scaled + m.f32[(mask >>> 2) + i * maskStep + j]);
      m.f32[at + j] = t;
      if (t > largest) largest = t;
    }
    // Without this, a row of −infinity would be exp(−infinity + infinity).
    if (largest === -Infinity) largest = 0;
    for (let j = 0; j < columns; j++) {
      m.f32[at + j] = expF32(fround(m.f32[at + j] - largest));
    }
    const sum = sumInLanes(columns, (j) => m.f32[at + j]);
    const inverse = sum === 0 ? 0 : fround(1 / sum);
    for (let j = 0; j < columns; j++) m.f32[at + j] *= inverse;
  }
}

export function softmaxBackwardF32(
  m: Views,
  out: number,
  weights: number,
  gradient: number,
  scale: number,
  rows: number,
  columns: number,
): void {
  const factor = fround(scale);
  for (let i = 0; i < rows; i++) {
    const w = (weights >>> 2) + i * columns;
    const g = (gradient >>> 2) + i * columns;
    const mean = sumInLanes(columns, (j) => fround(m.f32[w + j] * m.f32[g + j]));
    for (let j = 0; j < columns; j++) {
      m.f32[(out >>> 2) + i * columns + j] =
        fround(factor * m.f32[w + j]) * fround(m.f32[g + j] - mean);
    }
  }
}

export function layerNormF32(
  m: Views,
  out: number,
  moments: number,
  x: number,
  gain: number,
  bias: number,
  epsilon: number,
  rows: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    const from = (x >>> 2) + i * columns;
    const mean = fround(sumInLanes(columns, (j) => m.f32[from + j]) / columns);
    const distance = (j: number) => fround(m.f32[from + j] - mean);
    const squares = sumInLanes(columns, (j) => fround(distance(j) * distance(j)));
    const variance = fround(fround(squares / columns) + fround(epsilon));
    const inverse = fround(1 / fround(Math.sqrt(variance)));
    m.f32[(moments >>> 2) + 2 * i] = mean;
    m.f32[(moments >>> 2) + 2 * i + 1] = inverse;
    for (let j = 0; j < columns; j++) {
      let y = fround(distance(j) * inverse);
      if (gain !== 0) y = fround(y * m.f32[(gain >>> 2) + j]);
      if (bias !== 0) y = fround(y + m.f32[(bias >>> 2) + j]);
      m.f32[(out >>> 2) + i * columns + j] = y;
    }
  }
}

export function layerNormBackwardF32(
  m: Views,
  out: number,
  x: number,
  moments: number,
  gain: number,
  gradient: number,
  rows: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    const at = (moments >>> 2) + 2 * i;
    const [mean, inverse] = [m.f32[at], m.f32[at + 1]];
    const row = i * columns;
    const normal = (j: number) => fround(fround(m.f32[(x >>> 2) + row + j] - mean) * inverse);
    const slope = (j: number) => {
      const g = m.f32[(gradient >>> 2) + row + j];
      return gain === 0 ? g : fround(g * m.f32[(gain >>> 2) + j]);
    };
    const level = fround(sumInLanes(columns, slope) / columns);
    const along = fround(sumInLanes(columns, (j) => fround(slope(j) * normal(j))) / columns);
    for (let j = 0; j < columns; j++) {
      const rest = fround(fround(slope(j) - level) - fround(normal(j) * along));
      m.f32[(out >>> 2) + row + j] = inverse * rest;
    }
  }
}

export function layerNormGainF32(
  m: Views,
  sums: number,
  x: number,
  moments: number,
  gradient: number,
  rows: number,
  columns: number,
): void {
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      const at = (moments >>> 2) + 2 * i;
      const from = i * columns + j;
      const normal = fround(fround(m.f32[(x >>> 2) + from] - m.f32[at]) * m.f32[at + 1]);
      sum = fround(sum + fround(m.f32[(gradient >>> 2) + from] * normal));
    }
    m.f32[(sums >>> 2) + j] += sum;
  }
}
