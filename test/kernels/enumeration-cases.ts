/** Small Ising models on a desk. */
import { list } from './cases.ts';
import type { Desk } from './desk.ts';

export interface SpinCase {
  spins: number;
  /** N×N, symmetric, 0 on the diagonal. */
  couplings: number[][];
  fields: number[];
}

export function randomSpins(desk: Desk, spins: number, size: number): SpinCase {
  const couplings = list(spins, () => list(spins, () => 0));
  for (let i = 0; i < spins; i++) {
    for (let j = 0; j < i; j++) couplings[i][j] = couplings[j][i] = desk.integer(-size, size);
  }
  return { spins, couplings, fields: list(spins, () => desk.integer(-size, size)) };
}

/** By the definition. */
export function energyOf({ spins, couplings, fields }: SpinCase, s: readonly number[]): number {
  let energy = 0;
  for (let i = 0; i < spins; i++) {
    energy -= fields[i] * s[i];
    for (let j = 0; j < i; j++) energy -= couplings[i][j] * s[i] * s[j];
  }
  return energy;
}

/** An enumeration of which no step was made: all spins are up. */
export function layEnumeration(desk: Desk, { spins, couplings, fields }: SpinCase) {
  const lda = spins + (spins % 2);
  const high = list(spins, (i) => i).slice(4);
  const among = (i: number) => high.reduce((sum, j) => sum + couplings[i][j], 0);
  const f64 = (values: number[]): number => {
    const address = desk.take(values.length, 8);
    desk.views.f64.set(values, address / 8);
    return address;
  };
  const padded = (values: number[]) => list(lda, (j) => values[j] ?? 0);
  const at = {
    fields: f64(padded(fields.map((h, i) => h + among(i)))),
    couplings: f64(high.flatMap((i) => padded(couplings[i].map((J) => 2 * J)))),
    table: f64(
      list(16, (b) => {
        const s = (i: number) => ((b >> i) & 1 ? -1 : 1);
        let energy = 0;
        for (let i = 0; i < 4; i++)
          for (let j = 0; j < i; j++) energy -= couplings[i][j] * s(i) * s(j);
        return energy;
      }),
    ),
  };
  const energy = high.reduce((sum, i) => sum - fields[i] - among(i) / 2, 0);
  const run = f64([energy, Infinity, 0, 0]);
  return { ...at, run, writes: [run, at.fields] };
}
