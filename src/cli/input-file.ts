/**
 * Files that are read whole, no longer than their kind may be: what is larger is refused before it is read. Pipes and
 * devices, which have no size, are read until they end or are too long.
 */

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { Failure } from './failure.ts';

const MIB = 2 ** 20;

/** The most bytes of each kind of file. */
const MOST = {
  /** A saved network: as much as a buffer of every supported Node holds. */
  network: 2 ** 31 - 1,
  /** A number for each of the 2³⁰ neurons × patterns that a network can hold, in a byte. */
  npy: 2 ** 30 + MIB,
  /** 2,097,151 pixels, in the largest kind of sample, hardly compressed. */
  png: 64 * MIB,
  /** Text of nothing but line ends takes 25 times its length in memory to be read; this holds all digits of MNIST. */
  grid: 64 * MIB,
  /** Likewise, 65 times: 2 GB. More than two million edges fit. */
  problem: 32 * MIB,
};

const CHUNK = MIB;

/** The content of a file. @throws Failure when it is a folder, or too large for its kind */
export function readInput(path: string, kind: keyof typeof MOST): Buffer {
  const file = openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw new Failure(`${path}: is a folder, expected a file`);
    const most = MOST[kind];
    if (stat.size > most) throw tooLarge(path, `${stat.size} bytes`, most);
    if (stat.isFile() && stat.size > 0) return readFileSync(file);
    return readToTheEnd(path, file, most);
  } finally {
    closeSync(file);
  }
}

function readToTheEnd(path: string, file: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; ;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const size = readSync(file, chunk);
    if (size === 0) return Buffer.concat(chunks, total);
    total += size;
    if (total > most) throw tooLarge(path, `more than ${most} bytes`, most);
    chunks.push(chunk.subarray(0, size));
  }
}

function tooLarge(path: string, found: string, most: number): Failure {
  return new Failure(`${path}: ${found}, expected at most ${most}`);
}
