/**
 * Where random starts end: at stored patterns, their reverses, mixtures, or states that are like no few patterns (Amit,
 * Gutfreund & Sompolinsky 1985). `attractors` takes the census.
 */
import type { Figure, Series } from '../plot/figure.ts';
import { attractors, type Attractor } from '../models/attractors.ts';
import { HopfieldNetwork } from '../models/index.ts';
import { checkName } from '../checks.ts';
import type { PointResult } from './experiment.ts';
import { curve, distinct, groups, level, networksNote } from './figures.ts';
import { builtIn } from './kind.ts';
import { planMemory } from './memory.ts';
import { drawNetwork } from './retrieval.ts';
import { numberSetting, numbersSetting, textsSetting } from './settings.ts';
import { meanOf, shareOf, type Estimate } from './statistics.ts';
import { mixture } from './theory/mixtures.ts';

const RULES = ['hebbian', 'storkey', 'projection'] as const;
type RuleName = (typeof RULES)[number];

/** What a start can end in; `mixture` of three patterns, `larger` of five, seven or nine, `restless` in nothing. */
const ENDS = ['stored', 'reversed', 'mixture', 'larger', 'other', 'restless'] as const;
type End = (typeof ENDS)[number];
/** What has a depth and a width; a pattern and its reverse have the same. */
const STATES = ['pattern', 'mixture', 'larger', 'other'] as const;
type State = (typeof STATES)[number];

export interface SpuriousPoint {
  rule: RuleName;
  neurons: number;
  patterns: number;
  starts: number;
}

export interface Ends extends Record<End, number> {
  /** Distinct fixed points. */
  attractors: number;
  /** Energy for each neuron, a mean over starts, and share of the starts that one fixed point gets; null where there is none. */
  depth: Record<State, number | null>;
  width: Record<State, number | null>;
}

export interface SpuriousSummary extends Record<End, Estimate> {
  /** Distinct fixed points that were found. */
  attractors: Estimate;
  /** Mean energy for each neuron, by kind of state; those that were found. */
  depth: Partial<Record<State, Estimate>>;
  /** Mean share of the starts that end in one fixed point, by kind of state; those that were found. */
  width: Partial<Record<State, Estimate>>;
}

export type SpuriousResult = PointResult<SpuriousPoint, SpuriousSummary>;

const settings = {
  rules: textsSetting<RuleName>(`learning rules: ${RULES.join(', ')}`, ['hebbian'], (value, name) =>
    checkName(value, name, RULES),
  ),
  neurons: numberSetting('N', 500, { least: 2, most: 20000, integer: true }),
  patterns: numbersSetting('P', [3, 5, 7, 10, 15, 25, 40], {
    least: 1,
    most: 1e5,
    integer: true,
  }),
  starts: numberSetting('random starts for each network', 100, {
    least: 1,
    most: 1e6,
    integer: true,
  }),
};

/** With at most this share of neurons different a state counts as the pattern or mixture: overlap 0.95. */
const TOLERANCE = 0.025;

/**
 * Shares of random starts by where they end, against the number of patterns; depth and width of what they end in.
 *
 * ```ts
 * for await (const { patterns, stored, reversed, mixture } of spurious({ patterns: [3, 10], seed: 7 })) {
 *   console.log(patterns, stored.value + reversed.value, mixture.value);
 * }
 * ```
 *
 * A trial is one network of random patterns and its census: asynchronous, without heat. `error` is about the share that
 * ends at patterns as they were stored.
 *
 * @param options - `rules`, `neurons`, `patterns` (one or several), `starts`, `trials` (default 20), `error`, `mostTrials`,
 *   `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const spurious = /* @__PURE__ */ builtIn<
  typeof settings,
  SpuriousPoint,
  Ends,
  SpuriousSummary
>({
  name: 'spurious',
  question: 'where random starts end: patterns, their reverses, mixtures, others',
  settings,
  usualTrials: 20,
  points: ({ rules, neurons, patterns, starts }) =>
    rules.flatMap((rule) => patterns.map((count) => ({ rule, neurons, patterns: count, starts }))),
  trial({ rule, neurons, patterns: count, starts }, seed) {
    const { patterns } = drawNetwork(planMemory('hebbian'), neurons, count, seed);
    const network = new HopfieldNetwork(neurons, { rule }).store(patterns);
    const census = attractors(network, { starts, seed, tolerance: TOLERANCE });
    return countEnds(census.attractors, neurons, starts);
  },
  summarise: ({ starts }, networks) => {
    const share = (end: End) =>
      shareOf(
        networks.map((network) => network[end]),
        starts,
      );
    const byState = (key: 'depth' | 'width') =>
      Object.fromEntries(
        STATES.flatMap((state) => {
          const known = networks.map((network) => network[key][state]).filter((x) => x !== null);
          return known.length === 0 ? [] : [[state, meanOf(known)]];
        }),
      ) as Partial<Record<State, Estimate>>;
    return {
      ...(Object.fromEntries(ENDS.map((end) => [end, share(end)])) as Record<End, Estimate>),
      attractors: meanOf(networks.map((network) => network.attractors)),
      depth: byState('depth'),
      width: byState('width'),
    };
  },
  precision: ({ stored }) => stored,
  figures: {
    shares: spuriousFigure,
    depth: (results) => stateFigure(results, 'depth'),
    width: (results) => stateFigure(results, 'width'),
  },
});

function endOf({ kind, of }: Attractor): Exclude<End, 'restless'> {
  return kind === 'mixture' && of.length > 3 ? 'larger' : kind;
}

function countEnds(found: readonly Attractor[], neurons: number, starts: number): Ends {
  const counts = { stored: 0, reversed: 0, mixture: 0, larger: 0, other: 0, restless: starts };
  const sums = STATES.map(() => ({ points: 0, starts: 0, energy: 0 }));
  for (const attractor of found) {
    const { count, energy } = attractor;
    const end = endOf(attractor);
    counts[end] += count;
    counts.restless -= count;
    const sum = sums[STATES.indexOf(end === 'stored' || end === 'reversed' ? 'pattern' : end)];
    sum.points++;
    sum.starts += count;
    sum.energy += count * energy;
  }
  const each = (value: (sum: (typeof sums)[number]) => number) =>
    Object.fromEntries(
      STATES.map((state, k) => [state, sums[k].points === 0 ? null : value(sums[k])]),
    ) as Record<State, number | null>;
  return {
    ...counts,
    attractors: found.length,
    depth: each((sum) => sum.energy / sum.starts / neurons),
    width: each((sum) => sum.starts / sum.points / starts),
  };
}

const END_WORDS: Record<End, string> = {
  stored: 'stored patterns',
  reversed: 'their reverses',
  mixture: 'mixtures of three',
  larger: 'larger mixtures',
  other: 'other fixed points',
  restless: 'no fixed point',
};

const STATE_WORDS: Record<State, string> = {
  pattern: 'patterns and reverses',
  mixture: 'mixtures of three',
  larger: 'larger mixtures',
  other: 'other fixed points',
};

const count = ({ patterns }: SpuriousResult) => patterns;

/** A series for each kind, and rule if there are several. */
function seriesOf<K extends string>(
  results: readonly SpuriousResult[],
  kinds: readonly K[],
  words: Record<K, string>,
  pick: (result: SpuriousResult, kind: K) => Estimate | undefined,
): Series[] {
  const several = distinct(results.map(({ rule }) => rule));
  return Array.from(groups(results, ({ rule }) => rule)).flatMap(([rule, group]) =>
    kinds.flatMap((kind): Series[] => {
      const known = group.filter((result) => (pick(result, kind)?.value ?? 0) !== 0);
      if (known.length === 0) return [];
      const name = several ? `${rule}: ${words[kind]}` : words[kind];
      return [{ name, kind: 'line', points: curve(known, count, (result) => pick(result, kind)!) }];
    }),
  );
}

/**
 * Shares of the starts by where they end, against the number of patterns.
 *
 * @param results - of one run of `spurious`
 */
export function spuriousFigure(results: readonly SpuriousResult[]): Figure {
  return {
    title: 'Where random starts end',
    x: { label: 'patterns stored, P', scale: 'log' },
    y: { label: 'share of random starts', min: 0, max: 1 },
    series: seriesOf(results, ENDS, END_WORDS, (result, end) => result[end]),
    notes: [
      sizes(results),
      'A state counts as a pattern or a mixture from an overlap of 0.95. Where no start ended there is no point.',
    ],
  };
}

/**
 * Energy, or share of the starts for one fixed point, by kind of state, against the number of patterns.
 *
 * @param results - of one run of `spurious`
 */
function stateFigure(results: readonly SpuriousResult[], what: 'depth' | 'width'): Figure {
  const series = seriesOf(results, STATES, STATE_WORDS, (result, state) => result[what][state]);
  const ends: [number, number] = [Math.min(...results.map(count)), Math.max(...results.map(count))];
  const levels = [1, 3, 5].map((n) => {
    const name = n === 1 ? 'a pattern: −1/2' : n === 3 ? 'of three: −3/8' : 'of five: −0.352';
    return level(name, mixture(n).energy, ends);
  });
  const depth = what === 'depth';
  return {
    title: depth ? 'How deep attractors lie' : 'How wide attractors are',
    x: { label: 'patterns stored, P', scale: 'log' },
    y: depth
      ? { label: 'energy for each neuron, E/N' }
      : { label: 'share of random starts for one fixed point', scale: 'log' },
    series: depth ? [...series, ...levels] : series,
    notes: [
      sizes(results),
      depth
        ? 'Lines: P/N → 0.'
        : 'A fixed point that no start finds is not counted: the least that can be seen is one start.',
    ],
  };
}

function sizes(results: readonly SpuriousResult[]): string {
  const [{ neurons, starts }] = results;
  return `N = ${neurons}, ${starts} starts for each network. ${networksNote(results)}`;
}
