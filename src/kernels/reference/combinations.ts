/** Averages of stored rows by weights at hand. */
import type { Views } from '../../memory.ts';

export function combineF32(
  m: Views,
  out: number,
  rows: number,
  indices: number,
  weights: number,
  count: number,
  width: number,
): void {
  for (let k = 0; k < width; k++) {
    // Nothing but −0 leaves every number as it is, −0 included.
    let sum = -0;
    for (let i = 0; i < count; i++) {
      const row = (rows >>> 2) + m.u32[(indices >>> 2) + i] * width;
      sum += m.f64[(weights >>> 3) + i] * m.f32[row + k];
    }
    m.f32[(out >>> 2) + k] = sum;
  }
}
