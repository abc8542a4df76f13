/**
 * Which β, and how much "nothing", from examples: c so that no more than a given share of strangers is taken for something
 * stored, β so that nine in ten of the queries that find something give it nine tenths of the weight.
 *
 * A query whose best similarity leads the others by Δ_j weighs that one with 1/(1 + Σ_j e^(−βΔ_j)) under softmax: nine tenths
 * where ln Σ_j e^(−βΔ_j) = −ln 9, which is convex in β, so that Newton's steps from 0 never pass it. Under sparsemax and
 * 1.5-entmax it has all the weight from β = 1/Δ and 2/Δ on, Δ the least of them. A function of its own, so that whoever
 * does not call it does not ship it.
 */
import { checkNumber, checkOptions, describe } from '../checks.ts';
import { exp, ln } from '../elementary.ts';
import { modernKernels } from '../kernels/groups/modern.ts';
import { openMachine } from '../kernels/open.ts';
import { short, evenly } from './diagnose/words.ts';
import { ModernHopfieldNetwork } from './modern-hopfield-network.ts';
import { writerOf } from './modern/answers.ts';
import { Retrieval } from './modern/retrieval.ts';
import { separationName } from './modern/separations.ts';
import { Stored } from './modern/stored.ts';
import { takeVectors, type Vector, type Vectors } from './modern/vectors.ts';

export interface CalibrateOptions {
  /** The share of strangers that may find something, from 0 to below 1. Default 0.01. */
  falseAlarms?: number;
  /**
   * Examples of queries that should find nothing: B vectors, given as `store` takes them. Default: the stored vectors, each
   * as if it alone were not stored.
   */
  strangers?: Vectors;
}

/** Of the best similarities of some queries. */
export interface Similarities {
  /** How many queries. */
  count: number;
  least: number;
  median: number;
  most: number;
}

export interface Calibration {
  /** β and c: options of `new ModernHopfieldNetwork`. */
  beta: number;
  nothing: number;
  /** The share of the strangers that find something: more similar than nothing. */
  falseAlarms: number;
  /** The share of the queries that find nothing. */
  missed: number;
  /** The share of the other queries that give their match nine tenths of what stored vectors weigh, or more. */
  settled: number;
  /** What was seen. */
  queries: Similarities;
  strangers: Similarities;
  /** All that in a sentence. */
  sentence: string;
}

/** Queries of a kind that are looked at. */
const MOST_QUERIES = 1000;
/** What a match should weigh against all others, the ratio of 0.9 and 0.1; and the share of queries that should reach it. */
const ODDS = 9;
const SETTLED = 0.9;
const LARGEST_BETA = 1e30;

/**
 * Chooses β and c for a network with softmax, sparsemax or entmax: make another with them, and store the same in it. At most 1000
 * queries of a kind are looked at, evenly spaced. O(P·d) each.
 *
 * ```ts
 * const { beta, nothing, sentence } = calibrate(network, queries, { falseAlarms: 0.01 });
 * ```
 *
 * @param network - what is stored, the similarity and the separation; its β and `nothing` do not matter
 * @param queries - examples of queries that should find something: B vectors, given as `store` takes them
 * @param options - see there for defaults
 * @throws TypeError, RangeError when an argument is of the wrong kind or size, or there are no queries or strangers
 */
export function calibrate(
  network: ModernHopfieldNetwork,
  queries: Vectors,
  options: CalibrateOptions = {},
): Calibration {
  if (!(network instanceof ModernHopfieldNetwork)) {
    throw new TypeError(`network is ${describe(network)}, expected a ModernHopfieldNetwork`);
  }
  checkOptions(options, 'calibrate options', ['falseAlarms', 'strangers']);
  const { dimension, separation, patterns } = network;
  const steep = { softmax: 0, sparsemax: 1, entmax: 2 }[separationName(separation) as string];
  if (steep === undefined) {
    throw new TypeError(
      `the separation is '${separationName(separation)}', expected 'softmax', 'sparsemax' or 'entmax'`,
    );
  }
  const allowed = checkNumber(
    options.falseAlarms ?? 0.01,
    'falseAlarms',
    'a number from 0 to below 1',
    (x) => x >= 0 && x < 1,
  );
  const given = takeVectors(queries, dimension, 'queries', (k) => `query ${k}`);
  const strange =
    options.strangers === undefined
      ? undefined
      : takeVectors(options.strangers, dimension, 'strangers', (k) => `stranger ${k}`);
  const others = strange ?? (patterns.length > 1 ? patterns : []);
  if (patterns.length === 0 || given.length === 0 || others.length === 0) {
    throw new RangeError(
      `there are ${patterns.length} stored vectors, ${given.length} queries and ${others.length} strangers, expected some of each`,
    );
  }
  const look = scorer(network, patterns);
  const pick = (list: readonly unknown[]) => evenly(list.length, MOST_QUERIES);
  const alien = pick(others).map((k) =>
    bestOf(look(others[k], strange ? `stranger ${k}` : `pattern ${k}`), strange ? -1 : k),
  );
  const seen = pick(given).map((k) => {
    const scores = look(given[k], `query ${k}`);
    return { best: bestOf(scores), beta: betaOf(scores, steep) };
  });
  const best = seen.map((one) => one.best);
  const nothing = between(best, alien, Math.floor(allowed * alien.length));
  const found = seen.filter((one) => one.best >= nothing).map((one) => one.beta);
  const beta = enough(found) ?? network.beta;
  const calibration = {
    beta,
    nothing,
    falseAlarms: share(alien, (s) => s >= nothing),
    missed: share(best, (s) => s < nothing),
    settled: share(found, (b) => b <= beta),
    queries: rangeOf(best),
    strangers: rangeOf(alien),
  };
  return { ...calibration, sentence: sentenceOf(calibration) };
}

/** What gives the similarities of a query with all that is stored, in single precision as the network has them. */
function scorer(
  { dimension, similarity, backend }: ModernHopfieldNetwork,
  patterns: readonly Vector[],
): (query: Vector, name: string) => Float32Array {
  const machine = openMachine(backend, [modernKernels]);
  const plan = { dimension, beta: 1, similarity, separation: 'softmax' } as const;
  const stored = new Stored(machine, plan);
  stored.store(patterns as Vectors, {});
  const retrieval = new Retrieval(machine, plan, stored);
  const setting = { machine, stored, retrieval };
  return (query, name) =>
    machine.memory.scope((take) => {
      const address = take(stored.vectors.width * 4);
      writerOf(setting, plan, [query], () => name)(0, address);
      return retrieval.scores(address);
    });
}

function bestOf(scores: Float32Array, without = -1): number {
  let best = -Infinity;
  for (const [k, score] of scores.entries()) if (k !== without && score > best) best = score;
  return best;
}

/** The least β at which the best of these similarities weighs enough; Infinity where it shares its place. */
function betaOf(scores: Float32Array, steep: number): number {
  const first = scores.indexOf(bestOf(scores));
  const leads = scores.map((score) => scores[first] - score).filter((_, k) => k !== first);
  const least = leads.reduce((a, b) => Math.min(a, b), Infinity);
  if (steep > 0 || least === 0) return steep === 0 ? Infinity : steep / least;
  let beta = 0;
  for (;;) {
    let sum = 0;
    let slope = 0;
    for (const lead of leads) {
      const w = exp(beta * (least - lead));
      sum += w;
      slope += w * lead;
    }
    const next = beta + ((ln(sum) - beta * least + ln(ODDS)) * sum) / slope;
    if (!(next > beta * (1 + 1e-12))) return beta;
    beta = next;
  }
}

/** The β that enough of the queries need, of those that any β helps; undefined when there are none. */
function enough(betas: readonly number[]): number | undefined {
  const sorted = betas.filter((b) => b <= LARGEST_BETA).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const index = Math.ceil(SETTLED * betas.length) - 1;
  return Math.max(1 / LARGEST_BETA, sorted[Math.min(index, sorted.length - 1)]);
}

/** A similarity that `allowed` of the strangers reach and no others: half-way to the next of either kind. */
function between(best: readonly number[], alien: readonly number[], allowed: number): number {
  const order = [...alien].sort((a, b) => b - a);
  const below = order[allowed];
  const above = [...best, ...order].filter((s) => s > below);
  const next = above.reduce((a, b) => Math.min(a, b), Infinity);
  // Where nobody is more similar, a little more than what single precision can tell apart.
  if (next === Infinity) return below + Math.max(1e-30, 1e-6 * Math.abs(below));
  return below + (next - below) / 2;
}

function share(values: readonly number[], holds: (value: number) => boolean): number {
  return values.length === 0 ? 0 : values.filter(holds).length / values.length;
}

function rangeOf(values: readonly number[]): Similarities {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  return { count, least: sorted[0], median: sorted[count >> 1], most: sorted[count - 1] };
}

function sentenceOf(calibration: Omit<Calibration, 'sentence'>): string {
  const { beta, nothing, falseAlarms, missed, settled, queries, strangers } = calibration;
  const of = ({ least, median, most }: Similarities) =>
    `${short(least)} to ${short(most)}, ${short(median)} in the middle`;
  const percent = (x: number) => `${short(100 * x)} %`;
  return (
    `${queries.count} queries are at best as similar as ${of(queries)}, ${strangers.count} strangers as ${of(strangers)}: ` +
    `with nothing at ${short(nothing)}, ${percent(falseAlarms)} of the strangers and ${percent(1 - missed)} of the queries ` +
    `find something, and at beta ${short(beta)} ${percent(settled)} of these give it nine tenths of the weight`
  );
}
