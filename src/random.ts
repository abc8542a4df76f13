/**
 * The package's random numbers: xoshiro128** (Blackman & Vigna 2018), 32 bits a draw.
 *
 * A generator is four 32-bit words. They come from a seed and a stream number, both 32-bit, so that
 * every pair starts in a different state:
 *
 *     w0 = mix(seed + g)   w2 = mix(stream + 2g)   w1 = mix(w0 ^ rotl(w2, 16))   w3 = mix(w1 + w2 + g)
 *
 * with g = 0x9e3779b9 and mix the finaliser of MurmurHash3 (a bijection). A real in [0, 1) is a draw
 * times 2⁻³². An integer below n is the upper half of draw × n, drawn again in the rare cases that
 * would make some values likelier than others (Lemire 2019), so it is exactly uniform.
 */

import { describe } from './checks.ts';

const GOLDEN = 0x9e3779b9;

/** The finaliser of MurmurHash3: a bijection of 32-bit words. */
export function mixBits(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function rotl(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** Writes the state for `seed` and `stream` into `words[at … at + 3]`. */
export function seedGenerator(words: Uint32Array, at: number, seed: number, stream: number): void {
  const w0 = mixBits(seed + GOLDEN);
  const w2 = mixBits(stream + 2 * GOLDEN);
  // A draw depends on the second word alone: it has to know both the seed and the stream.
  const w1 = mixBits(w0 ^ rotl(w2, 16));
  words[at] = w0;
  words[at + 1] = w1;
  words[at + 2] = w2;
  words[at + 3] = mixBits(w1 + w2 + GOLDEN);
}

/** The next 32-bit draw of the generator at `words[at … at + 3]`. */
export function nextWord(words: Uint32Array, at: number): number {
  const s1 = words[at + 1];
  const result = Math.imul(rotl(Math.imul(s1, 5), 7), 9) >>> 0;
  const s2 = words[at + 2] ^ words[at];
  const s3 = words[at + 3] ^ s1;
  words[at + 1] = s1 ^ s2;
  words[at] ^= s3;
  words[at + 2] = s2 ^ (s1 << 9);
  words[at + 3] = rotl(s3, 11);
  return result;
}

/** An integer uniform in 0 … n − 1, for 1 ≤ n ≤ 2²¹ (so that draw × n is exact in a double). */
export function nextBelow(words: Uint32Array, at: number, n: number): number {
  let product = nextWord(words, at) * n;
  let low = product >>> 0;
  if (low < n) {
    const least = (4294967296 - n) % n;
    while (low < least) {
      product = nextWord(words, at) * n;
      low = product >>> 0;
    }
  }
  return Math.floor(product / 4294967296);
}

/** `count` independent signs: the bits of ⌈count / 32⌉ draws, lowest first, set for +1. */
export function nextSigns(words: Uint32Array, at: number, count: number): Int8Array {
  const signs = new Int8Array(count);
  let word = 0;
  for (let i = 0; i < count; i++) {
    if (i % 32 === 0) word = nextWord(words, at);
    signs[i] = word & 1 ? 1 : -1;
    word >>>= 1;
  }
  return signs;
}

/** A fresh seed, for calls that were given none. */
export function drawSeed(): number {
  const crypto = (globalThis as { crypto?: { getRandomValues?(a: Uint32Array): unknown } }).crypto;
  const word = new Uint32Array(1);
  if (crypto?.getRandomValues) crypto.getRandomValues(word);
  else word[0] = Math.floor(Math.random() * 4294967296);
  return word[0];
}

/**
 * A seeded random generator (xoshiro128**): the same numbers on every engine and in both backends.
 *
 * Generators with the same seed and different streams are independent for all practical purposes.
 */
export class Random {
  readonly #words = new Uint32Array(4);

  /**
   * @param seed - an integer from 0 to 2³² − 1
   * @param stream - which of the seed's streams, an integer from 0 to 2³² − 1 (default 0)
   * @throws RangeError when either is anything else
   */
  constructor(seed: number, stream = 0) {
    seedGenerator(this.#words, 0, checkedSeed(seed), checkedSeed(stream, 'stream'));
  }

  /** The next 32 bits, as an integer from 0 to 2³² − 1. */
  next(): number {
    return nextWord(this.#words, 0);
  }

  /** A real in [0, 1): a draw times 2⁻³². */
  real(): number {
    return this.next() / 4294967296;
  }

  /** An integer uniform in 0 … n − 1. @throws RangeError unless n is an integer from 1 to 2²¹. */
  below(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2097152) {
      throw new RangeError(`below(${describe(n)}): expected an integer from 1 to 2097152`);
    }
    return nextBelow(this.#words, 0, n);
  }

  /** −1 or +1, each with probability ½: the highest bit of a draw, set for +1. */
  sign(): -1 | 1 {
    return this.next() >= 2147483648 ? 1 : -1;
  }

  /**
   * `count` independent signs: the bits of ⌈count / 32⌉ draws, lowest first, set for +1.
   *
   * @throws RangeError unless count is an integer from 0 to 2³¹ − 1
   */
  signs(count: number): Int8Array {
    if (!Number.isInteger(count) || count < 0 || count > 2147483647) {
      throw new RangeError(`signs(${describe(count)}): expected an integer, 0 or more`);
    }
    return nextSigns(this.#words, 0, count);
  }

  /** Shuffles in place (Fisher–Yates from the last element down) and returns the array. @throws TypeError for none */
  shuffle<T extends { length: number; [index: number]: unknown }>(array: T): T {
    if (!(array?.length >= 0))
      throw new TypeError(`shuffle(${describe(array)}): expected an array`);
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const held = array[i];
      array[i] = array[j];
      array[j] = held;
    }
    return array;
  }

  /** `count` distinct integers from 0 … n − 1, in random order. */
  sample(n: number, count: number): number[] {
    if (!Number.isInteger(count) || count < 0 || count > n) {
      throw new RangeError(`sample(${n}, ${count}): expected a count from 0 to ${n}`);
    }
    return this.shuffle(Array.from({ length: n }, (_, i) => i)).slice(0, count);
  }
}

/** `seed` if it is an integer from 0 to 2³² − 1. @throws TypeError or RangeError otherwise. */
export function checkedSeed(seed: number, name = 'seed'): number {
  if (typeof seed !== 'number') {
    throw new TypeError(`${name} is ${describe(seed)}, expected a number`);
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > 4294967295) {
    throw new RangeError(`${name} is ${seed}, expected an integer from 0 to 4294967295`);
  }
  return seed;
}
