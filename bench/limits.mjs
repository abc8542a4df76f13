/**
 * The limits of this machine, measured in wasm on one thread: bytes a millisecond by where they lie, and
 * operations a millisecond. What bounds a kernel is the one of these that takes longest for the work that
 * its recipe cannot do without.
 */
import { compile } from './compile.mjs';
import { consume, time } from './measure.mjs';

/** Sizes that fit each level with room to spare, on machines of this decade. */
const LEVELS = [
  ['L1', 16384],
  ['L2', 262144],
  ['L3', 4194304],
  ['memory', 268435456],
];
const ROUNDS = 20000;

export class Limits {
  /** Bytes a millisecond, by level. */
  read = {};
  update = {};
  /** Operations on 16 bytes (f64x2: 2 products) a millisecond. */
  adds = 0;
  popcounts = 0;
  swizzles = 0;
  products = 0;
  draws = 0;

  static async measure() {
    const limits = new Limits();
    const { memory, ...probe } = new WebAssembly.Instance(await compile('probe.ts')).exports;
    memory.grow(LEVELS.at(-1)[1] / 65536 + 1);
    // Pages that were never written to are all one and the same.
    new Uint8Array(memory.buffer).fill(1);
    const rate = async (amount, run) => amount / (await time({ run, time: 200 })).min;
    for (const [level, bytes] of LEVELS) {
      const rounds = Math.ceil(1048576 / bytes);
      const repeat = (work) => () => {
        for (let k = 0; k < rounds; k++) consume(Number(work(65536, bytes) ?? 0));
      };
      limits.read[level] = await rate(rounds * bytes, repeat(probe.read));
      limits.update[level] = await rate(rounds * bytes, repeat(probe.update));
    }
    const each = { adds: 12, popcounts: 4, swizzles: 4, products: 8, draws: 1 };
    for (const [name, count] of Object.entries(each)) {
      limits[name] = await rate(count * ROUNDS, () => consume(Number(probe[name](ROUNDS))));
    }
    return limits;
  }

  /** Where a thing of so many bytes stays when it is used again and again. @param {number} bytes */
  level(bytes) {
    if (bytes <= 2 * LEVELS[0][1]) return 'L1';
    if (bytes <= 3 * LEVELS[1][1]) return 'L2';
    return bytes <= 5 * LEVELS[2][1] ? 'L3' : 'memory';
  }

  /** Milliseconds to read `bytes` out of a thing of `of` bytes. */
  reading(bytes, of = bytes) {
    return bytes / this.read[this.level(of)];
  }

  /** Milliseconds to read, change and write `bytes` of a thing of `of` bytes. */
  updating(bytes, of = bytes) {
    return bytes / this.update[this.level(of)];
  }

  /** For the report. */
  lines() {
    const giga = (perMs, unit) => `${(perMs / 1e6).toFixed(1)} ${unit}`;
    const lines = [];
    for (const [level] of LEVELS) {
      lines.push({ limit: `read, ${level}`, measured: giga(this.read[level], 'GB/s') });
      lines.push({ limit: `read and write, ${level}`, measured: giga(this.update[level], 'GB/s') });
    }
    lines.push(
      { limit: 'i8x16.add', measured: giga(this.adds, 'G/s') },
      { limit: 'xor, i8x16.popcnt, add', measured: giga(this.popcounts, 'G/s') },
      { limit: 'i8x16.swizzle, add', measured: giga(this.swizzles, 'G/s') },
      { limit: 'f64x2.mul, f64x2.add', measured: giga(this.products, 'G/s') },
      { limit: 'random index', measured: giga(this.draws, 'G/s') },
    );
    return lines;
  }
}
