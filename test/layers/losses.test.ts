/** Losses against their definitions in double precision, and where plain formulas overflow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../src/layers/index.ts';
import { binaryCrossEntropy, powerLoss, softmaxCrossEntropy } from '../../src/layers/losses.ts';
import { tensor, zeros } from '../../src/layers/tensor.ts';
import { Random } from '../../src/random.ts';
import { differences, relativeError, tensors } from './oracle.ts';

/** −ln of the label's share in Σ eˣ, the mean over rows. */
function crossEntropy(x: number[], labels: number[], classes: number): number {
  const losses = labels.map((label, i) => {
    const row = x.slice(i * classes, (i + 1) * classes);
    return Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0)) - row[label];
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / labels.length;
}

function binary(x: number[], targets: number[]): number {
  const losses = x.map((value, i) => {
    const p = 1 / (1 + Math.exp(-value));
    return -targets[i] * Math.log(p) - (1 - targets[i]) * Math.log(1 - p);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / x.length;
}

describe('softmaxCrossEntropy', () => {
  const cases = fc
    .record({
      samples: fc.integer({ min: 1, max: 6 }),
      classes: fc.integer({ min: 1, max: 9 }),
    })
    .chain(({ samples, classes }) =>
      fc.record({
        logits: tensors([samples, classes]),
        labels: fc.array(fc.nat(classes - 1), { minLength: samples, maxLength: samples }),
      }),
    );

  it('is its definition, and so is its gradient', () => {
    fc.assert(
      fc.property(cases, ({ logits, labels }) => {
        const classes = logits.shape[1];
        const x = Array.from(logits.data);
        const { loss, gradient } = softmaxCrossEntropy(logits, labels);
        expect(loss).toBeCloseTo(crossEntropy(x, labels, classes), 12);
        expect(gradient.shape).toEqual(logits.shape);
        const expected = differences((v) => crossEntropy(v, labels, classes), x);
        expect(relativeError(gradient.data, expected)).toBeLessThan(1e-6);
      }),
    );
  });

  it('has gradients that sum to zero over the classes', () => {
    fc.assert(
      fc.property(cases, ({ logits, labels }) => {
        const [samples, classes] = logits.shape;
        const { data } = softmaxCrossEntropy(logits, Int32Array.from(labels)).gradient;
        for (let i = 0; i < samples; i++) {
          const row = data.subarray(i * classes, (i + 1) * classes);
          expect(Math.abs(row.reduce((sum, g) => sum + g, 0))).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it('does not overflow, and takes logits that exclude a class', () => {
    const sure = softmaxCrossEntropy(tensor([3e38, 0, -3e38], [1, 3]), [0]);
    expect(sure.loss).toBe(0);
    expect(sure.gradient).toEqual(zeros([1, 3]));
    const wrong = softmaxCrossEntropy(tensor([1000, 0, -Infinity], [1, 3]), [1]);
    expect(wrong.loss).toBe(1000);
    expect([...wrong.gradient.data]).toEqual([1, -1, 0]);
  });

  it('tells of logits that are no numbers', () => {
    expect(softmaxCrossEntropy(tensor([NaN, 1], [1, 2]), [1]).loss).toBeNaN();
  });

  it.each([
    [zeros([2, 3]), [0], RangeError, 'labels has length 1, expected 2 (from the logits)'],
    [zeros([1, 3]), [3], RangeError, 'labels[0] is 3, expected an integer from 0 to 2'],
    [zeros([1, 3]), [0.5], RangeError, 'labels[0] is 0.5, expected an integer from 0 to 2'],
    [zeros([1, 3]), ['1'], TypeError, "labels[0] is '1', expected an integer from 0 to 2"],
    [zeros([1, 3]), 1, TypeError, 'labels is 1, expected an array of numbers'],
    [zeros([1, 3]), zeros([1]), TypeError, 'labels is an Object, expected an array of numbers'],
    [zeros([0, 3]), [], RangeError, 'logits has shape [0, 3], expected at least one element'],
    [zeros([3]), [0], RangeError, 'logits has shape [3], expected [samples, classes]'],
  ])('refuses %j with labels %j', (logits, labels, kind, message) => {
    const wrong = () => softmaxCrossEntropy(logits, labels as number[]);
    expect(wrong).toThrow(kind);
    expect(wrong).toThrow(message);
  });
});

describe('binaryCrossEntropy', () => {
  const cases = fc.integer({ min: 1, max: 12 }).chain((count) =>
    fc.record({
      logits: tensors([count]),
      targets: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: count,
        maxLength: count,
      }),
    }),
  );

  it('is its definition, and so is its gradient', () => {
    fc.assert(
      fc.property(cases, ({ logits, targets }) => {
        const x = Array.from(logits.data);
        const { loss, gradient } = binaryCrossEntropy(logits, targets);
        expect(loss).toBeCloseTo(binary(x, targets), 12);
        expect(
          relativeError(
            gradient.data,
            differences((v) => binary(v, targets), x),
          ),
        ).toBeLessThan(1e-6);
      }),
    );
  });

  it('is the softmax of two classes, one of them at 0', () => {
    fc.assert(
      fc.property(tensors([1]), fc.nat(1), ({ data }, target) => {
        const two = softmaxCrossEntropy(tensor([0, data[0]], [1, 2]), [target]);
        const one = binaryCrossEntropy(tensor(data, [1, 1]), [target]);
        expect(one.loss).toBeCloseTo(two.loss, 14);
        expect(one.gradient.data[0]).toBeCloseTo(two.gradient.data[1], 7);
        expect(one.gradient.shape).toEqual([1, 1]);
      }),
    );
  });

  it('does not overflow', () => {
    const far = tensor([1e30, -1e30, 1e30, -1e30], [2, 2]);
    const right = binaryCrossEntropy(far, [1, 0, 1, 0]);
    expect(right.loss).toBe(0);
    expect(right.gradient).toEqual(zeros([2, 2]));
    const wrong = binaryCrossEntropy(tensor([500, -500], [2]), Float32Array.of(0, 1));
    expect(wrong.loss).toBe(500);
    expect([...wrong.gradient.data]).toEqual([0.5, -0.5]);
  });

  it.each([
    [zeros([2]), [0.5, 1.5], RangeError, 'targets[1] is 1.5, expected a number from 0 to 1'],
    [zeros([2]), [NaN, 1], RangeError, 'targets[0] is NaN, expected a number from 0 to 1'],
    [zeros([2, 2]), [1, 0], RangeError, 'targets has length 2, expected 4 (from the logits)'],
    [zeros([0]), [], RangeError, 'logits has shape [0], expected at least one element'],
    [zeros([1]), [true], TypeError, 'targets[0] is true, expected a number from 0 to 1'],
  ])('refuses %j with targets %j', (logits, targets, kind, message) => {
    const wrong = () => binaryCrossEntropy(logits, targets as number[]);
    expect(wrong).toThrow(kind);
    expect(wrong).toThrow(message);
  });
});

describe('powerLoss', () => {
  const cases = fc.record({
    samples: fc.integer({ min: 1, max: 5 }),
    classes: fc.integer({ min: 1, max: 5 }),
    m: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(),
  });

  it('is the mean of Σ (c − t)²ᵐ, and its gradient', () => {
    fc.assert(
      fc.property(cases, ({ samples, classes, m, seed }) => {
        const random = new Random(seed);
        const c = Array.from({ length: samples * classes }, () =>
          Math.fround(2 * random.real() - 1),
        );
        const labels = Array.from({ length: samples }, () => random.below(classes));
        const of = (c: number[]) => {
          let sum = 0;
          for (const [k, label] of labels.entries()) {
            for (let j = 0; j < classes; j++) {
              sum += (c[k * classes + j] - (j === label ? 1 : -1)) ** (2 * m);
            }
          }
          return sum / samples;
        };
        const { loss, gradient } = powerLoss(tensor(c, [samples, classes]), labels, m);
        expect(Math.abs(loss - of(c))).toBeLessThan(1e-12 * Math.max(1, of(c)));
        expect(relativeError(gradient.data, differences(of, c))).toBeLessThan(1e-6);
      }),
    );
  });

  it('is 0 where every unit is right, and squares unless m is given', () => {
    const right = tensor([-1, 1, 1, -1], [2, 2]);
    const { loss, gradient } = powerLoss(right, [1, 0], 30);
    expect(loss).toBe(0);
    expect(gradient.data.every((g) => g === 0)).toBe(true);
    expect(powerLoss(tensor([0, 0], [1, 2]), [1]).loss).toBe(2);
    expect(powerLoss(right, [0, 1]).loss).toBe(8);
  });

  it('refuses what it cannot take', () => {
    const outputs = zeros([2, 3]);
    expect(() => powerLoss(outputs, [0])).toThrow(
      new RangeError('labels has length 1, expected 2 (from the outputs)'),
    );
    expect(() => powerLoss(outputs, [0, 3])).toThrow(
      new RangeError('labels[1] is 3, expected an integer from 0 to 2'),
    );
    expect(() => powerLoss(zeros([0, 3]), [])).toThrow(
      new RangeError('outputs has shape [0, 3], expected at least one element'),
    );
    for (const m of [0, 1.5, 101]) {
      expect(() => powerLoss(outputs, [0, 1], m)).toThrow(
        new RangeError(`m is ${m}, expected an integer from 1 to 100`),
      );
    }
  });
});
