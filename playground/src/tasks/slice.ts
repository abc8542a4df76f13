/**
 * A plane through two patterns and a cue: what every state on it falls into. A point says how much a state agrees with the two
 * patterns; which neurons agree is fixed by an order that begins with those of the cue, so that the cue itself lies on the plane.
 */
import { classify, ModernHopfieldNetwork, Random } from 'hopfield-wasm';
import { type Asked, memoryOf } from './memories.ts';

export interface SliceQuestion extends Asked {
  cue: Int8Array;
  /** Indices of the two patterns. */
  a: number;
  b: number;
  /** Points along a side. */
  points: number;
  seed: number;
}

/** What a point falls into; `OUTSIDE` where no state has such overlaps. */
export const OUTSIDE = 0;
export const ENDS = ['a', 'b', 'notA', 'notB', 'stored', 'other'] as const;
export type End = (typeof ENDS)[number];

export interface Slice {
  points: number;
  /** 0 outside, else 1 + the index in `ENDS`; rows from the overlap 1 with b down to −1, columns from −1 to 1 with a. */
  ends: Uint8Array;
  /** How many points fall into each. */
  counts: Record<End, number>;
  /** Overlaps with a and b of the present recall, state by state. */
  path: [number, number][];
}

/** @throws where the memory has no neurons of two states */
export async function slice(question: SliceQuestion): Promise<Slice> {
  const { cue, a, b, points, seed, ...asked } = question;
  const memory = await memoryOf(asked);
  if (memory instanceof ModernHopfieldNetwork) {
    throw new RangeError('moves through states between −1 and 1, which this plane does not show');
  }
  const [one, two] = [asked.patterns[a].bits, asked.patterns[b].bits];
  const neurons = one.length;
  const shuffled = new Random(seed).sample(neurons, neurons);
  // Neurons on which the patterns agree, and those on which they do not; those first that the cue has as pattern a.
  const group = (alike: boolean) => {
    const all = shuffled.filter((i) => (one[i] === two[i]) === alike);
    const asA = (i: number) => cue[i] === one[i];
    return [...all.filter(asA), ...all.filter((i) => !asA(i))];
  };
  const [same, different] = [group(true), group(false)];
  const stateAt = (x: number, y: number): Int8Array | undefined => {
    const agreeing = Math.round((((x + y) / 2) * neurons + same.length) / 2);
    const likeA = Math.round((((x - y) / 2) * neurons + different.length) / 2);
    if (agreeing < 0 || agreeing > same.length || likeA < 0 || likeA > different.length) {
      return undefined;
    }
    const state = Int8Array.from(one, (s) => -s);
    for (const i of same.slice(0, agreeing)) state[i] = one[i];
    for (const i of different.slice(0, likeA)) state[i] = one[i];
    return state;
  };
  const places: number[] = [];
  const starts: Int8Array[] = [];
  for (let k = 0; k < points * points; k++) {
    const at = (index: number) => (2 * (index + 0.5)) / points - 1;
    const state = stateAt(at(k % points), -at(Math.floor(k / points)));
    if (!state) continue;
    places.push(k);
    starts.push(state);
  }
  const ends = new Uint8Array(points * points);
  const counts = Object.fromEntries(ENDS.map((end) => [end, 0])) as Record<End, number>;
  const { states } = memory.recallMany(starts, { seed });
  const known = new Map<string, End>();
  for (const [k, place] of places.entries()) {
    const state = states.subarray(k * neurons, (k + 1) * neurons);
    const key = String.fromCharCode(...state.map((s) => s + 1));
    let end = known.get(key);
    if (!end) known.set(key, (end = endOf(classify(memory, state), a, b)));
    counts[end]++;
    ends[place] = 1 + ENDS.indexOf(end);
  }
  const agreement = (y: Int8Array) => cue.reduce((sum, s, i) => sum + s * y[i], 0);
  let [x, y] = [agreement(one), agreement(two)];
  const path: [number, number][] = [];
  for (const { state, neuron } of memory.trajectory(cue, { seed, every: 'flip' })) {
    if (neuron !== undefined) {
      x += 2 * state[neuron] * one[neuron];
      y += 2 * state[neuron] * two[neuron];
    }
    path.push([x / neurons, y / neurons]);
  }
  return { points, ends, counts, path };
}

function endOf({ kind, of }: ReturnType<typeof classify>, a: number, b: number): End {
  if (kind !== 'stored' && kind !== 'reversed') return 'other';
  const reversed = kind === 'reversed';
  if (of[0] === a) return reversed ? 'notA' : 'a';
  if (of[0] === b) return reversed ? 'notB' : 'b';
  return 'stored';
}
