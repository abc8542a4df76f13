/** Saved models by hand: what they say of themselves, and their sections. */
import { BoltzmannMachine, RestrictedBoltzmannMachine } from '../../src/boltzmann/index.ts';
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  SequenceMemory,
  SimplicialHopfieldNetwork,
} from '../../src/index.ts';
import { forge } from './forge.ts';

export const MODELS = {
  HopfieldNetwork,
  DenseAssociativeMemory,
  SimplicialHopfieldNetwork,
  ModernHopfieldNetwork,
  GradedHopfieldNetwork,
  BidirectionalMemory,
  SequenceMemory,
  BoltzmannMachine,
  RestrictedBoltzmannMachine,
};
export type Name = keyof typeof MODELS;

export const ints = (...values: number[]) => new Uint8Array(Int32Array.from(values).buffer);
export const shorts = (...values: number[]) => new Uint8Array(Int16Array.from(values).buffer);
export const doubles = (...values: number[]) => new Uint8Array(Float64Array.from(values).buffer);
export const singles = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
export const none = new Uint8Array(0);

/** What a network of three neurons says of itself. */
export const bare = {
  neurons: 3,
  rule: { name: 'hebbian' },
  units: 'bipolar',
  selfCoupling: false,
  representation: 'auto',
  patterns: 0,
  couplings: null,
  dreamt: false,
  symmetric: true,
  selfActing: false,
  learning: null,
};
export const given = { ...bare, couplings: { kind: 'i32', scale: 0.5 }, dreamt: true };
export const faded = {
  ...bare,
  rule: { name: 'palimpsest', bound: 2 },
  patterns: 1,
  couplings: { kind: 'i16', scale: 1 / 3 },
};
const taught = {
  ...bare,
  rule: { name: 'perceptron', margin: 0, maxEpochs: 1000 },
  patterns: 1,
  couplings: { kind: 'i32', scale: 0.5 },
  symmetric: false,
  learning: { converged: true, epochs: 2 },
};
export const symmetric = ints(0, 5, 7, 5, 0, 3, 7, 3, 0);

export const dense = { neurons: 3, separation: { name: 'polynomial', degree: 3 }, patterns: 1 };
const complete = { neurons: 4, patterns: 0, complex: { dimension: 2 } };
export const drawn = {
  neurons: 4,
  patterns: 0,
  complex: { connections: { pairs: 1, triples: 0, tetrahedra: 0, budget: 3 }, seed: 1 },
};
export const listed = {
  neurons: 4,
  patterns: 0,
  complex: {},
  sizes: [
    [2, 1],
    [3, 1],
  ],
};
export const modern = { dimension: 2, beta: 1, similarity: 'dot', separation: 'softmax' };
export const graded = { neurons: 2, activation: 'tanh', gain: 1, timeConstant: 1, patterns: 0 };

export const restricted = { visible: 3, hidden: 2, units: 'binary', hiddenUnits: 'gaussian' };

const sequences = {
  neurons: 3,
  separation: { name: 'exponential', beta: 1 },
  hold: 2,
  strength: 1.5,
  sequences: [
    { length: 2, cyclic: true },
    { length: 1, cyclic: false },
  ],
};

/** Files that are all right, for the changes below. */
export const VALID: [Name, Record<string, unknown>, Uint8Array[]][] = [
  ['HopfieldNetwork', bare, [none, none, none]],
  ['HopfieldNetwork', given, [none, doubles(1, 0, -1), symmetric]],
  ['HopfieldNetwork', faded, [Uint8Array.of(3), none, shorts(0, 1, -1, 1, 0, -1, -1, -1, 0)]],
  ['HopfieldNetwork', taught, [Uint8Array.of(3), none, symmetric]],
  ['DenseAssociativeMemory', dense, [Uint8Array.of(3)]],
  ['SimplicialHopfieldNetwork', complete, [none, none]],
  ['SimplicialHopfieldNetwork', drawn, [none, none]],
  ['SimplicialHopfieldNetwork', listed, [none, ints(0, 1, 1, 2, 3)]],
  ['ModernHopfieldNetwork', modern, [singles(1, 2, 3, 4), singles(5, 6)]],
  [
    'BidirectionalMemory',
    { xNeurons: 3, yNeurons: 9, patterns: 1 },
    [Uint8Array.of(3), Uint8Array.of(5, 1)],
  ],
  ['SequenceMemory', sequences, [Uint8Array.of(3, 5, 1)]],
  ['BoltzmannMachine', { neurons: 2 }, [singles(0, 0.5, 0.5, 0), singles(1, -1)]],
  [
    'RestrictedBoltzmannMachine',
    restricted,
    [singles(1, 2, 3, 4, 5, 6), singles(1, 2, 3), singles(1, 2)],
  ],
  ['GradedHopfieldNetwork', graded, [none, doubles(0, 1), doubles(0, 2, 2, 0)]],
];

/** A version 1 file with the lengths that its sections have, unless it says otherwise, loaded. */
export function load(name: Name, description: object, sections: Uint8Array[], options = {}) {
  const lengths = sections.map((section) => section.length);
  const all = { model: name, sections: lengths, ...description };
  return MODELS[name].load(forge(1, all, sections), options);
}
