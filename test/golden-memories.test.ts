/**
 * Digests of seeded runs of dense memories, modern networks, graded networks and layers: the same on every engine and both backends.
 *
 * A change of a digest is a change of results for everybody who wrote a seed down.
 */
import { describe, expect, test } from 'vitest';
import {
  DenseAssociativeMemory,
  exponential,
  exponentialSimplicial,
  GradedHopfieldNetwork,
  ModernHopfieldNetwork,
  polynomial,
  Random,
  rectifiedPolynomial,
  simplicial,
  SimplicialHopfieldNetwork,
  type ModernOptions,
  SequenceMemory,
  type ModernSeparation,
  type Separation,
  type SeparationChoice,
  type SequenceOptions,
  type SimplicialOptions,
} from '../src/index.ts';
import { Adam, Association, binaryCrossEntropy, tensor } from '../src/layers/index.ts';
import { separationNames } from '../src/dynamics/separation.ts';
import { hasPotential, type ModernSeparationName } from '../src/models/modern/separations.ts';
import { Digest } from './digest.ts';

const DENSE: { readonly [N in Separation['name']]: readonly [SeparationChoice, digest: string] } = {
  polynomial: [polynomial(3), '32b5165b'],
  'rectified-polynomial': [rectifiedPolynomial(7), '72aa0b66'],
  exponential: [exponential(0.4), '26aa56c4'],
  simplicial: [simplicial(3), 'de858b8b'],
  'exponential-simplicial': [exponentialSimplicial(2, 0.02), 'f9cee5dd'],
  table: [Float64Array.from({ length: 78 }, (_, k) => Math.abs(2 * k - 77)), '0126e70f'],
};

const SIMPLICIAL: [string, SimplicialOptions, string][] = [
  ['pairs and triples', {}, '0aef1d95'],
  ['exponential', { dimension: 3, exponential: 0.02 }, '415fc355'],
  ['diluted', { connections: { pairs: 0.5, triples: 0.3, tetrahedra: 0.2 }, seed: 4 }, 'aad0db24'],
];

const MODERN: { readonly [N in ModernSeparationName]: readonly [ModernOptions, digest: string] } = {
  softmax: [{ beta: 2 }, 'f57debf6'],
  sparsemax: [{ beta: 1, similarity: 'euclidean' }, '2625e31b'],
  entmax: [{ beta: 9, similarity: 'cosine' }, 'ee29dd8b'],
  'top-k': [{ beta: 2, separation: { name: 'top-k', k: 5 } }, '9425a528'],
  'log-sum-relu': [{ separation: { name: 'log-sum-relu', radius: 3.2 } }, '868762d1'],
};

const NOTHING: [ModernOptions, digest: string][] = [
  [{ beta: 2, nothing: 2.5 }, '699a8ffb'],
  [{ beta: 0.6, similarity: 'euclidean', separation: 'entmax', nothing: -1 }, 'ff02c91b'],
];

const SEQUENCES: [string, SequenceOptions, string][] = [
  ['linear', { separation: 'linear' }, '24bf80a6'],
  ['cubic', {}, '2c569070'],
  ['exponential', { separation: exponential(0.4) }, 'a0ed1d60'],
  ['slow', { separation: polynomial(2), hold: 3, strength: 2 }, 'caae581c'],
];

const GRADED: ['tanh' | 'logistic', string][] = [
  ['tanh', '9f9d68dd'],
  ['logistic', '06bfdbdc'],
];

const LAYERS = '0f58857a';

function reals(random: Random, count: number): Float32Array {
  return Float32Array.from({ length: count }, () => 2 * random.real() - 1);
}

describe.each(['wasm', 'reference'] as const)('%s', (backend) => {
  test.each(separationNames())('dense memory, %s', (name) => {
    const [separation, expected] = DENSE[name];
    const random = new Random(31);
    const memory = new DenseAssociativeMemory(75, { separation, backend });
    memory.store(random.signs(75 * 130));
    const cues = random.signs(75 * 4);
    const out = new Digest();
    for (const update of ['asynchronous', 'synchronous', 'stochastic'] as const) {
      const temperature = update === 'stochastic' ? 3 : undefined;
      const all = memory.recallMany(cues, { update, temperature, maxSweeps: 9, seed: 12 });
      out.bytes(all.states);
      out.doubles(all.energies);
      out.doubles(all.sweeps);
    }
    out.doubles(memory.fields(cues.subarray(0, 75)));
    expect(out.hex).toBe(expected);
  });

  test.each(SIMPLICIAL)('simplicial network, %s', (_, options, expected) => {
    const random = new Random(34);
    const network = new SimplicialHopfieldNetwork(75, { ...options, backend });
    network.store(random.signs(75 * 20));
    const cues = random.signs(75 * 4);
    const out = new Digest();
    for (const update of ['asynchronous', 'synchronous', 'stochastic'] as const) {
      const temperature = update === 'stochastic' ? 3 : undefined;
      const all = network.recallMany(cues, { update, temperature, maxSweeps: 9, seed: 12 });
      out.bytes(all.states);
      out.doubles(all.energies);
      out.doubles(all.sweeps);
    }
    out.doubles(network.fields(cues.subarray(0, 75)));
    out.doubles(network.weights ?? []);
    expect(out.hex).toBe(expected);
  });

  const modern: [string, readonly [ModernOptions, string]][] = [
    ...Object.entries(MODERN),
    ...NOTHING.map((one): [string, readonly [ModernOptions, string]] => ['nothing', one]),
  ];
  test.each(modern)('modern network, %s', (name, [options, expected]) => {
    const random = new Random(32);
    const network = new ModernHopfieldNetwork(21, {
      ...(name === 'nothing' ? {} : { separation: name as ModernSeparation }),
      ...options,
      backend,
    });
    network.store(reals(random, 21 * 150), reals(random, 4 * 150));
    const energy = options.similarity !== 'cosine' && hasPotential(network.separation);
    const all = network.recallMany(reals(random, 21 * 5), { steps: 6, energy });
    const out = new Digest();
    out.doubles(all.states);
    out.doubles(all.values!);
    out.doubles(all.entropies);
    if (energy) out.doubles(all.energies!);
    expect(out.hex).toBe(expected);
  });

  test.each(SEQUENCES)('sequences, %s', (_, options, expected) => {
    const random = new Random(35);
    const memory = new SequenceMemory(75, { ...options, backend });
    memory.store(random.signs(75 * 40)).store(random.signs(75 * 9), { cyclic: true });
    const out = new Digest();
    for (const { state, flips } of memory.recall(random.signs(75), { steps: 30 })) {
      out.bytes(state);
      out.doubles([flips]);
    }
    expect(out.hex).toBe(expected);
  });

  test.each(GRADED)('graded network, %s', (activation, expected) => {
    const random = new Random(34);
    const inputs = reals(random, 53).map((x) => x / 8);
    const network = new GradedHopfieldNetwork(53, { activation, gain: 7, inputs, backend });
    network.store(random.signs(53 * 4));
    const { state, outputs, u, energy, derivative, time } = network.recall(random.signs(53));
    const out = new Digest();
    out.bytes(state);
    out.doubles(outputs);
    out.doubles(u);
    out.doubles([energy, derivative, time]);
    for (const step of network.trajectory(reals(random, 53))) out.doubles([step.energy, step.time]);
    expect(out.hex).toBe(expected);
  });

  test('an association in training', () => {
    const random = new Random(33);
    const layer = new Association({
      stateSize: 6,
      heads: 2,
      headSize: 5,
      outputSize: 1,
      updateSteps: 3,
      layerNorm: true,
      seed: 1,
      backend,
    });
    const state = tensor(reals(random, 3 * 4 * 6), [3, 4, 6]);
    const stored = tensor(reals(random, 3 * 7 * 6), [3, 7, 6]);
    const targets = Array.from({ length: 12 }, () => random.below(2));
    const adam = new Adam({ rate: 0.01 });
    const out = new Digest();
    for (let step = 0; step < 5; step++) {
      const result = layer.forward({ state, stored });
      const { loss, gradient } = binaryCrossEntropy(tensor(result.data, [12]), targets);
      layer.zeroGradients();
      layer.backward(tensor(gradient.data, result.shape));
      adam.step(layer);
      out.doubles([loss]);
    }
    for (const { data } of Object.values(layer.parameters())) out.doubles(data);
    expect(out.hex).toBe(LAYERS);
  });
});
