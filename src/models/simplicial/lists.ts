/** Simplices as lists of neurons: what a caller gives, and what a file holds. */
import { describe, isList } from '../../checks.ts';
import { LIMIT } from '../../memory.ts';

/** All simplices of one size: `members` holds their neurons one after the other, each upwards. */
export interface SimplexList {
  readonly size: number;
  readonly members: Uint32Array;
}

/**
 * The simplices by size, those of one size in the order given.
 *
 * @throws TypeError, RangeError naming the first simplex that is none
 */
export function readSimplices(given: readonly ArrayLike<number>[], neurons: number): SimplexList[] {
  if (!isList(given)) {
    throw new TypeError(`simplices is ${describe(given)}, expected an array of lists of neurons`);
  }
  if (given.length === 0) {
    throw new RangeError('simplices is empty, expected at least one list of neurons');
  }
  const seen = new Map<string, number>();
  const bySize = new Map<number, number[]>();
  for (let k = 0; k < given.length; k++) {
    const simplex = readSimplex(given[k], neurons, `simplices[${k}]`);
    const key = simplex.join();
    const before = seen.get(key);
    if (before !== undefined) {
      throw new RangeError(`simplices[${k}] is simplices[${before}] again: ${key}`);
    }
    seen.set(key, k);
    let list = bySize.get(simplex.length);
    if (!list) bySize.set(simplex.length, (list = []));
    for (const neuron of simplex) list.push(neuron);
  }
  return [...bySize]
    .sort(([a], [b]) => a - b)
    .map(([size, list]) => ({ size, members: Uint32Array.from(list) }));
}

function readSimplex(given: unknown, neurons: number, name: string): Uint32Array {
  if (!isList(given)) {
    throw new TypeError(`${name} is ${describe(given)}, expected a list of neurons`);
  }
  if (given.length < 2 || given.length > neurons) {
    throw new RangeError(
      `${name} has ${given.length} neurons, expected 2 to ${neurons} (the network's neurons)`,
    );
  }
  const simplex = Uint32Array.from(given, (neuron, j) => {
    if (typeof neuron !== 'number') {
      throw new TypeError(`${name}[${j}] is ${describe(neuron)}, expected a neuron's number`);
    }
    if (!Number.isInteger(neuron) || neuron < 0 || neuron >= neurons) {
      throw new RangeError(
        `${name}[${j}] is ${neuron}, expected an integer from 0 to ${neurons - 1}`,
      );
    }
    return neuron;
  });
  simplex.sort();
  for (let j = 1; j < simplex.length; j++) {
    if (simplex[j] === simplex[j - 1]) {
      throw new RangeError(`${name} has neuron ${simplex[j]} twice`);
    }
  }
  return simplex;
}

/** @throws RangeError when no memory can hold so many bytes of simplices */
export function checkListBytes(bytes: number): void {
  if (bytes > LIMIT) {
    throw new RangeError(
      `the simplices need ${bytes} bytes, and one memory holds at most ${LIMIT} (4 GiB)`,
    );
  }
}

/** How many simplices there are. */
export function countLists(lists: readonly SimplexList[]): number {
  return lists.reduce((sum, { size, members }) => sum + members.length / size, 0);
}

/** The lists, one array a simplex. */
export function unpackLists(lists: readonly SimplexList[]): number[][] {
  return lists.flatMap(({ size, members }) =>
    Array.from({ length: members.length / size }, (_, k) =>
      Array.from(members.subarray(k * size, (k + 1) * size)),
    ),
  );
}

/** The neurons as u32, little-endian, list after list. */
export function encodeLists(lists: readonly SimplexList[]): Uint8Array {
  const total = lists.reduce((sum, { members }) => sum + members.length, 0);
  const bytes = new Uint8Array(4 * total);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { members } of lists) {
    for (const neuron of members) {
      view.setUint32(at, neuron, true);
      at += 4;
    }
  }
  return bytes;
}

/** What `encodeLists` wrote, of so many simplices of each size. */
export function decodeLists(
  sizes: readonly (readonly [size: number, count: number])[],
  bytes: Uint8Array,
): number[][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const simplices: number[][] = [];
  let at = 0;
  for (const [size, count] of sizes) {
    for (let k = 0; k < count; k++) {
      simplices.push(Array.from({ length: size }, (_, j) => view.getUint32(at + 4 * j, true)));
      at += 4 * size;
    }
  }
  return simplices;
}
