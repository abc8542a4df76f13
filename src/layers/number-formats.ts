/** Floating-point formats of tensor files, little-endian, read as doubles; all exact. */

import { bits } from '../bits.ts';
import { half } from '../half.ts';

export interface NumberFormat {
  readonly bytes: number;
  read(view: DataView, at: number): number;
}

/** By their names in safetensors. */
export const NUMBER_FORMATS: ReadonlyMap<string, NumberFormat> = new Map([
  ['F32', { bytes: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) }],
  ['F64', { bytes: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) }],
  ['F16', { bytes: 2, read: (view: DataView, at: number) => half(view.getUint16(at, true)) }],
  ['BF16', { bytes: 2, read: (view: DataView, at: number) => brain(view.getUint16(at, true)) }],
]);

/** Types of safetensors that are named but not read: bytes a value. */
export const OTHER_TYPES: ReadonlyMap<string, number> = new Map([
  ['I64', 8],
  ['I32', 4],
  ['I16', 2],
  ['I8', 1],
  ['U64', 8],
  ['U32', 4],
  ['U16', 2],
  ['U8', 1],
  ['BOOL', 1],
  ['F8_E4M3', 1],
  ['F8_E5M2', 1],
  ['C64', 8],
]);

/** bfloat16: the upper half of a single. */
function brain(upper: number): number {
  bits.setInt32(0, upper << 16);
  return bits.getFloat32(0);
}
