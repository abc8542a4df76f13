import { expect, test } from 'vitest';
import { list } from '../cases.ts';
import { energyOf, layEnumeration, randomSpins } from '../enumeration-cases.ts';
import { onDesk } from './on-desk.ts';

/** States in the order of the enumeration, by the definition of the Gray code. */
function statesOf(spins: number): number[][] {
  const codes = (n: number): number[][] =>
    n === 0
      ? [[]]
      : [
          ...codes(n - 1).map((code) => [...code, 1]),
          ...codes(n - 1)
            .reverse()
            .map((code) => [...code, -1]),
        ];
  return codes(spins - 4).flatMap((others) =>
    list(16, (b) => [...list(4, (i) => ((b >> i) & 1 ? -1 : 1)), ...others]),
  );
}

test.each([4, 5, 6, 9])(
  '%i spins: after each step, the first of the lowest states so far',
  (spins) => {
    const states = statesOf(spins);
    for (let seed = 0; seed < 8; seed++) {
      const { desk, kernels, views } = onDesk(seed);
      const problem = randomSpins(desk, spins, 1 + (seed % 3));
      const { run, fields, couplings, table } = layEnumeration(desk, problem);
      const energies = states.map((s) => energyOf(problem, s));
      for (let made = 0; made < states.length / 16;) {
        const steps = Math.min(1 + (seed % 5), states.length / 16 - made);
        kernels.enumerateSpins(run, fields, couplings, table, steps, spins);
        made += steps;
        const lowest = energies.slice(0, 16 * made).reduce((a, b) => Math.min(a, b));
        expect(views.f64[run / 8 + 1]).toBe(lowest);
        const [reached, step, four] = views.u32.subarray(run / 4 + 4, run / 4 + 7);
        expect(reached).toBe(made);
        expect(16 * step + four).toBe(energies.indexOf(lowest));
      }
    }
  },
);
