/** Matrices of doubles, in which real-valued rules learn before they are rounded to integers. */
import { leading } from "./couplings";

export function addProductF64(
  out: usize,
  a: usize,
  b: usize,
  rows: u32,
  columns: u32,
  inner: u32,
  rowStep: u32,
  innerStep: u32,
): void {
  const next = innerStep << 3;
  const line = columns << 3;
  for (let i: u32 = 0; i < rows; i++) {
    const start = a + ((i * rowStep) << 3);
    const target = out + i * line;
    let j: u32 = 0;
    for (; j + 8 <= columns; j += 8) {
      let s0 = f64x2.splat(0);
      let s1 = f64x2.splat(0);
      let s2 = f64x2.splat(0);
      let s3 = f64x2.splat(0);
      let x = start;
      let y = b + (j << 3);
      for (let k: u32 = 0; k < inner; k++) {
        const factor = v128.load64_splat(x);
        s0 = f64x2.add(s0, f64x2.mul(factor, v128.load(y)));
        s1 = f64x2.add(s1, f64x2.mul(factor, v128.load(y, 16)));
        s2 = f64x2.add(s2, f64x2.mul(factor, v128.load(y, 32)));
        s3 = f64x2.add(s3, f64x2.mul(factor, v128.load(y, 48)));
        x += next;
        y += line;
      }
      const at = target + (j << 3);
      v128.store(at, f64x2.add(v128.load(at), s0));
      v128.store(at, f64x2.add(v128.load(at, 16), s1), 16);
      v128.store(at, f64x2.add(v128.load(at, 32), s2), 32);
      v128.store(at, f64x2.add(v128.load(at, 48), s3), 48);
    }
    for (; j < columns; j++) {
      let sum: f64 = 0;
      for (let k: u32 = 0; k < inner; k++) {
        sum += load<f64>(start + k * next) * load<f64>(b + k * line + (j << 3));
      }
      const at = target + (j << 3);
      store<f64>(at, load<f64>(at) + sum);
    }
  }
}

export function signsToF64(out: usize, signs: usize, count: u32): void {
  for (let i: u32 = 0; i < count; i++) store<f64>(out + (i << 3), <f64>load<i8>(signs + i));
}

@inline
function couplingsToF64<T>(out: usize, couplings: usize, unit: f64, neurons: u32): void {
  const lda = leading(neurons);
  for (let i: u32 = 0; i < neurons; i++) {
    const column = couplings + i * sizeof<T>();
    for (let j: u32 = 0; j < neurons; j++) {
      store<f64>(out, <f64>load<T>(column + j * lda * sizeof<T>()) * unit);
      out += 8;
    }
  }
}

export function couplingsToF64I8(out: usize, couplings: usize, unit: f64, neurons: u32): void {
  couplingsToF64<i8>(out, couplings, unit, neurons);
}

export function couplingsToF64I16(out: usize, couplings: usize, unit: f64, neurons: u32): void {
  couplingsToF64<i16>(out, couplings, unit, neurons);
}

export function couplingsToF64I32(out: usize, couplings: usize, unit: f64, neurons: u32): void {
  couplingsToF64<i32>(out, couplings, unit, neurons);
}

export function largestRowSumF64(matrix: usize, extra: usize, neurons: u32): f64 {
  let largest: f64 = 0;
  for (let i: u32 = 0; i < neurons; i++) {
    let sum: f64 = extra == 0 ? 0 : abs(load<f64>(extra + (i << 3)));
    for (let j: u32 = 0; j < neurons; j++) {
      sum += abs(load<f64>(matrix));
      matrix += 8;
    }
    if (sum > largest) largest = sum;
  }
  return largest;
}

export function roundToI32(couplings: usize, matrix: usize, scale: f64, neurons: u32): void {
  const lda = leading(neurons);
  for (let i: u32 = 0; i < neurons; i++) {
    const row = couplings + ((i * lda) << 2);
    for (let j: u32 = 0; j < neurons; j++) {
      const w = load<f64>(matrix + ((j * neurons + i) << 3));
      store<i32>(row + (j << 2), <i32>nearest(w * scale));
    }
    for (let j = neurons; j < lda; j++) store<i32>(row + (j << 2), 0);
  }
}

export function applyI32(out: usize, x: usize, couplings: usize, neurons: u32): void {
  const lda = leading(neurons);
  const step = lda << 2;
  let j: u32 = 0;
  for (; j + 4 <= neurons; j += 4) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let at = couplings + (j << 2);
    for (let i: u32 = 0; i < neurons; i++) {
      const factor = v128.load64_splat(x + (i << 3));
      const row = v128.load(at);
      low = f64x2.add(low, f64x2.mul(factor, f64x2.convert_low_i32x4_s(row)));
      const rest = i32x4.shuffle(row, row, 2, 3, 0, 1);
      high = f64x2.add(high, f64x2.mul(factor, f64x2.convert_low_i32x4_s(rest)));
      at += step;
    }
    v128.store(out + (j << 3), low);
    v128.store(out + (j << 3), high, 16);
  }
  for (; j < neurons; j++) {
    let sum: f64 = 0;
    for (let i: u32 = 0; i < neurons; i++) {
      sum += load<f64>(x + (i << 3)) * <f64>load<i32>(couplings + i * step + (j << 2));
    }
    store<f64>(out + (j << 3), sum);
  }
}
