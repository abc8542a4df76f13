/** A pool of two workers against one thread, and what a call costs that is too small for it. */
import { HopfieldNetwork, ModernHopfieldNetwork, Random } from '../../dist/index.js';
import { anneal, IsingModel } from '../../dist/optimise.js';
import { Pool } from '../../dist/parallel.js';
import { checkEqual, checkSame } from '../equal.mjs';
import { noisyCues, noisyQueries, randomPatterns, randomVectors, SEED } from '../inputs.mjs';
import { consume } from '../measure.mjs';

/** What two cores are to give, for calls that take 50 ms and more. */
const TARGET = 1.8;

/** @param {import('../report.mjs').Report} report */
export async function parallel(report) {
  const pool = new Pool({ workers: 2 });
  try {
    await classical(report, pool);
    await modern(report, pool);
    await distributed(report, pool);
    await annealing(report, pool);
    await smallCall(report, pool);
  } finally {
    await pool.dispose();
  }
}

async function classical(report, pool) {
  const patterns = randomPatterns(1024, 100);
  const network = new HopfieldNetwork(1024).store(patterns);
  for (const count of [2000, 20_000]) {
    const cues = noisyCues(patterns, 1024, count);
    const options = { seed: 1 };
    checkSame(
      await pool.recallMany(network, cues, options),
      network.recallMany(cues, options),
      'recallMany, pool against one thread',
    );
    await race(report, `recallMany, ${count} cues, N = 1024, P = 100`, {
      by: async () => (await pool.recallMany(network, cues, options)).sweeps[0],
      here: () => network.recallMany(cues, options).sweeps[0],
    });
  }
}

async function modern(report, pool) {
  const random = new Random(SEED);
  const vectors = (count) => Float32Array.from({ length: count * 384 }, () => random.real() - 0.5);
  const memory = new ModernHopfieldNetwork(384, { beta: 10 }).store(vectors(5000));
  const queries = vectors(500);
  checkSame(
    await pool.recallMany(memory, queries),
    memory.recallMany(queries),
    'modern recallMany, pool against one thread',
  );
  await race(report, 'modern recallMany, 500 queries, 5,000 vectors, d = 384', {
    by: async () => (await pool.recallMany(memory, queries)).steps[0],
    here: () => memory.recallMany(queries).steps[0],
  });
}

/** One memory of embeddings whose blocks are dealt out once: a query is worked on by all workers. */
async function distributed(report, pool) {
  const count = 100_000;
  const vectors = randomVectors(384, count);
  const memory = new ModernHopfieldNetwork(384, { beta: 10 }).store(vectors);
  const queries = noisyQueries(vectors, 384, 64);
  const dealt = pool.distribute(memory);
  try {
    for (const many of [1, 64]) {
      const some = queries.subarray(0, many * 384);
      checkSame(
        await dealt.recallMany(some),
        memory.recallMany(some),
        'recallMany, distributed against one thread',
      );
      await race(
        report,
        `distribute, ${many === 1 ? 'one query' : '64 queries'}, P = ${count}, d = 384`,
        {
          by: async () => (await dealt.recallMany(some)).steps[0],
          here: () => memory.recallMany(some).steps[0],
        },
      );
    }
  } finally {
    await dealt.dispose();
  }
}

async function annealing(report, pool) {
  const random = new Random(SEED);
  const couplings = Float32Array.from({ length: 500 * 500 }, () => random.sign());
  const model = new IsingModel(500, { couplings });
  const options = { restarts: 20, sweeps: 500, seed: 1 };
  const pooled = pool.solver(anneal);
  const [there, here] = [await pooled(model, options), await anneal(model, options)];
  checkEqual(there.energies, here.energies, 'energies of runs, pool against one thread');
  await race(report, 'anneal, 20 runs, 500 spins', {
    by: async () => (await pooled(model, options)).sweeps,
    here: async () => (await anneal(model, options)).sweeps,
  });
}

function race(report, task, { by, here }) {
  return report.race({
    task: `pool of 2 workers: ${task}`,
    equal: 'the results of the pool equal those of one thread',
    wasm: { run: async () => consume(await by()), time: 3000, async: true, wall: true },
    against: 'one thread:',
    rival: { run: async () => consume(await here()), time: 3000, async: true, wall: true },
    target: TARGET,
  });
}

/** One cue that takes next to nothing: what is left is the way there and back. */
async function smallCall(report, pool) {
  const network = new HopfieldNetwork(16).store(new Random(SEED).signs(16));
  const cue = network.patterns[0];
  const row = await report.race({
    task: 'pool of 2 workers: recallMany of one cue, N = 16',
    equal: 'nothing: this is about the time alone',
    wasm: {
      run: async () => consume((await pool.recallMany(network, cue, { seed: 1 })).sweeps[0]),
      async: true,
      wall: true,
    },
    against: 'one thread:',
    rival: { run: () => consume(network.recallMany(cue, { seed: 1 }).sweeps[0]), wall: true },
  });
  const overhead = row.wasm.min - row.rival.min;
  report.figure({
    figure: 'what a call of a pool costs beside the work, workers at hand, network sent',
    measured: `${overhead.toFixed(2)} ms`,
    target: '1 ms',
    reached: overhead <= 1,
  });
}
