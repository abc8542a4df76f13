/** Small pictures: 2 × 4 neurons in a character, as dots of braille (Unicode 2800 and following). */

/** The bit of each dot, by row and column. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

export function brailleLines(state: Int8Array, columns: number): string[] {
  const rows = Math.ceil(state.length / columns);
  const lines: string[] = [];
  for (let top = 0; top < rows; top += 4) {
    let line = '';
    for (let left = 0; left < columns; left += 2) {
      let dots = 0;
      DOTS.forEach((pair, y) =>
        pair.forEach((bit, x) => {
          const inside = left + x < columns;
          if (inside && state[(top + y) * columns + left + x] > 0) dots |= bit;
        }),
      );
      line += dots === 0 ? ' ' : String.fromCodePoint(0x2800 + dots);
    }
    lines.push(line);
  }
  return lines;
}

/** A rectangle out of a picture. */
export function crop(
  state: Int8Array,
  columns: number,
  [top, left, height, width]: readonly [number, number, number, number],
): Int8Array {
  return Int8Array.from({ length: height * width }, (_, i) => {
    return state[(top + Math.floor(i / width)) * columns + left + (i % width)];
  });
}
