// What consumers of pools run: calls of a pool, compared with this thread's, as a digest, and where they were worked on.
// As golden.mjs it is plain enough to be TypeScript as well.
import { HopfieldNetwork, ModernHopfieldNetwork, Random } from 'hopfield-wasm';
import { anneal, maxCut, solve } from 'hopfield-wasm/optimise';
import { Pool } from 'hopfield-wasm/parallel';

async function golden() {
  const random = new Random(5);
  const patterns = Array.from({ length: 6 }, () => random.signs(64));
  const cues = Array.from({ length: 20 }, () => random.signs(64));
  const vectors = Array.from({ length: 12 }, () =>
    Float32Array.from({ length: 5 }, () => random.real()),
  );
  const network = new HopfieldNetwork(64, { rule: 'projection' }).store(patterns);
  const modern = new ModernHopfieldNetwork(5, { beta: 4 }).store(vectors);
  const problem = maxCut({
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
  const options = { seed: 1, restarts: 4 };
  const here = [
    network.recallMany(cues, { seed: 3 }).states,
    modern.recallMany(vectors).states,
    (await solve(problem, options)).state,
    (await anneal(problem.model, options)).energies,
  ];
  const pool = new Pool({ workers: 2 /* or a worker */ });
  const there = [
    (await pool.recallMany(network, cues, { seed: 3 })).states,
    (await pool.recallMany(modern, vectors)).states,
    (await pool.solve(problem, options)).state,
    (await pool.solver(anneal)(problem.model, options)).energies,
  ];
  await pool.dispose();
  const [digest, expected] = [there, here].map((results) => {
    let hash = 0x811c9dc5;
    for (const { buffer, byteOffset, byteLength } of results) {
      for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
        hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
      }
    }
    return hash.toString(16).padStart(8, '0');
  });
  if (digest !== expected) throw new Error(`the pool gave ${digest}, this thread ${expected}`);
  return { digest, backend: pool.kind, reason: pool.reason };
}

golden().then((result) => console.log(JSON.stringify(result)));
