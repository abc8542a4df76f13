/**
 * One kernel on two machines with the same bytes in memory: WebAssembly and the reference.
 *
 * Memory is filled with junk, a case lays its inputs out, the kernel runs on both, and the results
 * and the whole of memory are compared. Outside the blocks that the case lists as written, memory
 * must be what it was.
 */
import { expect } from 'vitest';
import type { Kernels } from '../../src/kernels/abi/index.ts';
import type { Machine } from '../../src/kernels/open.ts';
import type { Views } from '../../src/memory.ts';
import { Random } from '../../src/random.ts';
import { Desk, NoRoom } from './desk.ts';
import { KERNELS, openAll } from './machines.ts';

export interface Case<K extends keyof Kernels> {
  args: Parameters<Kernels[K]>;
  /** Addresses of the blocks that the kernel may write. */
  writes: number[];
  /** Addresses of the blocks whose contents afterwards do not matter. */
  scratch?: number[];
  /** Addresses of more such blocks after this result. */
  worthless?: (result: ReturnType<Kernels[K]>) => number[];
}

interface Pair {
  wasm: Machine<Kernels>;
  reference: Machine<Kernels>;
  junk: Uint8Array;
  image: Views;
}

/** A case gets the smallest memory that holds it. */
const BYTES = [65536, 1 << 20, 1 << 24];
/** Addresses below this are not handed out. */
const FIRST = 1024;

const pairs = new Map<number, Pair>();
const ran = new Set<string>();

/** Fails unless both twins do the same with the case that `lay` puts on the desk. */
export function same<K extends keyof Kernels>(
  kernel: K,
  seed: number,
  lay: (desk: Desk) => Case<K>,
): void {
  ran.add(kernel);
  for (const bytes of BYTES) {
    const pair = openPair(bytes);
    pair.image.u8.set(pair.junk);
    const desk = new Desk(pair.image, seed);
    try {
      compare(kernel, pair, desk, lay(desk));
      return;
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
    }
  }
  throw new Error(`${kernel}: the case needs more than ${BYTES.at(-1)} bytes`);
}

/** Fails unless all kernels of a reference file have been compared. */
export function expectAllCompared(family: object): void {
  const names = Object.keys(family).filter((name) => KERNELS.includes(name));
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !ran.has(name))).toEqual([]);
}

function openPair(bytes: number): Pair {
  let pair = pairs.get(bytes);
  if (!pair) {
    const words = new Uint32Array(bytes / 4);
    const random = new Random(bytes);
    for (let i = 0; i < words.length; i++) words[i] = random.next();
    pair = {
      wasm: holding(openAll('wasm'), bytes),
      reference: holding(openAll('reference'), bytes),
      junk: new Uint8Array(words.buffer),
      image: viewsOf(new ArrayBuffer(bytes)),
    };
    pairs.set(bytes, pair);
  }
  return pair;
}

function holding(machine: Machine<Kernels>, bytes: number): Machine<Kernels> {
  machine.memory.allocate(bytes - FIRST);
  expect(machine.memory.bytes).toBe(bytes);
  return machine;
}

function viewsOf(buffer: ArrayBuffer): Views {
  return {
    i8: new Int8Array(buffer),
    u8: new Uint8Array(buffer),
    i16: new Int16Array(buffer),
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
  };
}

function compare<K extends keyof Kernels>(
  kernel: K,
  { wasm, reference, image }: Pair,
  desk: Desk,
  { args, writes, scratch = [], worthless = () => [] }: Case<K>,
): void {
  const results = [wasm, reference].map((machine) => {
    machine.memory.views.u8.set(image.u8);
    const result = (machine.kernels[kernel] as (...args: number[]) => unknown)(...args);
    const junk = [...scratch, ...worthless(result as ReturnType<Kernels[K]>)];
    for (const address of junk) restore(machine.memory.views, image, desk, address);
    return result;
  });
  const call = `${kernel}(${args.join(', ')})`;
  if (!Object.is(results[0], results[1])) {
    throw new Error(`${call} is ${String(results[0])}, in the reference ${String(results[1])}`);
  }
  const a = wasm.memory.views;
  const b = reference.memory.views;
  const different = firstDifference(a, b);
  if (different >= 0) {
    throw new Error(
      `${call} leaves ${a.u8[different]} at address ${different}, ` +
        `the reference ${b.u8[different]} (before: ${image.u8[different]})`,
    );
  }
  for (const address of writes) restore(b, image, desk, address);
  const stray = firstDifference(b, image);
  if (stray >= 0) throw new Error(`${call} writes to address ${stray}, which is not its to write`);
}

function restore(views: Views, image: Views, desk: Desk, address: number): void {
  views.u8.set(image.u8.subarray(address, address + desk.size(address)), address);
}

/** The address of the first byte that differs, or −1. */
function firstDifference(a: Views, b: Views): number {
  const x = a.i32;
  const y = b.i32;
  for (let k = 0; k < x.length; k++) {
    if (x[k] !== y[k]) {
      let at = 4 * k;
      while (a.u8[at] === b.u8[at]) at++;
      return at;
    }
  }
  return -1;
}
