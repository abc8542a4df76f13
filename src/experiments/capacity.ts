/**
 * How much a memory holds: networks of P random patterns, recalled from the patterns themselves until nothing moves (Amit,
 * Gutfreund & Sompolinsky 1985; Amit 1989, section 6.5).
 */
import type { Figure, Series } from '../plot/figure.ts';
import { exp, ln } from '../elementary.ts';
import { builtIn } from './kind.ts';
import { checkMemory, memoryNames, planMemory, type MemoryText } from './memory.ts';
import { CRITICAL_LOAD, CRITICAL_LOAD_BROKEN, retrieval } from './theory/hebbian.ts';
import {
  distinct,
  endsOf,
  groups,
  networksNote,
  percent,
  seriesBy,
  theoryCurve,
  upright,
} from './figures.ts';
import type { PointResult } from './experiment.ts';
import {
  drawNetwork,
  patternsAt,
  retrieved,
  summariseRetrieval,
  type RetrievalSummary,
  type Retrieved,
} from './retrieval.ts';
import { numbersSetting, textsSetting } from './settings.ts';
import { crossing, extrapolate, type Estimate } from './statistics.ts';

export interface CapacityPoint {
  memory: MemoryText;
  neurons: number;
  /** P/N, as asked for. */
  load: number;
  /** P, the load times N, rounded, at least 1. */
  patterns: number;
}

export type CapacityResult = PointResult<CapacityPoint, RetrievalSummary>;

const settings = {
  memory: textsSetting<MemoryText>(
    `what holds the patterns: ${memoryNames().join(', ')}; some with a parameter, such as polynomial:4`,
    ['hebbian'],
    checkMemory,
  ),
  neurons: numbersSetting('N', [500, 1000], { least: 2, most: 2097151, integer: true }),
  loads: numbersSetting(
    'patterns for each neuron, P/N',
    [0.05, 0.08, 0.1, 0.12, 0.13, 0.14, 0.15, 0.16, 0.17, 0.18, 0.2],
    { least: 0, most: 1e6 },
  ),
};

/**
 * Overlap, share recovered (overlap 0.95 or more) and share exact against load, from starts at the patterns.
 *
 * ```ts
 * for await (const { neurons, load, overlap } of capacity({ neurons: 1000, loads: [0.1, 0.14], seed: 7 })) {
 *   console.log(neurons, load, overlap.value, overlap.error);
 * }
 * ```
 *
 * A trial is one network; at most 100 of its patterns are recalled. `error` is about the mean overlap.
 *
 * @param options - `memory`, `neurons`, `loads` (each one or several), `trials` (default 10), `error`, `mostTrials`, `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const capacity = /* @__PURE__ */ builtIn({
  name: 'capacity',
  question: 'how much a memory holds: overlap and share recovered against load',
  settings,
  usualTrials: 10,
  points({ memory, neurons, loads }): CapacityPoint[] {
    return memory.flatMap((memory) =>
      neurons.flatMap((neurons) =>
        loads.map((load) => {
          return { memory, neurons, load, patterns: patternsAt(load, neurons) };
        }),
      ),
    );
  },
  trial({ memory, neurons, patterns: count }: CapacityPoint, seed): Retrieved {
    const plan = planMemory(memory);
    const { patterns, probes } = drawNetwork(plan, neurons, count, seed);
    return retrieved(plan, probes, plan.make(neurons, patterns).recall(probes, seed));
  },
  summarise: (_, networks: readonly Retrieved[]) => summariseRetrieval(networks),
  precision: ({ overlap }: RetrievalSummary) => overlap,
  figures: {
    overlap: (results) => capacityFigure(results, 'overlap'),
    recovered: (results) => capacityFigure(results, 'recovered'),
    exact: (results) => capacityFigure(results, 'exact'),
  },
});

const WORDS = {
  overlap: 'overlap of pattern and final state',
  recovered: 'share of patterns with overlap 0.95 or more',
  exact: 'share of patterns recalled exactly',
};

/** What a curve is called: what it does not share with the others. */
function nameOf(results: readonly CapacityResult[]): (result: CapacityResult) => string {
  const memories = distinct(results.map(({ memory }) => memory));
  return ({ memory, neurons }) => (memories ? `${memory}, N = ${neurons}` : `N = ${neurons}`);
}

/**
 * A figure of results of `capacity`.
 *
 * @param results - of one run
 * @param what - the mean overlap, the share of patterns with overlap 0.95 or more, or the share recalled exactly
 */
export function capacityFigure(
  results: readonly CapacityResult[],
  what: 'overlap' | 'recovered' | 'exact' = 'overlap',
): Figure {
  const load = ({ load }: CapacityResult) => load;
  const series = seriesBy(results, nameOf(results), load, (result) => result[what]);
  const memories = [...new Set(results.map(({ memory }) => memory))];
  const limits = memories.map((memory) => criticalLoad(results, memory));
  const restless = Math.max(...results.map((result) => result.restless));
  return {
    title: memories.length === 1 ? `Capacity of ${memories[0]}` : 'Capacity',
    x: { label: 'load P/N' },
    y: { label: WORDS[what], min: 0, max: 1 },
    series: [...series, ...theory(memories, what, endsOf(results.map(load)))],
    notes: [
      networksNote(results),
      ...limits.flatMap((limit, k) => (limit ? [limitNote(memories[k], limit)] : [])),
      ...(restless > 0
        ? [`Up to ${percent(restless)} of the recalls at a point did not come to rest.`]
        : []),
    ],
  };
}

/**
 * The load at which half the patterns are kept (overlap 0.9 or more), for each N and, from several, for N → ∞. Where a
 * metastable state ends, the shift at finite N goes as N^(−2/3) (its barrier as N ε^(3/2)): for the Hebbian network N = 1000,
 * 2000 and 4000 lie on that line, and not on one in 1/N.
 *
 * @param results - of one run of `capacity`
 * @param memory - which of its memories; default the first
 * @returns undefined where no curve passes ½
 */
export function criticalLoad(
  results: readonly CapacityResult[],
  memory: MemoryText = results[0].memory,
): CriticalLoad | undefined {
  const own = results.filter((result) => result.memory === memory);
  const sizes: CriticalLoad['sizes'] = [];
  for (const [, group] of groups(own, ({ neurons }) => `${neurons}`)) {
    const sorted = [...group].sort((a, b) => a.load - b.load);
    // P is an integer: the load is what was stored.
    const points = sorted.map(({ patterns, neurons, kept }) => ({
      x: patterns / neurons,
      y: kept,
    }));
    const found = crossing(points, 0.5);
    if (found && found.error > 0) sizes.push({ neurons: group[0].neurons, ...found });
  }
  if (sizes.length === 0) return undefined;
  if (sizes.length < 2) return { sizes };
  const along = (x: (neurons: number) => number) =>
    extrapolate(sizes.map(({ neurons, value, error }) => ({ x: x(neurons), value, error })));
  return { sizes, limit: along((n) => exp((-2 / 3) * ln(n))), linear: along((n) => 1 / n) };
}

export interface CriticalLoad {
  sizes: { neurons: number; value: number; error: number }[];
  /** For N → ∞ by a straight line in N^(−2/3), and by one in 1/N; undefined from one N alone. */
  limit?: Estimate;
  linear?: Estimate;
}

function limitNote(memory: MemoryText, { sizes, limit, linear }: CriticalLoad): string {
  const show = (value: number, error: number) => `${value.toFixed(4)} ± ${error.toFixed(4)}`;
  const each = sizes.map(({ neurons, value, error }) => `${show(value, error)} at N = ${neurons}`);
  const large =
    limit && linear
      ? `; N → ∞ in N^(−2/3): ${show(limit.value, limit.error!)}, in 1/N: ${show(linear.value, linear.error!)}`
      : '';
  return `${memory}: half the patterns above overlap 0.9 at P/N = ${each.join(', ')}${large}.`;
}

/** What theory says of the Hebbian network, for loads between the ends. */
function theory(
  memories: readonly MemoryText[],
  what: 'overlap' | 'recovered' | 'exact',
  [low, high]: [number, number],
): Series[] {
  if (!memories.includes('hebbian')) return [];
  const limits = [
    upright('α_c = 0.138, replica-symmetric', CRITICAL_LOAD),
    upright('0.144, its breaking', CRITICAL_LOAD_BROKEN),
  ].filter(({ points }) => points[0].x >= low && points[0].x <= high);
  if (what !== 'overlap') return limits;
  const ends: [number, number] = [low, Math.min(high, CRITICAL_LOAD)];
  return [theoryCurve('N → ∞', ends, (load) => retrieval(load)?.m), ...limits];
}
