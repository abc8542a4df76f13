// @ts-nocheck AssemblyScript
/** What the machine can do at most, through the same compiler: each function does one thing, many times. */

/** Reads `bytes` (a multiple of 128) from `at` on. */
export function read(at: usize, bytes: usize): i32 {
  let a = i8x16.splat(0);
  let b = i8x16.splat(0);
  let c = i8x16.splat(0);
  let d = i8x16.splat(0);
  const end = at + bytes;
  for (; at < end; at += 128) {
    a = v128.xor(a, v128.xor(v128.load(at), v128.load(at, 16)));
    b = v128.xor(b, v128.xor(v128.load(at, 32), v128.load(at, 48)));
    c = v128.xor(c, v128.xor(v128.load(at, 64), v128.load(at, 80)));
    d = v128.xor(d, v128.xor(v128.load(at, 96), v128.load(at, 112)));
  }
  return i32x4.extract_lane(v128.xor(v128.xor(a, b), v128.xor(c, d)), 0);
}

/** Reads, changes and writes `bytes` (a multiple of 64). */
export function update(at: usize, bytes: usize): void {
  const one = i32x4.splat(1);
  const end = at + bytes;
  for (; at < end; at += 64) {
    v128.store(at, i32x4.add(v128.load(at), one));
    v128.store(at, i32x4.add(v128.load(at, 16), one), 16);
    v128.store(at, i32x4.add(v128.load(at, 32), one), 32);
    v128.store(at, i32x4.add(v128.load(at, 48), one), 48);
  }
}

/** 12·rounds additions of bytes, in 12 chains. */
export function adds(rounds: u32): i32 {
  const x = i8x16.splat(<i8>rounds);
  let a = i8x16.splat(1);
  let b = i8x16.splat(2);
  let c = i8x16.splat(3);
  let d = i8x16.splat(4);
  let e = i8x16.splat(5);
  let f = i8x16.splat(6);
  let g = i8x16.splat(7);
  let h = i8x16.splat(8);
  let i = i8x16.splat(9);
  let j = i8x16.splat(10);
  let k = i8x16.splat(11);
  let l = i8x16.splat(12);
  for (let r: u32 = 0; r < rounds; r++) {
    a = i8x16.add(a, x);
    b = i8x16.add(b, x);
    c = i8x16.add(c, x);
    d = i8x16.add(d, x);
    e = i8x16.add(e, x);
    f = i8x16.add(f, x);
    g = i8x16.add(g, x);
    h = i8x16.add(h, x);
    i = i8x16.add(i, x);
    j = i8x16.add(j, x);
    k = i8x16.add(k, x);
    l = i8x16.add(l, x);
  }
  a = v128.xor(v128.xor(v128.xor(a, b), v128.xor(c, d)), v128.xor(e, f));
  g = v128.xor(v128.xor(v128.xor(g, h), v128.xor(i, j)), v128.xor(k, l));
  return i32x4.extract_lane(v128.xor(a, g), 0);
}

/** 4·rounds times xor, popcnt and add. */
export function popcounts(rounds: u32): i32 {
  let x = i8x16.splat(<i8>rounds);
  const p = i8x16.splat(1);
  const q = i8x16.splat(2);
  const r = i8x16.splat(3);
  const s = i8x16.splat(4);
  let a = x;
  let b = x;
  let c = x;
  let d = x;
  for (let k: u32 = 0; k < rounds; k++) {
    a = i8x16.add(a, i8x16.popcnt(v128.xor(x, p)));
    b = i8x16.add(b, i8x16.popcnt(v128.xor(x, q)));
    c = i8x16.add(c, i8x16.popcnt(v128.xor(x, r)));
    d = i8x16.add(d, i8x16.popcnt(v128.xor(x, s)));
    x = i8x16.add(x, p);
  }
  return i32x4.extract_lane(v128.xor(v128.xor(a, b), v128.xor(c, d)), 0);
}

/** 4·rounds times swizzle and add. */
export function swizzles(rounds: u32): i32 {
  let x = i8x16.splat(0);
  const p = i8x16.splat(1);
  const q = i8x16.splat(2);
  const r = i8x16.splat(3);
  const s = i8x16.splat(4);
  let a = x;
  let b = x;
  let c = x;
  let d = x;
  for (let k: u32 = 0; k < rounds; k++) {
    a = i8x16.add(a, i8x16.swizzle(p, x));
    b = i8x16.add(b, i8x16.swizzle(q, x));
    c = i8x16.add(c, i8x16.swizzle(r, x));
    d = i8x16.add(d, i8x16.swizzle(s, x));
    x = i8x16.add(x, p);
  }
  return i32x4.extract_lane(v128.xor(v128.xor(a, b), v128.xor(c, d)), 0);
}

/** 8·rounds times f64x2 multiply and add. */
export function products(rounds: u32): f64 {
  let x = f64x2.splat(<f64>rounds);
  const y = f64x2.splat(1e-9);
  const zero = f64x2.splat(0);
  let a = zero;
  let b = zero;
  let c = zero;
  let d = zero;
  let e = zero;
  let f = zero;
  let g = zero;
  let h = zero;
  for (let k: u32 = 0; k < rounds; k++) {
    a = f64x2.add(a, f64x2.mul(x, y));
    b = f64x2.add(b, f64x2.mul(x, a));
    c = f64x2.add(c, f64x2.mul(x, y));
    d = f64x2.add(d, f64x2.mul(x, c));
    e = f64x2.add(e, f64x2.mul(x, y));
    f = f64x2.add(f, f64x2.mul(x, e));
    g = f64x2.add(g, f64x2.mul(x, y));
    h = f64x2.add(h, f64x2.mul(x, g));
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  a = f64x2.add(a, f64x2.add(f64x2.add(e, f), f64x2.add(g, h)));
  return f64x2.extract_lane(a, 0);
}

/** Draws of xoshiro128**, one after the other, each made an index below n as a shuffle needs it. */
export function draws(rounds: u32): u32 {
  let s0: u32 = 1;
  let s1: u32 = 2;
  let s2: u32 = 3;
  let s3: u32 = 4;
  let sum: u32 = 0;
  for (let n = rounds; n > 0; n--) {
    const word = rotl<u32>(s1 * 5, 7) * 9;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotl<u32>(s3, 11);
    sum += <u32>((<u64>word * <u64>n) >> 32);
  }
  return sum;
}
