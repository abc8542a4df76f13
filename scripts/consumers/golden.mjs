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
import {
  colouring,
  exact,
  hopfieldTank,
  IsingModel,
  maxCut,
  queens,
  solve,
  travellingSalesman,
} from 'hopfield-wasm/optimise';
import {
  Association,
  DenseMemory,
  Lookup,
  Pooling,
  SimplicialAssociation,
  tensor,
} from 'hopfield-wasm/layers';
import { BoltzmannMachine, RestrictedBoltzmannMachine } from 'hopfield-wasm/boltzmann';
import { openMemory } from 'hopfield-wasm/file';
import { readNpyPatterns, writeNpyPatterns, writePng } from 'hopfield-wasm/io';

/**
 * A file of four rows, as openMemory writes it (dimension 5, beta 4, the first four of the vectors below), without its zeros: where
 * a part stands, and its bytes.
 */
const FILE_SIZE = 1312;
const FILE_PARTS = `
  0 484f5046524f57534800000068aeba2b7b2276657273696f6e223a312c2264696d656e73696f6e223a352c2262657461223a342c2273696d696c6172697479223a22646f74222c22626c6f636b526f7773223a343039367d
  966 9040e314bf62
  997 80944067cae6e7
  1024 524f57533ce319dc000000000000000004000000000000009f690fb3000000000000000000009040
  1088 08a5c2841bcbf03f32bae80a0000004048175d34bae8f23f240237264a85f93f00000000e9a28b3ee9a20b3f5d74513f8c2eba3d
  1152 bae8223f2fba683f8c2e3a3e2fbae83e8c2e3a3f
  1184 e9a28b3ee9a20b3f5d74513f8c2eba3d8c2eba3e
  1216 2fba683f8c2e3a3e2fbae83e8c2e3a3f
  1248 444f4e455c1013fc
  1285 809340`;

function fileBytes() {
  const bytes = new Uint8Array(FILE_SIZE);
  for (const part of FILE_PARTS.trim().split('\n')) {
    const [start, hex] = part.trim().split(' ');
    for (let i = 0; 2 * i < hex.length; i++) {
      bytes[Number(start) + i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
    }
  }
  return bytes;
}

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
  const cities = vectors.slice(0, 6).map((vector) => [vector[0], vector[2]]);
  const proved = await exact(house.model, { seed: 1 });
  const tour = await solve(travellingSalesman(cities), { seed: 1, restarts: 2 });
  const tank = await hopfieldTank(cities, { seed: 1, runs: 1 });
  const board = await solve(queens(6), { seed: 1, restarts: 4 });

  const pooling = new Pooling({ storedSize: 5, heads: 2, headSize: 4, seed: 1 });
  const flat = Float32Array.from(vectors.flatMap((vector) => [...vector]));
  const pooled = pooling.forward({ stored: tensor(flat, [2, 6, 5]) });
  const wide = { stateSize: 5, heads: 1, seed: 1 };
  const state = tensor(flat.slice(0, 30), [2, 3, 5]);
  const stored = tensor(flat.slice(30), [2, 3, 5]);
  const association = new Association(wide);
  const associated = association.forward({ state, stored });
  const gradients = association.backward(associated);
  const looked = new Lookup({ ...wide, quantity: 3 }).forward({ state });
  const simplices = new SimplicialAssociation(wide).forward({ state, stored });
  const classes = new DenseMemory(5, 2, { memories: 4, seed: 1 }).forward(tensor(flat, [12, 5]));

  const restricted = new RestrictedBoltzmannMachine(64, 3);
  await restricted.train(patterns, { epochs: 2, seed: 1 });
  const boltzmann = new BoltzmannMachine(8);
  await boltzmann.train(
    patterns.map((pattern) => pattern.slice(0, 8)),
    { epochs: 2, seed: 1 },
  );
  const file = await openMemory(new Blob([fileBytes()]));
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
    proved.state,
    Float64Array.from(tour.solution.tour),
    Float64Array.from(tank.tour ?? []),
    board.state,
    pooled.data,
    associated.data,
    gradients.state.data,
    looked.data,
    simplices.data,
    classes.data,
    restricted.weights,
    restricted.sample({ steps: 3, seed: 1 }).states,
    boltzmann.couplings,
    (await file.recall(vectors[3])).state,
    readNpyPatterns(npy).patterns[4],
    writePng(patterns[0], [8, 8]),
  ];
  let digest = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of results) {
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
      digest = Math.imul(digest ^ byte, 0x01000193) >>> 0;
    }
  }
  const others = [dense, simplicial, modern, graded, frames, pairs, ising, pooling, association];
  const models = [hebbian, ...others, restricted, boltzmann, file];
  return {
    digest: digest.toString(16).padStart(8, '0'),
    backend: [...new Set(models.map(({ backend }) => backend))].join(' + '),
    reason: hebbian.backendReason,
  };
}

golden().then((result) => console.log(JSON.stringify(result)));
