import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANES_SCRATCH } from '../../../src/kernels/layout.ts';
import { nextWord } from '../../../src/random.ts';
import { GENERATED, seeds } from '../cases.ts';
import { lanesOn, type Lanes } from '../lane-cases.ts';
import { dot, onDesk } from './on-desk.ts';

const LANES = [...Array(16).keys()];

/** A model of its own, or a random one, and calls of the kernels on it. */
function open(
  seed: number,
  spins: number,
  model: number | Pick<Lanes, 'J' | 'h'>,
  temperatures: number[],
) {
  const { desk, kernels, views } = onDesk(seed);
  const it = lanesOn(desk, spins, model);
  const { run, masks, best, fields, odd, starts, links, J, h } = it;
  const word = run / 4;
  views.i32.copyWithin(word + 32, word + 16, word + 32);
  views.i32.fill(-(2 ** 31), word + 48, word + 64);
  views.u32.set([0, 0], word + 64);
  views.i8.copyWithin(best, masks, masks + 16 * spins);
  const table = desk.f64(temperatures);
  const scratch = desk.take(LANES_SCRATCH, 1);
  const states = (at: number) =>
    LANES.map((lane) =>
      Array.from({ length: spins }, (_, i) => 1 + 2 * views.i8[at + 16 * i + lane]),
    );
  return {
    ...it,
    desk,
    views,
    energyOf: (s: ArrayLike<number>): number =>
      -dot(
        s,
        J.map((row) => dot(row, s)),
      ) /
        2 -
      dot(s, h) +
      0,
    now: () => states(masks),
    best: () => states(best),
    fields: () =>
      LANES.map((lane) =>
        J.map((_, i) => 2 * views.i8[fields + 16 * i + lane] - views.i8[odd + i]),
      ),
    energies: () => Array.from(views.i32.subarray(word + 16, word + 32)),
    lowest: () => Array.from(views.i32.subarray(word + 32, word + 48)),
    made: () => Array.from(views.u32.subarray(word + 64, word + 66)),
    target: (lane: number, energy: number) => (views.i32[word + 48 + lane] = energy),
    /** The four generators, as words of their own. */
    generators: () =>
      [0, 1, 2, 3].map((g) => Uint32Array.from([0, 1, 2, 3], (w) => views.u32[word + 4 * w + g])),
    turn(wanted: number[][]): void {
      const flat = Array.from({ length: 16 * spins }, (_, k) => (wanted[k % 16][k >> 4] - 1) / 2);
      kernels.turnLanes(run, masks, fields, odd, starts, links, desk.i8(flat), spins);
    },
    anneal: (rule: number, sweeps: number): number =>
      kernels.annealLanes(
        run,
        masks,
        best,
        fields,
        odd,
        starts,
        links,
        table,
        scratch,
        temperatures.length,
        rule,
        sweeps,
        spins,
      ),
  };
}

test('turnLanes leaves the fields and the energies of the wanted states', () => {
  const check = (seed: number, spins: number): void => {
    const it = open(seed, spins, 0.4, []);
    const wanted = LANES.map(() => [...it.desk.random.signs(spins)]);
    it.turn(wanted);
    expect(it.now()).toEqual(wanted);
    expect(it.fields()).toEqual(
      wanted.map((state) => it.J.map((row, i) => dot(row, state) + it.h[i] + 0)),
    );
    expect(it.energies()).toEqual(wanted.map(it.energyOf));
  };
  fc.assert(fc.property(seeds, fc.integer({ min: 1, max: 30 }), check), {
    ...GENERATED,
    numRuns: 30,
  });
});

/** One sweep by the definition, fields computed afresh; returns the number of flips. */
function sweepNaively(
  states: number[][],
  { J, h }: Pick<Lanes, 'J' | 'h'>,
  T: number,
  rule: number,
  generators: Uint32Array[],
): number {
  const parts = (x: number): number =>
    Math.floor(2 ** 24 * (rule === 1 ? 1 / (1 + Math.exp((2 * x) / T)) : Math.exp((-2 * x) / T)));
  const chance = (x: number): number => {
    if (rule === 1) return x < 0 ? 2 ** 24 - parts(-x) : parts(x);
    return x < 0 ? 2 ** 24 : x === 0 ? 31 * 2 ** 19 : parts(x);
  };
  let flips = 0;
  for (let i = 0; i < J.length; i++) {
    const x = states.map((state) => state[i] * (dot(J[i], state) + h[i]));
    let take = x.map((y) => y < 0);
    if (T > 0) {
      // Whatever the draw, none of them would be accepted.
      if (x.every((y) => y > 0 && parts(y) === 0)) continue;
      const bytes: number[][] = [];
      const decided = (lane: number): boolean => {
        const size = rule === 1 ? Math.abs(x[lane]) : x[lane];
        if (size < 0 || parts(size) === 0 || bytes.length === 3) return true;
        const wanted = chance(size);
        return bytes.some((row, k) => row[lane] !== ((wanted >> (16 - 8 * k)) & 255));
      };
      do {
        const words = generators.map((words) => nextWord(words, 0));
        bytes.push(LANES.map((lane) => (words[lane >> 2] >>> (8 * (lane & 3))) & 255));
      } while (!LANES.every(decided));
      take = x.map((y, lane) => {
        // Bytes that were not drawn do not matter.
        const u = [0, 1, 2].reduce((sum, k) => 256 * sum + (bytes[k]?.[lane] ?? 0), 0);
        return rule === 1 && y < 0 ? u >= parts(-y) : u < chance(y);
      });
    }
    for (const lane of LANES) {
      if (!take[lane]) continue;
      states[lane][i] *= -1;
      flips++;
    }
  }
  return flips;
}

describe('annealLanes', () => {
  test('makes the sweeps of the definition, and keeps the best states of their ends', () => {
    const check = (spins: number, density: number, rule: number, seed: number): void => {
      const temperatures = [9, 5, 0, 2, 0.5];
      const it = open(seed, spins, density, temperatures);
      const generators = it.generators();
      const states = it.now();
      const lowest = states.map(it.energyOf);
      const best = states.map((state) => [...state]);
      let sweeps = 0;
      for (let over = false; !over; sweeps++) {
        const flips = sweepNaively(states, it, temperatures[sweeps] ?? 0, rule, generators);
        for (const lane of LANES) {
          const energy = it.energyOf(states[lane]);
          if (energy >= lowest[lane]) continue;
          lowest[lane] = energy;
          best[lane] = [...states[lane]];
        }
        over = sweeps >= temperatures.length && flips === 0;
      }
      expect(it.anneal(rule, 1e6)).toBe(sweeps);
      expect(it.now()).toEqual(states);
      expect(it.best()).toEqual(best);
      expect([it.energies(), it.lowest()]).toEqual([states.map(it.energyOf), lowest]);
      expect(it.generators()).toEqual(generators);
      expect(it.made()).toEqual([sweeps, 1]);
      expect(it.anneal(rule, 5)).toBe(0);
    };
    const sizes = fc.integer({ min: 1, max: 25 });
    const densities = fc.constantFrom(0.1, 0.4, 1);
    fc.assert(fc.property(sizes, densities, fc.constantFrom(0, 1), seeds, check), {
      ...GENERATED,
      numRuns: 40,
    });
  });

  test('does the same in one call and in many', () => {
    const temperatures = Array.from({ length: 20 }, (_, k) => 5 - k / 4);
    const once = open(3, 20, 0.3, temperatures);
    const all = once.anneal(0, 1000);
    const left = [once.now(), once.best(), once.lowest(), once.generators()];
    const often = open(3, 20, 0.3, temperatures);
    let made = 0;
    for (let k = 0; k < 100; k++) made += often.anneal(0, k % 3);
    expect(made).toBe(all);
    expect([often.now(), often.best(), often.lowest(), often.generators()]).toEqual(left);
  });

  test('stops at the end of the sweep in which a lane reaches its target', () => {
    const temperatures = Array.from({ length: 40 }, (_, k) => 5 - k / 8);
    const free = open(5, 24, 0.3, temperatures);
    free.anneal(0, 1e6);
    for (const lane of [0, 9, 15]) {
      const target = free.lowest()[lane] + 2;
      const it = open(5, 24, 0.3, temperatures);
      it.target(lane, target);
      const made = it.anneal(0, 1e6);
      expect(it.lowest()[lane]).toBeLessThanOrEqual(target);
      expect(it.best().map(it.energyOf)).toEqual(it.lowest());
      expect(it.made()).toEqual([made, 1]);
      const short = open(5, 24, 0.3, temperatures);
      short.target(lane, target);
      short.anneal(0, made - 1);
      expect(short.lowest()[lane]).toBeGreaterThan(target);
    }
  });

  test('on a ring, walls between its parts meet, so that all lanes end in a lowest state', () => {
    const spins = 20;
    const J = Array.from({ length: spins }, (_, i) =>
      Array.from({ length: spins }, (_, j) => Number((i - j + spins + 1) % spins === 0)),
    );
    for (const row of J.keys()) J[row][(row + 1) % spins] = J[(row + 1) % spins][row] = 1;
    const ring = { J, h: J.map(() => 0) };
    const temperatures = Array.from({ length: 400 }, (_, k) => 0.85 - k / 500);
    const it = open(1, spins, ring, temperatures);
    it.anneal(0, 1e6);
    expect(it.lowest()).toEqual(LANES.map(() => -spins));
  });
});

describe.each([
  ['Metropolis', 0],
  ['Glauber', 1],
])('%s', (_, rule) => {
  test.each([1, 2.5, 6])('visits states as often as Boltzmann says at T = %d', (T) => {
    const spins = 4;
    const calls = 1500;
    const it = open(11, spins, 0.8, [...new Float64Array(3 * calls + 100).fill(T)]);
    it.anneal(rule, 100);
    const counts = new Float64Array(2 ** spins);
    for (let k = 0; k < calls; k++) {
      it.anneal(rule, 3);
      for (const state of it.now()) {
        counts[state.reduce((sum, s, i) => sum + (s > 0 ? 2 ** i : 0), 0)]++;
      }
    }
    const weights = counts.map((_, k) =>
      Math.exp(-it.energyOf(Array.from({ length: spins }, (_, i) => ((k >> i) & 1 ? 1 : -1))) / T),
    );
    const Z = weights.reduce((sum, w) => sum + w, 0);
    let chi = 0;
    let degrees = -1;
    for (const [k, w] of weights.entries()) {
      const expected = (16 * calls * w) / Z;
      if (expected < 10) continue;
      chi += (counts[k] - expected) ** 2 / expected;
      degrees++;
    }
    expect(degrees).toBeGreaterThan(1);
    // Successive samples are not quite independent: room for a factor of two over the 99.9 % quantile.
    expect(chi).toBeLessThan(2 * (degrees + 3.1 * Math.sqrt(2 * degrees) + 7));
  });

  test.each([200, 255])('a spin in a field of %d is down as often as it should be', (h) => {
    const T = 150;
    const calls = 800;
    const it = open(4, 1, { J: [[0]], h: [h] }, [...new Float64Array(2 * calls + 20).fill(T)]);
    it.anneal(rule, 20);
    let down = 0;
    for (let k = 0; k < calls; k++) {
      it.anneal(rule, 2);
      down += it.now().filter(([s]) => s < 0).length;
    }
    const p = 1 / (1 + Math.exp((2 * h) / T));
    expect(Math.abs(down - 16 * calls * p)).toBeLessThan(5 * Math.sqrt(16 * calls * p));
  });
});
