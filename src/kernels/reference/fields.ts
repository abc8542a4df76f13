/** Local fields h_i = Σ_j J_ij s_j − θ_i, from patterns and from couplings (Hopfield 1982). */
import type { Views } from '../../memory.ts';
import { leading } from './couplings.ts';
import { blockByte } from './patterns.ts';

/** Σ_μ ξ_i^μ m_μ for neuron i. */
export function fieldFromBlocks(
  m: Views,
  overlaps: number,
  blocks: number,
  stride: number,
  patterns: number,
  i: number,
): number {
  const at = overlaps >>> 2;
  let field = 0;
  for (let g = 0; g < (patterns + 7) >>> 3; g++) {
    const byte = m.u8[blockByte(blocks, stride, i, g)];
    for (let k = 0; k < 8; k++) {
      const overlap = m.i32[at + 8 * g + k];
      field += (byte >> k) & 1 ? overlap : -overlap;
    }
  }
  return field;
}

export function fieldsBlocks(
  m: Views,
  fields: number,
  overlaps: number,
  blocks: number,
  tables: number,
  stride: number,
  patterns: number,
  neurons: number,
): void {
  void tables;
  const out = fields >>> 2;
  for (let i = 0; i < ((neurons + 15) & ~15); i++) {
    m.i32[out + i] = fieldFromBlocks(m, overlaps, blocks, stride, patterns, i);
  }
}

function fieldsSymmetric(
  m: Views,
  fields: number,
  signs: number,
  couplings: Int8Array | Int16Array,
  start: number,
  neurons: number,
): void {
  const lda = leading(neurons);
  for (let i = 0; i < neurons; i++) {
    const row = start + i * lda;
    let field = 0;
    for (let j = 0; j < neurons; j++) field += couplings[row + j] * m.i8[signs + j];
    m.i32[(fields >>> 2) + i] = field;
  }
}

export function fieldsI8(
  m: Views,
  fields: number,
  signs: number,
  couplings: number,
  neurons: number,
): void {
  fieldsSymmetric(m, fields, signs, m.i8, couplings, neurons);
}

export function fieldsI16(
  m: Views,
  fields: number,
  signs: number,
  couplings: number,
  neurons: number,
): void {
  fieldsSymmetric(m, fields, signs, m.i16, couplings >>> 1, neurons);
}

export function fieldsI32(
  m: Views,
  fields: number,
  signs: number,
  couplings: number,
  neurons: number,
): void {
  const lda = leading(neurons);
  const out = fields >>> 2;
  m.i32.fill(0, out, out + lda);
  for (let i = 0; i < neurons; i++) {
    const row = (couplings >>> 2) + i * lda;
    const s = m.i8[signs + i];
    for (let j = 0; j < neurons; j++) m.i32[out + j] += s * m.i32[row + j];
  }
}

export function finishFields(
  m: Views,
  fields: number,
  signs: number,
  thresholds: number,
  self: number,
  shift: number,
  neurons: number,
): void {
  const at = fields >>> 2;
  for (let i = 0; i < neurons; i++) {
    const theta = thresholds === 0 ? 0 : m.i32[(thresholds >>> 2) + i];
    m.i32[at + i] = ((m.i32[at + i] - self * m.i8[signs + i]) << shift) - theta;
  }
}
