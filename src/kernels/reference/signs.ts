/** States as bytes and as bits. */
import type { Views } from '../../memory.ts';

export function readSigns(m: Views, signs: number, values: number, count: number): number {
  let zeros = false;
  let negatives = false;
  for (let i = 0; i < count; i++) {
    const value = m.i8[values + i];
    if (value < -1 || value > 1) return 0;
    if (value === 0) zeros = true;
    if (value === -1) negatives = true;
  }
  if (zeros && negatives) return 0;
  for (let i = 0; i < count; i++) m.i8[signs + i] = m.i8[values + i] === 1 ? 1 : -1;
  return 1;
}

export function packSigns(m: Views, bits: number, signs: number, count: number): void {
  m.u8.fill(0, bits, bits + ((count + 127) >>> 7) * 16);
  for (let i = 0; i < count; i++) {
    if (m.i8[signs + i] > 0) m.u8[bits + (i >>> 3)] |= 1 << (i & 7);
  }
}

export function unpackSigns(m: Views, signs: number, bits: number, count: number): void {
  for (let i = 0; i < count; i++) {
    m.i8[signs + i] = (m.u8[bits + (i >>> 3)] >> (i & 7)) & 1 ? 1 : -1;
  }
}

export function signedSum(m: Views, signs: number, values: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += m.i8[signs + i] * m.i32[(values >>> 2) + i];
  return sum;
}

export function countDifferent(m: Views, a: number, b: number, bytes: number): number {
  let different = 0;
  for (let i = 0; i < bytes; i++) if (m.u8[a + i] !== m.u8[b + i]) different++;
  return different;
}
