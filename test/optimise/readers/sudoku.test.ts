/** Sudokus: 81 cells, whatever stands between them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSudoku } from '../../../src/optimise/index.ts';
import { acceptsDresses, rejects } from './cases.ts';

const cells = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 81, maxLength: 81 });

/** The cells in a frame, as people draw it. */
function framed(values: number[]): string {
  const rule = '+-------+-------+-------+';
  const rows = Array.from({ length: 9 }, (_, row) => {
    const thirds = [0, 3, 6].map((at) =>
      values
        .slice(row * 9 + at, row * 9 + at + 3)
        .map((value) => value || '.')
        .join(' '),
    );
    return `${row % 3 === 0 ? `${rule}\n` : ''}| ${thirds.join(' | ')} |\n`;
  });
  return `${rows.join('')}${rule}\n`;
}

const LINE = `53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79`;

describe('a sudoku', () => {
  test('is read as it was written, on one line, in nine or in a frame', () => {
    fc.assert(
      fc.property(cells, (values) => {
        expect(readSudoku(values.join(''))).toEqual(values);
        expect(readSudoku(values.join('').replaceAll('0', '.'))).toEqual(values);
        expect(readSudoku(values.join('').replaceAll(/.{9}/g, '$&\n'))).toEqual(values);
        expect(readSudoku(framed(values))).toEqual(values);
      }),
    );
  });

  acceptsDresses(readSudoku, `${LINE.replaceAll(/.{9}/g, '$&\n')}`);
});

describe('is rejected:', () => {
  rejects(readSudoku, [
    ['an empty text', '', /^line 1: the text ends after 0 cells, expected 81/],
    ['a cell less', LINE.slice(1), /^line 1: the text ends after 80 cells, expected 81/],
    ['a cell more', `${LINE}\n1`, /^line 2: more than 81 cells, expected 81/],
    ['another character', `${LINE.slice(1)}\nx`, /^line 2: "x", .*empty cell/],
    ['a character beyond 16 bits', `\n${LINE.slice(1)}𝟙`, /^line 2: "\\u\{1d7d9\}"/],
  ]);
});
