/** Reads Ising and QUBO energies; says what is wrong with them. */
import { checkNeurons, checkNumber, checkOptions, describe, isList } from '../../checks.ts';
import { Pairs, sortPairs } from '../pairs.ts';
import { pairsOf, reaches, type IsingNumbers } from './numbers.ts';

/** Three numbers: two indices and a value. */
export type IsingEntry = readonly [i: number, j: number, value: number];

/** N×N numbers, flat or as rows. */
export type SquareMatrix = ArrayLike<number> | readonly ArrayLike<number>[];

/** Couplings: N×N numbers, or [i, j, J] for pairs. */
export type IsingCouplings =
  | SquareMatrix
  | readonly IsingEntry[]
  | { readonly entries: readonly IsingEntry[] };

/** A QUBO as a list: entry [i, j, q] adds q·x_i·x_j. */
export interface QuboEntries {
  readonly variables: number;
  readonly entries: readonly IsingEntry[];
}

/** Whatever a sum of couplings may grow to still is a number. */
function checkFinite(numbers: IsingNumbers): IsingNumbers {
  const total = reaches(numbers).reduce((sum, x) => sum + x, Math.abs(numbers.offset));
  if (!Number.isFinite(total)) {
    throw new RangeError(`couplings and fields add up to ${total}, expected a finite sum`);
  }
  return numbers;
}

export function readIsing(
  spins: number,
  couplings: IsingCouplings | Pairs,
  fields: ArrayLike<number> | undefined,
  offset: number,
): IsingNumbers {
  checkNeurons(spins, 'spins');
  if (typeof couplings !== 'object' || couplings === null) {
    throw new TypeError(
      `couplings are ${describe(couplings)}, expected N×N numbers or [i, j, J] of pairs`,
    );
  }
  const h = readFields(fields, spins);
  checkNumber(offset, 'offset', 'a finite number', () => true);
  if (couplings instanceof Pairs) {
    return checkFinite({ spins, pairs: couplings, fields: h, offset });
  }
  const entries = listIn(couplings, spins);
  if (entries) return checkFinite({ spins, pairs: readPairs(entries, spins), fields: h, offset });
  const at = squareReader(couplings as SquareMatrix, spins, 'couplings');
  let constant = offset;
  for (let i = 0; i < spins; i++) constant -= at(i, i) / 2;
  return checkFinite({ spins, pairs: pairsOf(spins, meanOf(at)), fields: h, offset: constant });
}

/**
 * xᵀQx with x = (1 + s)/2: with the sum q_ij of both entries of a pair, J_ij = −q_ij/4,
 * h_i = −(2Q_ii + Σ_j q_ij)/4 and a constant of (2Σ Q_ii + Σ q_ij)/4.
 */
export function quboToIsing({ spins, own, pairs }: QuboTerms, offset: number): IsingNumbers {
  checkNumber(offset, 'offset', 'a finite number', () => true);
  const fields = own.map((q) => -q / 2);
  let constant = offset;
  for (const q of own) constant += q / 2;
  const values = pairs.values.map((q, k) => {
    fields[pairs.others[k]] -= q / 4;
    constant += q / 4;
    return -q / 4;
  });
  for (let i = 0; i < spins; i++) {
    for (let k = pairs.starts[i]; k < pairs.starts[i + 1]; k++) fields[i] += values[k];
  }
  return {
    spins,
    pairs: new Pairs(pairs.starts, pairs.others, values),
    fields,
    offset: constant,
  };
}

/** Q_ii, and Q_ij + Q_ji. */
export interface QuboTerms {
  readonly spins: number;
  readonly own: Float64Array;
  readonly pairs: Pairs;
}

export function readQuboTerms(qubo: SquareMatrix | QuboEntries): QuboTerms {
  if (typeof qubo !== 'object' || qubo === null) {
    throw new TypeError(
      `the QUBO is ${describe(qubo)}, expected N×N numbers or { variables, entries }`,
    );
  }
  return isEntries(qubo)
    ? readQuboEntries(qubo as QuboEntries)
    : readQuboMatrix(qubo as SquareMatrix);
}

function readQuboMatrix(matrix: SquareMatrix): QuboTerms {
  const nested = typeof matrix[0] === 'object' && matrix[0] !== null;
  const spins = nested ? matrix.length : Math.round(Math.sqrt(matrix.length ?? NaN));
  checkNeurons(spins, 'variables');
  const at = squareReader(matrix, spins, 'the QUBO');
  return {
    spins,
    own: Float64Array.from({ length: spins }, (_, i) => at(i, i)),
    pairs: pairsOf(spins, (i, j) => at(i, j) + at(j, i)),
  };
}

function readQuboEntries(qubo: QuboEntries): QuboTerms {
  checkOptions(qubo, 'a QUBO', ['variables', 'entries']);
  const { variables, entries } = qubo;
  checkNeurons(variables, 'variables');
  checkEntries(entries, variables);
  const own = new Float64Array(variables);
  for (const [i, j, q] of entries) if (i === j) own[i] += q;
  const others = entries.filter(([i, j]) => i !== j);
  return { spins: variables, own, pairs: sortEntries(others, variables) };
}

function readFields(fields: ArrayLike<number> | undefined, spins: number): Float64Array {
  if (fields === undefined) return new Float64Array(spins);
  if (!isList(fields)) {
    throw new TypeError(`fields are ${describe(fields)}, expected ${spins} numbers`);
  }
  if (fields.length !== spins) {
    throw new RangeError(`fields have length ${fields.length}, expected ${spins}`);
  }
  return Float64Array.from(fields, (h, i) =>
    checkNumber(h, `fields[${i}]`, 'a finite number', () => true),
  );
}

/** Whether something is an object with `entries`: lists have a method of that name. */
function isEntries(value: object): boolean {
  return !('length' in value) && 'entries' in value;
}

/** The list of pairs that couplings are, if they are one. */
function listIn(couplings: IsingCouplings, spins: number): readonly IsingEntry[] | undefined {
  if (isEntries(couplings)) {
    checkOptions(couplings, 'couplings', ['entries']);
    return (couplings as { entries: readonly IsingEntry[] }).entries;
  }
  const items = couplings as ArrayLike<unknown>;
  if (!Array.isArray(items) || typeof items[0] === 'number') return undefined;
  if (items.length === 0) return [];
  const triples = items.every((item) => Array.isArray(item) && item.length === 3);
  if (!triples) return undefined;
  if (spins !== 3 || items.length !== 3) return items as IsingEntry[];
  const couples = ([i, j]: IsingEntry) => isIndex(i, 3) && isIndex(j, 3) && i !== j;
  if (!(items as IsingEntry[]).every(couples)) return undefined;
  throw new RangeError(
    'couplings of 3 spins are three times three numbers, which can be rows or pairs; ' +
      'expected 9 numbers in a row, or { entries }',
  );
}

function checkEntries(entries: readonly IsingEntry[], spins: number): void {
  if (!Array.isArray(entries)) {
    throw new TypeError(`entries are ${describe(entries)}, expected an array of [i, j, value]`);
  }
  // Loops without iterators: there can be millions of entries.
  for (let k = 0; k < entries.length; k++) {
    const entry = entries[k];
    if (!Array.isArray(entry) || entry.length !== 3) {
      throw new TypeError(`entry ${k} is ${describe(entry)}, expected [i, j, value]`);
    }
    const [i, j, value] = entry;
    if (!isIndex(i, spins) || !isIndex(j, spins)) {
      const wrong = isIndex(i, spins) ? j : i;
      const expected = `an integer from 0 to ${spins - 1}`;
      checkNumber(wrong, `an index of entry ${k}`, expected, () => false);
    }
    if (!Number.isFinite(value)) checkFiniteNumber(value, `the value of entry ${k}`);
  }
}

function isIndex(value: unknown, spins: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < spins;
}

function readPairs(entries: readonly IsingEntry[], spins: number): Pairs {
  checkEntries(entries, spins);
  const same = entries.findIndex(([i, j]) => i === j);
  if (same >= 0) {
    const [i] = entries[same];
    throw new RangeError(`entry ${same} couples spin ${i} to itself, expected two different spins`);
  }
  return sortEntries(entries, spins);
}

function sortEntries(entries: readonly IsingEntry[], spins: number): Pairs {
  const a = new Uint32Array(entries.length);
  const b = new Uint32Array(entries.length);
  const values = new Float64Array(entries.length);
  for (let k = 0; k < entries.length; k++) {
    const entry = entries[k];
    a[k] = entry[0];
    b[k] = entry[1];
    values[k] = entry[2];
  }
  return sortPairs(spins, a, b, values);
}

/** IsingEntry (i, j) of a square matrix whose shape and numbers are right. */
function squareReader(
  matrix: SquareMatrix,
  spins: number,
  name: string,
): (i: number, j: number) => number {
  const nested = typeof matrix[0] === 'object' && matrix[0] !== null;
  const expected = nested ? spins : spins * spins;
  if (matrix.length !== expected) {
    const length = describeLength(matrix);
    throw new RangeError(
      `${name} ${length}, expected ${spins}×${spins} numbers or [i, j, J] of pairs`,
    );
  }
  if (!nested) {
    const flat = matrix as ArrayLike<number>;
    for (let k = 0; k < flat.length; k++) {
      // Names are made only when they are needed: there are millions of numbers.
      if (!Number.isFinite(flat[k])) checkFiniteNumber(flat[k], `${name}[${k}]`);
    }
    return (i, j) => flat[i * spins + j];
  }
  const rows = matrix as readonly ArrayLike<number>[];
  for (let i = 0; i < spins; i++) {
    if (rows[i]?.length !== spins) {
      throw new RangeError(`${name}[${i}] has length ${rows[i]?.length}, expected ${spins}`);
    }
    for (let j = 0; j < spins; j++) {
      if (!Number.isFinite(rows[i][j])) checkFiniteNumber(rows[i][j], `${name}[${i}][${j}]`);
    }
  }
  return (i, j) => rows[i][j];
}

function checkFiniteNumber(value: number, name: string): void {
  checkNumber(value, name, 'a finite number', () => true);
}

function describeLength(matrix: { length?: number }): string {
  return matrix.length === undefined ? `is ${describe(matrix)}` : `has length ${matrix.length}`;
}

/** (J_ij + J_ji)/2, without overflow; the number itself where both are the same. */
function meanOf(at: (i: number, j: number) => number): (i: number, j: number) => number {
  return (i, j) => {
    const a = at(i, j);
    const b = at(j, i);
    return a === b ? a : a / 2 + b / 2;
  };
}
