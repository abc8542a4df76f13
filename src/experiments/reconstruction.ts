/**
 * A prototype that was never stored, from noisy examples of it, with Hebbian couplings of the examples: K prototypes,
 * s examples of each, every bit right with probability (1 + r)/2.
 */
import type { Figure, Series } from '../plot/figure.ts';
import { HopfieldNetwork } from '../models/index.ts';
import { Random } from '../random.ts';
import type { PointResult } from './experiment.ts';
import { distinct, networksNote, seriesBy } from './figures.ts';
import { builtIn } from './kind.ts';
import { MOST_PROBES, PATTERN_STREAM } from './retrieval.ts';
import { numberSetting, numbersSetting } from './settings.ts';
import { meanOf, type Estimate } from './statistics.ts';
import { prototypeErrors } from './theory/reconstruction.ts';

export interface ReconstructionPoint {
  neurons: number;
  /** K. */
  prototypes: number;
  /** r: mean overlap of an example with its prototype. */
  quality: number;
  /** s, of each prototype. */
  examples: number;
}

export interface Reconstructed {
  errors: number;
  overlap: number;
  fromExample: number;
}

export interface ReconstructionSummary {
  /** Share of wrong bits after one synchronous step from the prototype. */
  errors: Estimate;
  /** Overlap with the prototype at rest, from the prototype. */
  overlap: Estimate;
  /** The same from one of its examples. */
  fromExample: Estimate;
}

export type ReconstructionResult = PointResult<ReconstructionPoint, ReconstructionSummary>;

const settings = {
  neurons: numberSetting('N', 500, { least: 2, most: 20000, integer: true }),
  prototypes: numberSetting('K, prototypes', 10, { least: 1, most: 1e4, integer: true }),
  quality: numbersSetting('r, overlaps of examples with their prototype', [0.35, 0.5, 0.7], {
    least: 0.01,
    most: 0.99,
  }),
  examples: numbersSetting(
    's, examples of each prototype',
    [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 80],
    {
      least: 1,
      most: 1e4,
      integer: true,
    },
  ),
};

/**
 * Errors of one step from the prototype, and overlaps at rest, against the number of examples.
 *
 * ```ts
 * for await (const { examples, errors } of reconstruction({ quality: 0.5, examples: [5, 20], seed: 7 })) {
 *   console.log(examples, errors.value);
 * }
 * ```
 *
 * A trial is one Hebbian network of K·s examples; at most 100 of its prototypes are looked at. `error` is about the share of
 * wrong bits.
 *
 * @param options - `neurons`, `prototypes`, `quality`, `examples`, `trials` (default 12), `error`, `mostTrials`, `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const reconstruction = /* @__PURE__ */ builtIn<
  typeof settings,
  ReconstructionPoint,
  Reconstructed,
  ReconstructionSummary
>({
  name: 'reconstruction',
  question: 'a prototype never stored, from noisy examples',
  settings,
  usualTrials: 12,
  points: ({ neurons, prototypes, quality, examples }) =>
    quality.flatMap((r) => examples.map((s) => ({ neurons, prototypes, quality: r, examples: s }))),
  trial({ neurons, prototypes: count, quality, examples }, seed) {
    const random = new Random(seed, PATTERN_STREAM);
    const odds = (1 + quality) / 2;
    const prototypes = Array.from({ length: count }, () => random.signs(neurons));
    const stored = prototypes.map((prototype) =>
      Array.from({ length: examples }, () =>
        prototype.map((bit) => (random.real() < odds ? bit : -bit)),
      ),
    );
    const network = new HopfieldNetwork(neurons).store(stored.flat());
    const probes = prototypes.slice(0, MOST_PROBES);
    const fields = probes.map((prototype) => network.fields(prototype));
    const rest = network.recallMany(probes, { seed }).states;
    const cues = stored.slice(0, probes.length).map(([first]) => first);
    const from = network.recallMany(cues, { seed }).states;
    const result = { errors: 0, overlap: 0, fromExample: 0 };
    const share = 1 / probes.length / neurons;
    for (const [k, prototype] of probes.entries()) {
      for (const [i, bit] of prototype.entries()) {
        // A field of 0 keeps the neuron as it is.
        if (fields[k][i] * bit < 0) result.errors += share;
        result.overlap += rest[k * neurons + i] * bit * share;
        result.fromExample += from[k * neurons + i] * bit * share;
      }
    }
    return result;
  },
  summarise: (_, networks) => {
    const mean = (key: keyof Reconstructed) => meanOf(networks.map((network) => network[key]));
    return {
      errors: mean('errors'),
      overlap: mean('overlap'),
      fromExample: mean('fromExample'),
    };
  },
  precision: ({ errors }) => errors,
  figures: { errors: errorsFigure, overlap: overlapFigure },
});

const examplesOf = ({ examples }: ReconstructionResult) => examples;
const nameOf = ({ quality }: ReconstructionResult) => `r = ${quality}`;

/** The binomial formula, at every number of examples. */
function theory(results: readonly ReconstructionResult[], least: number): Series[] {
  const most = Math.max(...results.map(examplesOf));
  const grid = Array.from({ length: Math.min(most, 200) }, (_, k) =>
    most <= 200 ? k + 1 : Math.round(((k + 1) * most) / 200),
  );
  return [...new Set(results.map(({ quality }) => quality))].map((quality) => {
    const [{ neurons, prototypes }] = results;
    return {
      name: `binomial formula, r = ${quality}`,
      kind: 'theory',
      of: `r = ${quality}`,
      points: grid.flatMap((x) => {
        const y = prototypeErrors(x, quality, prototypes / neurons);
        return y < least ? [] : [{ x, y }];
      }),
    };
  });
}

/** Where the picture ends. */
const LEAST = 1e-5;

/**
 * The share of wrong bits after one step from the prototype, against examples, beside the binomial formula.
 *
 * @param results - of one run of `reconstruction`
 */
export function errorsFigure(results: readonly ReconstructionResult[]): Figure {
  const known = results.filter(({ errors }) => errors.value >= LEAST);
  const measured = seriesBy(known, nameOf, examplesOf, ({ errors }) => errors);
  return {
    title: 'A prototype that was never stored',
    x: { label: 's, examples of each prototype', scale: 'log' },
    y: { label: 'wrong bits after one step from it', scale: 'log', min: LEAST, max: 1 },
    series: [
      ...measured.map((one): Series => ({ ...one, kind: 'points' })),
      ...theory(known, LEAST / 2),
    ],
    notes: [
      sizes(results),
      'Where fewer bits were wrong than fit in the picture there is no point.',
    ],
  };
}

/**
 * Overlap with the prototype at rest, from it and from an example, against examples.
 *
 * @param results - of one run of `reconstruction`
 */
export function overlapFigure(results: readonly ReconstructionResult[]): Figure {
  const several = distinct(results.map(({ quality }) => quality));
  const word = (what: string) => (result: ReconstructionResult) =>
    several ? `${what}, ${nameOf(result)}` : what;
  return {
    title: 'A prototype that was never stored',
    x: { label: 's, examples of each prototype', scale: 'log' },
    y: { label: 'overlap of prototype and final state', min: 0, max: 1 },
    series: [
      ...seriesBy(results, word('from the prototype'), examplesOf, ({ overlap }) => overlap),
      ...seriesBy(results, word('from an example'), examplesOf, ({ fromExample }) => fromExample),
    ],
    notes: [sizes(results)],
  };
}

function sizes(results: readonly ReconstructionResult[]): string {
  const [{ neurons, prototypes }] = results;
  return `N = ${neurons}, K = ${prototypes} prototypes; examples have overlap r with theirs. ${networksNote(results)}`;
}
