/** Sixteen annealed states of one model side by side; what the blocks hold stands in src/kernels/abi/lanes.ts. */
import type { Views } from '../../memory.ts';
import { exp } from '../../elementary.ts';

const LANES = 16;
/** Words of a run. */
const ENERGY = 16;
const LOWEST = 32;
const TARGET = 48;
const SWEEPS = 64;
const OVER = 65;

/** The states, their fields and the couplings between them. */
interface Spins {
  masks: number;
  fields: number;
  odd: number;
  starts: number;
  links: number;
}

function signAt(m: Views, { masks }: Spins, i: number, lane: number): number {
  return 1 + 2 * m.i8[masks + LANES * i + lane];
}

/** s_i f_i: half of what a flip costs. */
function stability(m: Views, spins: Spins, i: number, lane: number): number {
  const field = 2 * m.i8[spins.fields + LANES * i + lane] - m.i8[spins.odd + i];
  return signAt(m, spins, i, lane) * field;
}

/** Flips spin i: f_j −= 2 s_i J_ij, which is F_j −= s_i J_ij, and E += 2 s_i f_i. */
function flip(m: Views, run: number, spins: Spins, i: number, lane: number): void {
  const { masks, fields, starts, links } = spins;
  const s = signAt(m, spins, i, lane);
  m.i32[(run >>> 2) + ENERGY + lane] += 2 * stability(m, spins, i, lane);
  m.i8[masks + LANES * i + lane] = s > 0 ? -1 : 0;
  const at = (starts >>> 2) + 2 * i;
  for (let k = m.u32[at]; k < m.u32[at + 2]; k++) {
    m.i8[fields + m.u32[(links >>> 2) + k] + lane] -= k < m.u32[at + 1] ? s : -s;
  }
}

export function turnLanes(
  m: Views,
  run: number,
  masks: number,
  fields: number,
  odd: number,
  starts: number,
  links: number,
  wanted: number,
  spins: number,
): void {
  const all = { masks, fields, odd, starts, links };
  for (let i = 0; i < spins; i++) {
    for (let lane = 0; lane < LANES; lane++) {
      const at = LANES * i + lane;
      if (m.i8[masks + at] !== m.i8[wanted + at]) flip(m, run, all, i, lane);
    }
  }
}

/** P(x) of 2²⁴ parts for x = 0, 1 … as long as it is above 0. */
function chances(temperature: number, rule: number): number[] {
  const q = exp(-2 / temperature);
  const table: number[] = [];
  let power = 1;
  for (let x = 0; x < 256; x++) {
    const chance = rule === 1 ? power / (1 + power) : x === 0 ? 31 / 32 : power;
    const parts = Math.min(16777215, Math.floor(16777216 * chance));
    if (parts === 0) break;
    table.push(parts);
    power *= q;
  }
  return table;
}

/** A word of each generator: sixteen bytes. */
function draw(u32: Uint32Array, run: number): number[] {
  const bytes: number[] = [];
  for (let at = run >>> 2; at < (run >>> 2) + 4; at++) {
    const s0 = u32[at];
    const s1 = u32[at + 4];
    const s2 = u32[at + 8] ^ s0;
    const s3 = u32[at + 12] ^ s1;
    u32[at] = s0 ^ s3;
    u32[at + 4] = s1 ^ s2;
    u32[at + 8] = s2 ^ (s1 << 9);
    u32[at + 12] = (s3 << 11) | (s3 >>> 21);
    const t = Math.imul(s1, 5);
    const word = Math.imul((t << 7) | (t >>> 25), 9);
    for (let b = 0; b < 4; b++) bytes.push((word >>> (8 * b)) & 255);
  }
  return bytes;
}

/** Which lanes flip, for the x of each: drawn byte by byte until all lanes are decided. */
function accepted(m: Views, run: number, x: number[], table: number[], rule: number): boolean[] {
  const open = x.map((y) => Math.abs(y) < table.length && (rule === 1 || y >= 0));
  const below = x.map(() => false);
  for (let shift = 16; shift >= 0; shift -= 8) {
    const bytes = draw(m.u32, run);
    for (let lane = 0; lane < LANES; lane++) {
      if (!open[lane]) continue;
      const wanted = (table[Math.abs(x[lane])] >>> shift) & 255;
      below[lane] = bytes[lane] < wanted;
      open[lane] = bytes[lane] === wanted;
    }
    if (!open.includes(true)) break;
  }
  return x.map((y, lane) => (rule === 1 ? below[lane] !== y < 0 : below[lane] || y < 0));
}

/** One sweep; returns the number of flips. */
function sweep(
  m: Views,
  run: number,
  spins: Spins,
  temperature: number,
  rule: number,
  count: number,
): number {
  const table = temperature > 0 ? chances(temperature, rule) : [];
  const most = Math.max(0, table.length - 1);
  let flips = 0;
  for (let i = 0; i < count; i++) {
    const x = Array.from({ length: LANES }, (_, lane) => stability(m, spins, i, lane));
    if (temperature > 0 && x.every((y) => y > most)) continue;
    const take = temperature > 0 ? accepted(m, run, x, table, rule) : x.map((y) => y < 0);
    for (let lane = 0; lane < LANES; lane++) {
      if (!take[lane]) continue;
      flips++;
      flip(m, run, spins, i, lane);
    }
  }
  return flips;
}

/** Keeps the states with an energy lower than ever; returns whether a target was reached. */
function keep(m: Views, run: number, masks: number, best: number, spins: number): boolean {
  let reached = false;
  for (let at = run >>> 2, lane = 0; lane < LANES; lane++, at++) {
    if (m.i32[at + ENERGY] < m.i32[at + LOWEST]) {
      m.i32[at + LOWEST] = m.i32[at + ENERGY];
      for (let k = lane; k < LANES * spins; k += LANES) m.i8[best + k] = m.i8[masks + k];
    }
    if (m.i32[at + LOWEST] <= m.i32[at + TARGET]) reached = true;
  }
  return reached;
}

export function annealLanes(
  m: Views,
  run: number,
  masks: number,
  best: number,
  fields: number,
  odd: number,
  starts: number,
  links: number,
  temperatures: number,
  scratch: number,
  count: number,
  rule: number,
  sweeps: number,
  spins: number,
): number {
  void scratch;
  const all = { masks, fields, odd, starts, links };
  const word = run >>> 2;
  let made = 0;
  while (made < sweeps && m.u32[word + OVER] === 0) {
    const k = m.u32[word + SWEEPS];
    const temperature = k < count ? m.f64[(temperatures >>> 3) + k] : 0;
    const flips = sweep(m, run, all, temperature, rule, spins);
    m.u32[word + SWEEPS] = k + 1;
    made++;
    const reached = keep(m, run, masks, best, spins);
    if (reached || (k >= count && flips === 0)) m.u32[word + OVER] = 1;
  }
  return made;
}
