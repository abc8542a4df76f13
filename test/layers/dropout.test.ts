/** Dropout, as a module and of the attention, and switching training off. */
import { describe, expect, test } from 'vitest';
import {
  Association,
  Dropout,
  group,
  Linear,
  Random,
  tensor,
  without,
} from '../../src/layers/index.ts';
import { BACKENDS, distance, norm, normal } from './attention-cases.ts';

describe('Dropout', () => {
  test('leaves out its share, keeps the mean, and backward goes the same way', () => {
    const dropout = new Dropout(0.3, { seed: 1 });
    const count = 20_000;
    const x = tensor(new Float32Array(count).fill(7), [200, 100]);
    const { data, shape } = dropout.forward(x);
    expect(shape).toEqual([200, 100]);
    const left = data.filter((y) => y === 0).length;
    // Four standard deviations of a binomial count.
    expect(Math.abs(left - 0.3 * count)).toBeLessThan(4 * Math.sqrt(count * 0.21));
    const kept = Math.fround(1 / 0.7);
    expect(new Set(data)).toEqual(new Set([0, Math.fround(7 * kept)]));
    const ones = tensor(new Float32Array(count).fill(1), [200, 100]);
    expect(dropout.backward(ones).data).toEqual(data.map((y) => (y === 0 ? 0 : kept)));
  });

  test('follows from its seed, call by call', () => {
    const x = normal(new Random(1), [3, 50]);
    const [a, b, c] = [1, 1, 2].map((seed) => new Dropout(0.5, { seed }));
    const first = a.forward(x);
    expect(b.forward(x)).toEqual(first);
    expect(c.forward(x)).not.toEqual(first);
    const second = a.forward(x);
    expect(second).not.toEqual(first);
    expect(b.forward(x)).toEqual(second);
  });

  test('changes nothing at 0, or when not training', () => {
    const x = normal(new Random(1), [3, 5]);
    expect(new Dropout(0).forward(x)).toEqual(x);
    const dropout = new Dropout(0.9);
    expect(dropout.training).toBe(true);
    dropout.training = false;
    expect(dropout.forward(x)).toEqual(x);
    expect(dropout.backward(x)).toEqual(x);
  });

  test('refuses what is none', () => {
    expect(() => new Dropout(1)).toThrow('probability is 1, expected a number from 0 to below 1');
    expect(() => new Dropout('0.1' as never)).toThrow(TypeError);
    expect(() => new Dropout(0.1).backward(tensor([1], [1]))).toThrow('before forward');
    expect(() => {
      new Dropout(0.1).training = 0 as never;
    }).toThrow('training is 0, expected true or false');
    expect(() => new Association({ stateSize: 2, dropout: -1 })).toThrow('dropout is -1');
  });
});

describe('dropout of the attention', () => {
  const random = new Random(2);
  const inputs = { state: normal(random, [2, 30, 8]), stored: normal(random, [2, 40, 8]) };
  const options = { stateSize: 8, heads: 2, updateSteps: 2, seed: 4 };

  test('changes nothing when not training; energies never', () => {
    const plain = new Association(options);
    const expected = plain.forward(inputs);
    const layer = new Association({ ...options, dropout: 0.4 });
    expect(layer.energies(inputs)).toEqual(plain.energies(inputs));
    expect(layer.forward(inputs)).not.toEqual(expected);
    expect(layer.attention()).toEqual(plain.attention());
    layer.training = false;
    expect(layer.forward(inputs)).toEqual(expected);
    const gradient = normal(random, expected.shape);
    expect(layer.backward(gradient)).toEqual(plain.backward(gradient));
  });

  test('the mean over many draws is the result without', () => {
    const given = { ...options, updateSteps: 1 };
    const expected = new Association(given).forward(inputs).data;
    const layer = new Association({ ...given, dropout: 0.5 });
    const draws = 400;
    const mean = new Float64Array(expected.length);
    const squares = new Float64Array(expected.length);
    for (let t = 0; t < draws; t++) {
      layer.forward(inputs).data.forEach((y, k) => {
        mean[k] += y / draws;
        squares[k] += y ** 2 / draws;
      });
    }
    const variance = squares.reduce((sum, s, k) => sum + s - mean[k] ** 2, 0);
    // ‖mean − expected‖² is about variance/draws.
    expect(distance(mean, expected) ** 2).toBeLessThan((1.5 * variance) / draws);
    expect(variance).toBeGreaterThan(0);
  });

  test.each(BACKENDS)('gradients are those of the same draw (%s)', (backend) => {
    const small = { state: normal(random, [1, 2, 4]), stored: normal(random, [1, 3, 4]) };
    // Draws follow from the seed: a new layer makes the same.
    const layerOf = (stored: Float32Array) => {
      const layer = new Association({
        stateSize: 4,
        updateSteps: 2,
        dropout: 0.4,
        seed: 9,
        backend,
      });
      return { layer, ...layer.forward({ ...small, stored: tensor(stored, [1, 3, 4]) }) };
    };
    const gradient = normal(new Random(5), [1, 2, 4]);
    const own = layerOf(small.stored.data).layer.backward(gradient).stored.data;
    const h = 1 / 64;
    const expected = Array.from(own, (_, k) => {
      const at = (by: number) => {
        const { data } = layerOf(small.stored.data.map((x, n) => (n === k ? x + by : x)));
        return data.reduce((sum, y, n) => sum + y * gradient.data[n], 0);
      };
      // Richardson: errors of h⁴, in single precision.
      return (8 * (at(h / 2) - at(-h / 2)) - (at(h) - at(-h))) / (6 * h);
    });
    expect(distance(own, expected)).toBeLessThan(1e-3 * norm(expected));
  });

  test('both backends leave the same bits', () => {
    const outcome = (backend: (typeof BACKENDS)[number]) => {
      const layer = new Association({ ...options, dropout: 0.3, backend });
      const output = layer.forward(inputs);
      return [output, layer.backward(normal(new Random(6), output.shape)), layer.gradients()];
    };
    expect(outcome('wasm')).toEqual(outcome('reference'));
  });
});

test('training is switched for all of a group', () => {
  const dropout = new Dropout(0.5);
  const association = new Association({ stateSize: 2, dropout: 0.1 });
  const model = group({ inner: group({ dropout }), association, linear: new Linear(2, 2) });
  expect(model.training).toBe(true);
  model.training = false;
  expect([dropout.training, association.training, model.training]).toEqual([false, false, false]);
  without(model, 'linear').training = true;
  expect([dropout.training, association.training, model.training]).toEqual([true, true, true]);
});
