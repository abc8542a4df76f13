/**
 * Grid text, the pattern files of the C program HopfieldANN:
 *
 *     2 3 1        a header: rows, columns and number of grids, then
 *                  a blank line and
 *     *.*          a grid, '*' for +1 and '.' for -1; a blank line before the next one
 *     .*.
 *
 * Read with either line ending, a byte-order mark, spaces at the ends of lines, more than one blank line
 * between grids, none after the header, and with or without a last newline. Nothing else is forgiven.
 */

import { quote } from '../quote.ts';
import { checkedNeurons, kindOf, type PatternSet } from './pattern-set.ts';

const LARGEST = 2147483647;

/**
 * Reads grid text.
 *
 * @param text - the whole file; lines and columns in messages count from 1
 * @returns as many patterns as the header says, with shape `[rows, columns]`
 * @throws TypeError when `text` is not a string, the header is not three positive integers or a grid
 *   holds a character other than `*` and `.`; RangeError when a number in the header is above 2³¹ − 1
 *   or there are more or fewer characters, rows or grids than it says. The message names the line.
 *
 * Takes time and memory in proportion to the text, whatever the header claims.
 */
export function readGrid(text: string): PatternSet {
  if (typeof text !== 'string') throw new TypeError(`text is ${kindOf(text)}, expected a string`);
  const lines = linesOf(text);
  const [rows, columns, count] = readHeader(lines.next().value!);
  const patterns: Int8Array[] = [];
  let at = 1;
  let grid: string[] = [];
  /** Ends a grid, if one has begun, before line `at`. */
  const close = () => {
    if (grid.length === 0) return;
    if (grid.length < rows) {
      throw new RangeError(
        `line ${at}: grid ${patterns.length + 1} ends after ${grid.length} rows, expected ${rows}`,
      );
    }
    patterns.push(Int8Array.from(grid.join(''), (c) => (c === '*' ? 1 : -1)));
    grid = [];
  };
  for (const line of lines) {
    at++;
    if (line === '') {
      close();
      continue;
    }
    if (patterns.length === count) {
      throw new RangeError(`line ${at}: text after grid ${count}, expected ${count} grids`);
    }
    if (grid.length === rows) {
      throw new RangeError(
        `line ${at}: grid ${patterns.length + 1} goes on after row ${rows}, expected ${rows} rows`,
      );
    }
    checkRow(line, columns, at);
    grid.push(line);
  }
  const last = at++;
  close();
  if (patterns.length < count) {
    throw new RangeError(
      `line ${last}: the text ends after ${patterns.length} grids, expected ${count}`,
    );
  }
  return { patterns, shape: [rows, columns] };
}

/**
 * Writes grid text: the header, then every pattern as a grid after a blank line, lines ending in `\n`.
 *
 * Patterns of shape `[neurons]` become grids of one row, and are read back with shape `[1, neurons]`.
 *
 * @throws TypeError or RangeError when `set` is not a {@link PatternSet}
 */
export function writeGrid(set: PatternSet): string {
  const neurons = checkedNeurons(set);
  const columns = set.shape.at(-1)!;
  const lines = [`${neurons / columns} ${columns} ${set.patterns.length}`];
  for (const pattern of set.patterns) {
    lines.push('');
    for (let i = 0; i < neurons; i += columns) {
      lines.push(Array.from(pattern.subarray(i, i + columns), (s) => (s > 0 ? '*' : '.')).join(''));
    }
  }
  return lines.join('\n') + '\n';
}

/** The lines without white space at their ends, one after the other: most of them may be blank. */
function* linesOf(text: string): Generator<string, undefined> {
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at <= text.length;) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    yield text.slice(at, end).trimEnd();
    at = end + 1;
  }
}

function readHeader(line: string): number[] {
  const words = line.split(/[ \t]+/);
  const numbers = words.map(Number);
  if (words.length !== 3 || !words.every((word) => /^\d+$/.test(word)) || numbers.includes(0)) {
    throw new TypeError(
      `line 1: header ${quote(line)}, expected three positive integers: rows, columns, patterns`,
    );
  }
  const large = words.find((_, k) => numbers[k] > LARGEST);
  if (large)
    throw new RangeError(`line 1: ${quote(large)} in the header, expected at most ${LARGEST}`);
  return numbers;
}

function checkRow(row: string, columns: number, line: number): void {
  const foreign = row.search(/[^*.]/);
  if (foreign >= 0) {
    const given = quote(String.fromCodePoint(row.codePointAt(foreign)!));
    throw new TypeError(`line ${line}, column ${foreign + 1}: ${given}, expected "*" or "."`);
  }
  if (row.length !== columns) {
    throw new RangeError(`line ${line}: a row of ${row.length} characters, expected ${columns}`);
  }
}
