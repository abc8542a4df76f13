/**
 * What a network that goes on learning still knows: Hebbian couplings lose everything at once beyond capacity, bounded ones
 * (a palimpsest, Parisi 1986) lose the oldest and keep the newest.
 */
import type { Figure } from '../plot/figure.ts';
import { checkMemory, planMemory, type MemoryText } from './memory.ts';
import type { PointResult } from './experiment.ts';
import { groups, networksNote } from './figures.ts';
import { builtIn } from './kind.ts';
import { drawNetwork } from './retrieval.ts';
import { numberSetting, numbersSetting, textsSetting } from './settings.ts';
import { meanOf, type Estimate } from './statistics.ts';

export interface ForgettingPoint {
  memory: MemoryText;
  neurons: number;
  /** P/N at the end, as asked for. */
  load: number;
  /** Patterns learnt, one after the other. */
  patterns: number;
}

export interface Remembered {
  /** Overlap with each pattern, the newest first. */
  overlaps: number[];
}

export interface ForgettingSummary {
  /** Patterns recalled with an overlap of 0.95 or more, as a part of N. */
  recovered: Estimate;
  /** Mean overlap of all. */
  overlap: Estimate;
  /** Overlap by age: how many patterns were learnt from this one on, itself included, as a part of N; means of a few neighbours. */
  ages: { age: number; overlap: Estimate }[];
}

export type ForgettingResult = PointResult<ForgettingPoint, ForgettingSummary>;

const settings = {
  memory: textsSetting<MemoryText>(
    'what learns: hebbian, palimpsest, palimpsest:BOUND and others that experiments know',
    ['hebbian', 'palimpsest'],
    checkMemory,
  ),
  neurons: numberSetting('N', 500, { least: 20, most: 20000, integer: true }),
  loads: numbersSetting('patterns learnt for each neuron', [0.6], { least: 0.01, most: 1e3 }),
};

/** Overlap from which a pattern counts as recalled. */
const RECALLED = 0.95;

/** Ages are put together in parts of this share of N. */
const GRAIN = 0.01;

/**
 * Overlap against age, and how much is remembered.
 *
 * ```ts
 * for await (const { memory, recovered } of forgetting({ seed: 7 })) console.log(memory, recovered.value);
 * ```
 *
 * A trial is one network that learns its patterns in order; each is then recalled from itself. `error` is about `recovered`.
 *
 * @param options - `memory`, `neurons`, `loads`, `trials` (default 10), `error`, `mostTrials`, `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const forgetting = /* @__PURE__ */ builtIn<
  typeof settings,
  ForgettingPoint,
  Remembered,
  ForgettingSummary
>({
  name: 'forgetting',
  question: 'overlap against age: everything lost at once, or the oldest first',
  settings,
  usualTrials: 10,
  points: ({ memory, neurons, loads }) =>
    memory.flatMap((memory) =>
      loads.map((load) => {
        const patterns = Math.max(1, Math.round(load * neurons));
        return { memory, neurons, load, patterns };
      }),
    ),
  trial({ memory, neurons, patterns: count }, seed) {
    const plan = planMemory(memory);
    const { patterns } = drawNetwork(plan, neurons, count, seed);
    const { states } = plan.make(neurons, patterns).recall(patterns, seed);
    const overlaps = patterns.map((pattern, k) => plan.overlap(states, k * neurons, pattern));
    return { overlaps: overlaps.reverse() };
  },
  summarise: ({ neurons, patterns }, networks) => {
    const grain = Math.max(1, Math.round(GRAIN * neurons));
    const ages: ForgettingSummary['ages'] = [];
    for (let from = 0; from < patterns; from += grain) {
      const to = Math.min(from + grain, patterns);
      const means = networks.map(({ overlaps }) => mean(overlaps.slice(from, to)));
      ages.push({ age: (from + to + 1) / 2 / neurons, overlap: meanOf(means) });
    }
    const recalled = ({ overlaps }: Remembered) => overlaps.filter((m) => m >= RECALLED).length;
    return {
      recovered: meanOf(networks.map((network) => recalled(network) / neurons)),
      overlap: meanOf(networks.map(({ overlaps }) => mean(overlaps))),
      ages,
    };
  },
  precision: ({ recovered }) => recovered,
  figures: { ages: forgettingFigure },
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

/**
 * Overlap against age.
 *
 * @param results - of one run of `forgetting`
 */
export function forgettingFigure(results: readonly ForgettingResult[]): Figure {
  const [{ neurons, load }] = results;
  const one = results.every((result) => result.load === load);
  const named = groups(results, (result) =>
    one ? result.memory : `${result.memory}, P/N = ${result.load}`,
  );
  const remembered = Array.from(named, ([name, [{ recovered, trials }]]) => {
    const error = trials > 1 ? ` ± ${recovered.error!.toFixed(4)}` : '';
    return `${name} ${recovered.value.toFixed(4)}${error}`;
  });
  return {
    title: 'What is left of what was learnt',
    x: { label: 'age: patterns learnt since, for each neuron', min: 0 },
    y: { label: 'overlap of pattern and final state', min: 0, max: 1 },
    series: Array.from(named, ([name, [{ ages }]]) => ({
      name,
      kind: 'line' as const,
      points: ages.map(({ age, overlap: { value, low, high } }) =>
        low === undefined ? { x: age, y: value } : { x: age, y: value, low, high },
      ),
    })),
    notes: [
      `N = ${neurons}${one ? `, P/N = ${load}` : ''}. ${networksNote(results)}`,
      `Recalled with an overlap of 0.95 or more, as a part of N: ${remembered.join(', ')}.`,
    ],
  };
}
