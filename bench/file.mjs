/**
 * A memory in a file, past what memory holds: `node bench/file.mjs [--rows 1000000] [--dimension 384] [--beta 100]
 * [--path memory.rows] [--keep]`, after a build. The file has 4·d + d + 32 bytes a row: 19 GB for ten million.
 *
 * Stores random vectors of norm 1 with codes, in a process of its own, then recalls in another, whose memory is told. What
 * recall is compared with: reading as many bytes as there are codes from the same file, once.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMemory } from '../dist/file.js';
import { Random } from '../dist/index.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    dimension: { type: 'string', default: '384' },
    beta: { type: 'string', default: '100' },
    path: { type: 'string', default: join(tmpdir(), 'hopfield-bench.rows') },
    keep: { type: 'boolean', default: false },
    part: { type: 'string' },
  },
});
const [rows, dimension, beta] = [values.rows, values.dimension, values.beta].map(Number);
const { path } = values;
/** Rows stored at a time: two blocks. */
const BATCH = 8192;

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
const seconds = (ms) => `${(ms / 1000).toFixed(ms < 1000 ? 3 : 1)} s`;
const peak = () => megabytes(process.resourceUsage().maxRSS * 1024);

/** Rows from … on, of norm 1. */
function unitRows(from, count) {
  const random = new Random(1982, from);
  const out = new Float32Array(count * dimension);
  for (let k = 0; k < count; k++) {
    let square = 0;
    const at = k * dimension;
    for (let i = 0; i < dimension; i++) {
      const x = random.real() - 0.5;
      out[at + i] = x;
      square += x * x;
    }
    for (let i = 0; i < dimension; i++) out[at + i] /= Math.sqrt(square);
  }
  return out;
}

async function store() {
  const memory = await openMemory(path, { dimension, beta, codes: 'int8' });
  const start = performance.now();
  for (let from = 0; from < rows; from += BATCH) {
    await memory.store(unitRows(from, Math.min(BATCH, rows - from)));
  }
  await memory.close();
  console.log(`stored ${rows} rows in ${seconds(performance.now() - start)}, peak ${peak()}`);
}

/** Milliseconds that reading so many bytes takes. */
function readOnce(bytes) {
  const file = openSync(path, 'r');
  const buffer = new Uint8Array(2 ** 21);
  const start = performance.now();
  for (let at = 0; at < bytes; at += buffer.length) readSync(file, buffer, 0, buffer.length, at);
  closeSync(file);
  return performance.now() - start;
}

async function recall() {
  const memory = await openMemory(path, { beta });
  const wanted = Math.floor(rows / 2);
  const batch = Math.floor(wanted / BATCH) * BATCH;
  const all = unitRows(batch, wanted - batch + 1);
  const random = new Random(1);
  const query = all
    .subarray(all.length - dimension)
    .map((x) => x + (random.real() - 0.5) * Math.sqrt(3 / dimension));
  const codes = rows * (dimension + 16);
  for (const round of ['first', 'second', 'third']) {
    const start = performance.now();
    const { match, read } = await memory.recall(query, { error: 0 });
    const took = performance.now() - start;
    if (match.index !== wanted) throw new Error(`row ${match.index}, expected ${wanted}`);
    const reading = readOnce(codes);
    console.log(
      `${round} recall ${seconds(took)}, ${read.rows} rows read of ${rows}; ` +
        `reading ${megabytes(codes)}, the size of the codes: ${seconds(reading)}; peak ${peak()}`,
    );
  }
  await memory.close();
}

if (values.part === 'store') await store();
else if (values.part === 'recall') await recall();
else {
  try {
    for (const part of ['store', 'recall']) {
      const child = spawnSync(process.execPath, [...process.argv.slice(1), '--part', part], {
        stdio: 'inherit',
      });
      if (child.status !== 0) process.exit(1);
      if (part === 'store') console.log(`${path}: ${megabytes(statSync(path).size)}`);
    }
  } finally {
    if (!values.keep) rmSync(path, { force: true });
  }
}
