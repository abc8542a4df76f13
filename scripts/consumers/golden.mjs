// The program every consumer runs: a few results of every entry, as one digest, and the backend that gave them.
// It is plain enough to be TypeScript as well. consumers.mjs changes its imports to what a consumer would write.
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
} from 'hopfield-wasm';
import { colouring, IsingModel, maxCut, solve } from 'hopfield-wasm/optimise';
import { Pooling, tensor } from 'hopfield-wasm/layers';
import { readNpyPatterns, writeNpyPatterns, writePng } from 'hopfield-wasm/io';

async function golden() {
  const random = new Random(5);
  const patterns = Array.from({ length: 6 }, () => random.signs(64));
  const cue = patterns[2].map((s, i) => (i % 9 === 0 ? -s : s));
  const vectors = Array.from({ length: 12 }, (_, k) =>
    Float32Array.from({ length: 5 }, (_, i) => Math.fround(((7 * k + 3 * i) % 11) / 11)),
  );

  const hebbian = new HopfieldNetwork(64).store(patterns);
  const projection = new HopfieldNetwork(64, { rule: 'projection' }).store(patterns);
  await hebbian.daydream({ epochs: 2, seed: 1 });
  const dense = new DenseAssociativeMemory(64, { separation: exponential() }).store(patterns);
  const simplicial = new SimplicialHopfieldNetwork(64).store(patterns);
  const modern = new ModernHopfieldNetwork(5, { beta: 4 }).store(vectors);
  const graded = new GradedHopfieldNetwork(64).store(patterns);
  const frames = new SequenceMemory(64).store(patterns);
  const pairs = new BidirectionalMemory(64, 64).store([[patterns[0], patterns[1]]]);

  const ising = new IsingModel(3, { couplings: [0, -1, -1, -1, 0, -1, -1, -1, 0] });
  const house = maxCut({
    vertices: 5,
    edges: [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
      [3, 4],
      [4, 2],
    ],
  });
  const ring = colouring(
    {
      vertices: 5,
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
        [4, 0],
      ],
    },
    3,
  );
  const cut = await solve(house, { seed: 1, restarts: 4 });
  const colours = await solve(ring, { seed: 1, restarts: 4 });

  const pooling = new Pooling({ storedSize: 5, heads: 2, headSize: 4, seed: 1 });
  const flat = Float32Array.from(vectors.flatMap((vector) => [...vector]));
  const pooled = pooling.forward({ stored: tensor(flat, [2, 6, 5]) });
  const npy = writeNpyPatterns({ patterns, shape: [8, 8] });

  const results = [
    hebbian.recall(cue, { seed: 3 }).state,
    hebbian.couplings,
    projection.recallMany([cue, patterns[0]], { update: 'stochastic', temperature: 0.4, seed: 3 })
      .energies,
    dense.recall(cue, { seed: 3 }).state,
    Float64Array.of(dense.energy(cue)),
    simplicial.recall(cue, { seed: 3 }).state,
    modern.recall(vectors[3]).state,
    graded.recall(cue).state,
    frames.next(cue),
    pairs.recall(cue).y,
    Float64Array.of(cut.cost, colours.cost, ising.energy([1, 1, -1])),
    cut.state,
    colours.state,
    pooled.data,
    readNpyPatterns(npy).patterns[4],
    writePng(patterns[0], [8, 8]),
  ];
  let digest = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of results) {
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
      digest = Math.imul(digest ^ byte, 0x01000193) >>> 0;
    }
  }
  const models = [hebbian, dense, simplicial, modern, graded, frames, pairs, ising, pooling];
  return {
    digest: digest.toString(16).padStart(8, '0'),
    backend: [...new Set(models.map(({ backend }) => backend))].join(' + '),
    reason: hebbian.backendReason,
  };
}

golden().then((result) => console.log(JSON.stringify(result)));
