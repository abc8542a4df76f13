/** All states of spins; see src/kernels/abi/enumeration.ts. */
import type { Views } from '../../memory.ts';

/** Spins that go through all their states within a step. */
const FOUR = 4;

export function enumerateSpins(
  m: Views,
  run: number,
  fields: number,
  couplings: number,
  table: number,
  steps: number,
  spins: number,
): void {
  const { f64, u32 } = m;
  const lda = 2 * Math.ceil(spins / 2);
  const [real, word] = [run >>> 3, run >>> 2];
  const g = f64.subarray(fields >>> 3, (fields >>> 3) + lda);
  for (let made = 0; made < steps; made++) {
    const step = u32[word + 4];
    if (step > 0) {
      const flipped = trailingZeros(step);
      const before = step - 1;
      const s = (((before ^ (before >>> 1)) >>> flipped) & 1) === 1 ? -1 : 1;
      f64[real] += 2 * s * g[FOUR + flipped];
      const row = (couplings >>> 3) + flipped * lda;
      for (let j = 0; j < lda; j++) g[j] -= s * f64[row + j];
    }
    for (let b = 0; b < 16; b++) {
      const of = (i: number): number => (((b >> i) & 1) === 1 ? g[i] : -g[i]);
      const energy = f64[real] + (f64[(table >>> 3) + b] + (of(0) + of(1)) + (of(2) + of(3)));
      if (energy < f64[real + 1]) {
        f64[real + 1] = energy;
        u32[word + 5] = step;
        u32[word + 6] = b;
      }
    }
    u32[word + 4] = step + 1;
  }
}

function trailingZeros(n: number): number {
  return 31 - Math.clz32(n & -n);
}
