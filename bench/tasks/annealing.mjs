/** Simulated annealing: spin-flip attempts over whole runs with the default temperatures. */
import { anneal, IsingModel, Random } from '../../dist/optimise.js';
import { check } from '../equal.mjs';
import { SEED } from '../inputs.mjs';
import { inTextbook } from '../textbook-thread.mjs';
import { randomGraph } from '../tables/random-graph.mjs';

/** Sweeps with the same draws, after which the energies are compared. */
const CHECKED = 30;

/** @param {import('../report.mjs').Report} report */
export async function annealing(report) {
  const random = new Random(SEED);
  const sign = () => random.sign();
  await dense(report, 'couplings ±1', symmetric(2000, sign));
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.real())) * Math.cos(2 * Math.PI * random.real());
  await dense(report, 'Gaussian couplings', symmetric(2000, normal));
  await sparse(report);
}

/** @param {number} spins @param {() => number} value */
function symmetric(spins, value) {
  const J = new Float32Array(spins * spins);
  for (let i = 0; i < spins; i++) {
    for (let j = 0; j < i; j++) J[i * spins + j] = J[j * spins + i] = value();
  }
  return J;
}

async function dense(report, what, couplings) {
  const spins = Math.sqrt(couplings.length);
  const make = (backend) => new IsingModel(spins, { couplings, backend });
  await race(report, make, {
    task: `annealing, ${spins} spins, ${what}`,
    textbook: 'annealAfresh',
    data: { couplings },
    sweeps: 60,
    target: 30,
  });
}

async function sparse(report) {
  const { vertices, edges } = randomGraph(800, 19_176, SEED);
  const entries = edges.map(([a, b]) => [a, b, -1]);
  const neighbours = Array.from({ length: vertices }, () => []);
  for (const [a, b] of edges) {
    neighbours[a].push(b);
    neighbours[b].push(a);
  }
  const starts = new Uint32Array(vertices + 1);
  neighbours.forEach((list, i) => (starts[i + 1] = starts[i] + list.length));
  const flat = Uint32Array.from(neighbours.flat());
  const make = (backend) => new IsingModel(vertices, { couplings: { entries }, backend });
  const task = `annealing, ${vertices} vertices, ${edges.length} edges`;
  const textbook = await race(report, make, {
    task,
    textbook: 'annealKept',
    data: { starts, neighbours: flat, weights: new Int32Array(flat.length).fill(-1) },
    sweeps: 1000,
    target: 3,
  });
  await abreast(report, make, task, textbook);
}

/** Sixteen runs side by side, as searches of many runs make them. */
async function abreast(report, make, task, textbook) {
  const [wasm, reference] = [make('wasm'), make('reference')];
  const short = { seed: 1, restarts: 16, sweeps: 20 };
  const [ours, theirs] = await Promise.all([anneal(wasm, short), anneal(reference, short)]);
  const same = ours.energies.every((energy, k) => energy === theirs.energies[k]);
  check(same, `${task}: wasm finds what the reference does, in all runs`);
  const options = { seed: 1, restarts: 16 };
  const { sweeps } = await anneal(wasm, options);
  await report.race({
    task: `${task}, 16 runs side by side, an attempt`,
    equal: 'energies of 16 runs of 20 sweeps, wasm and reference',
    textbook,
    reference: {
      run: () => anneal(reference, short),
      per: theirs.sweeps * wasm.spins,
      runs: 2,
      async: true,
    },
    wasm: { run: () => anneal(wasm, options), per: sweeps * wasm.spins, time: 2000, async: true },
    target: 9,
  });
}

async function race(report, make, { task, textbook, data, sweeps, target }) {
  const wasm = make('wasm');
  const reference = make('reference');
  const { spins } = wasm;
  const [hot, cold] = wasm.annealingRange;
  const fall = (count) =>
    Float64Array.from({ length: count }, (_, k) => hot + ((cold - hot) * k) / (count - 1));
  const checked = fall(CHECKED);
  const theirs = await inTextbook(
    textbook,
    { ...data, spins, temperatures: fall(sweeps), checked, seed: SEED },
    { per: spins * sweeps, runs: 5 },
  );
  const energies = [wasm, reference].map((model) => lowestOf(model, checked));
  check(energies[0] === energies[1], `${task}: wasm finds what the reference does`);
  const close = Math.abs(energies[0] - theirs.result) <= 1e-7 * Math.abs(theirs.result);
  check(close, `${task}: ${energies[0]} against ${theirs.result} with the same draws`);
  const options = { seed: 1, restarts: 1 };
  const runs = await Promise.all([
    anneal(wasm, options),
    anneal(reference, { ...options, sweeps: 20 }),
  ]);
  const row = await report.race({
    task: `${task}, an attempt`,
    equal: `lowest energy of ${CHECKED} sweeps with the same draws`,
    textbook: theirs.timing,
    reference: {
      run: () => anneal(reference, { ...options, sweeps: 20 }),
      per: runs[1].sweeps * spins,
      runs: 2,
      async: true,
    },
    wasm: {
      run: () => anneal(wasm, options),
      per: runs[0].sweeps * spins,
      time: 2000,
      async: true,
    },
    target,
  });
  report.note(
    `${task}: ${(1e-3 / row.wasm.min).toFixed(0)} million attempts a second over a run of ${runs[0].sweeps} sweeps.`,
  );
  return theirs.timing;
}

/** The lowest energy of sweeps at these temperatures and none at 0. */
function lowestOf(model, temperatures) {
  const plan = { seed: SEED, target: -Infinity, temperatures, rule: 'metropolis' };
  const search = model.annealing(plan);
  search.begin(0, undefined);
  search.advance(temperatures.length);
  const { energy } = search;
  search.dispose();
  return energy;
}
