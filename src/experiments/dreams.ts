/**
 * Learning by dreaming, from Hebbian couplings: unlearning (Hopfield, Feinstein & Palmer 1983) and daydreaming (Serricchio et
 * al. 2025), beside the projection rule.
 */
import type { Figure, Series } from '../plot/figure.ts';
import { HopfieldNetwork } from '../models/index.ts';
import { Random } from '../random.ts';
import { checkName } from '../checks.ts';
import type { PointResult } from './experiment.ts';
import { distinct, groups, networksNote } from './figures.ts';
import { builtIn } from './kind.ts';
import { planMemory } from './memory.ts';
import { cuesAt, DREAM_STREAM, drawNetwork, patternsAt, retrieved } from './retrieval.ts';
import { numberSetting, numbersSetting, textsSetting } from './settings.ts';
import { shareOf, type Estimate } from './statistics.ts';

const METHODS = ['daydreaming', 'unlearning', 'projection'] as const;
type Method = (typeof METHODS)[number];

export interface DreamsPoint {
  method: Method;
  neurons: number;
  /** P/N, as asked for. */
  load: number;
  patterns: number;
  /** When to look, in epochs of N dreams, upwards; 0 for projection, which does not dream. */
  epochs: readonly number[];
  /** How much an unlearnt state takes away; 0 for the others. */
  rate: number;
  /** Overlap of cue and pattern from which basins are tried. */
  start: number;
}

export interface Dreamt {
  probes: number;
  /** Patterns that are fixed points, by epoch. */
  stable: number[];
  /** Patterns that come back (overlap 0.95 or more) from a cue, by epoch. */
  recovered: number[];
}

export interface DreamsSummary {
  curve: {
    epoch: number;
    /** Share of patterns that are fixed points. */
    stable: Estimate;
    /** Share of patterns that come back from a cue. */
    recovered: Estimate;
  }[];
}

export type DreamsResult = PointResult<DreamsPoint, DreamsSummary>;

const settings = {
  methods: textsSetting<Method>(`how to learn: ${METHODS.join(', ')}`, METHODS, (value, name) =>
    checkName(value, name, METHODS),
  ),
  neurons: numberSetting('N', 100, { least: 2, most: 5000, integer: true }),
  loads: numbersSetting('patterns for each neuron, P/N', [0.4], { least: 0, most: 10 }),
  epochs: numbersSetting(
    'when to look, in epochs of N dreams',
    [0, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 70, 100],
    { least: 0, most: 1e6, integer: true },
  ),
  rate: numberSetting('how much an unlearnt state takes away, in 1/N', 0.01, {
    least: 1e-6,
    most: 10,
  }),
  start: numberSetting('overlap of cue and pattern from which basins are tried', 0.8, {
    least: 0,
    most: 1,
  }),
};

/**
 * Shares of patterns that are fixed points, and that come back from a cue, against epochs of dreaming.
 *
 * ```ts
 * for await (const { method, curve } of dreams({ methods: 'daydreaming', epochs: [0, 20], seed: 7 })) {
 *   console.log(method, curve[1].stable.value);
 * }
 * ```
 *
 * A trial is one network that is looked at after each of the epochs; at most 100 of its patterns are tried. An epoch is N
 * dreams in both ways of dreaming. `error` is about the stable share after the last epoch.
 *
 * @param options - `methods`, `neurons`, `loads`, `epochs`, `rate` (of unlearning), `start`, `trials` (default 10), `error`,
 *   `mostTrials`, `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const dreams = /* @__PURE__ */ builtIn<typeof settings, DreamsPoint, Dreamt, DreamsSummary>({
  name: 'dreams',
  question: 'what dreaming adds: stable patterns and basins against epochs',
  settings,
  usualTrials: 10,
  points: ({ methods, neurons, loads, epochs, rate, start }) =>
    loads.flatMap((load) =>
      methods.map((method): DreamsPoint => {
        const patterns = patternsAt(load, neurons);
        const when = method === 'projection' ? [0] : [...epochs].sort((a, b) => a - b);
        const given = method === 'unlearning' ? rate : 0;
        return { method, neurons, load, patterns, epochs: when, rate: given, start };
      }),
    ),
  async trial({ method, neurons, patterns: count, epochs, rate, start }, seed) {
    const plan = planMemory('hebbian');
    const { patterns, probes } = drawNetwork(plan, neurons, count, seed);
    const rule = method === 'projection' ? 'projection' : 'hebbian';
    const network = new HopfieldNetwork(neurons, { rule }).store(patterns);
    const cues = cuesAt(probes, start, seed);
    const seeds = new Random(seed, DREAM_STREAM);
    const result: Dreamt = { probes: probes.length, stable: [], recovered: [] };
    let dreamt = 0;
    for (const epoch of epochs) {
      const more = epoch - dreamt;
      const own = seeds.next();
      if (more > 0 && method === 'unlearning') {
        await network.unlearn({ steps: more * neurons, rate, seed: own });
      } else if (more > 0) {
        await network.daydream({ epochs: more, seed: own });
      }
      dreamt = epoch;
      const ended = retrieved(plan, probes, network.recallMany([...cues], { seed }));
      result.stable.push(probes.filter((pattern) => network.isFixedPoint(pattern)).length);
      result.recovered.push(ended.recovered);
    }
    return result;
  },
  summarise: ({ epochs }, networks) => {
    const [{ probes }] = networks;
    const share = (key: 'stable' | 'recovered', k: number) =>
      shareOf(
        networks.map((network) => network[key][k]),
        probes,
      );
    return {
      curve: epochs.map((epoch, k) => {
        return { epoch, stable: share('stable', k), recovered: share('recovered', k) };
      }),
    };
  },
  precision: ({ curve }) => curve.at(-1)!.stable,
  figures: {
    stable: (results) => dreamsFigure(results, 'stable'),
    recovered: (results) => dreamsFigure(results, 'recovered'),
  },
});

/**
 * A figure of results of `dreams`.
 *
 * @param results - of one run
 * @param what - the share of patterns that are fixed points, or that come back from a cue
 */
export function dreamsFigure(
  results: readonly DreamsResult[],
  what: 'stable' | 'recovered' = 'stable',
): Figure {
  const [{ neurons, start, load }] = results;
  const several = distinct(results.map((result) => result.load));
  const named = groups(results, (result) =>
    several ? `${result.method}, P/N = ${result.load}` : result.method,
  );
  const ends = results.flatMap(({ epochs }) => epochs).filter((epoch) => epoch > 0);
  const across = ends.length > 0 ? [Math.min(...ends), Math.max(...ends)] : [1, 10];
  const series = Array.from(named).flatMap(([name, [{ curve, method }]]): Series[] => {
    const points = curve.map(({ epoch, [what]: { value, low, high } }) => {
      return low === undefined ? { x: epoch, y: value } : { x: epoch, y: value, low, high };
    });
    const awake = points.filter(({ x }) => x === 0).map(({ y }) => y);
    const flat = (called: string): Series[] =>
      awake.map((y) => ({ name: called, kind: 'theory', points: across.map((x) => ({ x, y })) }));
    if (method === 'projection') return flat(name);
    return [{ name, kind: 'line', points: points.filter(({ x }) => x > 0) }];
  });
  const { rate } = results.find(({ method }) => method === 'unlearning') ?? {};
  const size = `N = ${neurons}${several ? '' : `, P/N = ${load}`}. ${networksNote(results)}`;
  const awake = Array.from(named).flatMap(([name, [{ curve, method }]]) => {
    const first = curve.find(({ epoch }) => epoch === 0);
    return first && method !== 'projection' ? [`${name} ${first[what].value.toFixed(3)}`] : [];
  });
  return {
    title: what === 'stable' ? 'Patterns made stable by dreaming' : 'Basins widened by dreaming',
    x: { label: 'epochs of N dreams', scale: 'log' },
    y: {
      label:
        what === 'stable'
          ? 'share of patterns that are fixed points'
          : `share that comes back from an overlap of ${start}`,
      min: 0,
      max: 1,
    },
    series,
    notes: [
      size,
      ...(awake.length > 0 ? [`Before the first dream: ${awake.join(', ')}.`] : []),
      ...(rate === undefined ? [] : [`Unlearning takes ${rate}/N of a fixed point away.`]),
    ],
  };
}
