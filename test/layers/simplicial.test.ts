/** What the simplicial layer computes, its gradients, and its laws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Association, Random, SimplicialAssociation, tensor } from '../../src/layers/index.ts';
import { BACKENDS, distance, norm, normal } from './attention-cases.ts';
import type { Variables } from './attention-oracle.ts';
import {
  associatePairs,
  buildPairs,
  PAIRS,
  pairVariables,
  type PairsCase,
} from './simplicial-cases.ts';

describe.each(Object.entries(PAIRS))('%s', (_, setup) => {
  test.each(BACKENDS)('is the formula, and A is that of the result (%s)', (backend) => {
    const { module, inputs } = buildPairs(setup, backend);
    const output = module.forward(inputs);
    const expected = associatePairs(pairVariables({ module, inputs }), setup, module);
    expect(module.backend).toBe(backend);
    expect(output.shape).toEqual([setup.batch, setup.states, module.outputSize]);
    expect(distance(output.data, expected.output)).toBeLessThan(5e-6 * norm(expected.output));
    const { batch, states, stored } = setup;
    const weights = [];
    for (let b = 0; b < batch; b++) {
      for (let head = 0; head < module.heads; head++) {
        for (let i = 0; i < states; i++) {
          const { data, shape } = module.attention(b, head, i);
          expect(shape).toEqual([stored, stored]);
          weights.push(...data);
        }
      }
    }
    expect(distance(weights, expected.weights)).toBeLessThan(5e-6 * norm(expected.weights));
  });

  // Both backends leave the same bits (below), so one will do here.
  test('gradients of all inputs and parameters', () => {
    const { module, inputs } = buildPairs(setup);
    const { shape } = module.forward(inputs);
    const gradient = normal(new Random(setup.seed, 3), shape);
    const variables = pairVariables({ module, inputs });
    const gradients = { ...module.gradients(), ...module.backward(gradient) };
    const loss = (changed: Variables) =>
      associatePairs(changed, setup, module).output.reduce(
        (sum, x, k) => sum + x * gradient.data[k],
        0,
      );
    const expected = Object.keys(gradients).map((name) => {
      const { values, shape } = variables[name];
      return values.map((value, k) => {
        const moved = (by: number) => {
          const numbers = [...values];
          numbers[k] = value + by;
          return loss({ ...variables, [name]: { values: numbers, shape } });
        };
        return (moved(1e-5) - moved(-1e-5)) / 2e-5;
      });
    });
    const scale = norm(expected.map(norm));
    for (const [k, [name, { data }]] of Object.entries(gradients).entries()) {
      const bound = 1e-4 * norm(expected[k]) + 1e-6 * scale;
      expect(distance(data, expected[k]), name).toBeLessThan(bound);
    }
  });
});

const GENERATED = { seed: 20_261_129, numRuns: 40 };
const generated: fc.Arbitrary<PairsCase> = fc
  .record({
    seed: fc.nat(),
    batch: fc.integer({ min: 1, max: 3 }),
    states: fc.integer({ min: 1, max: 5 }),
    stored: fc.integer({ min: 1, max: 20 }),
    values: fc.boolean(),
    mask: fc.constantFrom('none', 'booleans', 'numbers3', 'heads'),
    storedMask: fc.boolean(),
    heads: fc.integer({ min: 1, max: 3 }),
    headSize: fc.integer({ min: 1, max: 6 }),
    updateSteps: fc.integer({ min: 1, max: 3 }),
    blank: fc.constantFrom(undefined, 0.5),
    window: fc.constantFrom(undefined, 2, [4, 1] as [number, number]),
    beta: fc.constantFrom(0.3, 3),
    layerNorm: fc.boolean(),
  })
  .map(({ heads, headSize, updateSteps, blank, window, beta, layerNorm, ...rest }) => ({
    ...rest,
    options: {
      stateSize: 5,
      storedSize: 4,
      valuesSize: rest.values ? 6 : 4,
      heads,
      headSize,
      updateSteps,
      beta,
      layerNorm,
      ...(blank !== undefined && { blank }),
      ...(window !== undefined && { window }),
    },
  })) as fc.Arbitrary<PairsCase>;

test('both backends leave the same bits', () => {
  const outcome = (setup: PairsCase, backend: (typeof BACKENDS)[number]) => {
    const { module, inputs } = buildPairs(setup, backend);
    const output = module.forward(inputs);
    const gradients = module.backward(normal(new Random(setup.seed, 3), output.shape));
    const [weights, energies] = [module.attention(0, 0, 0), module.energies(inputs)];
    return { output, gradients, weights, energies, own: module.gradients() };
  };
  fc.assert(
    fc.property(generated, (setup) => {
      expect(outcome(setup, 'wasm')).toEqual(outcome(setup, 'reference'));
    }),
    GENERATED,
  );
});

test('no sample depends on the others, and no update raises an energy', () => {
  const part = <T extends { data: ArrayLike<unknown>; shape: readonly number[] }>(
    x: T,
    b: number,
  ) => {
    const size = x.data.length / x.shape[0];
    const data = (x.data as unknown as Float32Array).slice(b * size, (b + 1) * size);
    return { ...x, data, shape: [1, ...x.shape.slice(1)] };
  };
  fc.assert(
    fc.property(generated, (setup) => {
      const { module, inputs } = buildPairs(setup);
      const output = module.forward(inputs);
      const gradient = normal(new Random(setup.seed, 3), output.shape);
      const gradients = module.backward(gradient);
      const { data: energies, shape } = module.energies(inputs);
      expect(shape).toEqual([
        setup.options.updateSteps! + 1,
        setup.batch,
        module.heads,
        setup.states,
      ]);
      const step = setup.batch * module.heads * setup.states;
      for (let k = step; k < energies.length; k++) {
        const before = energies[k - step];
        expect(energies[k]).toBeLessThanOrEqual(before + 1e-5 * (1 + Math.abs(before)));
        if (setup.options.blank === undefined && setup.mask !== 'numbers3')
          expect(energies[k]).toBeGreaterThan(-1e-5 * (1 + before));
      }
      for (let b = 0; b < setup.batch; b++) {
        const alone = Object.entries(inputs).map(([name, input]) => [name, part(input, b)]);
        expect(module.forward(Object.fromEntries(alone))).toEqual(part(output, b));
        const own = module.backward(part(gradient, b));
        for (const [name, value] of Object.entries(own)) {
          expect(value).toEqual(part(gradients[name as 'state'], b));
        }
      }
    }),
    GENERATED,
  );
});

describe('without projections it is an Association with the P² patterns K_j∘K_k', () => {
  const random = new Random(4);
  const state = normal(random, [2, 3, 5]);
  const stored = normal(random, [2, 4, 5]);
  const products: number[] = [];
  for (let b = 0; b < 2; b++) {
    for (let j = 0; j < 4; j++) {
      for (let k = 0; k < 4; k++) {
        for (let d = 0; d < 5; d++) {
          products.push(stored.data[(b * 4 + j) * 5 + d] * stored.data[(b * 4 + k) * 5 + d]);
        }
      }
    }
  }
  const pairs = tensor(products, [2, 16, 5]);

  test.each([1, 4])('result and energies of %i updates', (updateSteps) => {
    const options = { stateSize: 5, beta: 0.8, projections: false, updateSteps };
    const [simplicial, plain] = [new SimplicialAssociation(options), new Association(options)];
    const expected = plain.forward({ state, stored: pairs });
    expect(distance(simplicial.forward({ state, stored }).data, expected.data)).toBeLessThan(
      3e-6 * norm(expected.data),
    );
    const energies = plain.energies({ state, stored: pairs });
    const own = simplicial.energies({ state, stored });
    expect(own.shape).toEqual(energies.shape);
    expect(distance(own.data, energies.data)).toBeLessThan(3e-6 * norm(energies.data));
  });
});

describe('match-3 with exact weights', () => {
  // Sanford et al. 2023: is there a pair that sums with this one to 0 mod M? cos(a + b + c) =
  // (4/3) Σ_k cos(a − θ_k) cos(b − θ_k) cos(c − θ_k), θ_k = 2πk/3, and the blank pair stands between a match and the next best.
  test.each([
    [4, 11, 70],
    [6, 23, 387],
    [8, 37, 1157],
    [16, 149, 24951],
  ])('%i numbers below %i', (count, modulus, beta) => {
    const random = new Random(modulus);
    const blank = (1 + Math.cos((2 * Math.PI) / modulus)) / 2;
    const sizes = { stateSize: 2, valuesSize: 1, headSize: 3, outputSize: 1 };
    const layer = new SimplicialAssociation({ ...sizes, beta, blank, seed: 1 });
    const p = layer.parameters();
    const table = [0, 1, 2].map((k) => (2 * Math.PI * k) / 3);
    for (const [name, factor] of [
      ['state', 4 / 3],
      ['stored', 1],
      ['partners', 1],
    ] as const) {
      const rows = table.flatMap((t) => [factor * Math.cos(t), factor * Math.sin(t)]);
      p[`${name}.weight`].data.set(rows);
    }
    for (const name of ['values', 'partnerValues']) p[`${name}.weight`].data.set([1, 0, 0]);
    p['output.weight'].data.set([1, 0, 0]);
    const numbers = Array.from({ length: 200 * count }, () => random.below(modulus));
    const x = tensor(
      numbers.flatMap((n) => {
        const angle = (2 * Math.PI * n) / modulus;
        return [Math.cos(angle), Math.sin(angle)];
      }),
      [200, count, 2],
    );
    const values = tensor(new Float32Array(200 * count).fill(1), [200, count, 1]);
    const { data } = layer.forward({ state: x, stored: x, values });
    const matches = numbers.map((n, at) => {
      const from = at - (at % count);
      const sequence = numbers.slice(from, from + count);
      return sequence.some((a) => sequence.some((b) => (n + a + b) % modulus === 0));
    });
    expect(Array.from(data, (y) => y > 0.5)).toEqual(matches);
    expect(new Set(matches).size).toBe(2);
  });
});

test('a failed call leaves the layer as it was, and says what was expected', () => {
  const make = (options: object) => () =>
    new SimplicialAssociation({ stateSize: 4, ...options } as never);
  expect(make({ window: 0 })).toThrow('window is 0, expected a positive integer or Infinity');
  expect(make({ window: [1, 2, 3] })).toThrow('expected one number or two');
  expect(make({ window: [1, 1.5] })).toThrow('window[1] is 1.5, expected a positive integer');
  expect(make({ blank: Infinity })).toThrow(RangeError);
  expect(make({ blank: true })).toThrow(TypeError);
  expect(make({ tolerance: 1 })).toThrow('simplicial association options have no tolerance');
  expect(make({ storedSize: 5, projections: { partners: false } })).toThrow(
    'storedSize is 5, expected 4 (heads·headSize) without the partners projection',
  );
  const { module, inputs } = buildPairs(PAIRS['a window']);
  expect(() => module.attention(0, 0, 0)).toThrow('attention was called before forward');
  expect(() => module.backward(inputs.state)).toThrow('backward was called before forward');
  const output = module.forward(inputs);
  expect(() => module.attention(0, 2, 0)).toThrow('head is 2, expected an integer from 0 to 1');
  expect(() => module.forward({ ...inputs, mask: true as never })).toThrow(TypeError);
  expect(() => module.backward(tensor([], [0, 0, 0]))).toThrow('gradient has shape [0, 0, 0]');
  const gradient = normal(new Random(1), output.shape);
  const other = buildPairs(PAIRS['a window']);
  other.module.forward(other.inputs);
  expect(module.backward(gradient)).toEqual(other.module.backward(gradient));
});

test('starting values follow from the seed; what an Association has, too, is the same', () => {
  const options = { stateSize: 6, heads: 2, layerNorm: true, seed: 3 };
  const layer = new SimplicialAssociation({ ...options, blank: 0.5 });
  expect(layer.seed).toBe(3);
  const own = layer.parameters();
  for (const [name, value] of Object.entries(new Association(options).parameters())) {
    expect(own[name], name).toEqual(value);
  }
  const weights = ['stored', 'partners', 'values', 'partnerValues'].map(
    (name) => own[`${name}.weight`].data,
  );
  expect(new Set(weights.map(String)).size).toBe(4);
  expect(Array.from(own.blank.data)).toEqual([0.5, 0.5]);
  const drawn = new SimplicialAssociation({ stateSize: 6 });
  const again = new SimplicialAssociation({ stateSize: 6, seed: drawn.seed });
  expect(again.parameters()).toEqual(drawn.parameters());
});

test('with nothing stored every state gets the bias of the output, and has half its square', () => {
  const layer = new SimplicialAssociation({ stateSize: 2, projections: { state: false } });
  layer.parameters()['output.bias'].data.set([1, 2]);
  const inputs = { state: tensor([3, 4], [1, 1, 2]), stored: tensor([], [1, 0, 2]) };
  expect(Array.from(layer.forward(inputs).data)).toEqual([1, 2]);
  expect(Array.from(layer.energies(inputs).data)).toEqual([12.5, 0]);
  const { state, stored } = layer.backward(tensor([1, 1], [1, 1, 2]));
  expect([Array.from(state.data), stored.shape]).toEqual([
    [0, 0],
    [1, 0, 2],
  ]);
});
