/** What is published of capacities, beside `capacity`. */
import { DenseAssociativeMemory, polynomial } from '../../models/index.ts';
import { capacity, capacityFigure, criticalLoad, type CapacityResult } from '../capacity.ts';
import { experiment } from '../define.ts';
import { drawNetwork } from '../retrieval.ts';
import { meanOf } from '../statistics.ts';
import { normalBelow } from '../theory/gaussian.ts';
import { CRITICAL_LOAD_BROKEN, retrieval } from '../theory/hebbian.ts';
import { storkeyCapacity } from '../theory/laws.ts';
import type { Publication } from './publication.ts';

const SEED = 1;

const overlaps: Publication = {
  title: 'Overlaps of the Hebbian network',
  paper: 'Amit, Gutfreund & Sompolinsky 1985, Physical Review Letters 55, 1530',
  async measure(ask) {
    const loads = [0.06, 0.08, 0.1, 0.12];
    const results = await ask(capacity({ neurons: 2000, loads, trials: 8, seed: SEED }));
    const findings = results.map(({ load, overlap }) => ({
      what: `overlap at P/N = ${load}, N = 2000`,
      published: retrieval(load)!.m,
      measured: overlap,
      tolerance: 0.001,
    }));
    return { findings, figure: capacityFigure(results) };
  },
};

const critical: Publication = {
  title: 'The critical load of the Hebbian network',
  paper: 'Crisanti, Amit & Gutfreund 1986, Europhysics Letters 2, 337',
  async measure(ask) {
    const results: CapacityResult[] = [];
    const sizes = [
      [1000, [0.15, 0.155, 0.16, 0.165, 0.17]],
      [2000, [0.15, 0.155, 0.16, 0.165]],
      [4000, [0.145, 0.15, 0.155, 0.16]],
    ] as const;
    for (const [neurons, loads] of sizes) {
      results.push(...(await ask(capacity({ neurons, loads, trials: 8, seed: SEED }))));
    }
    const { limit } = criticalLoad(results)!;
    const what = 'critical load, replica symmetry broken; from N = 1000, 2000, 4000 in N^(−2/3)';
    const finding = { what, published: CRITICAL_LOAD_BROKEN, measured: limit!, tolerance: 0.002 };
    return { findings: [finding], figure: capacityFigure(results, 'recovered') };
  },
};

const rules: Publication = {
  title: 'Rules that hold more',
  paper: 'Storkey 1997, ICANN 97; Personnaz, Guyon & Dreyfus 1986, Physical Review A 34, 4217',
  async measure(ask) {
    const neurons = 400;
    const law = storkeyCapacity(neurons) / neurons;
    const held = await ask(
      capacity({
        memory: 'storkey',
        neurons,
        loads: Number(law.toFixed(3)),
        trials: 6,
        seed: SEED,
      }),
    );
    const projection = await ask(
      capacity({ memory: 'projection', neurons: 200, loads: 0.9, trials: 6, seed: SEED }),
    );
    return {
      findings: [
        {
          what: `Storkey: share recovered of N/√(2 ln N) = ${Math.round(law * neurons)} patterns, N = ${neurons}`,
          published: 1,
          measured: held[0].recovered,
          tolerance: 0.01,
        },
        {
          what: 'projection: share exact at P/N = 0.9, N = 200',
          published: 1,
          measured: projection[0].exact,
          tolerance: 0,
        },
      ],
    };
  },
};

const dense: Publication = {
  title: 'Exponentially many patterns',
  paper: 'Demircigil, Heusel, Löwe, Upgang & Vermet 2017, Journal of Statistical Physics 168, 288',
  async measure(ask) {
    const findings = [];
    for (const neurons of [16, 20, 24]) {
      const loads = 2 ** (neurons / 2) / neurons;
      const memory = 'exponential';
      const [{ exact }] = await ask(capacity({ memory, neurons, loads, trials: 10, seed: SEED }));
      const what = `share exact of 2^(N/2) = ${2 ** (neurons / 2)} patterns, N = ${neurons}`;
      findings.push({ what, published: 1, measured: exact, tolerance: 0.02 });
    }
    return { findings };
  },
};

/** One synchronous step from patterns of a dense memory: how many bits go wrong. */
const bitErrors: Publication = {
  title: 'Wrong bits of dense memories',
  paper: 'Krotov & Hopfield 2016, NIPS 29, equation 5',
  async measure(ask) {
    const points = [
      { degree: 2, neurons: 200, patterns: 40 },
      { degree: 3, neurons: 100, patterns: 1000 },
      { degree: 4, neurons: 60, patterns: 6000 },
    ];
    const results = await ask(
      experiment({
        name: 'bit-errors',
        points,
        trials: 10,
        seed: SEED,
        trial({ degree, neurons, patterns: count }, seed) {
          const { patterns, probes } = drawNetwork(
            { draw: (random, n) => random.signs(n) },
            neurons,
            count,
            seed,
          );
          const memory = new DenseAssociativeMemory(neurons, { separation: polynomial(degree) });
          const step = { update: 'synchronous', maxSweeps: 1, seed } as const;
          const { flips } = memory.store(patterns).recallMany(probes, step);
          return { wrong: flips.reduce((sum, n) => sum + n, 0) / (neurons * probes.length) };
        },
        summarise: (_, trials: readonly { wrong: number }[]) => ({
          wrong: meanOf(trials.map(({ wrong }) => wrong)),
        }),
      }),
    );
    const findings = results.map(({ degree, neurons, patterns, wrong }) => ({
      what: `share of bits that leave a pattern, n = ${degree}, N = ${neurons}, P = ${patterns}`,
      published: expectedErrors(degree, neurons, patterns),
      measured: wrong,
      tolerance: 0.004,
    }));
    return { findings };
  },
};

/** Φ(−√(N^(n−1)/(P (2n − 3)!!))). */
function expectedErrors(degree: number, neurons: number, patterns: number): number {
  let ratio = 1 / patterns;
  for (let k = 1; k < degree; k++) ratio *= neurons / (2 * k - 1);
  return normalBelow(-Math.sqrt(ratio));
}

export const CAPACITY = [overlaps, critical, rules, bitErrors, dense];
