/**
 * A state as a picture: two neurons, one above the other, in a character (half blocks).
 *
 * Measured against another state, neurons that differ are marked: with colours red for those that are
 * on and should not be and blue for those that should be; without colours by the signs + and -, and ±
 * for one of each in a character.
 */

import type { Colours } from './terminal.ts';

/** What one neuron looks like. */
type Pixel = 'off' | 'on' | 'extra' | 'missing';

export interface PictureFrame {
  columns: number;
  colours: Colours;
}

/** One line for every two rows, `columns` characters wide (colour codes not counted). */
export function picture(
  state: Int8Array,
  { columns, colours }: PictureFrame,
  right = state,
): string[] {
  const pixel = (row: number, column: number): Pixel => {
    const i = row * columns + column;
    if (i >= state.length || (state[i] < 0 && right[i] < 0)) return 'off';
    if (state[i] === right[i]) return 'on';
    return state[i] > 0 ? 'extra' : 'missing';
  };
  const cell = colours.isColorSupported ? colourCell(colours) : plainCell;
  const lines: string[] = [];
  for (let row = 0; row * columns < state.length; row += 2) {
    const cells = Array.from({ length: columns }, (_, c) => cell(pixel(row, c), pixel(row + 1, c)));
    lines.push(cells.join(''));
  }
  return lines;
}

function plainCell(top: Pixel, bottom: Pixel): string {
  const extra = top === 'extra' || bottom === 'extra';
  const missing = top === 'missing' || bottom === 'missing';
  if (extra && missing) return '±';
  if (extra) return '+';
  if (missing) return '-';
  if (top === bottom) return top === 'on' ? '█' : ' ';
  return top === 'on' ? '▀' : '▄';
}

/** Off is the terminal's background and on its foreground, whatever they are. */
function colourCell(colours: Colours): (top: Pixel, bottom: Pixel) => string {
  const ink = { on: String, extra: colours.red, missing: colours.blue };
  const ground = { extra: colours.bgRed, missing: colours.bgBlue };
  return (top, bottom) => {
    if (top === 'off') return bottom === 'off' ? ' ' : ink[bottom]('▄');
    if (bottom === 'off') return ink[top]('▀');
    if (top === bottom) return ink[top]('█');
    return bottom === 'on'
      ? ground[top as 'extra'](ink[bottom]('▄'))
      : ground[bottom](ink[top]('▀'));
  };
}
