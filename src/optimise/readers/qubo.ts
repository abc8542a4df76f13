/**
 * Quadratic functions of bits, in the format of the program qbsolv:
 *
 *     c a comment
 *     p qubo 0 3 2 1     topology (0: any), variables, lines "i i v", lines "i j v"
 *     0 0 -1.5           the coefficient of x_0
 *     2 2 1
 *     0 2 3              the coefficient of x_0 x_2
 *
 * or of the collection BiqMac, for xᵀQx with a symmetric Q:
 *
 *     50 3               variables, entries
 *     1 1 -100           Q_11, variables counted from 1
 *     1 2 26             Q_12 and Q_21: 52 x_1 x_2
 */
import type { QuboEntries } from '../ising/read.ts';
import { Lines, type Line } from '../../lines.ts';
import { stableOrder } from '../pairs.ts';
import {
  amiss,
  integerIn,
  isComment,
  numberIn,
  plainIntegers,
  unexpected,
  wordsOf,
} from './lines.ts';

const MOST = 2097151;

/**
 * Reads a QUBO in the format of qbsolv, or in that of the collection BiqMac (`.sparse`), which begins with two numbers.
 *
 * @returns what `qubo` takes; variables count from 0, entries are in the order of the file
 * @throws TypeError, RangeError naming the line, what was found and what was expected; also when a pair of variables has
 *   two entries
 */
export function readQubo(text: string): QuboEntries {
  const lines = new Lines(text);
  let reading: Reading | undefined;
  for (const line of lines) {
    const at = line.number;
    if (isComment(line) || reading?.plain(line)) continue;
    const words = wordsOf(line);
    if (words[0] === 'p') {
      if (reading)
        throw unexpected(at, line.text, `one p line only, which is line ${reading.line}`);
      reading = new Qbsolv(readHead(words, line.text, at), at);
    } else if (reading) {
      reading.entry(words, line);
    } else if (words.length === 2) {
      reading = new Sparse(words, at);
    } else {
      throw unexpected(at, line.text, `${HEAD}, or "VARIABLES ENTRIES", before the entries`);
    }
  }
  if (!reading) throw amiss(lines.last, 'the end of the text', HEAD);
  reading.checkPairs(text);
  reading.end(lines.last);
  return { variables: reading.variables, entries: reading.entries };
}

/** A file under way. */
abstract class Reading {
  readonly entries: [number, number, number][] = [];
  readonly variables: number;
  /** Its first line. */
  readonly line: number;
  protected nodes = 0;
  readonly #first: 0 | 1;
  readonly #numbers = new Float64Array(3);
  /** The line of each entry. */
  readonly #lines: number[] = [];

  /** @param first - the number of the first variable */
  constructor(variables: number, line: number, first: 0 | 1) {
    this.variables = variables;
    this.line = line;
    this.#first = first;
  }

  /** Takes an entry of three integers that are in place; returns whether it was one. */
  plain(line: Line): boolean {
    if (plainIntegers(line.text, this.#numbers) !== 3) return false;
    const [i, j, value] = this.#numbers;
    if (!this.#isVariable(i) || !this.#isVariable(j)) return false;
    this.take(i - this.#first, j - this.#first, value, line);
    return true;
  }

  #isVariable(number: number): boolean {
    return number >= this.#first && number < this.variables + this.#first;
  }

  entry(words: string[], line: Line): void {
    const at = line.number;
    if (words.length !== 3) throw unexpected(at, line.text, '"I J VALUE"');
    const first = this.#first;
    const [i, j] = words.slice(0, 2).map((word) => {
      return integerIn(word, at, 'a variable', first, this.variables - 1 + first) - first;
    });
    this.take(i, j, numberIn(words[2], at), line);
  }

  protected take(i: number, j: number, value: number, { number }: Line): void {
    this.entries.push([i, j, this.coefficient(value, i === j)]);
    this.#lines.push(number);
    if (i === j) this.nodes++;
  }

  /** @throws TypeError when two entries are of the same variables: the first that repeats another */
  checkPairs(text: string): void {
    const { entries } = this;
    const low = new Uint32Array(entries.length);
    const high = new Uint32Array(entries.length);
    for (let k = 0; k < entries.length; k++) {
      const [i, j] = entries[k];
      low[k] = Math.min(i, j);
      high[k] = Math.max(i, j);
    }
    const order = stableOrder(low, this.variables, stableOrder(high, this.variables));
    let repeated = Infinity;
    let before = 0;
    for (let n = 1; n < order.length; n++) {
      const [one, other] = [order[n - 1], order[n]];
      if (low[one] !== low[other] || high[one] !== high[other] || other > repeated) continue;
      [before, repeated] = [one, other];
    }
    if (repeated === Infinity) return;
    const [i, j] = entries[repeated].map((variable) => variable + this.#first);
    const at = this.#lines[repeated];
    const where = `which is in line ${this.#lines[before]}`;
    for (const line of new Lines(text)) {
      if (line.number === at)
        throw unexpected(at, line.text, `one entry of ${i} and ${j}, ${where}`);
    }
  }

  /** What an entry stands for in a sum over pairs i ≤ j. */
  protected abstract coefficient(value: number, node: boolean): number;
  /** @throws RangeError when something is missing */
  abstract end(last: number): void;
}

class Qbsolv extends Reading {
  readonly #head: Head;

  constructor(head: Head, line: number) {
    super(head.variables, line, 0);
    this.#head = head;
  }

  protected coefficient(value: number): number {
    return value;
  }

  end(last: number): void {
    const { nodes, pairs } = this.#head;
    const found = this.entries.length - this.nodes;
    if (this.nodes === nodes && found === pairs) return;
    throw amiss(
      last,
      `the text ends after ${this.nodes} lines "i i v" and ${found} lines "i j v"`,
      `${nodes} and ${pairs} as in line ${this.line}`,
    );
  }
}

/** Entries of a symmetric matrix, of which one half is written: off the diagonal each counts twice. */
class Sparse extends Reading {
  readonly #count: number;

  constructor([variables, count]: string[], line: number) {
    super(integerIn(variables, line, 'a number of variables', 1, MOST), line, 1);
    this.#count = integerIn(count, line, 'a number of entries', 0, 2 ** 52);
  }

  protected coefficient(value: number, node: boolean): number {
    const coefficient = node ? value : 2 * value;
    if (Number.isFinite(coefficient)) return coefficient;
    throw new RangeError(`an entry is ${value}, expected one whose double is a number`);
  }

  protected override take(i: number, j: number, value: number, line: Line): void {
    if (this.entries.length === this.#count) {
      throw unexpected(line.number, line.text, `the end of the text after ${this.#count} entries`);
    }
    super.take(i, j, value, line);
  }

  end(last: number): void {
    if (this.entries.length === this.#count) return;
    throw amiss(
      last,
      `the text ends after ${this.entries.length} entries`,
      `${this.#count} as in line ${this.line}`,
    );
  }
}

const HEAD = '"p qubo 0 VARIABLES NODES COUPLERS"';

interface Head {
  variables: number;
  nodes: number;
  pairs: number;
}

function readHead(words: string[], text: string, line: number): Head {
  const [, format, topology, ...sizes] = words;
  if (format !== 'qubo' || sizes.length !== 3) throw unexpected(line, text, HEAD);
  if (topology !== '0' && topology !== 'unconstrained') {
    throw unexpected(line, topology, 'topology 0 or unconstrained');
  }
  const count = (word: string, what: string) => integerIn(word, line, what, 0, 2 ** 52);
  return {
    variables: integerIn(sizes[0], line, 'a number of variables', 1, MOST),
    nodes: count(sizes[1], 'a number of lines "i i v"'),
    pairs: count(sizes[2], 'a number of lines "i j v"'),
  };
}
