/** Memories of every kind but classical ones, behind one face: what is stored, forgotten, and all that can be asked. */
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  exponential,
  GradedHopfieldNetwork,
  ModernHopfieldNetwork,
  polynomial,
  Random,
  SequenceMemory,
  SimplicialHopfieldNetwork,
  type AssociativeMemory,
} from '../../src/index.ts';
import type { BACKENDS } from './cases.ts';

export const N = 20;
type Backend = (typeof BACKENDS)[number];

/** A memory of any kind, of patterns of N signs or what is made of them. */
export interface Memory {
  store(patterns: Int8Array[]): void;
  forget(index: number): void;
  /** All that can be asked of it. */
  look(cue: Int8Array): unknown;
}

export function falling(
  memory: AssociativeMemory & { store(p: Int8Array[]): unknown; forget(k: number): unknown },
): Memory {
  return {
    store: (patterns) => void memory.store(patterns),
    forget: (index) => void memory.forget(index),
    look: (cue) => [
      memory.recall(cue, { seed: 1, top: 2 }),
      memory.energy(cue),
      memory.fields(cue),
      memory.overlaps(cue),
      memory.patterns,
      memory.save(),
    ],
  };
}

function modern(network: ModernHopfieldNetwork): Memory {
  const energetic = network.similarity !== 'cosine';
  return {
    store: (patterns) => {
      const scaled = patterns.map((p) => Float32Array.from(p, (s) => s * (1 + 0.5 * p[0])));
      network.store(scaled, { values: patterns.map((p) => Float32Array.from(p.subarray(0, 3))) });
    },
    forget: (index) => void network.forget(index),
    look: (cue) => [
      network.recall(cue),
      network.attention(cue),
      energetic && network.energy(cue),
      network.patterns,
      network.save(),
    ],
  };
}

function graded(network: GradedHopfieldNetwork): Memory {
  return {
    store: (patterns) => void network.store(patterns),
    forget: (index) => void network.forget(index),
    look: (cue) => [
      network.recall(cue),
      network.energy(Float64Array.from(cue, (s) => s * 0.5)),
      network.save(),
    ],
  };
}

function pairs(memory: BidirectionalMemory): Memory {
  const split = (p: Int8Array) => [p.subarray(0, 13), p.subarray(13)] as const;
  return {
    store: (patterns) => void memory.store(patterns.map(split)),
    forget: (index) => void memory.forget(index),
    look: (cue) => [
      memory.recall(split(cue)[0], { top: 2 }),
      memory.energy(...split(cue)),
      memory.save(),
    ],
  };
}

/** Each pattern is a sequence of its own, to its reverse. */
function sequences(memory: SequenceMemory): Memory {
  return {
    store: (patterns) => patterns.forEach((p) => memory.store([p, p.map((s) => -s)])),
    forget: (index) => void memory.forget(index),
    look: (cue) => [Array.from(memory.recall(cue, { steps: 3 })), memory.sequences, memory.save()],
  };
}

const simplices = Array.from({ length: 30 }, (_, k) =>
  [...new Random(k).sample(N, 2 + (k % 3))].sort((a, b) => a - b),
);

export const KINDS: [string, (backend: Backend) => Memory][] = [
  [
    'dense, cubic',
    (backend) => falling(new DenseAssociativeMemory(N, { separation: polynomial(3), backend })),
  ],
  [
    'dense, exponential',
    (backend) => falling(new DenseAssociativeMemory(N, { separation: exponential(), backend })),
  ],
  ['simplicial, complete', (backend) => falling(new SimplicialHopfieldNetwork(N, { backend }))],
  [
    'simplicial, listed',
    (backend) => falling(new SimplicialHopfieldNetwork(N, { simplices, backend })),
  ],
  ['graded', (backend) => graded(new GradedHopfieldNetwork(N, { backend }))],
  ...(['dot', 'cosine', 'euclidean'] as const).map(
    (similarity): [string, (b: Backend) => Memory] => [
      `modern, ${similarity}`,
      (backend) => modern(new ModernHopfieldNetwork(N, { similarity, beta: 0.3, backend })),
    ],
  ),
  [
    'modern, sparsemax',
    (backend) =>
      modern(new ModernHopfieldNetwork(N, { separation: 'sparsemax', beta: 0.1, backend })),
  ],
  ['bidirectional', (backend) => pairs(new BidirectionalMemory(13, N - 13, { backend }))],
  ['sequences', (backend) => sequences(new SequenceMemory(N, { backend }))],
];
