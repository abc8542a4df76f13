/** Models and sixteen states of each, laid out as src/kernels/abi/lanes.ts says. */
import type { Desk } from './desk.ts';

export interface Lanes {
  /** J_ij of −1, 0 and 1, and h_i. */
  J: number[][];
  h: number[];
  /** The state of each lane. */
  states: Int8Array[];
  run: number;
  masks: number;
  best: number;
  fields: number;
  odd: number;
  starts: number;
  links: number;
}

type Given = Pick<Lanes, 'J' | 'h'>;

/** A random model with that share of its pairs; no field is above 255. */
function drawn(desk: Desk, spins: number, density: number): Given {
  const { random } = desk;
  const J = Array.from({ length: spins }, () => Array.from({ length: spins }, () => 0));
  for (let i = 0; i < spins; i++) {
    for (let j = 0; j < i; j++) if (random.real() < density) J[i][j] = J[j][i] = random.sign();
  }
  const h = J.map((row) => {
    const room = 255 - row.filter((x) => x !== 0).length;
    return desk.integer(-1, 1) * (random.below(8) === 0 ? room : Math.min(room, random.below(4)));
  });
  return { J, h };
}

/** A model, or a random one of that density, random states, their fields and energies, and generators; all else is junk. */
export function lanesOn(desk: Desk, spins: number, model: number | Given): Lanes {
  const { views, random } = desk;
  const { J, h } = typeof model === 'number' ? drawn(desk, spins, model) : model;
  const starts = [0];
  const links: number[] = [];
  for (const row of J) {
    for (const sign of [1, -1]) {
      for (const [j, x] of row.entries()) if (x === sign) links.push(16 * j);
      starts.push(links.length);
    }
  }
  const states = Array.from({ length: 16 }, () => random.signs(spins));
  const run = desk.take(66, 4);
  for (let w = 0; w < 16; w++) views.u32[run / 4 + w] = random.next();
  const masks = desk.take(16 * spins, 1);
  const best = desk.take(16 * spins, 1);
  const fields = desk.take(16 * spins, 1);
  const odd = J.map((row, i) => -Math.abs(row.reduce((sum, x) => sum + x, h[i]) % 2));
  for (const [lane, state] of states.entries()) {
    let twice = 0;
    for (let i = 0; i < spins; i++) {
      const f = J[i].reduce((sum, x, j) => sum + x * state[j], h[i]);
      views.i8[masks + 16 * i + lane] = (state[i] - 1) / 2;
      views.i8[fields + 16 * i + lane] = (f + odd[i]) / 2;
      twice -= state[i] * (f + h[i]);
    }
    views.i32[run / 4 + 16 + lane] = twice / 2;
  }
  return {
    J,
    h,
    states,
    run,
    masks,
    best,
    fields,
    odd: desk.i8(odd),
    starts: desk.u32(starts),
    links: desk.u32(links),
  };
}
