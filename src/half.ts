/** IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction; as a double, exact. */
export function half(bits: number): number {
  const sign = bits >>> 15 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  // 2⁻²⁴ is the unit of subnormals, and of the smallest normal numbers.
  if (exponent === 0) return (sign * fraction) / 16777216;
  return (sign * (1024 + fraction) * (1 << exponent)) / 33554432;
}
