/**
 * Association beside torch.nn.MultiheadAttention, forward and backward, each on one thread, in processor time (which a busy
 * machine changes little). `npm run bench:layers -- python3`, where that Python has torch.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Association, Random, tensor } from '../../dist/layers.js';
import { checkClose } from '../equal.mjs';
import { SEED } from '../inputs.mjs';
import { duration, printTable } from '../report.mjs';

const SHAPES = [
  { batch: 16, states: 16, stored: 16, heads: 4, headSize: 8 },
  { batch: 32, states: 64, stored: 64, heads: 8, headSize: 8 },
  { batch: 32, states: 64, stored: 64, heads: 8, headSize: 32 },
  { batch: 8, states: 128, stored: 128, heads: 8, headSize: 8 },
  { batch: 1, states: 512, stored: 512, heads: 8, headSize: 8 },
  { batch: 1, states: 512, stored: 512, heads: 8, headSize: 64 },
];
const SECONDS = 1.5;
const TOLERANCE = 1e-4;
const [python = 'python3'] = process.argv.slice(2);
const script = fileURLToPath(new URL('layers.py', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'layers-'));
try {
  let torch = '';
  const table = SHAPES.map((shape) => {
    const { ours, theirs, version } = compare(shape);
    torch = version;
    const { batch, states, stored, heads, headSize } = shape;
    const times = [duration(ours), duration(theirs), (ours / theirs).toFixed(2)];
    return [batch, states, stored, `${heads} of ${headSize}`, ...times].map(String);
  });
  printTable(
    ['batch', 'states', 'stored', 'heads', 'Association', `torch ${torch}`, 'ratio'],
    table,
  );
  console.log(
    `- Results and gradients agree to within ${TOLERANCE} of the largest number in them.`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

/** The least processor time of both, in milliseconds. */
function compare({ batch, states, stored, heads, headSize }) {
  const features = heads * headSize;
  const layer = new Association({ stateSize: features, heads, seed: SEED });
  const inputs = {
    state: randomTensor(0, [batch, states, features]),
    stored: randomTensor(1, [batch, stored, features]),
  };
  const gradient = randomTensor(2, [batch, states, features]);
  for (const [name, { data }] of Object.entries({ ...inputs, gradient, ...layer.parameters() })) {
    writeFileSync(join(folder, name), data);
  }
  const step = () => {
    layer.zeroGradients();
    const result = layer.forward(inputs);
    return { result, slope: layer.backward(gradient).stored };
  };
  const given = { batch, states, stored, heads, headSize, seconds: SECONDS };
  const answer = execFileSync(python, [script, folder, JSON.stringify(given)], {
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  const { milliseconds, version } = JSON.parse(answer);
  for (const [name, { data }] of Object.entries(step())) {
    const bytes = readFileSync(join(folder, name));
    checkClose(data, new Float32Array(new Uint8Array(bytes).buffer), TOLERANCE, name);
  }
  let least = Infinity;
  const end = performance.now() + 1000 * SECONDS;
  while (performance.now() < end) {
    const start = process.cpuUsage();
    step();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
  }
  return { ours: least, theirs: milliseconds, version };
}

/** Numbers from −1 to 1. @param {number} stream @param {number[]} shape */
function randomTensor(stream, shape) {
  const random = new Random(SEED, stream);
  const count = shape.reduce((product, size) => product * size);
  return tensor(
    Float32Array.from({ length: count }, () => 2 * random.real() - 1),
    shape,
  );
}
