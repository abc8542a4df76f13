/** Chains of Boltzmann machines: what units are on average, drawn, and what is learnt from them. */
import { exp, expF32, ln } from '../../elementary.ts';
import type { Views } from '../../memory.ts';
import { normalOf } from '../../normal.ts';

const fround = Math.fround;

export function binaryMeansF32(
  m: Views,
  means: number,
  inputs: number,
  count: number,
  bipolar: number,
): void {
  for (let k = 0; k < count; k++) {
    const x = m.f32[(inputs >>> 2) + k];
    m.f32[(means >>> 2) + k] = bipolar
      ? fround(2 / fround(1 + expF32(-fround(x + x)))) - 1
      : logistic(x);
  }
}

function logistic(x: number): number {
  return fround(1 / fround(1 + expF32(-x)));
}

export function drawBinaryF32(
  m: Views,
  states: number,
  means: number,
  generators: number,
  rows: number,
  units: number,
  bipolar: number,
): void {
  const low = bipolar ? -1 : 0;
  eachDraw(m, generators, rows, units, (k, draw) => {
    const mean = m.f32[(means >>> 2) + k];
    const p = bipolar ? fround(fround(0.5 * mean) + 0.5) : mean;
    m.f32[(states >>> 2) + k] = realOf(draw) < p ? 1 : low;
  });
}

/** The single in [0, 1) that a draw stands for. */
function realOf(draw: number): number {
  return (draw >>> 8) / 16777216;
}

export function drawGaussianF32(
  m: Views,
  states: number,
  means: number,
  generators: number,
  rows: number,
  units: number,
): void {
  eachDraw(m, generators, rows, units, (k, draw) => {
    m.f32[(states >>> 2) + k] = m.f32[(means >>> 2) + k] + fround(normalOf(draw));
  });
}

/** Unit k of all, row after row, and its draw. */
function eachDraw(
  { u32 }: Views,
  generators: number,
  rows: number,
  units: number,
  use: (k: number, draw: number) => void,
): void {
  for (let r = 0; r < rows; r++) {
    const at = (generators >>> 2) + 16 * r;
    for (let i = 0; i < units; i += 4) {
      for (let lane = 0; lane < 4; lane++) {
        const draw = nextOf(u32, at + lane);
        if (i + lane < units) use(r * units + i + lane, draw);
      }
    }
  }
}

/** The next draw of the generator whose words are at `at`, `at + 4`, `at + 8` and `at + 12`: src/random.ts has its definition. */
function nextOf(words: Uint32Array, at: number): number {
  const s1 = words[at + 4];
  const s2 = words[at + 8] ^ words[at];
  const s3 = words[at + 12] ^ s1;
  words[at + 4] = s1 ^ s2;
  words[at] ^= s3;
  words[at + 8] = s2 ^ (s1 << 9);
  words[at + 12] = rotl(s3, 11);
  return Math.imul(rotl(Math.imul(s1, 5), 7), 9) >>> 0;
}

function rotl(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

export function scaleF32(m: Views, out: number, x: number, factor: number, count: number): void {
  const by = fround(factor);
  for (let k = 0; k < count; k++) m.f32[(out >>> 2) + k] = by * m.f32[(x >>> 2) + k];
}

export function ascendF32(
  m: Views,
  weights: number,
  velocities: number,
  gradients: number,
  rate: number,
  momentum: number,
  decay: number,
  count: number,
): void {
  const [w, v, g] = [weights >>> 2, velocities >>> 2, gradients >>> 2];
  const [eta, mu, lambda] = [fround(rate), fround(momentum), fround(decay)];
  for (let k = 0; k < count; k++) {
    const slope = fround(m.f32[g + k] - fround(lambda * m.f32[w + k]));
    const velocity = fround(fround(mu * m.f32[v + k]) + fround(eta * slope));
    m.f32[v + k] = velocity;
    m.f32[w + k] += velocity;
  }
}

export function inputsF64(
  m: Views,
  out: number,
  x: number,
  weights: number,
  rows: number,
  units: number,
  inner: number,
): void {
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < units; j++) {
      let sum = 0;
      for (let i = 0; i < inner; i++) {
        sum += m.f32[(x >>> 2) + r * inner + i] * m.f32[(weights >>> 2) + i * units + j];
      }
      m.f64[(out >>> 3) + r * units + j] = sum;
    }
  }
}

/** Factors from 1 to 2 that are multiplied before a logarithm is taken: their product stays below 2⁵¹². */
const FACTORS = 512;

export function softplusSumsF64(
  m: Views,
  sums: number,
  offset: number,
  x: number,
  gain: number,
  rows: number,
  units: number,
): void {
  for (let r = 0; r < rows; r++) {
    const [even, odd] = [0, 1].map((lane) => {
      let sum = 0;
      let product = 1;
      let factors = 0;
      for (let j = lane; j < units; j += 2) {
        const t = gain * (m.f64[(offset >>> 3) + j] + m.f64[(x >>> 3) + r * units + j]);
        if (t > 0) sum += t;
        product *= 1 + exp(-Math.abs(t));
        if (++factors === FACTORS) {
          sum += ln(product);
          product = 1;
          factors = 0;
        }
      }
      return sum + ln(product);
    });
    m.f64[(sums >>> 3) + r] = even + odd;
  }
}

export function sweepUnitsF32(
  m: Views,
  states: number,
  fields: number,
  couplings: number,
  generators: number,
  rows: number,
  units: number,
): void {
  const { f32 } = m;
  eachDraw(m, generators, rows, units, (k, draw) => {
    const i = k % units;
    const row = k - i;
    const h = f32[(fields >>> 2) + k];
    const state = realOf(draw) < logistic(fround(h + h)) ? 1 : -1;
    if (state === f32[(states >>> 2) + k]) return;
    f32[(states >>> 2) + k] = state;
    const change = 2 * state;
    for (let j = 0; j < units; j++) {
      f32[(fields >>> 2) + row + j] += fround(change * f32[(couplings >>> 2) + i * units + j]);
    }
  });
}
