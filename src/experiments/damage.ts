/**
 * Damage to the couplings of a Hebbian network: cut, noisy, reduced to signs (Sompolinsky 1986), and neurons that are silent.
 * To the patterns all damage of couplings is noise: a part of their own variance, κ, added to it.
 */
import type { Figure } from '../plot/figure.ts';
import { ln } from '../elementary.ts';
import { HopfieldNetwork } from '../models/index.ts';
import { portion } from '../patterns/corrupt.ts';
import { Random } from '../random.ts';
import type { PointResult } from './experiment.ts';
import { distinct, endsOf, networksNote, seriesBy, theoryCurve } from './figures.ts';
import { retrieval, STATIC_NOISE } from './theory/hebbian.ts';
import { builtIn } from './kind.ts';
import {
  DAMAGE_STREAM,
  drawNetwork,
  patternsAt,
  retrieved,
  summariseRetrieval,
  type RetrievalSummary,
  type Retrieved,
} from './retrieval.ts';
import { numberSetting, numbersSetting, textsSetting } from './settings.ts';
import { checkName } from '../checks.ts';

const KINDS = ['cut', 'noise', 'signs', 'silenced'] as const;

export type DamageKind = (typeof KINDS)[number];

export interface DamagePoint {
  neurons: number;
  load: number;
  patterns: number;
  kind: DamageKind;
  /** Share of couplings cut; standard deviation of the noise in that of the couplings; 1 for signs; share of neurons silent. */
  amount: number;
}

export type DamageResult = PointResult<DamagePoint, RetrievalSummary>;

const settings = {
  kinds: textsSetting<DamageKind>(`which damage: ${KINDS.join(', ')}`, KINDS, (value, name) =>
    checkName(value, name, KINDS),
  ),
  neurons: numberSetting('N', 1000, { least: 2, most: 20000, integer: true }),
  loads: numbersSetting('patterns for each neuron, P/N', [0.06], { least: 0, most: 1e3 }),
  cut: numbersSetting(
    'shares of the couplings that are cut',
    [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9],
    {
      least: 0,
      most: 0.999,
    },
  ),
  noise: numbersSetting(
    'noise on couplings, in standard deviations of theirs',
    [0.5, 1, 1.25, 1.5, 1.75, 2, 2.5, 3],
    { least: 0, most: 1e3 },
  ),
  silenced: numbersSetting('shares of the neurons that are silent', [0.2, 0.4, 0.5, 0.6, 0.7], {
    least: 0,
    most: 0.999,
  }),
};

/**
 * Overlap against damage: couplings cut, noisy or reduced to their signs, neurons silenced.
 *
 * ```ts
 * for await (const { kind, amount, overlap } of damage({ kinds: 'cut', cut: [0, 0.5], seed: 7 })) {
 *   console.log(kind, amount, overlap.value);
 * }
 * ```
 *
 * A trial is one network with damage of its own; at most 100 of its patterns are recalled, from themselves. Damage is
 * symmetric: a pair of neurons loses its coupling both ways. Overlaps leave silent neurons out. `error` is about the overlap.
 *
 * @param options - `kinds`, `neurons`, `loads`, the amounts `cut`, `noise` and `silenced`, `trials` (default 4), `error`,
 *   `mostTrials`, `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const damage = /* @__PURE__ */ builtIn<
  typeof settings,
  DamagePoint,
  Retrieved,
  RetrievalSummary
>({
  name: 'damage',
  question: 'couplings cut, noisy, reduced to signs; neurons silenced',
  settings,
  usualTrials: 4,
  points({ kinds, neurons, loads, cut, noise, silenced }): DamagePoint[] {
    const amounts = { cut, noise, silenced, signs: [1] };
    return loads.flatMap((load) =>
      kinds.flatMap((kind) =>
        amounts[kind].map((amount) => {
          return { neurons, load, patterns: patternsAt(load, neurons), kind, amount };
        }),
      ),
    );
  },
  trial({ neurons, patterns: count, kind, amount }: DamagePoint, seed): Retrieved {
    const { patterns, probes } = drawNetwork(
      { draw: (random, n) => random.signs(n) },
      neurons,
      count,
      seed,
    );
    const { couplings } = new HopfieldNetwork(neurons).store(patterns);
    const random = new Random(seed, DAMAGE_STREAM);
    const dead = new Set<number>();
    if (kind === 'silenced')
      silence(couplings, neurons, amount, random).forEach((i) => dead.add(i));
    else change(couplings, neurons, CHANGES[kind](amount, count, neurons, random));
    const network = HopfieldNetwork.fromCouplings(couplings);
    const living = Array.from({ length: neurons }, (_, i) => i).filter((i) => !dead.has(i));
    return retrieved({ overlap: overlapOf(living) }, probes, network.recallMany(probes, { seed }));
  },
  summarise: (_, networks: readonly Retrieved[]) => summariseRetrieval(networks),
  precision: ({ overlap }: RetrievalSummary) => overlap,
  figures: { all: damageFigure, silenced: silencedFigure },
});

/** What becomes of a coupling. */
type Change = (coupling: number) => number;

const CHANGES: Record<
  Exclude<DamageKind, 'silenced'>,
  (amount: number, patterns: number, neurons: number, random: Random) => Change
> = {
  cut: (share, _, __, random) => (w) => (random.real() < share ? 0 : w),
  noise(sigma, patterns, neurons, random) {
    const size = (sigma * Math.sqrt(patterns)) / neurons;
    return (w) => w + size * gaussian(random);
  },
  signs: () => (w) => Math.sign(w),
};

/** Changes every pair once, and both ways. */
function change(couplings: Float32Array, neurons: number, become: Change): void {
  for (let i = 0; i < neurons; i++) {
    for (let j = 0; j < i; j++) {
      const changed = become(couplings[i * neurons + j]);
      couplings[i * neurons + j] = changed;
      couplings[j * neurons + i] = changed;
    }
  }
}

/** Cuts all couplings of a share of the neurons. @returns which */
function silence(
  couplings: Float32Array,
  neurons: number,
  share: number,
  random: Random,
): number[] {
  const dead = random.sample(neurons, portion(neurons, share));
  for (const i of dead) {
    for (let j = 0; j < neurons; j++) {
      couplings[i * neurons + j] = 0;
      couplings[j * neurons + i] = 0;
    }
  }
  return dead;
}

/** A standard normal number, by Marsaglia's polar method (1964): logarithm and root only. */
function gaussian(random: Random): number {
  for (;;) {
    const x = 2 * random.real() - 1;
    const y = 2 * random.real() - 1;
    const r2 = x * x + y * y;
    if (r2 > 0 && r2 < 1) return x * Math.sqrt((-2 * ln(r2)) / r2);
  }
}

/** The overlap on some neurons. */
function overlapOf(neurons: readonly number[]) {
  return (states: ArrayLike<number>, from: number, pattern: Int8Array): number => {
    let sum = 0;
    for (const i of neurons) sum += states[from + i] * pattern[i];
    return sum / neurons.length;
  };
}

/** κ: the noise that damage amounts to, as a part of the variance of the couplings. */
function noiseOf({ kind, amount }: Pick<DamagePoint, 'kind' | 'amount'>): number {
  if (kind === 'cut') return STATIC_NOISE.cut(1 - amount);
  return kind === 'noise' ? STATIC_NOISE.noisy(amount) : STATIC_NOISE.signs;
}

function nameOf(results: readonly DamageResult[]): (result: DamageResult) => string {
  const loads = distinct(results.map(({ load }) => load));
  return ({ kind, load }) => (loads ? `${WORDS[kind]}, P/N = ${load}` : WORDS[kind]);
}

const WORDS: Record<DamageKind, string> = {
  cut: 'couplings cut',
  noise: 'couplings noisy',
  signs: 'signs of couplings',
  silenced: 'neurons silenced',
};

/**
 * Overlap against what damage amounts to as noise, κ: couplings cut, noisy and reduced to signs on one curve.
 *
 * @param results - of one run of `damage`; silent neurons have a figure of their own
 */
export function damageFigure(results: readonly DamageResult[]): Figure {
  const damaged = results.filter(({ kind }) => kind !== 'silenced');
  if (damaged.length === 0) return silencedFigure(results);
  const loads = [...new Set(damaged.map(({ load }) => load))];
  const ends = endsOf(damaged.map(noiseOf));
  return {
    title: 'Damaged couplings',
    x: { label: 'noise κ in the couplings, as a part of their variance', min: 0 },
    y: { label: 'overlap of pattern and final state', min: 0, max: 1 },
    series: [
      ...seriesBy(damaged, nameOf(damaged), noiseOf, ({ overlap }) => overlap),
      ...loads.map((load) =>
        theoryCurve(`N → ∞, P/N = ${load}`, ends, (noise) => retrieval(load, 0, noise)?.m),
      ),
    ],
    notes: [
      sizes(damaged),
      'Of a share c of the couplings kept, κ = (1 − c)/c; of noise of σ times the couplings’ own, σ²; of signs, π/2 − 1.',
    ],
  };
}

/** Overlap of the others against the share of neurons that are silent. */
export function silencedFigure(results: readonly DamageResult[]): Figure {
  const silenced = results.filter(({ kind }) => kind === 'silenced');
  if (silenced.length === 0) throw new RangeError('no neurons were silenced: nothing to draw');
  const share = ({ amount }: DamageResult) => amount;
  const loads = [...new Set(silenced.map(({ load }) => load))];
  const ends = endsOf(silenced.map(share));
  return {
    title: 'Silenced neurons',
    x: { label: 'share of neurons silent', min: 0, max: 1 },
    y: { label: 'overlap of the others and the pattern', min: 0, max: 1 },
    series: [
      ...seriesBy(silenced, nameOf(silenced), share, ({ overlap }) => overlap),
      ...loads.map((load) =>
        theoryCurve(`N → ∞, P/N = ${load}`, ends, (s) => retrieval(load / (1 - s))?.m),
      ),
    ],
    notes: [
      sizes(silenced),
      'What is left is a network of fewer neurons: its load is P/N by the share of the others.',
    ],
  };
}

function sizes(results: readonly DamageResult[]): string {
  const loads = [...new Set(results.map(({ load }) => load))];
  const [{ neurons }] = results;
  return `N = ${neurons}, P/N = ${loads.join(', ')}. ${networksNote(results)}`;
}
