/**
 * Modern networks: which vectors are their own best match, by how much they lead, and how that compares with what
 * Ramsauer et al. (2020, theorem 4) ask for: Δ_i ≥ 2/(βP) + ln(2(P − 1)PβM²)/β, M the largest norm, dot and softmax.
 *
 * With dot the similarity of x_i with a longer vector can be above that with itself: the lead is negative then. One
 * other vector at least weighs more than 1/100 of x_i itself while β·Δ_i < ln 100.
 */
import type { ModernHopfieldNetwork } from '../modern-hopfield-network.ts';
import { allOf, short, evenly } from './words.ts';

/** One stored vector. */
export interface VectorDiagnosis {
  /** Its index among the stored vectors. */
  index: number;
  norm: number;
  /** Δ: its similarity with itself less the largest with another; null when there is no other. */
  lead: number | null;
}

export interface ModernDiagnosis {
  model: 'ModernHopfieldNetwork';
  dimension: number;
  /** P. */
  patterns: number;
  similarity: string;
  beta: number;
  /** The vectors that were looked at: all, unless they are many. */
  each: VectorDiagnosis[];
  /** How many of those are their own best match. */
  first: number;
  /** The least and the largest norm of all vectors; null when nothing is stored. */
  norms: { least: number; most: number } | null;
  /** The lead that theorem 4 of Ramsauer et al. asks for; null but for dot and softmax, and for one vector. */
  bound: number | null;
  /** How many lead by as much, of those looked at; null where there is no bound. */
  separated: number | null;
  /** The β at which none of the other vectors weighs more than 1/100 of the one looked up; null when a lead is not above 0. */
  enough: number | null;
  /** All that in a sentence. */
  sentence: string;
}

/** Multiplications that this may take. */
const MOST_WORK = 3e8;
const MOST_VECTORS = 1000;

/** Norms that differ more than this are worth a word. */
const UNEQUAL = 1.5;

export function diagnoseModern(network: ModernHopfieldNetwork): ModernDiagnosis {
  const { dimension, similarity, beta, separation, patterns: vectors } = network;
  const count = vectors.length;
  const norms = vectors.map((vector) => Math.sqrt(dot(vector, vector)));
  const most = Math.max(1, Math.floor(MOST_WORK / (count * dimension)));
  const likeness = (a: number, b: number) => {
    const product = dot(vectors[a], vectors[b]);
    if (similarity === 'dot') return product;
    if (similarity === 'cosine') return product / (norms[a] * norms[b]);
    return -0.5 * vectors[a].reduce((sum, x, i) => sum + (x - vectors[b][i]) ** 2, 0);
  };
  const each = evenly(count, Math.min(MOST_VECTORS, most)).map((index) => {
    let next = -Infinity;
    for (let j = 0; j < count; j++) if (j !== index) next = Math.max(next, likeness(index, j));
    const lead = count === 1 ? null : likeness(index, index) - next;
    return { index, norm: norms[index], lead };
  });
  const leads = each.map(({ lead }) => lead ?? Infinity);
  const least = leads.reduce((a, b) => Math.min(a, b), Infinity);
  const range =
    count === 0 ? null : { least: smallest(norms), most: -smallest(norms.map((x) => -x)) };
  const bounded = similarity === 'dot' && separation === 'softmax' && count > 1;
  const bound = bounded
    ? (2 / count + Math.log(2 * (count - 1) * count * beta * range!.most ** 2)) / beta
    : null;
  const diagnosis = {
    model: 'ModernHopfieldNetwork' as const,
    dimension,
    patterns: count,
    similarity,
    beta,
    each,
    first: leads.filter((lead) => lead > 0).length,
    norms: range,
    bound,
    separated: bound === null ? null : leads.filter((lead) => lead >= bound).length,
    enough: least > 0 && least < Infinity ? Math.log(100) / least : null,
  };
  return { ...diagnosis, sentence: sentenceOf(diagnosis) };
}

function sentenceOf(diagnosis: Omit<ModernDiagnosis, 'sentence'>): string {
  const { each, first, similarity, norms, beta, enough, patterns } = diagnosis;
  const seen = each.length;
  if (seen === 0) return 'nothing is stored';
  const those = seen < patterns ? `vectors looked at, of ${patterns},` : 'vectors';
  const { least, most } = norms!;
  const unequal = similarity === 'dot' && most > UNEQUAL * least;
  const long = `dot prefers long vectors, and norms go from ${short(least)} to ${short(most)}`;
  if (first < seen) {
    const lost = `${seen - first} of ${seen} ${those} ${seen - first === 1 ? 'is' : 'are'} not the best match of their own`;
    // Without longer vectors, or with another similarity, nothing is more alike to a vector than itself.
    return similarity === 'dot'
      ? `${lost}: ${long}; with cosine every vector is, unless another points the same way`
      : `${lost}: others are equal to them, or ${similarity === 'cosine' ? 'point the same way' : 'too near for single precision'}`;
  }
  const good =
    seen === 1
      ? 'the vector is its own best match'
      : `${allOf(seen)} ${those} are their own best matches`;
  if (enough !== null && enough > beta) {
    return (
      `${good}, but with beta ${short(beta)} recalls are averages of several: ` +
      `from about ${short(enough)} on, one is what comes back${unequal ? `; ${long}` : ''}`
    );
  }
  return unequal ? `${good}; but ${long}: disturbed cues may come to longer ones` : good;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function smallest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
