/** Groups of which one variable is on: moves by chance, downhill, and averages (Peterson & Söderberg 1989). */
import type { Views } from '../../memory.ts';
import { nextBelow, nextWord } from '../../random.ts';
import { exp } from '../../elementary.ts';

/** c_b += sign·Q_ab for all neighbours b of variable a. */
function addLinks(
  m: Views,
  costs: number,
  rows: number,
  links: number,
  a: number,
  sign: number,
): void {
  const end = m.u32[(rows >>> 2) + a + 1];
  for (let k = m.u32[(rows >>> 2) + a]; k < end; k++) {
    const at = (links >>> 2) + 2 * k;
    m.i32[(costs >>> 2) + m.u32[at]] += sign * m.i32[at + 1];
  }
}

/** Turns the variable that is on off and another of its group on; returns what that costs. */
function move(
  m: Views,
  state: number,
  costs: number,
  rows: number,
  links: number,
  group: number,
  to: number,
): number {
  const from = m.u32[(state >>> 2) + group];
  const change = m.i32[(costs >>> 2) + to] - m.i32[(costs >>> 2) + from];
  m.u32[(state >>> 2) + group] = to;
  addLinks(m, costs, rows, links, from, -1);
  addLinks(m, costs, rows, links, to, 1);
  return change;
}

/** The first variable of a group with the lowest cost. */
function cheapest(m: Views, costs: number, first: number, end: number): number {
  let best = first;
  for (let b = first + 1; b < end; b++) {
    if (m.i32[(costs >>> 2) + b] < m.i32[(costs >>> 2) + best]) best = b;
  }
  return best;
}

export function costsPotts(
  m: Views,
  costs: number,
  state: number,
  own: number,
  rows: number,
  links: number,
  variables: number,
  groups: number,
): number {
  m.i32.copyWithin(costs >>> 2, own >>> 2, (own >>> 2) + variables);
  let energy = 0;
  for (let g = 0; g < groups; g++) {
    const on = m.u32[(state >>> 2) + g];
    energy += m.i32[(costs >>> 2) + on];
    addLinks(m, costs, rows, links, on, 1);
  }
  return energy;
}

export function metropolisPotts(
  m: Views,
  state: number,
  costs: number,
  generator: number,
  starts: number,
  rows: number,
  links: number,
  beta: number,
  drop: number,
  groups: number,
): number {
  let change = 0;
  for (let g = 0; g < groups && change > drop; g++) {
    const first = m.u32[(starts >>> 2) + g];
    const others = m.u32[(starts >>> 2) + g + 1] - first - 1;
    if (others === 0) continue;
    const on = m.u32[(state >>> 2) + g];
    const drawn = first + nextBelow(m.u32, generator >>> 2, others);
    const to = drawn < on ? drawn : drawn + 1;
    const cost = m.i32[(costs >>> 2) + to] - m.i32[(costs >>> 2) + on];
    if (cost > 0) {
      const real = nextWord(m.u32, generator >>> 2) / 4294967296;
      if (real >= exp(-beta * cost)) continue;
    }
    change += move(m, state, costs, rows, links, g, to);
  }
  return change;
}

/** e^(−x), and 0 above 40. */
function weight(x: number): number {
  return x > 40 ? 0 : exp(-x);
}

export function glauberPotts(
  m: Views,
  state: number,
  costs: number,
  generator: number,
  starts: number,
  rows: number,
  links: number,
  scratch: number,
  beta: number,
  drop: number,
  groups: number,
): number {
  const sums = scratch >>> 3;
  let change = 0;
  for (let g = 0; g < groups && change > drop; g++) {
    const first = m.u32[(starts >>> 2) + g];
    const end = m.u32[(starts >>> 2) + g + 1];
    if (end - first === 1) continue;
    const least = m.i32[(costs >>> 2) + cheapest(m, costs, first, end)];
    let sum = 0;
    for (let b = first; b < end; b++) {
      sum += weight((m.i32[(costs >>> 2) + b] - least) * beta);
      m.f64[sums + b - first] = sum;
    }
    const real = (nextWord(m.u32, generator >>> 2) / 4294967296) * sum;
    let to = first;
    while (m.f64[sums + to - first] <= real) to++;
    if (to !== m.u32[(state >>> 2) + g]) change += move(m, state, costs, rows, links, g, to);
  }
  return change;
}

export function descendPotts(
  m: Views,
  state: number,
  costs: number,
  starts: number,
  rows: number,
  links: number,
  drop: number,
  groups: number,
): number {
  let change = 0;
  for (let g = 0; g < groups && change > drop; g++) {
    const first = m.u32[(starts >>> 2) + g];
    const to = cheapest(m, costs, first, m.u32[(starts >>> 2) + g + 1]);
    const on = m.u32[(state >>> 2) + g];
    if (m.i32[(costs >>> 2) + to] < m.i32[(costs >>> 2) + on]) {
      change += move(m, state, costs, rows, links, g, to);
    }
  }
  return change;
}

/** own_b + Σ_a Q_ab V_a in four lanes. */
function averageCost(
  m: Views,
  averages: number,
  own: number,
  rows: number,
  links: number,
  b: number,
): number {
  const lanes = [0, 0, 0, 0];
  const start = m.u32[(rows >>> 2) + b];
  const end = m.u32[(rows >>> 2) + b + 1];
  for (let k = start; k < end; k++) {
    const at = (links >>> 2) + 2 * k;
    lanes[(k - start) & 3] += m.i32[at + 1] * m.f64[(averages >>> 3) + m.u32[at]];
  }
  return m.i32[(own >>> 2) + b] + (lanes[0] + lanes[2] + (lanes[1] + lanes[3]));
}

export function averagesPotts(
  m: Views,
  averages: number,
  own: number,
  starts: number,
  rows: number,
  links: number,
  scratch: number,
  beta: number,
  groups: number,
): number {
  const costs = scratch >>> 3;
  let squares = 0;
  for (let g = 0; g < groups; g++) {
    const first = m.u32[(starts >>> 2) + g];
    const size = m.u32[(starts >>> 2) + g + 1] - first;
    let least = Infinity;
    for (let k = 0; k < size; k++) {
      const cost = averageCost(m, averages, own, rows, links, first + k);
      m.f64[costs + k] = cost;
      if (cost < least) least = cost;
    }
    let sum = 0;
    for (let k = 0; k < size; k++) {
      m.f64[costs + k] = weight((m.f64[costs + k] - least) * beta);
      sum += m.f64[costs + k];
    }
    for (let k = 0; k < size; k++) {
      const average = m.f64[costs + k] / sum;
      m.f64[(averages >>> 3) + first + k] = average;
      squares += average * average;
    }
  }
  return squares;
}

export function likeliestPotts(
  m: Views,
  state: number,
  averages: number,
  starts: number,
  groups: number,
): void {
  const values = averages >>> 3;
  for (let g = 0; g < groups; g++) {
    const end = m.u32[(starts >>> 2) + g + 1];
    let best = m.u32[(starts >>> 2) + g];
    for (let b = best + 1; b < end; b++) if (m.f64[values + b] > m.f64[values + best]) best = b;
    m.u32[(state >>> 2) + g] = best;
  }
}
