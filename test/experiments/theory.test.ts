/** The curves beside experiments, at the figures that the literature gives. */
import { describe, expect, test } from 'vitest';
import { gaussianMean, erf, erfc, normalBelow } from '../../src/experiments/theory/gaussian.ts';
import {
  CRITICAL_LOAD,
  criticalState,
  retrieval,
  retrievalTemperature,
  STATIC_NOISE,
} from '../../src/experiments/theory/hebbian.ts';
import * as laws from '../../src/experiments/theory/laws.ts';
import { sparseRetrieval } from '../../src/experiments/theory/sparse.ts';
import { mixture, mixtureTemperature } from '../../src/experiments/theory/mixtures.ts';
import {
  prototypeErrors,
  prototypeErrorsOfMany,
} from '../../src/experiments/theory/reconstruction.ts';

test('erf, erfc, Φ and averages over a Gaussian', () => {
  expect(erf(0.5)).toBeCloseTo(0.5204998778130465, 13);
  expect(erfc(2)).toBeCloseTo(0.004677734981047266, 14);
  expect(erfc(3) / 2.209049699858544e-5).toBeCloseTo(1, 12);
  expect(erfc(-1)).toBeCloseTo(1.8427007929497148, 13);
  expect(erfc(2.5 - 1e-9)).toBeCloseTo(erfc(2.5), 10);
  expect(normalBelow(1.959963984540054)).toBeCloseTo(0.975, 12);
  expect(gaussianMean((z) => z * z * z * z)).toBeCloseTo(3, 12);
  expect(gaussianMean((z) => 1 / (1 + Math.exp(-40 * z - 2)), 40)).toBeCloseTo(
    normalBelow(2 / 40),
    3,
  );
});

describe('Amit, Gutfreund & Sompolinsky', () => {
  test('α_c = 0.138, where the overlap is 0.967', () => {
    const { load, m } = criticalState();
    expect(load).toBeCloseTo(CRITICAL_LOAD, 4);
    expect(m).toBeCloseTo(0.967, 3);
    expect(retrieval(0.05)!.m).toBeGreaterThan(0.9999);
    expect(retrieval(0.139)).toBeUndefined();
  });

  test('the state solves the equations, at T = 0 and above', () => {
    for (const [load, temperature] of [
      [0.05, 0.3],
      [0.1, 0.2],
      [0.02, 0.5],
    ]) {
      const { m, q, r } = retrieval(load, temperature)!;
      const beta = 1 / temperature;
      const mean = (z: number) => Math.tanh(beta * (Math.sqrt(load * r) * z + m));
      expect(gaussianMean(mean, 4 * beta)).toBeCloseTo(m, 8);
      expect(gaussianMean((z) => mean(z) ** 2, 4 * beta)).toBeCloseTo(q, 8);
      expect(q / (1 - beta * (1 - q)) ** 2).toBeCloseTo(r, 6);
    }
    const { m, r } = retrieval(0.1)!;
    expect(erf(m / Math.sqrt(0.2 * r))).toBeCloseTo(m, 10);
  });

  test.each([
    [0.05, 0.3, 0.9912],
    [0.02, 0.5, 0.945],
    [0.1, 0.2, 0.9891],
    [0.05, 0.5, 0.904],
  ])('load %d, T = %d: overlap %d', (load, temperature, overlap) => {
    expect(retrieval(load, temperature)!.m).toBeCloseTo(overlap, 3);
  });

  test('T → 0 is T = 0, load → 0 is load 0', () => {
    expect(retrieval(0.1, 0.03)!.m).toBeCloseTo(retrieval(0.1)!.m, 3);
    expect(retrieval(1e-5, 0.6)!.m).toBeCloseTo(retrieval(0, 0.6)!.m, 3);
    expect(retrieval(0, 1.2)).toBeUndefined();
  });

  test.each([
    [0.02, 0.7165, 0.681],
    [0.05, 0.5423, 0.823],
    [0.1, 0.3154, 0.926],
    [0.12, 0.2151, 0.949],
  ])('T_M at load %d is %d, overlap %d there', (load, temperature, overlap) => {
    expect(retrievalTemperature(load)).toBeCloseTo(temperature, 3);
    expect(criticalState(temperature).m).toBeCloseTo(overlap, 2);
  });
});

describe('static noise', () => {
  test.each([
    [1, 0.1379, 0.967],
    [0.9, 0.1285, 0.963],
    [0.8, 0.1187, 0.958],
    [0.7, 0.1085, 0.953],
    [0.6, 0.0979, 0.945],
    [0.5, 0.0865, 0.936],
    [0.4, 0.0744, 0.923],
    [0.3, 0.061, 0.906],
    [0.2, 0.0459, 0.879],
    [0.1, 0.0276, 0.828],
  ])('kept %d of the couplings: α_c %d, overlap %d', (kept, load, overlap) => {
    const state = criticalState(0, STATIC_NOISE.cut(kept));
    expect(state.load).toBeCloseTo(load, 4);
    expect(state.m).toBeCloseTo(overlap, 2.7);
  });

  test('signs alone: 0.1018; Gaussian noise of 0.5 to 3 times the couplings', () => {
    expect(criticalState(0, STATIC_NOISE.signs).load).toBeCloseTo(0.1018, 4);
    expect(criticalState(0, STATIC_NOISE.signs).m).toBeCloseTo(0.948, 2.7);
    const loads = [0.5, 1, 2, 3].map((x) => criticalState(0, STATIC_NOISE.noisy(x)).load);
    for (const [k, load] of [0.1187, 0.0865, 0.0459, 0.0276].entries()) {
      expect(loads[k]).toBeCloseTo(load, 4);
    }
    expect(retrieval(0.06, 0, STATIC_NOISE.cut(0.5))!.m).toBeCloseTo(0.995, 3);
    expect(retrieval(0.08, 0, STATIC_NOISE.signs)!.m).toBeCloseTo(0.993, 3);
  });
});

test('mixtures: E/N = −3/8 for three; stable below T = 0.460, where their overlap is 0.432', () => {
  expect(mixture(1)).toMatchObject({ stable: true });
  expect(mixture(1).energy).toBeCloseTo(-0.5, 12);
  expect(mixture(3).overlap).toBeCloseTo(0.5, 12);
  expect(mixture(3).energy).toBeCloseTo(-3 / 8, 12);
  expect(mixture(5).overlap).toBeCloseTo(3 / 8, 12);
  expect(mixture(2).stable).toBe(false);
  expect(mixtureTemperature(3)).toBeCloseTo(0.46, 3);
  expect(mixture(3, mixtureTemperature(3)).overlap).toBeCloseTo(0.432, 3);
});

test('reconstruction: the binomial formula, and its Gaussian form for many examples', () => {
  expect(prototypeErrors(20, 0.5, 0.02)).toBeCloseTo(0.0134, 4);
  expect(prototypeErrors(5, 0.5, 0.02)).toBeCloseTo(0.117, 3);
  expect(prototypeErrors(80, 0.5, 0.02)).toBeLessThan(1e-4);
  expect(prototypeErrorsOfMany(20, 0.5, 0.02)).toBeCloseTo(0.01, 4);
  const many = [prototypeErrors(4000, 0.1, 0.1), prototypeErrorsOfMany(4000, 0.1, 0.1)];
  expect(many[0] / many[1]).toBeCloseTo(1, 1);
});

test('laws of capacity', () => {
  expect(laws.gardnerLoad(0)).toBeCloseTo(2, 6);
  expect(laws.gardnerLoad(1)).toBeCloseTo(0.52, 2);
  expect(laws.firstStepErrors(0.1385)).toBeCloseTo(0.0036, 4);
  expect(laws.firstStepErrors(0.1848)).toBeCloseTo(0.01, 4);
  expect(laws.polynomialCapacity(100, 2)).toBeCloseTo(100 / (2 * Math.log(100)), 10);
  expect(laws.polynomialCapacity(100, 3)).toBeCloseTo(1e4 / (6 * Math.log(100)), 8);
  expect(laws.exponentialCapacity(20)).toBeCloseTo(1024, 8);
  expect(laws.storkeyCapacity(100)).toBeCloseTo(32.95, 2);
  expect(laws.sparseCapacity(1000, 0.1)).toBeCloseTo(2171.5, 1);
});

test('Cover: half of the labellings of 2d points in d dimensions, all of d, and what is counted by hand', () => {
  for (const d of [1, 5, 20]) expect(laws.separableShare(2 * d, d)).toBeCloseTo(0.5, 12);
  expect(laws.separableShare(20, 20)).toBeCloseTo(1, 12);
  // Four lines through the origin of a plane make 8 sectors, of 16 labellings; in space 14.
  expect(laws.separableShare(4, 2)).toBeCloseTo(8 / 16, 12);
  expect(laws.separableShare(4, 3)).toBeCloseTo(14 / 16, 12);
});

describe('Tsodyks & Feigelman', () => {
  test('few patterns: wrong neurons are those of Gaussian crosstalk of variance αf', () => {
    const [load, f, threshold] = [0.08, 0.2, 0.4];
    const { active, silent } = sparseRetrieval(load, f, threshold)!;
    const width = Math.sqrt(load * f);
    expect(1 - active).toBeCloseTo(normalBelow(-(1 - f - threshold) / width), 2);
    expect(silent).toBeCloseTo(normalBelow(-(f + threshold) / width), 4);
  });

  test('correlations as 3 networks of 4000 neurons have them, activity 0.1', () => {
    // 1.0000, 0.9987 ± 0.0001 and 0.9900 ± 0.0004.
    for (const [load, correlation] of [
      [0.1, 1],
      [0.2, 0.9987],
      [0.3, 0.99],
    ]) {
      expect(Math.abs(sparseRetrieval(load, 0.1, 0.48)!.correlation - correlation)).toBeLessThan(
        0.002,
      );
    }
    expect(sparseRetrieval(0.5, 0.1, 0.48)).toBeUndefined();
  });
});
