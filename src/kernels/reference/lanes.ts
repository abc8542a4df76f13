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

/** Where the couplings are. */
interface Links {
  starts: number;
  links: number;
}

/** Adds s·J_ij to the fields of the neighbours of spin i in one lane. */
function spread(
  m: Views,
  fields: number,
  { starts, links }: Links,
  i: number,
  lane: number,
  s: number,
) {
  const at = (starts >>> 2) + 2 * i;
  for (let k = m.u32[at]; k < m.u32[at + 2]; k++) {
    const field = fields + m.u32[(links >>> 2) + k] + lane;
    m.i8[field] += k < m.u32[at + 1] ? s : -s;
  }
}

export function placeLanes(
  m: Views,
  run: number,
  fields: number,
  masks: number,
  own: number,
  starts: number,
  links: number,
  spins: number,
): void {
  for (let lane = 0; lane < LANES; lane++) {
    for (let i = 0; i < spins; i++) m.i8[fields + LANES * i + lane] = m.i8[own + i];
    for (let i = 0; i < spins; i++) {
      const s = 1 + 2 * m.i8[masks + LANES * i + lane];
      spread(m, fields, { starts, links }, i, lane, s);
    }
    let twice = 0;
    for (let i = 0; i < spins; i++) {
      const s = 1 + 2 * m.i8[masks + LANES * i + lane];
      twice -= s * (m.i8[fields + LANES * i + lane] + m.i8[own + i]);
    }
    m.i32[(run >>> 2) + ENERGY + lane] = twice / 2;
  }
}

/** P(x) of 2²⁴ parts for x = 0, 1 … as long as it is above 0. */
function chances(temperature: number, rule: number): number[] {
  const q = exp(-2 / temperature);
  const table: number[] = [];
  let power = 1;
  for (let x = 0; x < 128; x++) {
    const chance = rule === 1 ? power / (1 + power) : power;
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
  const open = x.map((y) => Math.abs(y) < table.length && (rule === 1 || y > 0));
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
  return x.map((y, lane) => (rule === 1 ? below[lane] !== y < 0 : below[lane] || y <= 0));
}

/** One sweep; returns the number of flips. */
function sweep(
  m: Views,
  run: number,
  masks: number,
  fields: number,
  links: Links,
  temperature: number,
  rule: number,
  spins: number,
): number {
  const table = temperature > 0 ? chances(temperature, rule) : [];
  const most = Math.max(0, table.length - 1);
  let flips = 0;
  for (let i = 0; i < spins; i++) {
    const at = LANES * i;
    const signs = Array.from({ length: LANES }, (_, lane) => 1 + 2 * m.i8[masks + at + lane]);
    const x = signs.map((s, lane) => s * m.i8[fields + at + lane]);
    if (temperature > 0 && x.every((y) => y > most)) continue;
    const take = temperature > 0 ? accepted(m, run, x, table, rule) : x.map((y) => y < 0);
    for (let lane = 0; lane < LANES; lane++) {
      if (!take[lane]) continue;
      flips++;
      m.i8[masks + at + lane] = ~m.i8[masks + at + lane];
      m.i32[(run >>> 2) + ENERGY + lane] += 2 * x[lane];
      spread(m, fields, links, i, lane, -2 * signs[lane]);
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
  const word = run >>> 2;
  let made = 0;
  while (made < sweeps && m.u32[word + OVER] === 0) {
    const k = m.u32[word + SWEEPS];
    const temperature = k < count ? m.f64[(temperatures >>> 3) + k] : 0;
    const flips = sweep(m, run, masks, fields, { starts, links }, temperature, rule, spins);
    m.u32[word + SWEEPS] = k + 1;
    made++;
    const reached = keep(m, run, masks, best, spins);
    if (reached || (k >= count && flips === 0)) m.u32[word + OVER] = 1;
  }
  return made;
}
