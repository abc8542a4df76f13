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
