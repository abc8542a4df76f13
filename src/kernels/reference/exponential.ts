/** Elementary functions as kernels; src/elementary.ts has them. */
import * as elementary from '../../elementary.ts';
import type { Views } from '../../memory.ts';

export function exponential(_: Views, x: number): number {
  return elementary.exp(x);
}

export function logarithm(_: Views, x: number): number {
  return elementary.ln(x);
}

export function hyperbolicTangent(_: Views, x: number): number {
  return elementary.tanh(x);
}

export function exponentialF32(m: Views, out: number, x: number, count: number): void {
  for (let i = 0; i < count; i++) {
    m.f32[(out >>> 2) + i] = elementary.expF32(m.f32[(x >>> 2) + i]);
  }
}
