/** Floating-point formats of tensor files, little-endian, read as doubles; all exact. */

export interface NumberFormat {
  readonly bytes: number;
  read(view: DataView, at: number): number;
}

const scratch = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(4));

/** By their names in safetensors. */
export const NUMBER_FORMATS: ReadonlyMap<string, NumberFormat> = new Map([
  ['F32', { bytes: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) }],
  ['F64', { bytes: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) }],
  ['F16', { bytes: 2, read: (view: DataView, at: number) => half(view.getUint16(at, true)) }],
  ['BF16', { bytes: 2, read: (view: DataView, at: number) => brain(view.getUint16(at, true)) }],
]);

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. */
function half(bits: number): number {
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  // 2⁻²⁴, the unit of subnormals.
  if (exponent === 0) return (bits >>> 15 ? -fraction : fraction) / 16777216;
  // The exponent's bias in single precision is 127; all ones stays all ones.
  const wide = exponent === 31 ? 255 : exponent + 112;
  return singleOf(((bits >>> 15) << 31) | (wide << 23) | (fraction << 13));
}

/** bfloat16: the upper half of a single. */
function brain(bits: number): number {
  return singleOf(bits << 16);
}

function singleOf(bits: number): number {
  scratch.setInt32(0, bits);
  return scratch.getFloat32(0);
}
