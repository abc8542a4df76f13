/**
 * Weights of PyTorch compute here what they compute there: modules of hflayers with results and gradients (fixtures), and
 * MultiheadAttention against its formula in double precision.
 */
import { describe, expect, it, test } from 'vitest';
import {
  Association,
  loadParameters,
  Lookup,
  Pooling,
  Random,
  tensor,
  type NamedTensors,
  type Tensor,
} from '../../src/layers/index.ts';
import { BACKENDS, normal } from './attention-cases.ts';
import { softmaxRows, times, type Matrix } from './attention-oracle.ts';
import hopfield from './fixtures/hopfield.json' with { type: 'json' };
import separated from './fixtures/layer-separated.json' with { type: 'json' };
import layer from './fixtures/layer.json' with { type: 'json' };
import pooling from './fixtures/pooling.json' with { type: 'json' };
import { relativeError } from './oracle.ts';

interface Stored {
  shape: number[];
  data: (number | string)[];
  /** A mask of 0 and 1, not of numbers to add. */
  boolean?: boolean;
}

function tensorsOf(stored: Record<string, Stored | undefined>): Record<string, Tensor> {
  const entries = Object.entries(stored).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, tensor(value!.data.map(Number), value!.shape)]),
  );
}

function shaped(shape: readonly number[], seed = 1): Tensor {
  return normal(new Random(seed), shape);
}

const MODULES = { Association, Pooling, Lookup };

describe.each(BACKENDS)('hflayers, %s', (backend) => {
  test.each([
    ['Hopfield', hopfield],
    ['HopfieldPooling', pooling],
    ['HopfieldLayer', layer],
    ['HopfieldLayer with separate targets', separated],
  ])('%s: the same results and gradients', (_, file) => {
    const make = () =>
      new MODULES[file.kind as 'Association']({ ...file.options, backend } as never);
    const module = make();
    loadParameters(module, tensorsOf(file.weights), { from: 'torch' });
    const inputs = Object.fromEntries(
      Object.entries(file.inputs as Record<string, Stored>).map(([name, { shape, ...value }]) => {
        const data = value.data.map(Number);
        return [name, value.boolean ? { data: Uint8Array.from(data), shape } : tensor(data, shape)];
      }),
    );
    // Single precision against double: the worst of twelve such modules is 5e−7 off, 2e−6 in gradients.
    const output = module.forward(inputs as never);
    expect(relativeError(output.data, file.output.data)).toBeLessThan(1e-6);
    const given = module.backward(tensor(file.gradient.data, output.shape));
    const expected = tensorsOf(file.inputGradients as unknown as Record<string, Stored>);
    const { state, stored } = given as Partial<typeof given>;
    // Self-attention: one input under two names.
    const selfAttention = file === (hopfield as unknown);
    const found = selfAttention
      ? {
          state: tensor(
            state!.data.map((x, k) => x + stored!.data[k]),
            state!.shape,
          ),
        }
      : given;
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    for (const [name, { data }] of Object.entries(expected)) {
      expect(relativeError(found[name as 'state'].data, data), name).toBeLessThan(4e-6);
    }
    // Gradients have the names of what they belong to.
    const slopes = make();
    loadParameters(slopes, tensorsOf(file.weightGradients), { from: 'torch' });
    const gradients = module.gradients();
    for (const [name, { data }] of Object.entries(slopes.parameters())) {
      expect(relativeError(gradients[name].data, data), name).toBeLessThan(4e-6);
    }
  });
});

describe('torch.nn.MultiheadAttention', () => {
  const [E, heads, width] = [6, 2, 3];
  const rows = ({ data, shape }: Tensor): Matrix =>
    Array.from({ length: data.length / shape.at(-1)! }, (_, i) =>
      Array.from(data.slice(i * shape.at(-1)!, (i + 1) * shape.at(-1)!)),
    );
  const transpose = (A: Matrix) => A[0].map((_, j) => A.map((row) => row[j]));

  /** softmax(QKᵀ/√d)V of each head, then the output projection. */
  function formula(tensors: NamedTensors, [q, k, v]: Tensor[], weights: Tensor[]): number[] {
    const bias = tensors.in_proj_bias?.data;
    const [Q, K, V] = [q, k, v].map((x, part) =>
      times(rows(x), transpose(rows(weights[part]))).map((row) =>
        row.map((value, j) => value + (bias?.[part * E + j] ?? 0)),
      ),
    );
    const joined: Matrix = Q.map(() => []);
    for (let head = 0; head < heads; head++) {
      const of = (X: Matrix) => X.map((row) => row.slice(head * width, (head + 1) * width));
      const scores = times(of(Q), transpose(of(K)));
      const A = softmaxRows(scores.map((row) => row.map((s) => s / Math.sqrt(width))));
      for (const [i, row] of times(A, of(V)).entries()) joined[i].push(...row);
    }
    const out = times(joined, transpose(rows(tensors['out_proj.weight'])));
    return out.flatMap((row) => row.map((x, j) => x + (tensors['out_proj.bias']?.data[j] ?? 0)));
  }

  const output = { 'out_proj.weight': shaped([E, E], 2), 'out_proj.bias': shaped([E], 3) };

  it.each([true, false])('one in_proj_weight, bias %s', (bias) => {
    const all = {
      in_proj_weight: shaped([3 * E, E], 4),
      in_proj_bias: shaped([3 * E], 5),
      ...output,
    };
    const { in_proj_bias: _, 'out_proj.bias': __, ...weights } = all;
    const tensors: NamedTensors = bias ? all : weights;
    const module = new Association({ stateSize: E, heads, bias });
    loadParameters(module, tensors, { from: 'torch' });
    const inputs = [shaped([1, 4, E], 6), shaped([1, 5, E], 7), shaped([1, 5, E], 8)];
    const [state, stored, values] = inputs;
    const whole = tensors.in_proj_weight.data;
    const parts = [0, 1, 2].map((k) => tensor(whole.slice(k * E * E, (k + 1) * E * E), [E, E]));
    const expected = formula(tensors, inputs, parts);
    expect(relativeError(module.forward({ state, stored, values }).data, expected)).toBeLessThan(
      1e-6,
    );
  });

  it('kdim and vdim: a weight for each input, one bias', () => {
    const tensors = {
      q_proj_weight: shaped([E, E], 4),
      k_proj_weight: shaped([E, 4], 5),
      v_proj_weight: shaped([E, 7], 6),
      in_proj_bias: shaped([3 * E], 7),
      ...output,
    };
    const module = new Association({ stateSize: E, storedSize: 4, valuesSize: 7, heads });
    loadParameters(module, tensors, { from: 'torch' });
    const inputs = [shaped([1, 4, E], 8), shaped([1, 5, 4], 9), shaped([1, 5, 7], 10)];
    const [state, stored, values] = inputs;
    const { q_proj_weight: q, k_proj_weight: k, v_proj_weight: v } = tensors;
    const expected = formula(tensors, inputs, [q, k, v]);
    expect(relativeError(module.forward({ state, stored, values }).data, expected)).toBeLessThan(
      1e-6,
    );
  });
});
