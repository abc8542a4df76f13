/** Sudokus: 81 cells, row after row; 1 to 9, or 0 or `.` where the cell is empty. */
import { Lines } from '../../lines.ts';
import { amiss, unexpected } from './lines.ts';

/**
 * Reads a sudoku.
 *
 * White space, line ends and frames of `|`, `-` and `+` do not matter.
 *
 * @returns 81 numbers, row after row, 0 where the cell is empty: what `sudoku` takes
 * @throws TypeError, RangeError naming the line, what was found and what was expected
 */
export function readSudoku(text: string): number[] {
  const cells: number[] = [];
  const lines = new Lines(text);
  for (const line of lines) {
    for (const character of line.text.replaceAll(/[\s|+-]/g, '')) {
      if (!/[0-9.]/.test(character)) {
        throw unexpected(line.number, character, '1 to 9, or 0 or "." for an empty cell');
      }
      if (cells.length === 81) throw amiss(line.number, 'more than 81 cells', '81');
      cells.push(character === '.' ? 0 : Number(character));
    }
  }
  if (cells.length < 81) {
    throw amiss(lines.last, `the text ends after ${cells.length} cells`, '81');
  }
  return cells;
}
