// Draws the picture of README.md and the figures of docs/learn, which are measured as the chapters say: `npm run docs:figures`,
// about half a minute.
// With files (`node scripts/docs-figures.mjs docs/digits.svg`), these only. The same run gives the same bytes.
import { writeFileSync } from 'node:fs';
import {
  corrupt,
  exponential,
  DenseAssociativeMemory,
  HopfieldNetwork,
  Random,
} from 'hopfield-wasm';
import {
  attention,
  attentionFigure,
  capacity,
  capacityFigure,
  figureToSvg,
  temperature,
  temperatureFigure,
} from 'hopfield-wasm/experiments';
import { anneal, descend, IsingModel } from 'hopfield-wasm/optimise';
import { digitsPicture } from './docs-picture.mjs';

const range = (count, value) => Array.from({ length: count }, (_, k) => value(k));
const many = (random, count, neurons) => range(count, () => random.signs(neurons));

async function collect(results) {
  const all = [];
  for await (const result of results) all.push(result);
  return all;
}

const figures = {
  /** Energy on a walk from one pattern to the other, bit by bit. */
  valleys() {
    const N = 200;
    const random = new Random(11);
    const patterns = many(random, 3, N);
    const memory = new HopfieldNetwork(N).store(patterns);
    const walk = (from, to) => {
      const state = from.slice();
      const differing = range(N, (i) => i).filter((i) => from[i] !== to[i]);
      const order = random.sample(differing.length, differing.length);
      const points = [{ x: 0, y: memory.energy(state) / N }];
      for (const k of order) {
        state[differing[k]] *= -1;
        points.push({ x: points.length, y: memory.energy(state) / N });
      }
      return points;
    };
    const series = [0, 1].map((k) => ({
      name: `from pattern ${k + 1} to pattern ${k + 2}`,
      kind: 'line',
      points: walk(patterns[k], patterns[k + 1]).filter(
        (_, step, all) => step % 4 === 0 || step === all.length - 1,
      ),
    }));
    return {
      title: 'Between two memories there is a ridge',
      x: { label: 'neurons turned over on the way' },
      y: { label: 'energy per neuron' },
      series,
      notes: ['N = 200, three random patterns, Hebb’s rule.'],
    };
  },

  /** The field of a neuron, in the direction of the pattern. */
  neuron() {
    const N = 1000;
    const width = 0.2;
    const loads = [0.02, 0.1, 0.3];
    const series = loads.flatMap((load) => {
      const random = new Random(5);
      const patterns = many(random, load * N, N);
      const memory = new HopfieldNetwork(N).store(patterns);
      const counts = new Map();
      let total = 0;
      for (const pattern of patterns.slice(0, 20)) {
        memory.fields(pattern).forEach((h, i) => {
          const bin = Math.floor((h * pattern[i]) / width);
          counts.set(bin, (counts.get(bin) ?? 0) + 1);
          total++;
        });
      }
      const name = `P/N = ${load}`;
      const gauss = (x) => Math.exp(-((x - 1) ** 2) / (2 * load)) / Math.sqrt(2 * Math.PI * load);
      const bins = [...counts.keys()].sort((a, b) => a - b);
      return [
        {
          name,
          kind: 'points',
          points: bins.map((bin) => ({
            x: (bin + 0.5) * width,
            y: counts.get(bin) / total / width,
          })),
        },
        {
          name: 'signal 1, noise of variance P/N',
          kind: 'theory',
          of: name,
          points: range(161, (k) => ({ x: -1 + k / 40, y: gauss(-1 + k / 40) })),
        },
      ];
    });
    return {
      title: 'What a neuron hears when the network shows a stored pattern',
      x: { label: 'field times the neuron’s own sign; below 0 it turns over', min: -1, max: 3 },
      y: { label: 'density', min: 0 },
      series,
      notes: ['N = 1000, 20 random patterns of each network.'],
    };
  },

  /** Energy flip by flip, and in synchronous steps. */
  energy() {
    const N = 200;
    const random = new Random(2);
    const patterns = many(random, 12, N);
    const memory = new HopfieldNetwork(N).store(patterns);
    const series = [0.1, 0.2, 0.3, 0.4].map((noise, k) => {
      const cue = corrupt(patterns[k], { noise, seed: k + 1000 });
      const points = [{ x: 0, y: memory.energy(cue) / N }];
      for (const { energy, flips } of memory.trajectory(cue, { every: 'flip', seed: 1 })) {
        if (flips > 0) points.push({ x: points.length, y: energy / N });
      }
      return {
        name: `${100 * noise} % turned over`,
        kind: 'line',
        points: points.filter((_, step) => step % 3 === 0 || step === points.length - 1),
      };
    });
    return {
      title: 'Every flip goes down',
      x: { label: 'flips' },
      y: { label: 'energy per neuron' },
      series,
      notes: ['N = 200, 12 random patterns, Hebb’s rule, one neuron at a time.'],
    };
  },

  async cliff() {
    const results = await collect(
      capacity({
        neurons: [200, 1000],
        loads: range(13, (k) => 0.04 + 0.015 * k),
        trials: 6,
        seed: 4,
      }),
    );
    return { ...capacityFigure(results), title: 'The cliff' };
  },

  /** Where random starts end. */
  spurious() {
    const N = 100;
    const rates = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 35, 40];
    return (async () => {
      const networks = 6;
      const P = 30;
      const found = rates.map(() => []);
      for (let n = 0; n < networks; n++) {
        const random = new Random(100 + n);
        const patterns = many(random, P, N);
        const memory = new HopfieldNetwork(N).store(patterns);
        let done = 0;
        for (const [k, hundreds] of rates.entries()) {
          const steps = 100 * hundreds - done;
          if (steps > 0) await memory.unlearn({ steps, rate: 0.01, seed: 7 + k });
          done = 100 * hundreds;
          const cues = patterns.map((pattern, p) =>
            corrupt(pattern, { noise: 0.05, seed: p + 1000 }),
          );
          const { matches } = memory.recallMany(cues, { seed: 3 });
          const back = matches.overlaps.filter((overlap) => overlap === 1).length / P;
          const stable = patterns.filter((pattern) => memory.isFixedPoint(pattern)).length / P;
          found[k].push({ stable, back });
        }
      }
      const points = (key) =>
        rates.map((hundreds, k) => {
          const values = found[k].map((one) => one[key]);
          const mean = values.reduce((a, b) => a + b) / networks;
          const variance = values.reduce((s, v) => s + (v - mean) ** 2, 0) / (networks - 1);
          const error = Math.sqrt(variance / networks);
          return { x: 100 * hundreds, y: mean, low: mean - error, high: mean + error };
        });
      return {
        title: 'Sleep helps, up to a point',
        x: { label: 'dreams unlearnt, at a rate of 0.01' },
        y: { label: 'share of the patterns', min: 0, max: 1 },
        series: [
          { name: 'are fixed points', kind: 'line', points: points('stable') },
          { name: 'come back exactly from 5 % noise', kind: 'line', points: points('back') },
        ],
        notes: [
          `N = ${N}, ${P} random patterns; means of ${networks} networks, bars: standard errors.`,
        ],
      };
    })();
  },

  /** Stable patterns by rule. */
  rules() {
    const N = 100;
    const networks = 4;
    const rules = ['hebbian', 'storkey', 'projection', { name: 'perceptron', margin: 0 }];
    const loads = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.4, 1.6];
    const series = rules.map((rule) => {
      const points = loads
        .filter((load) => load < 1 || rule.name === 'perceptron')
        .map((load) => {
          let share = 0;
          for (let n = 0; n < networks; n++) {
            const patterns = many(new Random(50 + n), Math.round(load * N), N);
            const memory = new HopfieldNetwork(N, { rule }).store(patterns);
            share +=
              patterns.filter((pattern) => memory.isFixedPoint(pattern)).length /
              patterns.length /
              networks;
          }
          return { x: load, y: share };
        });
      return { name: rule.name ?? rule, kind: 'line', points };
    });
    return {
      title: 'What each rule can hold',
      x: { label: 'patterns per neuron, P/N', max: 1.7 },
      y: { label: 'share of the patterns that are fixed points', min: 0, max: 1 },
      series,
      notes: [
        `N = ${N}, means of ${networks} networks. Projection keeps no coupling at P = N, so its curve, under that of the perceptron, ends before.`,
      ],
    };
  },

  async temperature() {
    const results = await collect(
      temperature({
        neurons: 500,
        loads: [0.02, 0.05],
        temperatures: range(10, (k) => 0.1 * (k + 1)),
        trials: 3,
        seed: 4,
      }),
    );
    return temperatureFigure(results);
  },

  /** How many patterns come back, by separation. */
  dense() {
    const N = 32;
    const random = new Random(9);
    const counts = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192];
    const kinds = {
      'F = m² (Hebb)': 2,
      'F = m³': 3,
      'F = m⁴': 4,
      'F = exp(m)': undefined,
    };
    const all = random.signs(N * counts.at(-1));
    const series = Object.entries(kinds).map(([name, degree]) => ({
      name,
      kind: 'line',
      points: counts.map((P) => {
        const separation = degree === undefined ? exponential() : { name: 'polynomial', degree };
        const memory = new DenseAssociativeMemory(N, { separation });
        memory.store(all.subarray(0, N * P));
        const shown = Math.min(P, 200);
        const cues = range(shown, (k) =>
          corrupt(all.subarray(N * k, N * (k + 1)), { noise: 0.1, seed: k + 1000 }),
        );
        const { states } = memory.recallMany(cues, { seed: 1 });
        const back = range(shown, (k) =>
          range(N, (i) => states[k * N + i] === all[k * N + i]).every(Boolean),
        ).filter(Boolean).length;
        return { x: P, y: back / shown };
      }),
    }));
    return {
      title: 'Steeper valleys, more memories',
      x: { label: 'patterns stored', scale: 'log' },
      y: { label: 'share that comes back exactly', min: 0, max: 1 },
      series,
      notes: [
        '32 neurons, random patterns, 10 % noise; one network a point, up to 200 of its patterns.',
      ],
    };
  },

  async attention() {
    return attentionFigure(await collect(attention({ trials: 5, seed: 4 })));
  },

  /** The best of annealing and descent, by sweeps spent. */
  async optimise() {
    const N = 100;
    const random = new Random(3);
    const entries = [];
    for (let i = 0; i < N; i++)
      for (let j = i + 1; j < N; j++) entries.push([i, j, random.below(2) * 2 - 1]);
    const model = new IsingModel(N, { couplings: { entries } });
    const scale = N ** 1.5;
    const runs = 30;
    const sweeps = [1, 3, 10, 30, 100, 300, 1000];
    const mean = async (search) => {
      const energies = [];
      for (let seed = 1; seed <= runs; seed++) energies.push((await search(seed)).energy / scale);
      const average = energies.reduce((a, b) => a + b) / runs;
      const variance = energies.reduce((s, e) => s + (e - average) ** 2, 0) / (runs - 1);
      const error = Math.sqrt(variance / runs);
      return { y: average, low: average - error, high: average + error };
    };
    const cooled = [];
    for (const count of sweeps) {
      cooled.push({
        x: count,
        ...(await mean((seed) => anneal(model, { seed, restarts: 1, sweeps: count }))),
      });
    }
    const fall = await mean((seed) => descend(model, { seed, restarts: 1 }));
    const { energy } = await anneal(model, { seed: 1, restarts: 100, sweeps: 1000 });
    const across = (y) => [sweeps[0], sweeps.at(-1)].map((x) => ({ x, y }));
    return {
      title: 'Falling slowly falls deeper',
      x: { label: 'sweeps of annealing', scale: 'log' },
      y: { label: 'energy / N^(3/2)' },
      series: [
        { name: 'annealing, one run', kind: 'line', points: cooled },
        { name: 'one fall without heat', kind: 'theory', points: across(fall.y) },
        { name: 'the best of 100 long runs', kind: 'theory', points: across(energy / scale) },
      ],
      notes: [
        `A spin glass of ${N} spins, couplings ±1 between all; means of ${runs} runs, bars: standard errors.`,
      ],
    };
  },
};

const files = {
  'docs/digits.svg': digitsPicture,
  ...Object.fromEntries(
    Object.entries(figures).map(([name, draw]) => [
      `docs/learn/${name}.svg`,
      async () => `${figureToSvg(await draw(), { width: 640 })}\n`,
    ]),
  ),
};
const wanted = process.argv.slice(2);
for (const [file, draw] of Object.entries(files)) {
  if (wanted.length > 0 && !wanted.includes(file)) continue;
  const start = performance.now();
  writeFileSync(file, await draw());
  console.log(`${file}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
