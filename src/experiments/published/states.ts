/** What is published of states that nobody stored, of forgetting, dreams, prototypes and attention. */
import { attention, attentionFigure } from '../attention.ts';
import { dreams, dreamsFigure } from '../dreams.ts';
import { forgetting, forgettingFigure } from '../forgetting.ts';
import { reconstruction, reconstructionFigure } from '../reconstruction.ts';
import { spurious, spuriousFigure } from '../spurious.ts';
import { palimpsestCapacity } from '../theory/laws.ts';
import { mixture } from '../theory/mixtures.ts';
import { prototypeErrorsOfMany } from '../theory/reconstruction.ts';
import type { Finding, Publication } from './publication.ts';

const SEED = 1;

const mixtures: Publication = {
  title: 'Mixtures of three patterns',
  paper: 'Amit, Gutfreund & Sompolinsky 1985, Physical Review A 32, 1007',
  async measure(ask) {
    const results = await ask(spurious({ neurons: 2000, patterns: 3, trials: 10, seed: SEED }));
    const [{ depth, mixture: ends, larger, other, restless }] = results;
    const findings: Finding[] = [
      {
        what: 'E/N of patterns, P = 3, N = 2000',
        published: mixture(1).energy,
        measured: depth.pattern!,
        tolerance: 0.002,
      },
    ];
    if (depth.mixture && ends.value > 0) {
      findings.push({
        what: 'E/N of mixtures of three, P = 3, N = 2000',
        published: mixture(3).energy,
        measured: depth.mixture,
        tolerance: 0.002,
      });
    }
    const elsewhere = { value: larger.value + other.value + restless.value };
    findings.push({
      what: 'share of random starts that end in anything else',
      published: 0,
      measured: elsewhere,
      tolerance: 0.01,
    });
    return { findings, figure: spuriousFigure(results, 'depth') };
  },
};

const fading: Publication = {
  title: 'A memory that forgets',
  paper: 'Parisi 1986, Journal of Physics A 19, L617',
  async measure(ask) {
    const results = await ask(forgetting({ neurons: 1000, trials: 8, seed: SEED }));
    const findings = results.map(({ memory, neurons, recovered }) => ({
      what: `patterns recovered of 0.6 N that were learnt, as a part of N, ${memory}, N = ${neurons}`,
      published: memory === 'palimpsest' ? palimpsestCapacity(1) : 0,
      measured: recovered,
      tolerance: 0.005,
    }));
    return { findings, figure: forgettingFigure(results) };
  },
};

const daydreaming: Publication = {
  title: 'Daydreaming',
  paper:
    'Serricchio, Bocchi, Chilin, Marino, Negri, Cammarota & Ricci-Tersenghi 2025, Neural Networks 186',
  async measure(ask) {
    const options = { methods: 'daydreaming', epochs: [0, 1, 3, 10, 30, 100] } as const;
    const results = await ask(dreams({ ...options, neurons: 100, trials: 10, seed: SEED }));
    const [{ curve }] = results;
    const finding = {
      what: 'share of patterns that are fixed points, P/N = 0.4, N = 100, 100 epochs',
      published: 1,
      measured: curve.at(-1)!.stable,
      tolerance: 0.005,
    };
    return { findings: [finding], figure: dreamsFigure(results) };
  },
};

const prototypes: Publication = {
  title: 'Prototypes from examples',
  paper: 'Agliari, Alemanno, Barra & De Marzo 2022, Neural Networks 148, 232',
  async measure(ask) {
    const options = { neurons: 1000, prototypes: 20, quality: 0.3, examples: [40, 80] } as const;
    const results = await ask(reconstruction({ ...options, trials: 8, seed: SEED }));
    const findings = results.map(({ neurons, prototypes, quality, examples, errors }) => ({
      what: `wrong bits after a step from a prototype, N = ${neurons}, K = ${prototypes}, r = ${quality}, s = ${examples}`,
      published: prototypeErrorsOfMany(examples, quality, prototypes / neurons),
      measured: errors,
      tolerance: 0.002,
    }));
    return { findings, figure: reconstructionFigure(results) };
  },
};

const attended: Publication = {
  title: 'Metastable states and the bound on retrieval',
  paper: 'Ramsauer et al. 2021, ICLR, theorem 5 and section 3',
  async measure(ask) {
    const betas = [1, 2, 4, 6, 8, 10, 15, 20, 30, 50, 100, 150];
    const results = await ask(attention({ betas, trials: 6, seed: SEED }));
    const [{ clusters, members }] = results;
    const at = (wanted: number) => results.find(({ beta }) => beta === wanted)!.rows;
    const rows = [
      { beta: 1, published: clusters * members, tolerance: 0.5, what: 'all' },
      { beta: 10, published: members, tolerance: 0.5, what: 'a cluster' },
      { beta: 150, published: 1, tolerance: 0.01, what: 'one' },
    ];
    const findings: Finding[] = rows.map(({ beta, published, tolerance, what }) => ({
      what: `rows that share the weight at β = ${beta}: ${what}`,
      published,
      measured: at(beta),
      tolerance,
    }));
    findings.push({
      what: 'rows that one update moves further than their bound, at all β',
      published: 0,
      measured: { value: results.reduce((sum, { beyond }) => sum + beyond, 0) },
      tolerance: 0,
    });
    return { findings, figure: attentionFigure(results, 'distance') };
  },
};

export const STATES = [mixtures, fading, daydreaming, prototypes, attended];
