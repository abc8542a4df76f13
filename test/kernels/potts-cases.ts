/** Potts energies of all sizes, as plain arrays and laid out for the kernels. */
import { nextBelow, seedGenerator } from '../../src/random.ts';
import type { Desk } from './desk.ts';

export interface PottsCase {
  sizes: number[];
  starts: number[];
  own: number[];
  /** Symmetric, row by row; 0 where there is no link. */
  links: number[][];
  /** The variable that is on, of each group. */
  state: number[];
}

/** Groups of 1 to `largest` states, about a share of `density` of the pairs between them linked. */
export function randomPotts(
  desk: Desk,
  groups: number,
  largest: number,
  density: number,
  bound: number,
): PottsCase {
  const sizes = Array.from({ length: groups }, () => desk.integer(1, largest));
  const starts = [0];
  for (const size of sizes) starts.push(starts.at(-1)! + size);
  const variables = starts[groups];
  const groupOf = sizes.flatMap((size, g) => Array.from({ length: size }, () => g));
  const own = Array.from({ length: variables }, () => desk.integer(-bound, bound));
  const links = own.map(() => own.map(() => 0));
  for (let a = 0; a < variables; a++) {
    for (let b = a + 1; b < variables; b++) {
      if (groupOf[a] === groupOf[b] || desk.random.real() >= density) continue;
      links[a][b] = links[b][a] = desk.integer(-bound, bound);
    }
  }
  const state = sizes.map((size, g) => starts[g] + desk.integer(0, size - 1));
  return { sizes, starts, own, links, state };
}

/** c_b = own_b + Σ_a Q_ab over the a that are on. */
export function costsOf({ own, links }: PottsCase, state: readonly number[]): number[] {
  return own.map((cost, b) => state.reduce((sum, a) => sum + links[a][b], cost));
}

export function energyOf({ own, links }: PottsCase, state: readonly number[]): number {
  let energy = 0;
  state.forEach((a, g) => {
    energy += own[a];
    for (const b of state.slice(g + 1)) energy += links[a][b];
  });
  return energy;
}

export interface PottsAddresses {
  starts: number;
  own: number;
  rows: number;
  links: number;
  state: number;
  costs: number;
  generator: number;
  scratch: number;
}

export function layPotts(desk: Desk, problem: PottsCase, seed = 1): PottsAddresses {
  const rows = [0];
  const flat: number[] = [];
  for (const row of problem.links) {
    row.forEach((cost, b) => {
      if (cost !== 0) flat.push(b, cost);
    });
    rows.push(flat.length / 2);
  }
  const words = new Uint32Array(4);
  seedGenerator(words, 0, seed, 0);
  nextBelow(words, 0, 2);
  return {
    starts: desk.u32(problem.starts),
    own: desk.i32(problem.own),
    rows: desk.u32(rows),
    links: desk.i32(flat),
    state: desk.u32(problem.state),
    costs: desk.i32(costsOf(problem, problem.state)),
    generator: desk.u32(words),
    scratch: desk.take(Math.max(...problem.sizes), 8),
  };
}
