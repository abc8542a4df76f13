/**
 * Simplicial networks by lists of simplices (Burns & Fukai 2023): E = −Σ_σ w_σ s_σ, s_σ = Π_{i∈σ} s_i.
 *
 * A field does not depend on its own neuron, so a flip of neuron i changes those of its neighbours only: h_j loses
 * 2·w_σ·s_{σ∖j} for every σ that holds both.
 */
import type { Views } from '../../memory.ts';
import { heatBath } from './heat-bath.ts';
import { signInBlocks } from './patterns.ts';

/** One simplex of a neuron: where its weight stands, the other neurons, and whether the neuron is the smallest. */
interface Incidence {
  readonly weight: number;
  readonly others: Uint32Array;
  readonly smallest: boolean;
}

function* incidences(
  m: Views,
  records: number,
  starts: number,
  i: number,
): Generator<Incidence, void> {
  const words = records >>> 2;
  let at = words + m.u32[(starts >>> 2) + i];
  const end = words + m.u32[(starts >>> 2) + i + 1];
  while (at < end) {
    const size = m.u32[at];
    const first = m.u32[at + 1];
    const count = m.u32[at + 2];
    at += 3;
    for (let k = 0; k < count; k++, at += size) {
      yield { weight: at, others: m.u32.subarray(at + 1, at + size), smallest: k < first };
    }
  }
}

function product(others: Uint32Array, sign: (j: number) => number): number {
  return others.reduce((product, j) => product * sign(j), 1);
}

export function addSimplices(
  m: Views,
  records: number,
  starts: number,
  blocks: number,
  columns: number,
  stride: number,
  from: number,
  to: number,
  sign: number,
  neurons: number,
): void {
  void columns;
  for (let i = 0; i < neurons; i++) {
    for (const { weight, others } of incidences(m, records, starts, i)) {
      let sum = 0;
      for (let p = from; p < to; p++) {
        const xi = (j: number) => signInBlocks(m, blocks, stride, j, p);
        sum += xi(i) * product(others, xi);
      }
      m.i32[weight] += sign * sum;
    }
  }
}

export function fieldsSimplices(
  m: Views,
  fields: number,
  total: number,
  signs: number,
  records: number,
  starts: number,
  neurons: number,
): void {
  const s = (j: number) => m.i8[signs + j];
  let sum = 0;
  for (let i = 0; i < neurons; i++) {
    let field = 0;
    for (const { weight, others, smallest } of incidences(m, records, starts, i)) {
      const term = m.i32[weight] * product(others, s);
      field += term;
      if (smallest) sum += s(i) * term;
    }
    m.i32[(fields >>> 2) + i] = field;
  }
  m.f64[total >>> 3] = sum;
}

/** Turns neuron i over and brings fields and total up to date. */
function flip(
  m: Views,
  signs: number,
  fields: number,
  total: number,
  records: number,
  starts: number,
  i: number,
): void {
  const s = m.i8[signs + i];
  const at = fields >>> 2;
  for (const { weight, others } of incidences(m, records, starts, i)) {
    const term = s * m.i32[weight] * product(others, (j) => m.i8[signs + j]);
    for (const j of others) m.i32[at + j] -= 2 * term * m.i8[signs + j];
  }
  m.f64[total >>> 3] -= 2 * s * m.i32[at + i];
  m.i8[signs + i] = -s;
}

export function sweepSimplices(
  m: Views,
  signs: number,
  fields: number,
  total: number,
  records: number,
  starts: number,
  order: number,
  cursor: number,
  count: number,
  limit: number,
  tie: number,
  neurons: number,
): number {
  void neurons;
  let flips = 0;
  let at = m.u32[cursor >>> 2];
  while (at < count && flips < limit) {
    const i = m.u32[(order >>> 2) + at++];
    if (m.i8[signs + i] * (2 * m.i32[(fields >>> 2) + i] + tie) < 0) {
      flip(m, signs, fields, total, records, starts, i);
      flips++;
    }
  }
  m.u32[cursor >>> 2] = at;
  return flips;
}

export function glauberSimplices(
  m: Views,
  signs: number,
  fields: number,
  total: number,
  records: number,
  starts: number,
  order: number,
  cursor: number,
  generator: number,
  count: number,
  limit: number,
  gain: number,
  neurons: number,
): number {
  void neurons;
  let flips = 0;
  let at = m.u32[cursor >>> 2];
  while (at < count && flips < limit) {
    const i = m.u32[(order >>> 2) + at++];
    if (heatBath(m, generator, m.i32[(fields >>> 2) + i], gain) !== m.i8[signs + i]) {
      flip(m, signs, fields, total, records, starts, i);
      flips++;
    }
  }
  m.u32[cursor >>> 2] = at;
  return flips;
}
