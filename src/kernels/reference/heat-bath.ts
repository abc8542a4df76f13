/** A state moves by chance: neurons in a heat bath (Glauber 1963). */
import { exp } from '../../elementary.ts';
import type { Views } from '../../memory.ts';
import { nextWord } from '../../random.ts';
import { leading } from './couplings.ts';
import { flip, flipBlocks } from './dynamics.ts';
import { fieldFromBlocks } from './fields.ts';

/** A sign drawn with the heat-bath probability of a field. */
export function heatBath(m: Views, generator: number, field: number, gain: number): number {
  const real = nextWord(m.u32, generator >>> 2) / 4294967296;
  return real < 1 / (1 + exp(-gain * field)) ? 1 : -1;
}

function glauber(
  m: Views,
  signs: number,
  fields: number,
  couplings: Int8Array | Int16Array | Int32Array,
  start: number,
  order: number,
  cursor: number,
  generator: number,
  count: number,
  limit: number,
  shift: number,
  gain: number,
  neurons: number,
): number {
  const lda = leading(neurons);
  let flips = 0;
  let at = m.u32[cursor >>> 2];
  while (at < count && flips < limit) {
    const i = m.u32[(order >>> 2) + at++];
    const s = m.i8[signs + i];
    const row = start + i * lda;
    const field = m.i32[(fields >>> 2) + i] - s * (couplings[row + i] << shift);
    if (heatBath(m, generator, field, gain) !== s) {
      flip(m, signs, fields, couplings, row, i, shift, neurons);
      flips++;
    }
  }
  m.u32[cursor >>> 2] = at;
  return flips;
}

export function glauberI8(
  m: Views,
  signs: number,
  fields: number,
  couplings: number,
  order: number,
  cursor: number,
  generator: number,
  count: number,
  limit: number,
  shift: number,
  gain: number,
  neurons: number,
): number {
  return glauber(
    m,
    signs,
    fields,
    m.i8,
    couplings,
    order,
    cursor,
    generator,
    count,
    limit,
    shift,
    gain,
    neurons,
  );
}

export function glauberI16(
  m: Views,
  signs: number,
  fields: number,
  couplings: number,
  order: number,
  cursor: number,
  generator: number,
  count: number,
  limit: number,
  shift: number,
  gain: number,
  neurons: number,
): number {
  return glauber(
    m,
    signs,
    fields,
    m.i16,
    couplings >>> 1,
    order,
    cursor,
    generator,
    count,
    limit,
    shift,
    gain,
    neurons,
  );
}

export function glauberI32(
  m: Views,
  signs: number,
  fields: number,
  couplings: number,
  order: number,
  cursor: number,
  generator: number,
  count: number,
  limit: number,
  shift: number,
  gain: number,
  neurons: number,
): number {
  return glauber(
    m,
    signs,
    fields,
    m.i32,
    couplings >>> 2,
    order,
    cursor,
    generator,
    count,
    limit,
    shift,
    gain,
    neurons,
  );
}

export function glauberBlocks(
  m: Views,
  signs: number,
  overlaps: number,
  blocks: number,
  thresholds: number,
  order: number,
  cursor: number,
  generator: number,
  count: number,
  limit: number,
  shift: number,
  gain: number,
  stride: number,
  patterns: number,
): number {
  let flips = 0;
  let at = m.u32[cursor >>> 2];
  while (at < count && flips < limit) {
    const i = m.u32[(order >>> 2) + at++];
    const s = m.i8[signs + i];
    const theta = thresholds === 0 ? 0 : m.i32[(thresholds >>> 2) + i];
    const sum = fieldFromBlocks(m, overlaps, blocks, stride, patterns, i);
    const field = ((sum - patterns * s) << shift) - theta;
    if (heatBath(m, generator, field, gain) !== s) {
      flipBlocks(m, signs, overlaps, blocks, stride, patterns, i);
      flips++;
    }
  }
  m.u32[cursor >>> 2] = at;
  return flips;
}
