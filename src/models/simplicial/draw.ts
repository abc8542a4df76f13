/**
 * Random simplices without repetition.
 *
 * The simplices of k neurons c_1 < … < c_k are numbered by rank Σ_j C(c_j, j), the combinatorial number system. A set of
 * ranks is drawn as the first different ones of a sequence of uniform draws, so every set is as likely as any other;
 * of more than half of all ranks, those left out are drawn.
 */
import { nextWord, seedGenerator } from '../../random.ts';
import { SIMPLEX_SIZES, type Connections, apportion } from './options.ts';
import { checkListBytes, type SimplexList } from './lists.ts';

/** Ranks, and the products that make binomials, stay exact below this. */
const MOST = 2 ** 50;

/** C(n, k), exact while it is below 2⁵⁰ and k ≤ 4. */
function binomial(n: number, k: number): number {
  let product = 1;
  for (let j = 1; j <= k; j++) product = (product * (n - k + j)) / j;
  return product;
}

/**
 * As many simplices of each kind as the connections say, by size and rank.
 *
 * @throws RangeError when there are not as many, or memory would not hold them
 */
export function drawSimplices(
  neurons: number,
  connections: Required<Connections>,
  seed: number,
): SimplexList[] {
  const counts = [...apportion(connections)];
  for (const [size, count] of counts) {
    const all = size > neurons ? 0 : binomial(neurons, size);
    const name = Object.entries(SIMPLEX_SIZES).find((entry) => entry[1] === size)![0];
    if (count > all) {
      throw new RangeError(
        `connections ask for ${count} ${name}, but ${neurons} neurons have only ${all}`,
      );
    }
    if (all > MOST) {
      throw new RangeError(
        `${neurons} neurons have ${all} ${name}, too many to draw from: expected at most 2^50`,
      );
    }
  }
  checkListBytes(counts.reduce((sum, [size, count]) => sum + 4 * count * size ** 2, 0));
  return counts.map(([size, count]) => {
    const words = new Uint32Array(4);
    seedGenerator(words, 0, seed, size);
    const ranks = drawRanks(words, binomial(neurons, size), count);
    const members = new Uint32Array(count * size);
    ranks.forEach((rank, k) => writeSimplex(members, k * size, size, rank, neurons));
    return { size, members };
  });
}

/** `count` different ranks below `all`, upwards. */
function drawRanks(words: Uint32Array, all: number, count: number): Float64Array {
  if (2 * count <= all) return drawFew(words, all, count);
  const leftOut = drawFew(words, all, all - count);
  const ranks = new Float64Array(count);
  let at = 0;
  let skip = 0;
  for (let rank = 0; rank < all; rank++) {
    if (rank === leftOut[skip]) skip++;
    else ranks[at++] = rank;
  }
  return ranks;
}

/** For no more than half of all ranks, so that at least half of what is drawn is new. */
function drawFew(words: Uint32Array, all: number, count: number): Float64Array {
  let ranks = new Float64Array(0);
  while (ranks.length < count) {
    // No more are drawn than are missing: never one too many.
    const more = new Float64Array(count - ranks.length);
    const end = 2 ** 53 - (2 ** 53 % all);
    for (let k = 0; k < more.length; k++) more[k] = drawBelow(words, all, end);
    ranks = union(ranks, more.sort());
  }
  return ranks;
}

/** The different numbers in two lists, all upwards. */
function union(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(a.length + b.length);
  let length = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const next = j >= b.length || a[i] <= b[j] ? a[i++] : b[j++];
    if (length === 0 || next !== out[length - 1]) out[length++] = next;
  }
  return out.slice(0, length);
}

/** An integer uniform in 0 … n − 1, n ≤ 2⁵⁰; `end` is the largest multiple of n up to 2⁵³. */
function drawBelow(words: Uint32Array, n: number, end: number): number {
  for (;;) {
    const high = nextWord(words, 0) >>> 11;
    const draw = high * 4294967296 + nextWord(words, 0);
    if (draw >= end) continue;
    // draw % n, which engines take far longer for: the quotient is exact, or one too large.
    const rest = draw - Math.floor(draw / n) * n;
    return rest < 0 ? rest + n : rest;
  }
}

/** The neurons of a rank, upwards. */
function writeSimplex(
  members: Uint32Array,
  at: number,
  size: number,
  rank: number,
  neurons: number,
): void {
  let above = neurons;
  for (let j = size; j > 1; j--) {
    // The largest c with C(c, j) ≤ rank.
    let low = j - 1;
    let high = above;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (binomial(middle, j) <= rank) low = middle;
      else high = middle;
    }
    members[at + j - 1] = low;
    rank -= binomial(low, j);
    above = low;
  }
  members[at] = rank;
}
