/** numpy on one thread, in a Python of its own that times itself: numpy.py has what a numpy user writes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('numpy_peer.py', import.meta.url));
const ONE_THREAD = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
/** Names of numpy for typed arrays. */
const TYPES = { Int8Array: 'i1', Uint8Array: 'u1', Float32Array: 'f4', Float64Array: 'f8' };
const ARRAYS = { f4: Float32Array, f8: Float64Array };

export class Numpy {
  #child;
  #lines;
  #folder = mkdtempSync(join(tmpdir(), 'hopfield-numpy-'));
  #files = 0;
  version;

  /** One that runs, or undefined where python3 has no numpy. @returns {Promise<Numpy | undefined>} */
  static async start() {
    const numpy = new Numpy();
    try {
      numpy.version = (await numpy.#answer()).numpy;
      return numpy;
    } catch {
      numpy.close();
      return undefined;
    }
  }

  constructor() {
    const env = { ...process.env, ...ONE_THREAD };
    // What is set there for other programs makes numpy slower.
    delete env.OPENBLAS_CORETYPE;
    delete env.OPENBLAS_L2_SIZE;
    this.#child = spawn('python3', [SCRIPT], { env });
    this.said = '';
    this.#child.stderr.on('data', (text) => (this.said += text));
    this.#child.on('error', (error) => (this.said += error.message));
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Computes a task of numpy_peer.py once.
   *
   * @param {string} task
   * @param {Record<string, { data: ArrayBufferView, shape: number[] }>} arrays
   * @param {Record<string, number>} [options]
   * @returns {Promise<{ result: Float32Array | Float64Array, sample: (time: number) => Promise<number[]> }>}
   */
  async open(task, arrays, options = {}) {
    const inputs = Object.entries(arrays).map(([name, { data, shape }]) => {
      const file = join(this.#folder, `${this.#files++}`);
      writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return { name, file, type: TYPES[data.constructor.name], shape };
    });
    const out = join(this.#folder, 'result');
    const { type, key } = await this.#ask({ task, inputs, options, out });
    for (const { file } of inputs) rmSync(file);
    const bytes = Uint8Array.from(readFileSync(out));
    const sample = async (time) => (await this.#ask({ key, time })).samples;
    return { result: new ARRAYS[type](bytes.buffer), sample };
  }

  /** Forgets what was opened, and so its memory. */
  async clear() {
    await this.#ask({ clear: true });
  }

  close() {
    this.#child.stdin.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ask(question) {
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    return this.#answer();
  }

  async #answer() {
    const { value } = await this.#lines.next();
    if (value === undefined) throw new Error(`python3 ended: ${this.said}`);
    return JSON.parse(value);
  }
}
