/** What is published of temperature and damage, beside `temperature` and `damage`. */
import { damage, damageFigure } from '../damage.ts';
import { temperature, temperatureFigure } from '../temperature.ts';
import { crossing } from '../statistics.ts';
import { retrieval, retrievalTemperature, STATIC_NOISE } from '../theory/hebbian.ts';
import type { Finding, Publication } from './publication.ts';

const SEED = 1;
const AGS = 'Amit, Gutfreund & Sompolinsky 1987, Annals of Physics 173, 30';

const warm: Publication = {
  title: 'Retrieval at a temperature',
  paper: AGS,
  async measure(ask) {
    const findings: Finding[] = [];
    for (const [load, t] of [
      [0.02, 0.5],
      [0.05, 0.3],
      [0.1, 0.2],
    ]) {
      const options = { neurons: 2000, loads: load, temperatures: t, trials: 5, seed: SEED };
      const [{ overlap, q }] = await ask(temperature(options));
      const state = retrieval(load, t)!;
      const where = `at P/N = ${load}, T = ${t}, N = 2000`;
      const tolerance = 0.002;
      findings.push({ what: `overlap ${where}`, published: state.m, measured: overlap, tolerance });
      findings.push({ what: `q ${where}`, published: state.q, measured: q, tolerance });
    }
    return { findings };
  },
};

/** Where retrieval ends: long runs, since a state near the edge takes its time to leave. */
const edge: Publication = {
  title: 'Where retrieval ends',
  paper: AGS,
  long: true,
  async measure(ask) {
    const findings: Finding[] = [];
    const results = [];
    for (const [load, temperatures] of [
      [0.02, [0.6, 0.64, 0.68, 0.72, 0.76]],
      [0.05, [0.42, 0.46, 0.5, 0.54, 0.58]],
    ] as const) {
      const options = { neurons: 4000, loads: load, temperatures, warmup: 200, sweeps: 100 };
      const found = await ask(temperature({ ...options, trials: 4, seed: SEED }));
      results.push(...found);
      const points = found.map(({ temperature, overlap }) => ({ x: temperature, y: overlap }));
      const left = crossing(points, 0.5);
      if (!left) continue;
      const { value, error } = left;
      const measured = { value, error, low: value - 2 * error, high: value + 2 * error };
      const published = retrievalTemperature(load);
      const what = `T_M at P/N = ${load}: half of the overlap gone, N = 4000`;
      findings.push({ what, published, measured, tolerance: 0.04 });
    }
    return { findings, figure: temperatureFigure(results) };
  },
};

const damaged: Publication = {
  title: 'Damaged couplings',
  paper: 'Sompolinsky 1986, Physical Review A 34, 2571',
  async measure(ask) {
    const common = { neurons: 1000, trials: 6, seed: SEED } as const;
    const cut = { kinds: ['cut', 'noise'], cut: [0.25, 0.5], noise: [0.5, 1] } as const;
    const results = [
      ...(await ask(damage({ ...common, ...cut, loads: 0.06 }))),
      ...(await ask(damage({ ...common, kinds: 'signs', loads: [0.06, 0.08] }))),
    ];
    const noises = {
      cut: (share: number) => STATIC_NOISE.cut(1 - share),
      noise: STATIC_NOISE.noisy,
      signs: () => STATIC_NOISE.signs,
      silenced: () => 0,
    };
    const words = {
      cut: (share: number) => `${100 * share} % of the couplings cut`,
      noise: (sigma: number) => `noise of ${sigma} times the couplings`,
      signs: () => 'only the signs of the couplings',
      silenced: () => '',
    };
    const findings = results.map(({ kind, amount, load, overlap }) => ({
      what: `overlap at P/N = ${load}, N = 1000, ${words[kind](amount)}`,
      published: retrieval(load, 0, noises[kind](amount))!.m,
      measured: overlap,
      tolerance: 0.003,
    }));
    return { findings, figure: damageFigure(results) };
  },
};

export const PHYSICS = [warm, edge, damaged];
