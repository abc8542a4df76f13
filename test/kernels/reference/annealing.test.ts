import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextWord, Random, seedGenerator } from '../../../src/random.ts';
import { GENERATED, seeds } from '../cases.ts';
import { leading } from '../desk.ts';
import { onDesk, dot, read, table } from './on-desk.ts';

/** A model, where its run stands on the desk, and one call of the kernels. */
function open(seed: number, n: number, J: number[][], h: number[], temperatures: number[]) {
  const { desk, kernels, views } = onDesk(seed);
  const starts = [0];
  const links: number[] = [];
  for (const row of J) {
    for (const [j, x] of row.entries()) if (x !== 0) links.push(j, 2 * x);
    starts.push(links.length / 2);
  }
  const matrices = {
    I16: desk.couplingsI16(n, (i, j) => 2 * J[i][j]),
    I32: desk.couplingsI32(n, (i, j) => 2 * J[i][j]),
  };
  const list = { starts: desk.u32(starts), links: desk.i32(links) };
  const run = desk.take(12, 8);
  const signs = desk.signs(new Int8Array(n).fill(1));
  const best = desk.take(n, 1);
  const fields = desk.take(leading(n), 4);
  const table = desk.f64(temperatures);
  const scratch = desk.take(8, 4);
  const up = J.map((row, i) => row.reduce((sum, x) => sum + x, h[i]));
  const energyOf = (s: ArrayLike<number>): number =>
    -dot(
      s,
      J.map((row) => dot(row, s)),
    ) /
      2 -
    dot(s, h) +
    0;
  const lanes = Array.from({ length: 4 }, (_, lane) => {
    const words = new Uint32Array(4);
    seedGenerator(words, 0, seed, lane);
    words.forEach((word, w) => (views.u32[run / 4 + 8 + 4 * w + lane] = word));
    return words;
  });
  const count = temperatures.length;
  return {
    energyOf,
    lanes,
    state: () => read(views.i8, signs, n),
    best: () => read(views.i8, best, n),
    run: () => [...read(views.f64, run, 3), ...read(views.u32, run + 24, 2)],
    words: () => read(views.u32, run + 32, 16),
    begin(layout: 'I16' | 'I32' | 'Sparse', start: ArrayLike<number>, target = -Infinity): void {
      const all = Array.from({ length: n }, () => 1);
      views.f64.set([energyOf(all), Infinity, target], run / 8);
      views.u32.set([0, 0], run / 4 + 6);
      if (layout === 'I16') views.i16.set(up, fields / 2);
      else views.i32.set(up, fields / 4);
      const wanted = desk.i8(start);
      if (layout === 'Sparse') {
        kernels.turnSparse(run, signs, fields, list.starts, list.links, wanted, n);
      } else kernels[`turn${layout}`](run, signs, fields, matrices[layout], wanted, n);
    },
    fields: (layout: 'I16' | 'I32' | 'Sparse') =>
      layout === 'I16' ? read(views.i16, fields, n) : read(views.i32, fields, n),
    anneal(layout: 'I16' | 'I32' | 'Sparse', rule: number, sweeps: number): number {
      return layout === 'Sparse'
        ? kernels.annealSparse(
            run,
            signs,
            best,
            fields,
            list.starts,
            list.links,
            table,
            scratch,
            count,
            rule,
            sweeps,
            n,
          )
        : kernels[`anneal${layout}`](
            run,
            signs,
            best,
            fields,
            matrices[layout],
            table,
            scratch,
            count,
            rule,
            sweeps,
            n,
          );
    },
  };
}

function someModel(seed: number, n: number): { J: number[][]; h: number[]; start: Int8Array } {
  const random = new Random(seed, 7);
  const values = table(n, () => random.below(9) - 4);
  const J = table(n, (i, j) => (i === j ? 0 : values[Math.max(i, j)][Math.min(i, j)]));
  const h = Array.from({ length: n }, () => random.below(5) - 2);
  return { J, h, start: random.signs(n) };
}

describe.each(['I16', 'I32', 'Sparse'] as const)('turn%s', (layout) => {
  test('leaves the fields and the energy of the wanted state', () => {
    for (let n = 1; n <= 20; n++) {
      const { J, h, start } = someModel(n, n);
      const it = open(n, n, J, h, []);
      it.begin(layout, start);
      expect(it.state()).toEqual([...start]);
      expect(it.fields(layout)).toEqual(J.map((row, i) => dot(row, start) + h[i] + 0));
      expect(it.run()[0]).toBe(it.energyOf(start));
    }
  });
});

/** Sweeps by the definition: fields computed afresh at each visit. */
function sweepNaively(
  state: number[],
  J: number[][],
  h: number[],
  T: number,
  rule: number,
  lanes: Uint32Array[],
): number {
  let flips = 0;
  for (let i = 0; i < Math.ceil(state.length / 8) * 8; i++) {
    const u = T > 0 ? Math.max(nextWord(lanes[i % 4], 0), 1) / 2 ** 32 : 0;
    if (i >= state.length) continue;
    const cost = 2 * state[i] * (dot(J[i], state) + h[i]);
    // Of what costs nothing, one in 32 stays.
    const metropolis = cost < 0 || (cost === 0 ? u < 31 / 32 : u < Math.exp(-cost / T));
    const heatBath = u < 1 / (1 + Math.exp(cost / T));
    if (T > 0 ? (rule === 0 ? metropolis : heatBath) : cost < 0) {
      state[i] *= -1;
      flips++;
    }
  }
  return flips;
}

describe.each(['I16', 'I32', 'Sparse'] as const)('anneal%s', (layout) => {
  test('makes the sweeps of the definition, and keeps the best state of their ends', () => {
    const check = (n: number, rule: number, seed: number): void => {
      const { J, h, start } = someModel(seed, n);
      const temperatures = [9, 5, 0, 2, 0.5];
      const it = open(seed, n, J, h, temperatures);
      it.begin(layout, start);
      const state = [...start];
      let lowest = Infinity;
      let best: number[] = [];
      let sweeps = 0;
      for (let over = false; !over; sweeps++) {
        const flips = sweepNaively(state, J, h, temperatures[sweeps] ?? 0, rule, it.lanes);
        if (it.energyOf(state) < lowest) {
          lowest = it.energyOf(state);
          best = [...state];
        }
        over = sweeps >= temperatures.length && flips === 0;
      }
      expect(it.anneal(layout, rule, 1e6)).toBe(sweeps);
      expect(it.state()).toEqual(state);
      expect(it.best()).toEqual(best);
      expect(it.run()).toEqual([it.energyOf(state), lowest, -Infinity, sweeps, 1]);
      expect(it.fields(layout)).toEqual(J.map((row, i) => dot(row, state) + h[i] + 0));
      expect(it.words()).toEqual([0, 1, 2, 3].flatMap((w) => it.lanes.map((words) => words[w])));
      expect(it.anneal(layout, rule, 5)).toBe(0);
    };
    const sizes = fc.integer({ min: 1, max: 40 });
    fc.assert(fc.property(sizes, fc.constantFrom(0, 1), seeds, check), GENERATED);
  });

  test('does the same in one call and in many', () => {
    const { J, h, start } = someModel(3, 30);
    const temperatures = Array.from({ length: 20 }, (_, k) => 10 - k / 2);
    const once = open(3, 30, J, h, temperatures);
    once.begin(layout, start);
    const all = once.anneal(layout, 0, 1000);
    const left = [once.state(), once.best(), once.run(), once.words()];
    const often = open(3, 30, J, h, temperatures);
    often.begin(layout, start);
    let made = 0;
    for (let k = 0; k < 1000; k++) made += often.anneal(layout, 0, k % 3);
    expect(made).toBe(all);
    expect([often.state(), often.best(), often.run(), often.words()]).toEqual(left);
  });

  test('stops at the end of the sweep that reaches the target', () => {
    const { J, h, start } = someModel(5, 24);
    const temperatures = Array.from({ length: 50 }, (_, k) => 10 - k / 5);
    const free = open(5, 24, J, h, temperatures);
    free.begin(layout, start);
    free.anneal(layout, 0, 1e6);
    const [, lowest] = free.run();
    for (const target of [lowest, lowest + 10, 0]) {
      const it = open(5, 24, J, h, temperatures);
      it.begin(layout, start, target);
      const made = it.anneal(layout, 0, 1e6);
      expect(it.run()[1]).toBeLessThanOrEqual(target);
      expect(it.energyOf(it.best())).toBe(it.run()[1]);
      expect(it.run()[4]).toBe(1);
      // One sweep fewer does not reach it.
      const short = open(5, 24, J, h, temperatures);
      short.begin(layout, start, target);
      short.anneal(layout, 0, made - 1);
      expect(short.run()[1]).toBeGreaterThan(target);
    }
  });
});

describe.each([
  ['Metropolis', 0],
  ['Glauber', 1],
])('%s', (_, rule) => {
  test.each([3, 6, 15])('visits states as often as Boltzmann says at T = %d', (T) => {
    const n = 4;
    const { J, h, start } = someModel(11, n);
    const samples = 30_000;
    const it = open(11, n, J, h, [...new Float64Array(3 * samples + 200).fill(T)]);
    it.begin('I32', start);
    it.anneal('I32', rule, 200);
    const counts = new Float64Array(2 ** n);
    for (let k = 0; k < samples; k++) {
      it.anneal('I32', rule, 3);
      counts[it.state().reduce((sum, s, i) => sum + (s > 0 ? 2 ** i : 0), 0)]++;
    }
    const weights = counts.map((_, k) =>
      Math.exp(-it.energyOf(Array.from({ length: n }, (_, i) => ((k >> i) & 1 ? 1 : -1))) / T),
    );
    const Z = weights.reduce((sum, w) => sum + w, 0);
    let chi = 0;
    let degrees = -1;
    for (const [k, w] of weights.entries()) {
      const expected = (samples * w) / Z;
      // Rare states make χ² no longer χ².
      if (expected < 10) continue;
      chi += (counts[k] - expected) ** 2 / expected;
      degrees++;
    }
    expect(degrees).toBeGreaterThan(1);
    // Successive samples are not quite independent: room for a factor of two over the 99.9 % quantile.
    expect(chi).toBeLessThan(2 * (degrees + 3.1 * Math.sqrt(2 * degrees) + 7));
  });
});
