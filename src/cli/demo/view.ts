/** What the demo looks like: captions, pictures in a row, a table, bars; all within `WIDTH` columns. */

import { brailleLines, crop } from './braille.ts';
import type { Colours } from '../terminal.ts';
import { columnsOf, type Library } from '../library.ts';
import { picture } from '../picture.ts';

/** Less than a terminal of 80 columns, so that nothing wraps. */
export const WIDTH = 79;

/** The part of a digit that is drawn (row, column, height, width): the rest is margin. */
const WINDOW = [2, 5, 26, 18] as const;
const STRIP_WINDOW = [3, 4, 24, 20] as const;
const STRIP_LENGTH = 5;
const STRIP_GAP = ' '.repeat(6);
const ARROW = ' → ';
const GAP = '  ';

/** A state with what is said about it, above its picture. */
export interface Exhibit {
  title: string;
  overlap: number;
  state: Int8Array;
}

/** All patterns, small, some side by side and the next below them. */
export function strip({ patterns, shape }: Library): string[] {
  const pictures = patterns.map((pattern) =>
    brailleLines(crop(pattern, columnsOf(shape), STRIP_WINDOW), STRIP_WINDOW[3]),
  );
  const lines: string[] = [];
  for (let first = 0; first < pictures.length; first += STRIP_LENGTH) {
    const row = pictures.slice(first, first + STRIP_LENGTH);
    if (first > 0) lines.push('');
    row[0].forEach((_, y) => {
      lines.push(`  ${row.map((picture) => picture[y]).join(STRIP_GAP)}`.trimEnd());
    });
  }
  return lines;
}

/**
 * The cue and what rules made of it, side by side, always in the same number of lines; what is right
 * to the last neuron is green.
 */
export function gallery(exhibits: readonly Exhibit[], columns: number, colours: Colours): string[] {
  const [, , height, width] = WINDOW;
  const lines = Array.from({ length: height / 2 + 1 }, () => '');
  exhibits.forEach(({ title, overlap, state }, k) => {
    const paint = overlap === 1 ? colours.green : String;
    const rest = `${title} ${overlap.toFixed(2)}`.padEnd(width).slice(title.length);
    const frame = { columns: width, colours };
    const block = [
      colours.bold(title) + paint(rest),
      ...picture(crop(state, columns, WINDOW), frame).map((line) => paint(line)),
    ];
    block.forEach((line, y) => {
      const arrow = y === Math.ceil(height / 4) ? ARROW : ' '.repeat(ARROW.length);
      lines[y] += ['', arrow][k] ?? GAP;
      lines[y] += line;
    });
  });
  return lines.map((line) => line.trimEnd());
}

/** Rows of overlaps, one column a digit. */
export function overlapTable(
  rows: readonly { title: string; overlaps: readonly number[] }[],
  colours: Colours,
): string[] {
  return rows.map(({ title, overlaps }) => {
    const cells = overlaps.map((overlap) => {
      const text = overlap.toFixed(2).padStart(6);
      return overlap === 1 ? colours.green(text) : text;
    });
    return `  ${title.padEnd(14)}${cells.join('')}`;
  });
}

const BAR = 32;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar for each number, the largest as long as can be. */
export function barChart(
  rows: readonly { title: string; value: number; text: string }[],
  colours: Colours,
): string[] {
  const largest = Math.max(...rows.map(({ value }) => value));
  return rows.map(({ title, value, text }) => {
    const eighths = Math.max(1, Math.round((value / largest) * BAR * 8));
    const bar = '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
    return `  ${title.padEnd(22)}${colours.cyan(bar)} ${text}`;
  });
}
