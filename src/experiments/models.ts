/** All memories side by side: how many random patterns each holds at one N, from 0.138 N to 2^(N/2). */
import type { Figure, Series } from '../plot/figure.ts';
import type { PointResult } from './experiment.ts';
import { endsOf, groups, networksNote, seriesBy } from './figures.ts';
import { builtIn } from './kind.ts';
import {
  checkMemory,
  memoryNames,
  planMemory,
  type MemoryName,
  type MemoryText,
} from './memory.ts';
import {
  drawNetwork,
  retrieved,
  summariseRetrieval,
  type RetrievalSummary,
  type Retrieved,
} from './retrieval.ts';
import { numberSetting, textsSetting } from './settings.ts';
import { crossing } from './statistics.ts';
import {
  exponentialCapacity,
  gardnerLoad,
  hebbianCapacity,
  palimpsestCapacity,
  polynomialCapacity,
  projectionCapacity,
  sparseCapacity,
  storkeyCapacity,
} from './theory/laws.ts';

export interface ModelsPoint {
  memory: MemoryText;
  neurons: number;
  patterns: number;
}

export type ModelsResult = PointResult<ModelsPoint, RetrievalSummary>;

/** The published laws, of random patterns; none where there is none. */
const LAWS: Partial<Record<MemoryName, (neurons: number, parameter: number) => number>> = {
  hebbian: hebbianCapacity,
  storkey: storkeyCapacity,
  projection: projectionCapacity,
  perceptron: (neurons, margin) => gardnerLoad(margin) * neurons,
  palimpsest: palimpsestCapacity,
  covariance: sparseCapacity,
  polynomial: polynomialCapacity,
  'rectified-polynomial': polynomialCapacity,
  exponential: exponentialCapacity,
};

/** The law of a memory, for N neurons; undefined where none is published. */
function lawOf(memory: MemoryText, neurons: number): number | undefined {
  const { name, parameter } = planMemory(memory);
  return LAWS[name]?.(neurons, parameter);
}

/** Where to look for what a memory without a law holds. */
function guess(memory: MemoryText, neurons: number): number {
  const { name, parameter } = planMemory(memory);
  return name === 'simplicial' ? polynomialCapacity(neurons, parameter + 1) : neurons * neurons;
}

/** Where there is nothing left to recall with: N independent patterns leave the projection no couplings, and nothing moves. */
function limitOf(memory: MemoryText, neurons: number): number {
  const linear = ['projection', 'diederich-opper'].includes(planMemory(memory).name);
  return linear ? neurons - 1 : Infinity;
}

/** Numbers of patterns: the square roots of 2 upwards from 1, rounded. */
const STEP = Math.SQRT2;
/** From this part of what a memory is known to hold to that many times of it. */
const [BELOW, ABOVE] = [1 / 6, 4];

const settings = {
  memory: textsSetting<MemoryText>(
    `which memories: ${memoryNames().join(', ')}`,
    [
      'hebbian',
      'storkey',
      'projection',
      'perceptron',
      'polynomial:3',
      'simplicial:2',
      'polynomial:4',
      'exponential',
    ],
    checkMemory,
  ),
  neurons: numberSetting('N', 20, { least: 4, most: 1000, integer: true }),
  most: numberSetting('patterns at most', 20000, { least: 1, most: 2 ** 22, integer: true }),
};

/**
 * The share of patterns that are recalled against their number, for many memories at one N: on a logarithmic axis, from 0.138 N
 * of the Hebbian network to 2^(N/2) of the exponential one.
 *
 * ```ts
 * for await (const { memory, patterns, recovered } of models({ memory: ['hebbian', 'exponential'], neurons: 16, seed: 7 })) {
 *   console.log(memory, patterns, recovered.value);
 * }
 * ```
 *
 * A trial is one network; at most 100 of its patterns are recalled, from themselves. How many patterns are stored goes in steps
 * of √2 around the published law of each memory, or around that of the polynomial of
 * the same degree for simplicial ones, and around N² where there is none; projection and Diederich–Opper
 * end below N. `error` is about the share recovered.
 *
 * @param options - `memory`, `neurons`, `most` (patterns), `trials` (default 20), `error`, `mostTrials`, `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const models = /* @__PURE__ */ builtIn<
  typeof settings,
  ModelsPoint,
  Retrieved,
  RetrievalSummary
>({
  name: 'models',
  question: 'what all memories hold side by side at one N',
  settings,
  usualTrials: 20,
  points({ memory, neurons, most }): ModelsPoint[] {
    return memory.flatMap((memory) => {
      const law = lawOf(memory, neurons) ?? guess(memory, neurons);
      const end = Math.min(ABOVE * law, most, limitOf(memory, neurons));
      const counts = new Set<number>();
      for (let p = 1; p <= end; p *= STEP) {
        if (p >= BELOW * law) counts.add(Math.round(p));
      }
      return Array.from(counts, (patterns) => ({ memory, neurons, patterns }));
    });
  },
  trial({ memory, neurons, patterns: count }, seed) {
    const plan = planMemory(memory);
    const { patterns, probes } = drawNetwork(plan, neurons, count, seed);
    return retrieved(plan, probes, plan.make(neurons, patterns).recall(probes, seed));
  },
  summarise: (_, networks) => summariseRetrieval(networks),
  precision: ({ recovered }) => recovered,
  figures: {
    recovered: (results) => modelsFigure(results, 'recovered'),
    exact: (results) => modelsFigure(results, 'exact'),
    overlap: (results) => modelsFigure(results, 'overlap'),
  },
});

const WORDS = {
  recovered: 'share of patterns with overlap 0.95 or more',
  exact: 'share of patterns recalled exactly',
  overlap: 'overlap of pattern and final state',
};

/** A figure of results of `models`, a curve for each memory over the number of patterns. */
export function modelsFigure(
  results: readonly ModelsResult[],
  what: 'recovered' | 'exact' | 'overlap' = 'recovered',
): Figure {
  const [{ neurons }] = results;
  const memoryOf = ({ memory }: ModelsResult) => memory;
  const ends = endsOf(results.map(({ patterns }) => patterns));
  return {
    title: `Memories of ${neurons} neurons`,
    x: { label: 'patterns stored', scale: 'log' },
    y: { label: WORDS[what], min: 0, max: 1 },
    series: [
      ...seriesBy(
        results,
        memoryOf,
        ({ patterns }) => patterns,
        (result) => result[what],
      ),
      ...laws(results, ends),
    ],
    notes: [
      `N = ${neurons}; dashed, under the mark of their memory: the published laws, which are of large N. ${networksNote(results)}`,
      'Where no network fails, a bar reaches down to what as many networks can tell from none failing.',
      ...halves(results),
    ],
  };
}

/** A line upwards at the law of each memory. */
function laws(results: readonly ModelsResult[], [least, most]: [number, number]): Series[] {
  return [...new Set(results.map(({ memory }) => memory))].flatMap((memory): Series[] => {
    const law = lawOf(memory, results[0].neurons);
    if (law === undefined || law < least || law > most) return [];
    const points = [0, 1].map((y) => ({ x: law, y }));
    return [{ name: 'published law', kind: 'theory', of: memory, points }];
  });
}

/** Where half the patterns are lost, and the law. */
function halves(results: readonly ModelsResult[]): string[] {
  const found = Array.from(
    groups(results, ({ memory }) => memory),
    ([memory, group]) => {
      const sorted = [...group].sort((a, b) => a.patterns - b.patterns);
      const points = sorted.map(({ patterns, recovered }) => ({ x: patterns, y: recovered }));
      const half = crossing(points, 0.5);
      const law = lawOf(memory as MemoryText, group[0].neurons);
      if (!half && law === undefined) return undefined;
      const published = law === undefined ? '' : ` (law ${Number(law.toPrecision(3))})`;
      return `${memory} ${half ? Number(half.value.toPrecision(3)) : '–'}${published}`;
    },
  );
  const list = found.filter((text) => text !== undefined);
  return list.length === 0 ? [] : [`Half the patterns are lost at: ${list.join(', ')}.`];
}
