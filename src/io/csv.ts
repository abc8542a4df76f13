/**
 * Patterns as numbers in text: a pattern a line, its values parted by commas, semicolons, tabs or spaces;
 * or any number of values a line when the shape is given. Empty lines and lines that start with `#` are
 * skipped (numpy.savetxt writes such), a byte-order mark and either line ending as well.
 */

import { Lines } from '../lines.ts';
import { quote } from '../quote.ts';
import { checkedNeurons, type PatternSet } from './pattern-set.ts';
import {
  checkPatternOptions,
  patternsOf,
  type PatternOptions,
  type PatternValues,
} from './pattern-values.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads patterns from text. All values are ±1, or all are 0 (read as −1) and 1, or there is a threshold.
 *
 * @param options.shape - the shape of a pattern; without it a line is a pattern of shape `[neurons]`
 * @throws TypeError when `text` is not a string or has something else than a number in it; RangeError when
 *   lines differ in length, values do not fit the shape, or at the first value that is neither. The message
 *   names the line.
 */
export function readCsv(text: string, options: PatternOptions = {}): PatternSet {
  checkPatternOptions(options);
  return patternsOf(csvValues(text, options.shape), options);
}

export function csvValues(text: string, shape?: PatternSet['shape']): PatternValues {
  const data: number[] = [];
  /** The number of each line that has values, and how many values come before it. */
  const lines: number[] = [];
  const starts: number[] = [];
  for (const { number: line, text: content } of new Lines(text)) {
    if (content.startsWith('#')) continue;
    lines.push(line);
    starts.push(data.length);
    for (const word of content.split(/[ \t]*[,;\t][ \t]*| +/)) {
      if (!NUMBER.test(word)) {
        throw new TypeError(`line ${line}: ${quote(word)}, expected a number`);
      }
      data.push(Number(word));
    }
  }
  if (lines.length === 0) throw new RangeError('text without a value, expected patterns');
  const length = (k: number) => (starts[k + 1] ?? data.length) - starts[k];
  const neurons = length(0);
  if (shape === undefined) {
    const other = lines.findIndex((_, k) => length(k) !== neurons);
    if (other >= 0) {
      throw new RangeError(
        `line ${lines[other]}: ${length(other)} values, expected ${neurons} as in line ${lines[0]}; ` +
          'lines of other lengths need a shape',
      );
    }
    if (neurons === 1 && lines.length > 1) {
      throw new RangeError(`${lines.length} lines of one value, expected a shape such as [8, 8]`);
    }
  }
  return {
    data,
    shape: shape ?? [neurons],
    place: (i) => {
      const k = starts.findIndex((start, line) => i < start + length(line));
      return `line ${lines[k]}, value ${i - starts[k] + 1}`;
    },
  };
}

/**
 * Writes patterns as text: ±1 parted by commas, a pattern a line, lines ending in `\n`. The shape of pictures
 * is not in it.
 *
 * @throws TypeError or RangeError when `set` is not a {@link PatternSet}
 */
export function writeCsv(set: PatternSet): string {
  checkedNeurons(set);
  return set.patterns.map((pattern) => `${pattern.join(',')}\n`).join('');
}
