/** Matrices of distances as TSPLIB writes them: whole, or one half, by rows or by columns. */
import type { Line } from '../../lines.ts';
import { amiss, numberIn, unexpected, wordsOf } from './lines.ts';

/** Which columns of row i are written; what is called a column of one half is a row of the other. */
const ROWS: Record<string, (i: number, n: number) => [from: number, to: number]> = {
  FULL_MATRIX: (_, n) => [0, n],
  UPPER_ROW: (i, n) => [i + 1, n],
  LOWER_ROW: (i) => [0, i],
  UPPER_DIAG_ROW: (i, n) => [i, n],
  LOWER_DIAG_ROW: (i) => [0, i + 1],
  UPPER_COL: (i) => [0, i],
  LOWER_COL: (i, n) => [i + 1, n],
  UPPER_DIAG_COL: (i) => [0, i + 1],
  LOWER_DIAG_COL: (i, n) => [i, n],
};

/** The names of the formats. */
export function matrixFormats(): string[] {
  return Object.keys(ROWS);
}

/**
 * Reads N×N distances from the lines of a section. The diagonal is 0, whatever the file has there.
 *
 * @throws TypeError, RangeError naming the line; also when a whole matrix is not symmetric
 */
export function matrixFrom(
  { data, end }: { data: readonly Line[]; end: number },
  format: string,
  n: number,
): Float64Array {
  const rows = Array.from({ length: n }, (_, i) => ROWS[format](i, n));
  const count = rows.reduce((sum, [from, to]) => sum + to - from, 0);
  const numbers: number[] = [];
  const lines: number[] = [];
  for (const line of data) {
    for (const word of wordsOf(line)) {
      if (numbers.length === count) {
        throw unexpected(
          line.number,
          word,
          `the end of the section: ${format} of ${n} has ${count} numbers`,
        );
      }
      numbers.push(numberIn(word, line.number));
      lines.push(line.number);
    }
  }
  if (numbers.length < count) {
    throw amiss(
      end,
      `the section ends after ${numbers.length} numbers`,
      `${count}: ${format} of ${n}`,
    );
  }
  const matrix = new Float64Array(n * n);
  let at = 0;
  for (const [i, [from, to]] of rows.entries()) {
    for (let j = from; j < to; j++, at++) {
      const [here, there] = [i * n + j, j * n + i];
      if (i === j) continue;
      if (format === 'FULL_MATRIX' && j < i && matrix[here] !== numbers[at]) {
        throw amiss(
          lines[at],
          `${numbers[at]} from city ${i + 1} to ${j + 1}`,
          `${matrix[here]} as from ${j + 1} to ${i + 1}`,
        );
      }
      matrix[here] = matrix[there] = numbers[at];
    }
  }
  return matrix;
}
