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

/** Up to so many ranks for each that is wanted, marks in a list of all are faster than sorting. */
const DENSE = 64;

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
    writeSimplices(members, size, ranks, neurons);
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
  const end = 2 ** 53 - (2 ** 53 % all);
  if (all <= DENSE * count) return drawMarked(words, all, end, count);
  let ranks = new Float64Array(0);
  while (ranks.length < count) {
    // No more are drawn than are missing: never one too many.
    const more = new Float64Array(count - ranks.length);
    for (let k = 0; k < more.length; k++) more[k] = drawBelow(words, all, end);
    ranks = union(ranks, more.sort());
  }
  return ranks;
}

/** The same draws, with a mark at each rank that has come up: without sorting, where ranks are not many times as many. */
function drawMarked(words: Uint32Array, all: number, end: number, count: number): Float64Array {
  const marks = new Uint32Array(Math.ceil(all / 32));
  for (let found = 0; found < count;) {
    const rank = drawBelow(words, all, end);
    const word = Math.floor(rank / 32);
    const mark = 1 << (rank % 32);
    if ((marks[word] & mark) !== 0) continue;
    marks[word] |= mark;
    found++;
  }
  const ranks = new Float64Array(count);
  for (let word = 0, at = 0; word < marks.length; word++) {
    // The lowest mark first, until none is left.
    for (let left = marks[word]; left !== 0; left &= left - 1) {
      ranks[at++] = word * 32 + 31 - Math.clz32(left & -left);
    }
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

/** Writes the neurons of these ranks, upwards each. */
function writeSimplices(
  members: Uint32Array,
  size: number,
  ranks: Float64Array,
  neurons: number,
): void {
  // C(c, j) for each c, by j: of pairs there is a formula for what is looked up.
  const tables = Array.from({ length: size + 1 }, (_, j) =>
    Float64Array.from({ length: j > 2 ? neurons : 0 }, (_, c) => binomial(c, j)),
  );
  for (let k = 0, at = 0; k < ranks.length; k++, at += size) {
    let rank = ranks[k];
    let above = neurons;
    for (let j = size; j > 2; j--) {
      // The largest c with C(c, j) ≤ rank.
      const table = tables[j];
      let low = j - 1;
      let high = above;
      while (high - low > 1) {
        const middle = (low + high) >>> 1;
        if (table[middle] <= rank) low = middle;
        else high = middle;
      }
      members[at + j - 1] = low;
      rank -= table[low];
      above = low;
    }
    // The same for pairs: the root of c(c − 1)/2 = rank, which rounding may have left one off.
    let c = Math.floor((1 + Math.sqrt(1 + 8 * rank)) / 2);
    if ((c * (c - 1)) / 2 > rank) c--;
    else if ((c * (c + 1)) / 2 <= rank) c++;
    members[at + 1] = c;
    members[at] = rank - (c * (c - 1)) / 2;
  }
}
