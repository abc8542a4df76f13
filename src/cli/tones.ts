/**
 * Pictures in grey or colour on a terminal: two pixels, one above the other, in a character (half blocks), in 24-bit
 * colours or the palette of 256; where there are neither, a character for how light the two are.
 */

import { resize, type Picture } from '../io/index.ts';
import type { Depth } from './terminal.ts';

/** From black to white, for terminals without colours. */
const RAMP = ' .:-=+*#%@';

const RESET = '\u001b[0m';

/** How many characters a picture takes where so many are free. */
export function toneColumns({ shape }: Picture, room: number): number {
  return Math.min(shape[1], room);
}

/** The picture in lines of `columns` characters, made smaller where it is wider. */
export function tones(picture: Picture, columns: number, depth: Depth): string[] {
  const [rows, wide] = picture.shape;
  const fit =
    wide <= columns
      ? picture
      : resize(picture, [Math.max(1, Math.round((rows * columns) / wide)), columns]);
  const [height, width, channels = 1] = fit.shape;
  const pixel = (y: number, x: number): Tone | undefined => {
    if (y >= height) return undefined;
    const at = (y * width + x) * channels;
    const sample = (k: number) => Math.round(255 * Math.max(0, Math.min(1, fit.data[at + k])));
    return channels === 3 ? [sample(0), sample(1), sample(2)] : [sample(0), sample(0), sample(0)];
  };
  const lines: string[] = [];
  for (let y = 0; y < height; y += 2) {
    const cells = Array.from({ length: width }, (_, x): Cell => [pixel(y, x)!, pixel(y + 1, x)]);
    lines.push(depth === 0 ? cells.map(plain).join('') : painted(cells, depth));
  }
  return lines;
}

/** Red, green and blue, 0 to 255. */
type Tone = readonly [number, number, number];
/** A pixel and, unless the picture ends there, the one below it. */
type Cell = readonly [above: Tone, below: Tone | undefined];

function plain([above, below = above]: Cell): string {
  const light = (luminance(above) + luminance(below)) / 2;
  return RAMP[Math.min(RAMP.length - 1, Math.floor((light * RAMP.length) / 256))];
}

function luminance([red, green, blue]: Tone): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Codes only where the colours change. */
function painted(cells: readonly Cell[], depth: 8 | 24): string {
  const code = depth === 24 ? trueColour : paletteColour;
  let line = '';
  let before = '';
  for (const [above, below] of cells) {
    const now = `\u001b[38;${code(above)};${below ? `48;${code(below)}` : '49'}m`;
    line += (now === before ? '' : now) + '▀';
    before = now;
  }
  return line + RESET;
}

function trueColour(tone: Tone): string {
  return `2;${tone.join(';')}`;
}

/** The nearest of the 24 greys, black and white, or the nearest colour of the cube of 6 × 6 × 6. */
function paletteColour([red, green, blue]: Tone): string {
  if (red === green && green === blue) {
    // 8, 18, … 238; below and beyond are the cube's black and white.
    const grey = Math.min(23, Math.round((red - 8) / 10));
    return `5;${red < 4 ? 16 : red > 246 ? 231 : 232 + grey}`;
  }
  // The levels are 0, 95, 135, … 255.
  const [r, g, b] = [red, green, blue].map((x) =>
    x < 48 ? 0 : Math.max(1, Math.round((x - 55) / 40)),
  );
  return `5;${16 + 36 * r + 6 * g + b}`;
}
