/**
 * What a modern network attends to (Ramsauer et al. 2020): at small β the average of all rows, in between the average of a
 * cluster of similar rows (a metastable state), at large β one row. And how far one update moves a stored row, beside the bound.
 */
import { exp } from '../elementary.ts';
import type { Figure, Series } from '../plot/figure.ts';
import { ModernHopfieldNetwork } from '../models/index.ts';
import { Random } from '../random.ts';
import type { PointResult } from './experiment.ts';
import { BARLESS_NOTE, barless, curve, level, networksNote } from './figures.ts';
import { builtIn } from './kind.ts';
import { cuesAt, MOST_PROBES, PATTERN_STREAM } from './retrieval.ts';
import { numberSetting, numbersSetting } from './settings.ts';
import { meanOf, shareOf, type Estimate } from './statistics.ts';

export interface AttentionPoint {
  dimension: number;
  clusters: number;
  /** Rows in each cluster. */
  members: number;
  /** Similarity x·y of two rows of one cluster; rows have norm 1. */
  correlation: number;
  /** x·q of a query and the row it is made from. */
  start: number;
  beta: number;
}

/** What a query can end nearest to. */
const ENDS = ['average', 'cluster', 'pattern'] as const;
type End = (typeof ENDS)[number];

export interface AttentionTrial extends Record<End, number> {
  probes: number;
  weight: number;
  rows: number;
  nearest: number;
  moved: number;
  bound: number;
  beyond: number;
}

export interface AttentionSummary extends Record<End, Estimate> {
  /** Largest weight at rest. */
  weight: Estimate;
  /** Rows that share the weight at rest: e to the entropy of the weights. */
  rows: Estimate;
  /** Distance of the state at rest and the nearest row. */
  nearest: Estimate;
  /** How far one update moves a row, the bound on it (`errorBound`), both means over rows, and rows moved further than that. */
  moved: Estimate;
  bound: Estimate;
  beyond: number;
}

export type AttentionResult = PointResult<AttentionPoint, AttentionSummary>;

const settings = {
  dimension: numberSetting('d', 128, { least: 2, most: 65536, integer: true }),
  clusters: numberSetting('clusters of rows', 8, { least: 1, most: 1e4, integer: true }),
  members: numberSetting('rows in each cluster', 8, { least: 1, most: 1e4, integer: true }),
  correlation: numberSetting('x·y of two rows of one cluster, rows having norm 1', 0.8, {
    least: 0,
    most: 1,
  }),
  start: numberSetting('x·q of a query and its row', 0.8, { least: 0, most: 1 }),
  betas: numbersSetting(
    'inverse temperatures β',
    [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 70, 100, 150],
    { least: 1e-6, most: 1e6 },
  ),
};

/** Updates after which a query is left where it is. */
const MOST_STEPS = 1000;

/**
 * Largest weight, rows attended to, distance to the nearest row and where queries end, against β.
 *
 * ```ts
 * for await (const { beta, rows, weight } of attention({ betas: [1, 8, 100], seed: 7 })) {
 *   console.log(beta, rows.value, weight.value);
 * }
 * ```
 *
 * A trial is one network of rows ±1/√d: each cluster has a prototype, from which its rows differ in as many signs as its
 * correlation says. A query is a row with signs flipped, and is updated until it rests; at most 100 rows are queried.
 * `error` is about the largest weight.
 *
 * @param options - `dimension`, `clusters`, `members`, `correlation`, `start`, `betas`, `trials` (default 10), `error`,
 *   `mostTrials`, `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const attention = /* @__PURE__ */ builtIn<
  typeof settings,
  AttentionPoint,
  AttentionTrial,
  AttentionSummary
>({
  name: 'attention',
  question: 'what a modern memory attends to against β: average, cluster, pattern',
  settings,
  usualTrials: 10,
  points: ({ betas, dimension, clusters, members, correlation, start }) =>
    betas.map((beta) => ({ dimension, clusters, members, correlation, start, beta })),
  trial: attend,
  summarise: (_, networks) => {
    const mean = (key: keyof AttentionTrial) => meanOf(networks.map((network) => network[key]));
    const share = (end: End) =>
      shareOf(
        networks.map((network) => network[end]),
        networks[0].probes,
      );
    return {
      weight: mean('weight'),
      rows: mean('rows'),
      nearest: mean('nearest'),
      moved: mean('moved'),
      bound: mean('bound'),
      beyond: networks.reduce((sum, { beyond }) => sum + beyond, 0),
      average: share('average'),
      cluster: share('cluster'),
      pattern: share('pattern'),
    };
  },
  precision: ({ weight }) => weight,
  figures: {
    rows: (results) => attentionFigure(results, 'rows'),
    ends: (results) => attentionFigure(results, 'ends'),
    distance: (results) => attentionFigure(results, 'distance'),
  },
});

function attend(point: AttentionPoint, seed: number): AttentionTrial {
  const { dimension, members, beta, start } = point;
  const signs = drawClusters(point, seed);
  const size = 1 / Math.sqrt(dimension);
  const scaled = (list: readonly Int8Array[]) =>
    list.map((row) => Float32Array.from(row, (s) => s * size));
  const rows = scaled(signs);
  const network = new ModernHopfieldNetwork(dimension, { beta }).store(rows);
  const probes = Math.min(MOST_PROBES, rows.length);
  const chosen = Array.from({ length: probes }, (_, k) => Math.floor((k * rows.length) / probes));
  const cues = cuesAt(
    chosen.map((k) => signs[k]),
    start,
    seed,
  );
  const rest = network.recallMany(scaled(cues), { steps: MOST_STEPS });
  const step = network.recallMany(chosen.map((k) => rows[k]));
  const groups = Array.from({ length: point.clusters }, (_, c) =>
    meanRow(rows.slice(c * members, (c + 1) * members)),
  );
  const all = meanRow(rows);
  const result: AttentionTrial = {
    probes,
    weight: 0,
    rows: 0,
    nearest: 0,
    moved: 0,
    bound: 0,
    beyond: 0,
    average: 0,
    cluster: 0,
    pattern: 0,
  };
  for (const [k, index] of chosen.entries()) {
    const state = rest.states.subarray(k * dimension, (k + 1) * dimension);
    const nearest = Math.min(...rows.map((row) => distance(state, row)));
    const toGroup = Math.min(...groups.map((row) => distance(state, row)));
    const toAll = distance(state, all);
    // Of equal ones, as where a cluster has one row, the more particular.
    const end =
      nearest <= Math.min(toGroup, toAll) ? 'pattern' : toGroup <= toAll ? 'cluster' : 'average';
    result[end]++;
    result.weight += rest.matches.weights[k] / probes;
    result.rows += exp(rest.entropies[k]) / probes;
    result.nearest += nearest / probes;
    const moved = distance(step.states.subarray(k * dimension, (k + 1) * dimension), rows[index]);
    const bound = network.errorBound(index);
    result.moved += moved / probes;
    result.bound += bound / probes;
    if (moved > bound) result.beyond++;
  }
  return result;
}

/** Signs of the rows, cluster by cluster: each that of its prototype with probability (1 + √correlation)/2. */
function drawClusters(point: AttentionPoint, seed: number): Int8Array[] {
  const { dimension, clusters, members, correlation } = point;
  const random = new Random(seed, PATTERN_STREAM);
  const odds = (1 + Math.sqrt(correlation)) / 2;
  return Array.from({ length: clusters }, () => {
    const prototype = random.signs(dimension);
    return Array.from({ length: members }, () =>
      prototype.map((bit) => (random.real() < odds ? bit : -bit)),
    );
  }).flat();
}

function meanRow(rows: readonly Float32Array[]): Float64Array {
  const mean = new Float64Array(rows[0].length);
  for (const row of rows) for (const [i, x] of row.entries()) mean[i] += x / rows.length;
  return mean;
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return Math.sqrt(sum);
}

const betaOf = ({ beta }: AttentionResult) => beta;

/**
 * A figure of results of `attention`, against β.
 *
 * @param results - of one run
 * @param what - how many rows share the weight at rest; what queries end nearest to, and the largest weight; or how far one
 *   update moves a row, beside the bound of Ramsauer et al., and how far from a row the state rests
 */
export function attentionFigure(
  results: readonly AttentionResult[],
  what: 'rows' | 'ends' | 'distance' = 'rows',
): Figure {
  return { rows: rowsFigure, ends: endsFigure, distance: distanceFigure }[what](results);
}

function rowsFigure(results: readonly AttentionResult[]): Figure {
  const [{ clusters, members }] = results;
  const rows = clusters * members;
  const ends: [number, number] = [
    Math.min(...results.map(betaOf)),
    Math.max(...results.map(betaOf)),
  ];
  return {
    title: 'What a modern network attends to',
    x: { label: 'inverse temperature β', scale: 'log' },
    y: { label: 'rows that share the weight, e^entropy', scale: 'log' },
    series: [
      measured('at rest', results, ({ rows }) => rows),
      level(`all rows: ${rows}`, rows, ends),
      ...(members > 1 && clusters > 1 ? [level(`a cluster: ${members}`, members, ends)] : []),
      level('one row', 1, ends),
    ],
    notes: sizes(results),
  };
}

const END_WORDS: Record<End, string> = {
  average: 'the average of all rows',
  cluster: 'the average of a cluster',
  pattern: 'a row',
};

function endsFigure(results: readonly AttentionResult[]): Figure {
  return {
    title: 'Where queries come to rest',
    x: { label: 'inverse temperature β', scale: 'log' },
    y: { label: 'share of queries; weight', min: 0, max: 1 },
    series: [
      ...ENDS.map((end) =>
        barless(measured(`nearest to ${END_WORDS[end]}`, results, (result) => result[end])),
      ),
      measured('largest weight', results, ({ weight }) => weight),
    ],
    notes: [...sizes(results), BARLESS_NOTE],
  };
}

function distanceFigure(results: readonly AttentionResult[]): Figure {
  const bound = curve(results, betaOf, ({ bound }) => bound);
  const beyond = results.reduce((sum, result) => sum + result.beyond, 0);
  return {
    title: 'How far from a row',
    x: { label: 'inverse temperature β', scale: 'log' },
    y: { label: 'distance, rows having norm 1', scale: 'log' },
    series: [
      measured('one update from a row', results, ({ moved }) => moved),
      measured('at rest, to the nearest row', results, ({ nearest }) => nearest),
      {
        name: 'bound on one update (Ramsauer et al.)',
        kind: 'theory',
        of: 'one update from a row',
        points: bound.map(({ x, y }) => ({ x, y })),
      },
    ],
    notes: [...sizes(results), `Rows that moved further than their bound: ${beyond}.`],
  };
}

function measured(
  name: string,
  results: readonly AttentionResult[],
  y: (result: AttentionResult) => Estimate,
): Series {
  return { name, kind: 'line', points: curve(results, betaOf, y) };
}

function sizes(results: readonly AttentionResult[]): string[] {
  const [{ dimension, clusters, members, correlation, start }] = results;
  return [
    `d = ${dimension}, ${clusters} clusters of ${members} rows of norm 1, x·y = ${correlation} within a cluster; queries with x·q = ${start}.`,
    networksNote(results),
  ];
}
