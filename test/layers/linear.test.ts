/** Linear against y = x·Wᵀ + b in double precision, forward and backward. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../src/layers/index.ts';
import { Linear } from '../../src/layers/linear.ts';
import { tensor, zeros } from '../../src/layers/tensor.ts';
import { differences, dot, relativeError, tensors } from './oracle.ts';

const cases = fc
  .record({
    leading: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
    inputs: fc.integer({ min: 1, max: 19 }),
    outputs: fc.integer({ min: 1, max: 19 }),
    bias: fc.boolean(),
    seed: fc.nat(),
  })
  .chain((sizes) =>
    fc
      .tuple(
        tensors([...sizes.leading, sizes.inputs]),
        tensors([...sizes.leading, sizes.outputs]),
        tensors([sizes.outputs]),
      )
      .map(([x, gradient, offsets]) => ({ ...sizes, x, gradient, offsets })),
  );

/** Of sums of up to 25 terms in single precision. */
const PRECISION = 5e-5;

/** Rows of x·Wᵀ + b, flat. */
function formula(x: number[], w: number[], b: number[], inputs: number): number[] {
  const y: number[] = [];
  for (let i = 0; i < x.length; i += inputs) {
    for (let j = 0; j < b.length; j++) {
      let sum = b[j];
      for (let k = 0; k < inputs; k++) sum += x[i + k] * w[j * inputs + k];
      y.push(sum);
    }
  }
  return y;
}

describe.each(['wasm', 'reference'] as const)('Linear (%s)', (backend) => {
  it('is the formula, and so are its gradients', () => {
    fc.assert(
      fc.property(cases, ({ leading, inputs, outputs, bias, seed, x, gradient, offsets }) => {
        const linear = new Linear(inputs, outputs, { bias, seed, backend });
        expect(linear.backend).toBe(backend);
        const parameters = linear.parameters();
        if (bias) parameters.bias.data.set(offsets.data);
        const [w, b, xs] = [
          parameters.weight.data,
          bias ? offsets.data : zeros([outputs]).data,
          x.data,
        ].map((data) => Array.from(data));
        const y = linear.forward(x);
        expect(y.shape).toEqual([...leading, outputs]);
        expect(relativeError(y.data, formula(xs, w, b, inputs))).toBeLessThan(PRECISION);

        const dx = linear.backward(gradient);
        expect(dx.shape).toEqual(x.shape);
        const loss = (x: number[], w: number[], b: number[]) =>
          dot(formula(x, w, b, inputs), gradient.data);
        expect(
          relativeError(
            dx.data,
            differences((v) => loss(v, w, b), xs),
          ),
        ).toBeLessThan(PRECISION);
        const gradients = linear.gradients();
        expect(Object.keys(gradients)).toEqual(bias ? ['weight', 'bias'] : ['weight']);
        const dw = differences((v) => loss(xs, v, b), w);
        expect(relativeError(gradients.weight.data, dw)).toBeLessThan(PRECISION);
        if (bias) {
          const db = differences((v) => loss(xs, w, v), b);
          expect(relativeError(gradients.bias.data, db)).toBeLessThan(PRECISION);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('sums gradients until they are zeroed', () => {
    const linear = new Linear(3, 2, { seed: 1, backend });
    const x = tensor([1, 2, 3, 4, 5, 6], [2, 3]);
    linear.forward(x);
    const gradient = tensor([1, 0, 0, 1], [2, 2]);
    linear.backward(gradient);
    expect([...linear.gradients().weight.data]).toEqual([1, 2, 3, 4, 5, 6]);
    linear.backward(gradient);
    expect([...linear.gradients().weight.data]).toEqual([2, 4, 6, 8, 10, 12]);
    expect([...linear.gradients().bias.data]).toEqual([2, 2]);
    linear.zeroGradients();
    expect([...linear.gradients().weight.data, ...linear.gradients().bias.data]).toEqual(
      Array(8).fill(0),
    );
  });

  it('does not feel changes of its input after forward', () => {
    const linear = new Linear(2, 1, { seed: 1, backend });
    const x = tensor([3, 4], [1, 2]);
    linear.forward(x);
    x.data.fill(9);
    linear.backward(tensor([1], [1, 1]));
    expect([...linear.gradients().weight.data]).toEqual([3, 4]);
  });

  it('takes no rows at all', () => {
    const linear = new Linear(2, 3, { seed: 1, backend });
    expect(linear.forward(zeros([0, 2])).shape).toEqual([0, 3]);
    expect(linear.backward(zeros([0, 3])).shape).toEqual([0, 2]);
    expect(linear.gradients().weight.data.every((g) => g === 0)).toBe(true);
  });
});

it('gives the same bits on both backends', () => {
  fc.assert(
    fc.property(cases, ({ inputs, outputs, bias, seed, x, gradient }) => {
      const [a, b] = (['wasm', 'reference'] as const).map((backend) => {
        const linear = new Linear(inputs, outputs, { bias, seed, backend });
        return [linear.forward(x), linear.backward(gradient), linear.gradients()];
      });
      expect(a).toEqual(b);
    }),
    { numRuns: 60 },
  );
});

it('starts from its seed, with biases at zero', () => {
  const [a, b, c] = [7, 7, 8].map((seed) => new Linear(5, 4, { seed }).parameters());
  expect(a.weight).toEqual(b.weight);
  expect(a.weight).not.toEqual(c.weight);
  expect(a.weight.shape).toEqual([4, 5]);
  expect([...a.bias.data]).toEqual([0, 0, 0, 0]);
  const drawn = new Linear(5, 4);
  expect(new Linear(5, 4, { seed: drawn.seed }).parameters()).toEqual(drawn.parameters());
});

it('refuses what it cannot take', () => {
  expect(() => new Linear(0, 1)).toThrow(RangeError);
  expect(() => new Linear(1, 1.5)).toThrow(
    new RangeError('outputs is 1.5, expected a positive integer'),
  );
  expect(() => new Linear(1, 1, { bias: 1 as unknown as boolean })).toThrow(
    new TypeError('bias is 1, expected a boolean'),
  );
  expect(() => new Linear(1, 1, { seed: -1 })).toThrow(RangeError);
  expect(() => new Linear(1, 1, { backend: 'gpu' as 'wasm' })).toThrow(TypeError);
  expect(() => new Linear(1, 1, { sead: 1 } as object)).toThrow('linear options have no sead');
  const linear = new Linear(3, 2);
  expect(() => linear.backward(zeros([1, 2]))).toThrow('backward was called before forward');
  expect(() => linear.forward(zeros([2, 4]))).toThrow(
    new RangeError('x has shape [2, 4], expected [2, 3]'),
  );
  expect(() => linear.forward(zeros([]))).toThrow(new RangeError('x has shape [], expected [3]'));
  linear.forward(zeros([4, 3]));
  expect(() => linear.backward(zeros([3, 2]))).toThrow(
    new RangeError('gradient has shape [3, 2], expected [4, 2]'),
  );
});
