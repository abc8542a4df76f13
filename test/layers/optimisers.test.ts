/** Sgd and Adam against the published updates in double precision. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Adam } from '../../src/layers/adam.ts';
import { ParameterOwner, type Trainable } from '../../src/layers/module.ts';
import { Sgd } from '../../src/layers/sgd.ts';
import { tensor } from '../../src/layers/tensor.ts';
import { Random } from '../../src/random.ts';
import { relativeError, singles } from './oracle.ts';

/** Something with one parameter. */
class Point extends ParameterOwner {
  constructor(values: number[]) {
    super();
    this.own('point', tensor(values, [values.length]));
  }
  get values() {
    return this.parameters().point.data;
  }
  set slope(gradient: number[]) {
    this.gradients().point.data.set(gradient);
  }
}

/** A start and the gradients that follow, all of one length. */
const runs = fc.integer({ min: 1, max: 5 }).chain((count) => {
  const vector = fc.array(singles, { minLength: count, maxLength: count });
  return fc.record({ start: vector, slopes: fc.array(vector, { minLength: 1, maxLength: 12 }) });
});
const below1 = fc.double({ min: 0, max: 0.99, noNaN: true });

describe('Sgd', () => {
  it('follows v ← μv + g, θ ← θ − ηv', () => {
    const rates = fc.double({ min: 1e-4, max: 0.1, noNaN: true });
    fc.assert(
      fc.property(runs, rates, below1, ({ start, slopes }, rate, momentum) => {
        const point = new Point(start);
        const sgd = new Sgd({ rate, momentum });
        const expected = [...start];
        for (const [t, slope] of slopes.entries()) {
          point.slope = slope;
          sgd.step(point);
          // v written out: Σ over the gradients so far of μ^(their age).
          for (let i = 0; i < start.length; i++) {
            for (let s = 0; s <= t; s++) expected[i] -= rate * momentum ** (t - s) * slopes[s][i];
          }
        }
        expect(relativeError(point.values, expected)).toBeLessThan(1e-4);
      }),
    );
  });

  it('is plain gradient descent at first', () => {
    const point = new Point([1, 2]);
    point.slope = [4, -4];
    new Sgd({ rate: 0.25 }).step([point]);
    expect([...point.values]).toEqual([0, 3]);
  });
});

describe('Sgd with normalised rows and a bound', () => {
  /** A module with one matrix. */
  class Matrix extends ParameterOwner {
    constructor(values: number[], shape: number[]) {
      super();
      this.own('matrix', tensor(values, shape));
    }
  }

  it('is the update of Krotov and Hopfield: v ← pv − g, ξ ← clip(ξ + εv/max|v|)', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 4 }),
      columns: fc.integer({ min: 1, max: 5 }),
      steps: fc.integer({ min: 1, max: 6 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(sizes, below1, ({ rows, columns, steps, seed }, momentum) => {
        const random = new Random(seed);
        const draw = () => Array.from({ length: rows * columns }, () => 2 * random.real() - 1);
        const matrix = new Matrix(draw(), [rows, columns]);
        const rate = 0.3;
        const sgd = new Sgd({ rate, momentum, normaliseRows: true, bound: 1 });
        const xi = Array.from(matrix.parameters().matrix.data);
        const v = xi.map(() => 0);
        for (let step = 0; step < steps; step++) {
          const g = draw();
          matrix.gradients().matrix.data.set(g);
          sgd.step(matrix);
          for (let i = 0; i < rows; i++) {
            const row = Array.from({ length: columns }, (_, j) => i * columns + j);
            for (const k of row) v[k] = momentum * v[k] - g[k];
            const most = Math.max(...row.map((k) => Math.abs(v[k])));
            for (const k of row) xi[k] = Math.max(-1, Math.min(1, xi[k] + (rate * v[k]) / most));
          }
        }
        expect(relativeError(matrix.parameters().matrix.data, xi)).toBeLessThan(1e-5);
      }),
    );
  });

  it('leaves rows without a slope where they are; a vector is one row, a number too', () => {
    const matrix = new Matrix([0.5, 0.5, 0.5, 0.5], [2, 2]);
    const [vector, number] = [new Point([0, 0]), new Matrix([3], [])];
    matrix.gradients().matrix.data.set([0, 0, 4, -8]);
    vector.slope = [-6, 3];
    number.gradients().matrix.data[0] = 5;
    new Sgd({ rate: 0.25, normaliseRows: true }).step([matrix, vector, number]);
    expect([...matrix.parameters().matrix.data]).toEqual([0.5, 0.5, 0.375, 0.75]);
    expect([...vector.values]).toEqual([0.25, -0.125]);
    expect([...number.parameters().matrix.data]).toEqual([2.75]);
  });

  it('a bound alone clips', () => {
    const point = new Point([0, 3, -3]);
    new Sgd({ bound: 2 }).step(point);
    expect([...point.values]).toEqual([0, 2, -2]);
  });
});

describe('Adam', () => {
  it('follows algorithm 1 of Kingma and Ba', () => {
    fc.assert(
      fc.property(
        runs,
        fc.record({
          rate: fc.double({ min: 1e-4, max: 0.1, noNaN: true }),
          beta1: below1,
          // Below, one gradient of zero makes steps so long that their rounding is what is left.
          beta2: fc.double({ min: 0.5, max: 0.999, noNaN: true }),
          epsilon: fc.constantFrom(1e-8, 1e-3),
          weightDecay: fc.constantFrom(0, 0.1),
        }),
        ({ start, slopes }, options) => {
          const { rate, beta1, beta2, epsilon, weightDecay } = options;
          const point = new Point(start);
          const adam = new Adam(options);
          const expected = [...start];
          for (const [t, slope] of slopes.entries()) {
            point.slope = slope;
            adam.step(point);
            // The moments written out: means with weights β^age, brought to a total of 1.
            for (let i = 0; i < start.length; i++) {
              const mean = (beta: number, f: (g: number) => number) => {
                let sum = 0;
                let total = 0;
                for (let s = 0; s <= t; s++) {
                  sum += beta ** (t - s) * f(slopes[s][i]);
                  total += beta ** (t - s);
                }
                return sum / total;
              };
              const root = Math.sqrt(mean(beta2, (g) => g * g));
              const move = mean(beta1, (g) => g) / (root + epsilon);
              expected[i] -= rate * move + rate * weightDecay * expected[i];
            }
          }
          expect(relativeError(point.values, expected)).toBeLessThan(1e-4);
        },
      ),
    );
  });

  it('moves by the rate at first, whatever the size of the gradient', () => {
    const point = new Point([0, 0, 0]);
    point.slope = [1e-3, -50, 7];
    new Adam({ rate: 0.5, epsilon: 1e-12 }).step(point);
    expect(relativeError(point.values, [-0.5, 0.5, -0.5])).toBeLessThan(1e-6);
  });

  it('counts the steps of each parameter', () => {
    const [early, late] = [new Point([0]), new Point([0])];
    early.slope = [2];
    late.slope = [2];
    const adam = new Adam({ rate: 0.5, epsilon: 1e-12 });
    adam.step(early);
    adam.step([early, late]);
    expect(late.values[0]).toBeCloseTo(-0.5, 6);
    expect(early.values[0]).toBeCloseTo(-1, 6);
  });
});

describe('clipNorm', () => {
  const lengths = fc.double({ min: 0.01, max: 20, noNaN: true });

  it('is that of all gradients together, which keep their direction and stay as they are', () => {
    fc.assert(
      fc.property(runs, runs, lengths, (a, b, clipNorm) => {
        const points = [a, b].map(({ start }) => new Point(start.map(() => 0)));
        points[0].slope = a.slopes[0];
        points[1].slope = b.slopes[0];
        new Sgd({ rate: 1, clipNorm }).step(points);
        const slopes = [...a.slopes[0], ...b.slopes[0]];
        const length = Math.hypot(...slopes);
        const factor = length > clipNorm ? clipNorm / length : 1;
        const moved = points.flatMap(({ values }) => [...values]);
        expect(
          relativeError(
            moved,
            slopes.map((g) => -factor * g),
          ),
        ).toBeLessThan(1e-6);
        expect(Math.hypot(...moved)).toBeLessThan(clipNorm * (1 + 1e-6));
        expect([...points[0].gradients().point.data]).toEqual(a.slopes[0]);
      }),
    );
  });

  it.each([
    ['Sgd', (clipNorm?: number) => new Sgd({ rate: 0.1, momentum: 0.9, clipNorm })],
    ['Adam', (clipNorm?: number) => new Adam({ rate: 0.1, weightDecay: 0.1, clipNorm })],
  ])('%s: as if the gradients had been scaled before', (_, make) => {
    fc.assert(
      fc.property(runs, ({ start, slopes }) => {
        const [clipped, scaled, free] = [0, 1, 2].map(() => new Point(start));
        const optimisers = [make(2), make(), make(1e30)];
        const plain = new Point(start);
        const unbounded = make();
        for (const slope of slopes) {
          const length = Math.hypot(...slope);
          clipped.slope = slope;
          scaled.slope = slope.map((g) => (length > 2 ? (g * 2) / length : g));
          free.slope = slope;
          plain.slope = slope;
          for (const [k, point] of [clipped, scaled, free].entries()) optimisers[k].step(point);
          unbounded.step(plain);
        }
        expect(relativeError(clipped.values, scaled.values)).toBeLessThan(1e-4);
        // What is short enough is left alone, to the bit.
        expect([...free.values]).toEqual([...plain.values]);
      }),
    );
  });

  it('leaves gradients of zero alone', () => {
    const point = new Point([1, 2]);
    new Sgd({ clipNorm: 1 }).step(point);
    expect([...point.values]).toEqual([1, 2]);
  });
});

describe.each([
  ['Sgd', (rate: number) => new Sgd({ rate, momentum: 0.5 })],
  ['Adam', (rate: number) => new Adam({ rate })],
])('%s', (_, optimiser) => {
  it('finds the bottom of a bowl', () => {
    const point = new Point([3, -2]);
    const steps = optimiser(0.02);
    for (let t = 0; t < 2000; t++) {
      point.slope = [point.values[0] - 1, 10 * (point.values[1] - 2)];
      steps.step(point);
    }
    expect(relativeError(point.values, [1, 2])).toBeLessThan(1e-3);
  });

  it('takes a new rate', () => {
    const point = new Point([0]);
    const steps = optimiser(1);
    steps.rate = 1e-6;
    point.slope = [1];
    steps.step(point);
    expect(point.values[0]).toBeCloseTo(-1e-6, 9);
    expect(() => (steps.rate = 0)).toThrow(new RangeError('rate is 0, expected a number above 0'));
    expect(steps.rate).toBe(1e-6);
  });

  it('changes nothing when a gradient is no number', () => {
    const [good, bad] = [new Point([1]), new Point([1, 1])];
    good.slope = [1];
    bad.slope = [1, NaN];
    expect(() => optimiser(1).step([good, bad])).toThrow(
      new RangeError('the gradient of point of module 1 is NaN at 1, expected finite numbers'),
    );
    expect([...good.values, ...bad.values]).toEqual([1, 1, 1]);
  });

  it('refuses what is no module, and a module given twice', () => {
    const point = new Point([1]);
    expect(() => optimiser(1).step([point, {} as Trainable])).toThrow(
      new TypeError('module 1 is an Object, expected a module with parameters'),
    );
    expect(() => optimiser(1).step([point, point])).toThrow(
      new RangeError('point of module 1 comes twice, expected every parameter once'),
    );
    expect([...point.values]).toEqual([1]);
  });
});

it.each([
  [() => new Sgd({ rate: -1 }), 'rate is -1, expected a number above 0'],
  [() => new Sgd({ momentum: 1 }), 'momentum is 1, expected a number from 0 to below 1'],
  [() => new Sgd({ clipNorm: 0 }), 'clipNorm is 0, expected a number above 0'],
  [() => new Adam({ clipNorm: Infinity }), 'clipNorm is Infinity, expected a number above 0'],
  [() => new Sgd({ bound: 0 }), 'bound is 0, expected a number above 0'],
  [
    () => new Sgd({ normaliseRows: 1 as unknown as boolean }),
    'normaliseRows is 1, expected true or false',
  ],
  [() => new Sgd({ beta1: 0 } as object), 'Sgd options have no beta1'],
  [() => new Adam({ rate: NaN }), 'rate is NaN, expected a number above 0'],
  [() => new Adam({ beta1: 1 }), 'beta1 is 1, expected a number from 0 to below 1'],
  [() => new Adam({ beta2: -0.1 }), 'beta2 is -0.1, expected a number from 0 to below 1'],
  [() => new Adam({ epsilon: 0 }), 'epsilon is 0, expected a number above 0'],
  [() => new Adam({ weightDecay: -1 }), 'weightDecay is -1, expected a number from 0 up'],
  [() => new Adam({ momentum: 0 } as object), 'Adam options have no momentum'],
])('refuses options: %s', (make, message) => {
  expect(make).toThrow(message);
});
