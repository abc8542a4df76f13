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
import { Lines } from '../../lines.ts';
import { amiss, integerIn, isComment, numberIn, unexpected, wordsOf } from './lines.ts';

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
    if (isComment(line)) continue;
    const words = wordsOf(line);
    if (words[0] === 'p') {
      if (reading)
        throw unexpected(at, line.text, `one p line only, which is line ${reading.line}`);
      reading = new Qbsolv(readHead(words, line.text, at), at);
    } else if (reading) {
      reading.entry(words, line.text, at);
    } else if (words.length === 2) {
      reading = new Sparse(words, at);
    } else {
      throw unexpected(at, line.text, `${HEAD}, or "VARIABLES ENTRIES", before the entries`);
    }
  }
  if (!reading) throw amiss(lines.last, 'the end of the text', HEAD);
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
  readonly #seen = new Map<number, number>();

  /** @param first - the number of the first variable */
  constructor(variables: number, line: number, first: 0 | 1) {
    this.variables = variables;
    this.line = line;
    this.#first = first;
  }

  entry(words: string[], text: string, at: number): void {
    if (words.length !== 3) throw unexpected(at, text, '"I J VALUE"');
    const first = this.#first;
    const [i, j] = words.slice(0, 2).map((word) => {
      return integerIn(word, at, 'a variable', first, this.variables - 1 + first) - first;
    });
    const key = Math.min(i, j) * this.variables + Math.max(i, j);
    const before = this.#seen.get(key);
    if (before) {
      const pair = `${i + first} and ${j + first}`;
      throw unexpected(at, text, `one entry of ${pair}, which is in line ${before}`);
    }
    this.#seen.set(key, at);
    this.entries.push([i, j, this.coefficient(numberIn(words[2], at), i === j)]);
    if (i === j) this.nodes++;
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

  override entry(words: string[], text: string, at: number): void {
    if (this.entries.length === this.#count) {
      throw unexpected(at, text, `the end of the text after ${this.#count} entries`);
    }
    super.entry(words, text, at);
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
