/**
 * Files that are read whole, no longer than their kind may be: what is larger is refused before it is read. Pipes and
 * devices, which have no size, are read until they end or are too long. `-` is standard input.
 */

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { Failure } from './failure.ts';

const MIB = 2 ** 20;

/** The most bytes of each kind of file. */
const MOST = {
  /** A saved network: as much as a buffer of every supported Node holds. */
  network: 2 ** 31 - 1,
  /** A number for each of the 2³⁰ neurons × patterns that a network can hold, in a byte. */
  array: 2 ** 30 + MIB,
  /**
   * Pictures: 2,097,151 pixels, in the largest kind of sample, hardly compressed. Text: a digit a line takes 32 times
   * its length in memory to be read; this holds all digits of MNIST.
   */
  patterns: 64 * MIB,
  /** Likewise, 70 times: 2 GB. More than two million edges fit. */
  problem: 32 * MIB,
};

const CHUNK = MIB;

type Kind = keyof typeof MOST;

/** As much of a file as tells its kind, or more. */
const START = 16;

/** Whether a path stands for standard input or output. */
export function isStandard(path: string): boolean {
  return path === '-';
}

/** What to call an input in messages. */
export function inputName(path: string): string {
  return isStandard(path) ? 'standard input' : path;
}

/** A name under which the system knows an input. */
export function systemPath(path: string): string {
  return isStandard(path) ? '/dev/stdin' : path;
}

/**
 * The content of a file.
 *
 * @param kind - what it is to be, or what its first bytes say that it is
 * @throws Failure when it is a folder, or too large for its kind
 */
export function readInput(path: string, kind: Kind | ((start: Buffer) => Kind)): Buffer {
  const mostFor = (start: Buffer) => MOST[typeof kind === 'string' ? kind : kind(start)];
  if (isStandard(path)) return readToTheEnd(path, 0, mostFor);
  const file = openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw new Failure(`${path}: is a folder, expected a file`);
    if (!stat.isFile() || stat.size === 0) return readToTheEnd(path, file, mostFor);
    const start = Buffer.alloc(START);
    const most = mostFor(start.subarray(0, readSync(file, start, 0, START, 0)));
    if (stat.size > most) throw tooLarge(path, `${stat.size} bytes`, most);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function readToTheEnd(path: string, file: number, mostFor: (start: Buffer) => number): Buffer {
  const chunks: Buffer[] = [];
  let start: Buffer = Buffer.alloc(0);
  for (let total = 0; ;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const size = readSome(file, chunk);
    if (size === 0) return Buffer.concat(chunks, total);
    total += size;
    chunks.push(chunk.subarray(0, size));
    // A pipe may give its first bytes one by one.
    if (start.length < START)
      start = Buffer.concat([start, chunk.subarray(0, Math.min(size, START))]);
    const most = mostFor(start);
    if (total > most) throw tooLarge(path, `more than ${most} bytes`, most);
  }
}

/** Reads once, after waiting where standard input is one that does not wait by itself. */
function readSome(file: number, into: Buffer): number {
  for (;;) {
    try {
      return readSync(file, into);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function tooLarge(path: string, found: string, most: number): Failure {
  return new Failure(`${inputName(path)}: ${found}, expected at most ${most}`);
}
