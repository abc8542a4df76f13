// A digit in the terminal: 24 columns and 10 lines of its middle, two pixels above one another in a character.
import { SIDE } from './mnist.mjs';

const LEFT = 2;
const TOP = 4;

/**
 * Its lines.
 *
 * @param pixels - from −1 (paper) to +1 (ink); 0 is a covered pixel
 */
export function picture(pixels) {
  return Array.from({ length: SIDE / 2 - TOP }, (_, line) =>
    Array.from({ length: SIDE - 2 * LEFT }, (_, column) => {
      const at = (TOP + 2 * line) * SIDE + LEFT + column;
      const [upper, lower] = [pixels[at], pixels[at + SIDE]];
      if (upper === 0 && lower === 0) return '░';
      if (upper > 0) return lower > 0 ? '█' : '▀';
      return lower > 0 ? '▄' : ' ';
    }).join(''),
  );
}

/** Where the eight dots of a Braille character are: its bits, column by column. */
const DOTS = [
  [0, 1, 2, 6],
  [3, 4, 5, 7],
];

/**
 * The same in half the size: all of a digit in 14 columns and 7 lines of Braille, eight pixels in a character.
 *
 * @param pixels - from −1 (paper) to +1 (ink); 0 is a covered pixel
 */
export function dots(pixels) {
  return Array.from({ length: SIDE / 4 }, (_, line) =>
    Array.from({ length: SIDE / 2 }, (__, column) => {
      let bits = 0;
      let covered = true;
      for (let x = 0; x < 2; x++) {
        for (let y = 0; y < 4; y++) {
          const pixel = pixels[(4 * line + y) * SIDE + 2 * column + x];
          if (pixel > 0) bits |= 1 << DOTS[x][y];
          covered &&= pixel === 0;
        }
      }
      return covered ? '░' : bits === 0 ? ' ' : String.fromCharCode(0x2800 + bits);
    }).join(''),
  );
}
