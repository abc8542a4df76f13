/** Simulated annealing of spins with fields kept up to date (Metropolis et al. 1953, Glauber 1963, Kirkpatrick et al. 1983). */
import type { Views } from '../../memory.ts';
import { leading } from './couplings.ts';
import { exp } from '../../elementary.ts';

type Integers = Int8Array | Int16Array | Int32Array;

/** Words of a run, as u32 and, for the first three, as f64. */
const ENERGY = 0;
const LOWEST = 1;
const TARGET = 2;
const SWEEPS = 6;
const OVER = 7;
const GENERATORS = 8;

/** Fields and couplings. */
interface Spins {
  fields: Integers;
  /** Index of the first field. */
  at: number;
  /** f_j −= s·2J_ij for all j. Typed arrays keep what fits, as integers of their size do. */
  subtract(i: number, s: number): void;
}

function dense(all: Integers, fields: number, couplings: number, neurons: number): Spins {
  const size = all.BYTES_PER_ELEMENT;
  const lda = leading(neurons);
  const at = fields / size;
  return {
    fields: all,
    at,
    subtract(i, s) {
      const row = couplings / size + i * lda;
      for (let j = 0; j < neurons; j++) all[at + j] -= s * all[row + j];
    },
  };
}

function sparse({ i32, u32 }: Views, fields: number, starts: number, links: number): Spins {
  const at = fields >>> 2;
  const first = starts >>> 2;
  return {
    fields: i32,
    at,
    subtract(i, s) {
      for (let k = u32[first + i]; k < u32[first + i + 1]; k++) {
        i32[at + u32[(links >>> 2) + 2 * k]] -= s * i32[(links >>> 2) + 2 * k + 1];
      }
    },
  };
}

/** s_i f_i: half of what a flip costs. */
function stability(m: Views, signs: number, spins: Spins, i: number): number {
  return m.i8[signs + i] * spins.fields[spins.at + i];
}

/** Flips spin i: f_j −= 2 s_i J_ij, E += 2 s_i f_i. */
function flip(m: Views, run: number, signs: number, spins: Spins, i: number): void {
  m.f64[(run >>> 3) + ENERGY] += 2 * stability(m, signs, spins, i);
  const s = m.i8[signs + i];
  m.i8[signs + i] = -s;
  spins.subtract(i, s);
}

function turn(
  m: Views,
  run: number,
  signs: number,
  spins: Spins,
  wanted: number,
  neurons: number,
): void {
  for (let i = 0; i < neurons; i++) {
    if (m.i8[signs + i] !== m.i8[wanted + i]) flip(m, run, signs, spins, i);
  }
}

/** xoshiro128** on the words of one lane. */
function nextWord(words: Uint32Array, lane: number): number {
  const s0 = words[lane];
  const s1 = words[lane + 4];
  const s2 = words[lane + 8] ^ s0;
  const s3 = words[lane + 12] ^ s1;
  words[lane] = s0 ^ s3;
  words[lane + 4] = s1 ^ s2;
  words[lane + 8] = s2 ^ (s1 << 9);
  words[lane + 12] = (s3 << 11) | (s3 >>> 21);
  const t = Math.imul(s1, 5);
  return Math.imul((t << 7) | (t >>> 25), 9) >>> 0;
}

function accepts(rule: number, x: number, slope: number, word: number): boolean {
  // Never 0, at which any cost would do.
  const u = Math.max(word, 1) / 4294967296;
  if (rule === 1) return u < 1 / (1 + exp(2 * x * slope));
  if (x === 0) return u < 31 / 32;
  return x < 0 || u < exp(-(2 * x * slope));
}

/** One sweep; returns the number of flips. */
function sweep(
  m: Views,
  run: number,
  signs: number,
  spins: Spins,
  temperature: number,
  rule: number,
  neurons: number,
): number {
  const lanes = (run >>> 2) + GENERATORS;
  let flips = 0;
  for (let i = 0; i < Math.ceil(neurons / 8) * 8; i++) {
    const word = temperature > 0 ? nextWord(m.u32, lanes + (i & 3)) : 0;
    if (i >= neurons) continue;
    const x = stability(m, signs, spins, i);
    if (temperature > 0 ? accepts(rule, x, 1 / temperature, word) : x < 0) {
      flip(m, run, signs, spins, i);
      flips++;
    }
  }
  return flips;
}

function anneal(
  m: Views,
  run: number,
  signs: number,
  best: number,
  spins: Spins,
  temperatures: number,
  count: number,
  rule: number,
  sweeps: number,
  neurons: number,
): number {
  const real = run >>> 3;
  const word = run >>> 2;
  let made = 0;
  while (made < sweeps && m.u32[word + OVER] === 0) {
    const k = m.u32[word + SWEEPS];
    const temperature = k < count ? m.f64[(temperatures >>> 3) + k] : 0;
    const flips = sweep(m, run, signs, spins, temperature, rule, neurons);
    m.u32[word + SWEEPS] = k + 1;
    made++;
    if (m.f64[real + ENERGY] < m.f64[real + LOWEST]) {
      m.f64[real + LOWEST] = m.f64[real + ENERGY];
      m.i8.copyWithin(best, signs, signs + neurons);
    }
    const quiet = k >= count && flips === 0;
    if (quiet || m.f64[real + LOWEST] <= m.f64[real + TARGET]) m.u32[word + OVER] = 1;
  }
  return made;
}

export function turnI8(
  m: Views,
  run: number,
  signs: number,
  fields: number,
  couplings: number,
  wanted: number,
  neurons: number,
): void {
  turn(m, run, signs, dense(m.i8, fields, couplings, neurons), wanted, neurons);
}

export function turnI16(
  m: Views,
  run: number,
  signs: number,
  fields: number,
  couplings: number,
  wanted: number,
  neurons: number,
): void {
  turn(m, run, signs, dense(m.i16, fields, couplings, neurons), wanted, neurons);
}

export function turnI32(
  m: Views,
  run: number,
  signs: number,
  fields: number,
  couplings: number,
  wanted: number,
  neurons: number,
): void {
  turn(m, run, signs, dense(m.i32, fields, couplings, neurons), wanted, neurons);
}

export function turnSparse(
  m: Views,
  run: number,
  signs: number,
  fields: number,
  starts: number,
  links: number,
  wanted: number,
  neurons: number,
): void {
  turn(m, run, signs, sparse(m, fields, starts, links), wanted, neurons);
}

export function annealI8(
  m: Views,
  run: number,
  signs: number,
  best: number,
  fields: number,
  couplings: number,
  temperatures: number,
  scratch: number,
  count: number,
  rule: number,
  sweeps: number,
  neurons: number,
): number {
  void scratch;
  const spins = dense(m.i8, fields, couplings, neurons);
  return anneal(m, run, signs, best, spins, temperatures, count, rule, sweeps, neurons);
}

export function annealI16(
  m: Views,
  run: number,
  signs: number,
  best: number,
  fields: number,
  couplings: number,
  temperatures: number,
  scratch: number,
  count: number,
  rule: number,
  sweeps: number,
  neurons: number,
): number {
  void scratch;
  const spins = dense(m.i16, fields, couplings, neurons);
  return anneal(m, run, signs, best, spins, temperatures, count, rule, sweeps, neurons);
}

export function annealI32(
  m: Views,
  run: number,
  signs: number,
  best: number,
  fields: number,
  couplings: number,
  temperatures: number,
  scratch: number,
  count: number,
  rule: number,
  sweeps: number,
  neurons: number,
): number {
  void scratch;
  const spins = dense(m.i32, fields, couplings, neurons);
  return anneal(m, run, signs, best, spins, temperatures, count, rule, sweeps, neurons);
}

export function annealSparse(
  m: Views,
  run: number,
  signs: number,
  best: number,
  fields: number,
  starts: number,
  links: number,
  temperatures: number,
  scratch: number,
  count: number,
  rule: number,
  sweeps: number,
  neurons: number,
): number {
  void scratch;
  const spins = sparse(m, fields, starts, links);
  return anneal(m, run, signs, best, spins, temperatures, count, rule, sweeps, neurons);
}
