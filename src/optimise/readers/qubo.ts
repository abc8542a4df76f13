/**
 * Quadratic functions of bits, in the format of the program qbsolv:
 *
 *     c a comment
 *     p qubo 0 3 2 1     topology (0: any), variables, lines "i i v", lines "i j v"
 *     0 0 -1.5           the coefficient of x_0
 *     2 2 1
 *     0 2 3              the coefficient of x_0 x_2
 */
import type { QuboEntries } from '../ising/read.ts';
import { Lines } from '../../lines.ts';
import { amiss, integerIn, numberIn, unexpected, wordsOf } from './lines.ts';

const MOST = 2097151;

/**
 * Reads a QUBO in the format of qbsolv.
 *
 * @returns what `qubo` takes; variables count from 0, entries are in the order of the file
 * @throws TypeError, RangeError naming the line, what was found and what was expected; also when a pair of variables has
 *   two entries
 */
export function readQubo(text: string): QuboEntries {
  const lines = new Lines(text);
  const entries: [number, number, number][] = [];
  const seen = new Map<number, number>();
  let head: Head | undefined;
  let nodes = 0;
  for (const line of lines) {
    const words = wordsOf(line);
    const at = line.number;
    if (words[0].startsWith('c')) continue;
    if (words[0] === 'p') {
      if (head) throw unexpected(at, line.text, `one p line only, which is line ${head.line}`);
      head = readHead(words, line.text, at);
      continue;
    }
    if (!head) throw unexpected(at, line.text, `${HEAD} before the entries`);
    if (words.length !== 3) throw unexpected(at, line.text, '"I J VALUE"');
    const last = head.variables - 1;
    const [i, j] = words.slice(0, 2).map((word) => integerIn(word, at, 'a variable', 0, last));
    const key = Math.min(i, j) * head.variables + Math.max(i, j);
    const before = seen.get(key);
    if (before)
      throw unexpected(at, line.text, `one entry of ${i} and ${j}, which is in line ${before}`);
    seen.set(key, at);
    entries.push([i, j, numberIn(words[2], at)]);
    if (i === j) nodes++;
  }
  if (!head) throw amiss(lines.last, 'the end of the text', HEAD);
  const pairs = entries.length - nodes;
  if (nodes !== head.nodes || pairs !== head.pairs) {
    throw amiss(
      lines.last,
      `the text ends after ${nodes} lines "i i v" and ${pairs} lines "i j v"`,
      `${head.nodes} and ${head.pairs} as in line ${head.line}`,
    );
  }
  return { variables: head.variables, entries };
}

const HEAD = '"p qubo 0 VARIABLES NODES COUPLERS"';

interface Head {
  variables: number;
  nodes: number;
  pairs: number;
  line: number;
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
    line,
  };
}
