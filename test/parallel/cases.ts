/** Models of every kind with cues of theirs, small enough to run through many pools. */
import {
  BidirectionalMemory,
  DenseAssociativeMemory,
  exponential,
  GradedHopfieldNetwork,
  HopfieldNetwork,
  ModernHopfieldNetwork,
  Random,
  SequenceMemory,
  SimplicialHopfieldNetwork,
} from '../../src/index.ts';
import type { Pool } from '../../src/parallel/index.ts';

/** A call, on this thread and by a pool. */
export interface Case {
  readonly name: string;
  readonly here: () => unknown;
  readonly by: (pool: Pool) => Promise<unknown>;
}

const N = 40;
const random = new Random(11);
const patterns = Array.from({ length: 5 }, () => random.signs(N));
const labels = ['a', 'b', 7, 'd', 'e'];
/** Noisy patterns, and some that are far from any. */
const cues = Array.from({ length: 23 }, (_, k) =>
  k % 4 === 3 ? random.signs(N) : patterns[k % 5].map((s) => (random.real() < 0.2 ? -s : s)),
);
const flat = Int8Array.from(cues.flatMap((cue) => [...cue]));
const vectors = Array.from({ length: 12 }, () =>
  Float32Array.from({ length: 6 }, () => random.real()),
);
const queries = Array.from({ length: 17 }, () => Array.from({ length: 6 }, () => random.real()));

const hebbian = () => new HopfieldNetwork(N).store(patterns, { labels });
const modern = () =>
  new ModernHopfieldNetwork(6, { beta: 8 }).store(vectors, {
    values: vectors.map((v) => [v[0], -v[1]]),
    labels: vectors.map((_, k) => (k % 2 ? `v${k}` : undefined)) as string[],
  });
const dense = () => new DenseAssociativeMemory(N, { separation: exponential() }).store(patterns);
const drawn = () =>
  new SimplicialHopfieldNetwork(N, { connections: { pairs: 0.5, triples: 0.5 }, seed: 3 }).store(
    patterns,
  );

function associative(
  name: string,
  network: HopfieldNetwork | DenseAssociativeMemory | SimplicialHopfieldNetwork,
  given: Parameters<HopfieldNetwork['recallMany']>[0],
  options: Parameters<HopfieldNetwork['recallMany']>[1],
): Case {
  return {
    name,
    here: () => network.recallMany(given, options),
    by: (pool) => pool.recallMany(network, given, options),
  };
}

export async function cases(): Promise<Case[]> {
  const dreamt = await hebbian().daydream({ epochs: 3, seed: 1 });
  const memory = modern();
  const pairs = new BidirectionalMemory(N, 9).store(patterns.map((p, k) => [p, code(k)] as const));
  const graded = new GradedHopfieldNetwork(N, { gain: 8 }).store(patterns);
  const sequences = new SequenceMemory(N, { hold: 2 })
    .store(patterns.slice(0, 3), { cyclic: true, labels: ['a', 'b', 'c'] })
    .store(patterns.slice(3));
  const binary = new HopfieldNetwork(N, {
    units: 'binary',
    thresholds: new Float64Array(N).fill(0.1),
  });
  binary.store(patterns);
  const outputs = cues.map((cue) => Float64Array.from(cue, (s, i) => (i % 3 ? s : s / 2)));
  return [
    associative('Hebbian, flat cues', hebbian(), flat, { seed: 4_294_967_290, top: 2 }),
    associative('dreamt, stochastic', dreamt, cues, {
      update: 'stochastic',
      temperature: 0.5,
      seed: 5,
      maxSweeps: 7,
    }),
    associative(
      'binary units, booleans',
      binary,
      cues.map((cue) => Array.from(cue, (s) => s > 0)),
      {
        seed: 2,
        clamp: Array.from({ length: N }, (_, i) => i < 4),
      },
    ),
    associative('among some', hebbian(), cues, { seed: 1, among: { labels: ['a', 'd'] } }),
    associative(
      'the reference',
      new HopfieldNetwork(N, { rule: 'storkey', backend: 'reference' }).store(patterns),
      cues,
      { update: 'synchronous', seed: 0 },
    ),
    associative('dense', dense(), cues, { seed: 9 }),
    associative('simplicial', drawn(), cues, { seed: 9 }),
    {
      name: 'modern',
      here: () => memory.recallMany(queries, { steps: 3, top: 2, energy: true }),
      by: (pool) => pool.recallMany(memory, queries, { steps: 3, top: 2, energy: true }),
    },
    {
      name: 'bidirectional',
      here: () => [0, 1, 2, 3].map((k) => pairs.recall(code(k), { from: 'y', top: 1 })),
      by: (pool) => pool.recallMany(pairs, [0, 1, 2, 3].map(code), { from: 'y', top: 1 }),
    },
    {
      name: 'sequences',
      here: () => cues.map((cue) => [...sequences.recall(cue, { steps: 4, quantile: 0.1 })]),
      by: (pool) => pool.recallMany(sequences, cues, { steps: 4, quantile: 0.1 }),
    },
    {
      name: 'graded',
      here: () => outputs.map((cue) => graded.recall(cue)),
      by: (pool) => pool.recallMany(graded, outputs),
    },
  ];
}

function code(k: number): Int8Array {
  return Int8Array.from({ length: 9 }, (_, i) => ((k >> (i % 3)) & 1 ? 1 : -1));
}
