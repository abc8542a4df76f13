/**
 * Basins of attraction: where recalls end that start at a given overlap with a pattern (Forrest 1988; Kanter & Sompolinsky
 * 1987).
 */
import type { Figure } from '../plot/figure.ts';
import type { PointResult } from './experiment.ts';
import { curve, distinct, groups, networksNote, seriesBy } from './figures.ts';
import { builtIn } from './kind.ts';
import { checkMemory, memoryNames, planMemory, type MemoryText } from './memory.ts';
import { cuesAt, drawNetwork, patternsAt, retrieved } from './retrieval.ts';
import { numbersSetting, numberSetting, textsSetting } from './settings.ts';
import { average, jackknife, meanOf, shareOf, type Estimate } from './statistics.ts';

export interface NoisePoint {
  memory: MemoryText;
  neurons: number;
  load: number;
  patterns: number;
  /** Overlaps of cues and patterns, upwards. */
  starts: readonly number[];
}

/** One network: how recalls ended, by their start. */
export interface NoiseTrial {
  probes: number;
  /** Mean final overlaps. */
  overlaps: number[];
  /** Patterns with a final overlap of 0.95 or more. */
  recovered: number[];
}

export interface NoiseSummary {
  /** By start. */
  curve: { start: number; overlap: Estimate; recovered: Estimate }[];
  /** The share of neurons that can be flipped until only half the patterns are recovered; 0 where fewer ever are. */
  basin: Estimate;
}

export type NoiseResult = PointResult<NoisePoint, NoiseSummary>;

const settings = {
  memory: textsSetting<MemoryText>(
    `what holds the patterns: ${memoryNames().join(', ')}`,
    ['hebbian'],
    checkMemory,
  ),
  neurons: numberSetting('N', 500, { least: 2, most: 2097151, integer: true }),
  loads: numbersSetting('patterns for each neuron, P/N', [0.02, 0.05, 0.08, 0.1, 0.12, 0.14], {
    least: 0,
    most: 1e6,
  }),
  starts: numbersSetting(
    'overlaps of cue and pattern',
    Array.from({ length: 11 }, (_, k) => k / 10),
    { least: 0, most: 1 },
  ),
};

/**
 * Final against initial overlap, and the size of basins against load.
 *
 * ```ts
 * for await (const { load, basin } of noise({ neurons: 500, loads: [0.05, 0.1], seed: 7 })) {
 *   console.log(load, basin.value, basin.error);
 * }
 * ```
 *
 * A trial is one network; at most 100 of its patterns are recalled, each from every start, with ⌊N(1 − start)/2⌋ neurons
 * flipped. `error` is about the size of the basin.
 *
 * @param options - `memory`, `neurons`, `loads`, `starts`, `trials` (default 8), `error`, `mostTrials`, `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const noise = /* @__PURE__ */ builtIn({
  name: 'noise',
  question: 'basins of attraction: final against initial overlap, their size against load',
  settings,
  usualTrials: 8,
  points({ memory, neurons, loads, starts }): NoisePoint[] {
    const upwards = [...starts].sort((a, b) => a - b);
    return memory.flatMap((memory) =>
      loads.map((load) => {
        return { memory, neurons, load, patterns: patternsAt(load, neurons), starts: upwards };
      }),
    );
  },
  trial({ memory, neurons, patterns: count, starts }: NoisePoint, seed): NoiseTrial {
    const plan = planMemory(memory);
    if (plan.sparse) throw new TypeError(`memory is ${memory}, expected one of ±1 patterns`);
    const { patterns, probes } = drawNetwork(plan, neurons, count, seed);
    const network = plan.make(neurons, patterns);
    const ends = starts.map((start) =>
      retrieved(plan, probes, network.recall(cuesAt(probes, start, seed), seed)),
    );
    return {
      probes: probes.length,
      overlaps: ends.map(({ overlap }) => overlap),
      recovered: ends.map(({ recovered }) => recovered),
    };
  },
  summarise({ starts }: NoisePoint, networks: readonly NoiseTrial[]): NoiseSummary {
    return {
      curve: starts.map((start, k) => ({
        start,
        overlap: meanOf(networks.map(({ overlaps }) => overlaps[k])),
        recovered: shareOf(
          networks.map(({ recovered }) => recovered[k]),
          networks[0].probes,
        ),
      })),
      basin: jackknife(networks, (some) => basinOf(starts, some)),
    };
  },
  precision: ({ basin }: NoiseSummary) => basin,
  figures: { overlap: noiseFigure, basin: basinFigure },
});

/** The share of flipped neurons at which the share recovered of all networks falls to ½. */
function basinOf(starts: readonly number[], networks: readonly NoiseTrial[]): number {
  const shares = starts.map((_, k) =>
    average(networks.map(({ recovered, probes }) => recovered[k] / probes)),
  );
  const first = shares.findIndex((_, k) => shares.slice(k).every((later) => later >= 0.5));
  if (first < 0) return 0;
  if (first === 0) return (1 - starts[0]) / 2;
  const [below, above] = [shares[first - 1], shares[first]];
  const part = (0.5 - below) / (above - below);
  const start = starts[first - 1] + part * (starts[first] - starts[first - 1]);
  return (1 - start) / 2;
}

function nameOf(results: readonly NoiseResult[]): (result: NoiseResult) => string {
  const memories = distinct(results.map(({ memory }) => memory));
  return ({ memory, load }) => (memories ? `${memory}, P/N = ${load}` : `P/N = ${load}`);
}

/** Final against initial overlap, a curve for each load. */
export function noiseFigure(results: readonly NoiseResult[]): Figure {
  const [{ neurons }] = results;
  return {
    title: 'Basins of attraction',
    x: { label: 'overlap of cue and pattern', min: 0, max: 1 },
    y: { label: 'overlap of final state and pattern', min: 0, max: 1 },
    series: Array.from(groups(results, nameOf(results)), ([name, [result]]) => ({
      name,
      kind: 'line',
      points: curve(
        result.curve,
        ({ start }) => start,
        ({ overlap }) => overlap,
      ),
    })),
    notes: [`N = ${neurons}. ${networksNote(results)}`],
  };
}

/** The size of basins against load. */
export function basinFigure(results: readonly NoiseResult[]): Figure {
  const [{ neurons }] = results;
  return {
    title: 'Size of basins',
    x: { label: 'load P/N' },
    y: { label: 'share of neurons flipped at which half are recovered', min: 0, max: 0.5 },
    series: seriesBy(
      results,
      ({ memory }) => memory,
      ({ patterns, neurons }) => patterns / neurons,
      ({ basin }) => basin,
    ),
    notes: [`N = ${neurons}. ${networksNote(results)}`],
  };
}
