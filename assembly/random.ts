/** Draws from the package's generator; see src/random.ts for its definition. */

function nextWord(generator: usize): u32 {
  const s0 = load<u32>(generator);
  const s1 = load<u32>(generator, 4);
  const s2 = load<u32>(generator, 8) ^ s0;
  const s3 = load<u32>(generator, 12) ^ s1;
  store<u32>(generator, s0 ^ s3);
  store<u32>(generator, s1 ^ s2, 4);
  store<u32>(generator, s2 ^ (s1 << 9), 8);
  store<u32>(generator, rotl<u32>(s3, 11), 12);
  return rotl<u32>(s1 * 5, 7) * 9;
}

/** An integer uniform in 0 … n − 1, n ≥ 1 (Lemire 2019). */
@inline
export function nextBelow(generator: usize, n: u32): u32 {
  let product = <u64>nextWord(generator) * <u64>n;
  if (<u32>product < n) {
    const least: u32 = (0 - n) % n;
    while (<u32>product < least) product = <u64>nextWord(generator) * <u64>n;
  }
  return <u32>(product >> 32);
}

/** A real in [0, 1). */
@inline
export function nextReal(generator: usize): f64 {
  return <f64>nextWord(generator) / 4294967296.0;
}

export function countUp(order: usize, count: u32): void {
  let next = i32x4(0, 1, 2, 3);
  let i: u32 = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(order + (i << 2), next);
    next = i32x4.add(next, i32x4.splat(4));
  }
  for (; i < count; i++) store<u32>(order + (i << 2), i);
}

export function shuffle(order: usize, count: u32, generator: usize): void {
  let s0 = load<u32>(generator);
  let s1 = load<u32>(generator, 4);
  let s2 = load<u32>(generator, 8);
  let s3 = load<u32>(generator, 12);
  let last = order + ((count - 1) << 2);
  for (let n = count; n > 1; n--) {
    let product = <u64>(rotl<u32>(s1 * 5, 7) * 9) * <u64>n;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotl<u32>(s3, 11);
    if (<u32>product < n) {
      // Once in 2³²/n draws: does it have to be drawn again?
      const least: u32 = (0 - n) % n;
      while (<u32>product < least) {
        store<u32>(generator, s0);
        store<u32>(generator, s1, 4);
        store<u32>(generator, s2, 8);
        store<u32>(generator, s3, 12);
        product = <u64>nextWord(generator) * <u64>n;
        s0 = load<u32>(generator);
        s1 = load<u32>(generator, 4);
        s2 = load<u32>(generator, 8);
        s3 = load<u32>(generator, 12);
      }
    }
    const other = order + (<u32>(product >> 32) << 2);
    const held = load<u32>(last);
    store<u32>(last, load<u32>(other));
    store<u32>(other, held);
    last -= 4;
  }
  store<u32>(generator, s0);
  store<u32>(generator, s1, 4);
  store<u32>(generator, s2, 8);
  store<u32>(generator, s3, 12);
}
