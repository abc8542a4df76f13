/**
 * Spins whose couplings have different sizes: the gaps of `anneal` and `localSearch` to the best that any of their runs found, in percent.
 *
 * `node bench/tables/spins.mjs [--seeds 3] [--time 2]`, after a build.
 */
import { anneal, IsingModel, localSearch, Random } from '../../dist/optimise.js';
import { fromCommand } from './from-command.mjs';
import { seedsUpTo } from './statistics.mjs';

const random = new Random(1982);

/** Normally distributed, but for the tails. */
function normal() {
  let sum = -6;
  for (let k = 0; k < 12; k++) sum += random.real();
  return sum;
}

/** Sizes of which a share 1/x is above x. */
const powerLaw = () => random.sign() / (1 - random.real());

/** So many pairs of spins, each once. */
function pairsOf(spins, pairs, draw) {
  const entries = new Map();
  while (entries.size < pairs) {
    const [a, b] = [random.below(spins), random.below(spins)];
    if (a < b) entries.set(a * spins + b, [a, b, draw()]);
  }
  return { spins, entries: [...entries.values()] };
}

/** All pairs. */
function allOf(spins, draw) {
  const entries = [];
  for (let a = 0; a < spins; a++) {
    for (let b = a + 1; b < spins; b++) entries.push([a, b, draw(b - a)]);
  }
  return { spins, entries: entries.filter(([, , value]) => value !== 0) };
}

/** A lattice of so many dimensions that closes on itself. */
function lattice(side, dimensions, draw) {
  const spins = side ** dimensions;
  const entries = [];
  for (let i = 0; i < spins; i++) {
    for (let stride = 1; stride < spins; stride *= side) {
      const end = Math.floor(i / stride) % side === side - 1;
      entries.push([i, end ? i - stride * (side - 1) : i + stride, draw()]);
    }
  }
  return { spins, entries };
}

/** Couplings that fall with a power of the distance on a ring. */
const ring = (spins, power) =>
  allOf(spins, (far) => normal() / Math.min(far, spins - far) ** power);
const integers = (most) => random.below(2 * most + 1) - most;

/** What it is, and how it is made. */
const MODELS = {
  'ring of 500, falling with distance^2': () => ring(500, 2),
  'ring of 500, falling with distance^3': () => ring(500, 3),
  'grid 50×50': () => lattice(50, 2, normal),
  'cube 12×12×12': () => lattice(12, 3, normal),
  '3 neighbours, 2000 spins': () => pairsOf(2000, 3000, normal),
  '6 neighbours, 2000 spins': () => pairsOf(2000, 6000, normal),
  '20 neighbours, 2000 spins': () => pairsOf(2000, 20_000, normal),
  '6 neighbours, 20,000 spins': () => pairsOf(20_000, 60_000, normal),
  '10 neighbours, 1000 spins, power law': () => pairsOf(1000, 5000, powerLaw),
  'all coupled, 300 spins, power law': () => allOf(300, powerLaw),
  'all coupled, 1000 spins': () => allOf(1000, normal),
  'a tenth coupled, integers to 100, 2500 spins': () =>
    allOf(2500, () => (random.real() < 0.1 ? integers(100) : 0)),
};

/**
 * @param {object} options
 * @param {number} [options.seeds] searches of each kind, with seeds 1, 2, …
 * @param {number} [options.time] seconds a search
 * @param {(line: string) => void} [options.print]
 */
export async function spinsTable({ seeds = 3, time = 2, print = console.log } = {}) {
  print('| couplings | anneal | localSearch |');
  print('| :-- | --: | --: |');
  for (const [name, make] of Object.entries(MODELS)) {
    const { spins, entries } = make();
    const model = new IsingModel(spins, { couplings: { entries } });
    const energies = [];
    for (const solver of [anneal, localSearch]) {
      const found = [];
      for (const seed of seedsUpTo(seeds)) found.push((await solver(model, { seed, time })).energy);
      energies.push(found);
    }
    model.dispose();
    const best = Math.min(...energies.flat());
    const gaps = energies.map((found) =>
      found.map((energy) => (100 * (1 - energy / best)).toFixed(2)).sort(),
    );
    print(`| ${name} | ${gaps.map((all) => all.join(', ')).join(' | ')} |`);
  }
}

await fromCommand(import.meta.url, spinsTable);
