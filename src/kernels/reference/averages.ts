/** Averages of spins in the field of each other's averages, V_i = tanh(h_i/T) (Peterson & Anderson 1987). */
import type { Views } from '../../memory.ts';
import { tanh } from '../../elementary.ts';

export function averageSweeps(
  m: Views,
  averages: number,
  starts: number,
  neighbours: number,
  weights: number,
  extra: number,
  temperatures: number,
  sweeps: number,
  spins: number,
): void {
  const v = averages >>> 3;
  const sums = [0, 0, 0, 0];
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const t = m.f64[(temperatures >>> 3) + sweep];
    for (let i = 0; i < spins; i++) {
      const from = m.u32[(starts >>> 2) + i];
      const to = m.u32[(starts >>> 2) + i + 1];
      sums.fill(0);
      for (let k = from; k < to; k++) {
        const j = m.u32[(neighbours >>> 2) + k];
        sums[(k - from) & 3] += m.i32[(weights >>> 2) + k] * m.f64[v + j];
      }
      const h = sums[0] + sums[2] + (sums[1] + sums[3]) + m.i32[(extra >>> 2) + i];
      m.f64[v + i] = h === 0 ? 0 : tanh(h / t);
    }
  }
}
