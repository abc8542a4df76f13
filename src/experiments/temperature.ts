/**
 * Retrieval at a temperature: Glauber dynamics from a pattern (Amit, Gutfreund & Sompolinsky 1985, 1987).
 */
import type { Figure, Series } from '../plot/figure.ts';
import { HopfieldNetwork } from '../models/index.ts';
import type { PointResult } from './experiment.ts';
import { endsOf, groups, networksNote, seriesBy, theoryCurve } from './figures.ts';
import { retrieval, retrievalTemperature } from './theory/hebbian.ts';
import { builtIn } from './kind.ts';
import { drawNetwork, patternsAt } from './retrieval.ts';
import { numberSetting, numbersSetting } from './settings.ts';
import { average, meanOf, type Estimate } from './statistics.ts';

export interface TemperaturePoint {
  neurons: number;
  load: number;
  patterns: number;
  temperature: number;
  /** Sweeps before anything is measured, and sweeps measured. */
  warmup: number;
  sweeps: number;
}

/** One network, averaged over its patterns. */
export interface TemperatureTrial {
  overlap: number;
  q: number;
  correlationTime: number;
}

export interface TemperatureSummary {
  /** Overlap m of state and pattern, averaged over sweeps. */
  overlap: Estimate;
  /** Edwards–Anderson order parameter q = (1/N) Σ_i ⟨s_i⟩², from two halves of the sweeps, so that their noise does not add to it. */
  q: Estimate;
  /** Local susceptibility (1 − q)/T, from the fluctuations of the neurons. */
  susceptibility: Estimate;
  /** Integrated autocorrelation time of the neurons, in sweeps. */
  correlationTime: Estimate;
}

export type TemperatureResult = PointResult<TemperaturePoint, TemperatureSummary>;

/** Patterns of a network that are followed. */
const MOST_FOLLOWED = 20;
/** Autocorrelations below this are taken for noise, and so are all later ones. */
const NOISE_FLOOR = 0.05;

const settings = {
  neurons: numberSetting('N', 1000, { least: 2, most: 2097151, integer: true }),
  loads: numbersSetting('patterns for each neuron, P/N', [0.02, 0.05, 0.1], {
    least: 0,
    most: 1e3,
  }),
  temperatures: numbersSetting(
    'temperatures T, in units of the couplings of one pattern',
    [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8],
    { least: 1e-6, most: 1e6 },
  ),
  warmup: numberSetting('sweeps before measuring', 20, { least: 1, most: 1e6, integer: true }),
  sweeps: numberSetting('sweeps measured', 40, { least: 4, most: 1e6, integer: true }),
};

/**
 * Overlap, Edwards–Anderson q, susceptibility and correlation time against temperature, from starts at the patterns; over
 * several loads the (T, P/N) plane.
 *
 * ```ts
 * for await (const { temperature: T, overlap } of temperature({ loads: 0.05, temperatures: [0.2, 0.3], seed: 7 })) {
 *   console.log(T, overlap.value, overlap.error);
 * }
 * ```
 *
 * A trial is one Hebbian network; at most 20 of its patterns are followed. Time is finite: near the edge a state that will
 * leave its pattern may not have left it yet. `error` is about the overlap.
 *
 * @param options - `neurons`, `loads`, `temperatures`, `warmup` (default 20) and `sweeps` (default 40), `trials` (default 3),
 *   `error`, `mostTrials`, `seed`
 * @throws TypeError, RangeError for a bad option
 */
export const temperature = /* @__PURE__ */ builtIn({
  name: 'temperature',
  question: 'overlap, Edwards–Anderson q, susceptibility, correlation time; the (T, P/N) plane',
  settings,
  usualTrials: 3,
  points({ neurons, loads, temperatures, warmup, sweeps }): TemperaturePoint[] {
    return loads.flatMap((load) =>
      temperatures.map((temperature) => {
        return { neurons, load, patterns: patternsAt(load, neurons), temperature, warmup, sweeps };
      }),
    );
  },
  trial(point: TemperaturePoint, seed): TemperatureTrial {
    const { neurons, patterns: count } = point;
    const { patterns, probes } = drawNetwork(
      { draw: (random, n) => random.signs(n) },
      neurons,
      count,
      seed,
    );
    const network = new HopfieldNetwork(neurons).store(patterns);
    const followed = probes
      .slice(0, MOST_FOLLOWED)
      .map((pattern, k) => follow(network, pattern, point, (seed + k) >>> 0));
    const mean = (key: keyof TemperatureTrial) => average(followed.map((run) => run[key]));
    return { overlap: mean('overlap'), q: mean('q'), correlationTime: mean('correlationTime') };
  },
  summarise({ temperature }: TemperaturePoint, networks: readonly TemperatureTrial[]) {
    const of = (value: (network: TemperatureTrial) => number) => meanOf(networks.map(value));
    return {
      overlap: of(({ overlap }) => overlap),
      q: of(({ q }) => q),
      susceptibility: of(({ q }) => (1 - q) / temperature),
      correlationTime: of(({ correlationTime }) => correlationTime),
    };
  },
  precision: ({ overlap }: TemperatureSummary) => overlap,
  figures: {
    overlap: (results) => temperatureFigure(results, 'overlap'),
    q: (results) => temperatureFigure(results, 'q'),
    susceptibility: (results) => temperatureFigure(results, 'susceptibility'),
    time: (results) => temperatureFigure(results, 'correlationTime'),
    plane: planeFigure,
  },
});

/** One run from a pattern. */
function follow(
  network: HopfieldNetwork,
  pattern: Int8Array,
  { temperature, warmup, sweeps }: TemperaturePoint,
  seed: number,
): TemperatureTrial {
  const n = pattern.length;
  const states: Int8Array[] = [];
  const maxSweeps = warmup + sweeps;
  for (const { state, sweep } of network.trajectory(pattern, {
    update: 'stochastic',
    temperature,
    maxSweeps,
    seed,
  })) {
    if (sweep > warmup) states.push(state);
  }
  const half = states.length >> 1;
  const sums = [states.slice(0, half), states.slice(half)].map((part) => sumOf(part, n));
  let [overlap, q] = [0, 0];
  for (let i = 0; i < n; i++) {
    overlap += pattern[i] * (sums[0][i] + sums[1][i]);
    q += sums[0][i] * sums[1][i];
  }
  q /= n * half * (states.length - half);
  return { overlap: overlap / (n * states.length), q, correlationTime: timeOf(states, q) };
}

function sumOf(states: readonly Int8Array[], n: number): Int32Array {
  const sum = new Int32Array(n);
  for (const state of states) for (let i = 0; i < n; i++) sum[i] += state[i];
  return sum;
}

/** ½ + Σ_t c(t), c(t) = (⟨s(u) s(u + t)⟩ − q)/(1 − q), up to where it is lost in noise; ½ where nothing moves. */
function timeOf(states: readonly Int8Array[], q: number): number {
  const n = states[0].length;
  let time = 0.5;
  if (q >= 1) return time;
  for (let lag = 1; lag <= states.length / 2; lag++) {
    let sum = 0;
    for (let u = lag; u < states.length; u++) sum += product(states[u], states[u - lag]);
    const correlation = (sum / (n * (states.length - lag)) - q) / (1 - q);
    if (correlation < NOISE_FLOOR) break;
    time += correlation;
  }
  return time;
}

function product(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

const WORDS = {
  overlap: 'overlap of pattern and state',
  q: 'Edwards–Anderson q',
  susceptibility: 'susceptibility (1 − q)/T',
  correlationTime: 'correlation time in sweeps',
};

/**
 * A figure of results of `temperature`.
 *
 * @param what - which of its estimates; default the overlap
 */
export function temperatureFigure(
  results: readonly TemperatureResult[],
  what: keyof TemperatureSummary = 'overlap',
): Figure {
  const unit = what === 'overlap' || what === 'q';
  const nameOf = ({ load }: TemperatureResult) => `P/N = ${load}`;
  const theory = Array.from(groups(results, nameOf), ([name, group]) => {
    const [, last] = endsOf(group.map(({ temperature }) => temperature));
    const f = (t: number) => predicted(what, group[0].load, t);
    return theoryCurve(`${name}, N → ∞`, [0.05, last], f, { of: name, steps: 40 });
  });
  return {
    title: 'Retrieval at a temperature',
    x: { label: 'temperature T', min: 0 },
    y: { label: WORDS[what], min: 0, ...(unit ? { max: 1 } : {}) },
    series: [
      ...seriesBy(
        results,
        nameOf,
        ({ temperature }) => temperature,
        (result) => result[what],
      ),
      ...(what === 'correlationTime' ? [] : theory),
    ],
    notes: [sizes(results)],
  };
}

/** What theory says of the retrieval state; undefined where there is none. */
function predicted(
  what: keyof TemperatureSummary,
  load: number,
  temperature: number,
): number | undefined {
  const state = retrieval(load, temperature);
  if (what === 'overlap' || !state) return state?.m;
  return what === 'q' ? state.q : (1 - state.q) / temperature;
}

/** The overlap over the plane of temperature and load. */
export function planeFigure(results: readonly TemperatureResult[]): Figure {
  return {
    title: 'Retrieval by temperature and load',
    x: { label: 'temperature T' },
    y: { label: 'load P/N' },
    heat: { label: WORDS.overlap, min: 0, max: 1 },
    series: [
      {
        name: 'overlap',
        kind: 'heat',
        points: results.map(({ temperature, load, overlap }) => {
          return { x: temperature, y: load, value: overlap.value };
        }),
      },
      retrievalEdge(results),
    ],
    notes: [sizes(results)],
  };
}

/** T_M(α), drawn over the plane: load by load, since it has a temperature for each. */
function retrievalEdge(results: readonly TemperatureResult[]): Series {
  const [low, high] = endsOf(results.map(({ load }) => load));
  const loads = Array.from({ length: 41 }, (_, k) => low + ((high - low) * k) / 40);
  const points = loads.map((load) => ({ x: retrievalTemperature(load), y: load }));
  return { name: 'T_M, N → ∞', kind: 'theory', points };
}

function sizes(results: readonly TemperatureResult[]): string {
  const [{ neurons, warmup, sweeps }] = results;
  return `N = ${neurons}; ${warmup} sweeps to settle, ${sweeps} measured. ${networksNote(results)}`;
}
