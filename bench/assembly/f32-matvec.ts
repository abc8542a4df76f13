// @ts-nocheck AssemblyScript
/** out = matrix·x in single precision: n×n couplings, n a multiple of 8, four rows at a time. */
export function matvec(out: usize, matrix: usize, x: usize, n: u32): void {
  const step = <usize>n << 2;
  for (let i: u32 = 0; i < n; i += 4) {
    const row0 = matrix + i * step;
    const row1 = row0 + step;
    const row2 = row1 + step;
    const row3 = row2 + step;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let a2 = f32x4.splat(0);
    let a3 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let b2 = f32x4.splat(0);
    let b3 = f32x4.splat(0);
    for (let j: usize = 0; j < step; j += 32) {
      const s = v128.load(x + j);
      const t = v128.load(x + j, 16);
      a0 = f32x4.add(a0, f32x4.mul(v128.load(row0 + j), s));
      a1 = f32x4.add(a1, f32x4.mul(v128.load(row1 + j), s));
      a2 = f32x4.add(a2, f32x4.mul(v128.load(row2 + j), s));
      a3 = f32x4.add(a3, f32x4.mul(v128.load(row3 + j), s));
      b0 = f32x4.add(b0, f32x4.mul(v128.load(row0 + j, 16), t));
      b1 = f32x4.add(b1, f32x4.mul(v128.load(row1 + j, 16), t));
      b2 = f32x4.add(b2, f32x4.mul(v128.load(row2 + j, 16), t));
      b3 = f32x4.add(b3, f32x4.mul(v128.load(row3 + j, 16), t));
    }
    const at = out + ((<usize>i) << 2);
    store<f32>(at, sum(f32x4.add(a0, b0)));
    store<f32>(at, sum(f32x4.add(a1, b1)), 4);
    store<f32>(at, sum(f32x4.add(a2, b2)), 8);
    store<f32>(at, sum(f32x4.add(a3, b3)), 12);
  }
}

function sum(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}
