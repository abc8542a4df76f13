/**
 * Two ways in which memories disturb each other.
 *
 * - `lists`: pairs A–B are learnt, then A–C (the AB–AC lists of McCloskey & Cohen 1989), in a Hebbian hetero-association
 *   W = Σ a yᵀ. Nothing is overwritten: sign(w_B B + w_C C + noise) has overlap ½ with both at equal weights, and is C where
 *   C weighs more.
 * - `correlated`: patterns with correlation ρ between any two, by learning rule.
 */
import type { Figure, Series } from '../plot/figure.ts';
import { BidirectionalMemory } from '../models/index.ts';
import { Random } from '../random.ts';
import { checkName } from '../checks.ts';
import { checkMemory, planMemory, type MemoryText } from './memory.ts';
import type { PointResult } from './experiment.ts';
import { curve, networksNote, seriesBy } from './figures.ts';
import { builtIn } from './kind.ts';
import { MOST_PROBES, PATTERN_STREAM, retrieved } from './retrieval.ts';
import { numberSetting, numbersSetting, textsSetting } from './settings.ts';
import { meanOf, type Estimate } from './statistics.ts';
import { listOverlaps } from './theory/lists.ts';

const PARTS = ['lists', 'correlated'] as const;
type Part = (typeof PARTS)[number];

export interface InterferencePoint {
  part: Part;
  /** What learns; the association of `lists` is `bidirectional`. */
  memory: MemoryText | 'bidirectional';
  neurons: number;
  /** Pairs of each list, or patterns. */
  patterns: number;
  /** How often the first list is learnt, and the second; 1 and 0 for `correlated`. */
  first: number;
  second: number;
  /** Between any two patterns; 0 for `lists`. */
  correlation: number;
}

export interface Overlaps {
  first: number;
  second: number;
}

export interface InterferenceSummary {
  /** Overlap with B, the answers of the first list; with the pattern, for `correlated`. */
  overlap: Estimate;
  /** Overlap with C, the answers of the second list; 0 for `correlated`. */
  later: Estimate;
}

export type InterferenceResult = PointResult<InterferencePoint, InterferenceSummary>;

/** @throws TypeError, RangeError for what is no memory, or one whose patterns are not of ±1 in equal parts */
function checkDense(value: unknown, name: string): MemoryText {
  const memory = checkMemory(value, name);
  if (planMemory(memory).sparse) {
    throw new RangeError(`${name} is '${memory}', expected one for patterns of as many 1 as −1`);
  }
  return memory;
}

const settings = {
  parts: textsSetting<Part>(`what to measure: ${PARTS.join(', ')}`, PARTS, (value, name) =>
    checkName(value, name, PARTS),
  ),
  neurons: numberSetting('N', 500, { least: 2, most: 20000, integer: true }),
  pairs: numberSetting('pairs of each list', 10, { least: 1, most: 1e4, integer: true }),
  first: numberSetting('how often the first list is learnt', 4, {
    least: 1,
    most: 100,
    integer: true,
  }),
  second: numbersSetting('how often the second list is learnt', [0, 1, 2, 3, 4, 5, 6, 7, 8], {
    least: 0,
    most: 100,
    integer: true,
  }),
  memory: textsSetting<MemoryText>(
    'what learns the correlated patterns',
    ['hebbian', 'storkey', 'projection'],
    checkDense,
  ),
  patterns: numberSetting('correlated patterns', 25, { least: 1, most: 1e4, integer: true }),
  correlations: numbersSetting(
    'correlations of any two patterns, from 0 to below 1',
    [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8],
    { least: 0, most: 0.99 },
  ),
};

/**
 * AB–AC lists by how often the second is learnt, and correlated patterns by learning rule.
 *
 * ```ts
 * for await (const { second, overlap, later } of interference({ parts: 'lists', second: [4, 8], seed: 7 })) {
 *   console.log(second, overlap.value, later.value);
 * }
 * ```
 *
 * A trial is one network with patterns of its own. `error` is about the overlap with B, or with the pattern.
 *
 * @param options - `parts`, `neurons`; of the lists `pairs`, `first`, `second`; of the correlated patterns `memory`,
 *   `patterns`, `correlations`; `trials` (default 10), `error`, `mostTrials`, `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const interference = /* @__PURE__ */ builtIn<
  typeof settings,
  InterferencePoint,
  Overlaps,
  InterferenceSummary
>({
  name: 'interference',
  question: 'what later learning does to earlier, and correlation to patterns',
  settings,
  usualTrials: 10,
  points(given): InterferencePoint[] {
    const { neurons, first } = given;
    const lists = given.second.map((second): InterferencePoint => {
      const patterns = given.pairs;
      const memory = 'bidirectional';
      return { part: 'lists', memory, neurons, patterns, first, second, correlation: 0 };
    });
    const correlated = given.memory.flatMap((memory) =>
      given.correlations.map((correlation): InterferencePoint => {
        const { patterns } = given;
        return { part: 'correlated', memory, neurons, patterns, first: 1, second: 0, correlation };
      }),
    );
    return given.parts.flatMap((part) => (part === 'lists' ? lists : correlated));
  },
  trial: (point, seed) => (point.part === 'lists' ? learnLists : learnCorrelated)(point, seed),
  summarise: (_, networks) => ({
    overlap: meanOf(networks.map(({ first }) => first)),
    later: meanOf(networks.map(({ second }) => second)),
  }),
  precision: ({ overlap }) => overlap,
  figures: { lists: listsFigure, correlated: correlatedFigure },
});

function learnLists(
  { neurons, patterns: pairs, first, second }: InterferencePoint,
  seed: number,
): Overlaps {
  const random = new Random(seed, PATTERN_STREAM);
  const list = () => Array.from({ length: pairs }, () => random.signs(neurons));
  const [a, b, c] = [list(), list(), list()];
  const memory = new BidirectionalMemory(neurons, neurons);
  const learn = (answers: Int8Array[], times: number) => {
    for (let k = 0; k < times; k++) memory.store(a.map((cue, i) => [cue, answers[i]]));
  };
  learn(b, first);
  learn(c, second);
  const overlaps = { first: 0, second: 0 };
  for (let i = 0; i < pairs; i++) {
    const { y } = memory.recall(a[i], { maxSweeps: 1 });
    let [withB, withC] = [0, 0];
    for (let j = 0; j < neurons; j++) {
      withB += y[j] * b[i][j];
      withC += y[j] * c[i][j];
    }
    overlaps.first += withB / neurons / pairs;
    overlaps.second += withC / neurons / pairs;
  }
  return overlaps;
}

/** Patterns that agree with one prototype with probability (1 + √ρ)/2 in each neuron: ρ between any two. */
function learnCorrelated(
  { memory, neurons, patterns: count, correlation }: InterferencePoint,
  seed: number,
): Overlaps {
  const random = new Random(seed, PATTERN_STREAM);
  const prototype = random.signs(neurons);
  const odds = (1 + Math.sqrt(correlation)) / 2;
  const patterns = Array.from({ length: count }, () =>
    prototype.map((bit) => (random.real() < odds ? bit : -bit)),
  );
  const probes = patterns.slice(0, MOST_PROBES);
  const plan = planMemory(memory as MemoryText);
  const { overlap } = retrieved(plan, probes, plan.make(neurons, patterns).recall(probes, seed));
  return { first: overlap, second: 0 };
}

/**
 * Overlaps with the answers of both lists against how often the second was learnt.
 *
 * @param results - of one run of `interference`; those of correlated patterns have a figure of their own
 */
export function listsFigure(results: readonly InterferenceResult[]): Figure {
  const lists = results.filter(({ part }) => part === 'lists');
  if (lists.length === 0) return correlatedFigure(results);
  const [{ neurons, patterns, first }] = lists;
  const times = ({ second }: InterferenceResult) => second;
  const last = Math.max(...lists.map(times));
  const grid = Array.from({ length: 81 }, (_, k) => (k * last) / 80);
  const theory = grid.map((x) => ({ x, ...listOverlaps(first, x, (patterns - 1) / neurons) }));
  const measured = (name: string, y: (result: InterferenceResult) => Estimate): Series => {
    return { name, kind: 'points', points: curve(lists, times, y) };
  };
  return {
    title: `A list A–C learnt after A–B (${first} times)`,
    x: { label: 'how often A–C was learnt' },
    y: { label: 'overlap of the answer to A', min: 0, max: 1 },
    series: [
      measured('with B', ({ overlap }) => overlap),
      measured('with C', ({ later }) => later),
      {
        name: 'theory, B',
        kind: 'theory',
        of: 'with B',
        points: theory.map(({ x, first: y }) => ({ x, y })),
      },
      {
        name: 'theory, C',
        kind: 'theory',
        of: 'with C',
        points: theory.map(({ x, second: y }) => ({ x, y })),
      },
    ],
    notes: [
      `N = ${neurons}, ${patterns} pairs in each list, Hebbian. ${networksNote(lists)}`,
      'Learning C takes nothing of B away: at equal weights the answer is half of each.',
    ],
  };
}

/**
 * Overlap against correlation, by learning rule.
 *
 * @param results - of one run of `interference`; those of lists have a figure of their own
 */
export function correlatedFigure(results: readonly InterferenceResult[]): Figure {
  const correlated = results.filter(({ part }) => part === 'correlated');
  const sizes = correlated.map(
    ({ neurons, patterns }) => `N = ${neurons}, ${patterns} patterns. `,
  )[0];
  return {
    title: 'Correlated patterns, by learning rule',
    x: { label: 'correlation ρ of any two patterns', max: 1 },
    y: { label: 'overlap of pattern and final state', min: 0, max: 1 },
    series: [
      ...seriesBy(
        correlated,
        ({ memory }) => memory,
        ({ correlation }) => correlation,
        ({ overlap }) => overlap,
      ),
      {
        name: 'the prototype instead: √ρ',
        kind: 'theory',
        points: Array.from({ length: 101 }, (_, k) => ({ x: k / 100, y: Math.sqrt(k / 100) })),
      },
    ],
    notes: [
      `${sizes ?? ''}${networksNote(correlated)}`,
      'Each bit is that of a common prototype with probability (1 + √ρ)/2.',
    ],
  };
}
