/** A grid of characters with dots inside: each cell of a terminal holds 2 × 4 dots as a Braille character. */

/** Bits of U+2800 by row and column of the dot. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

export class Canvas {
  readonly #columns: number;
  readonly #rows: number;
  readonly #dots: Uint8Array;
  readonly #marks: string[];
  readonly #shades: string[];
  readonly #colours: string[];

  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#rows = rows;
    this.#dots = new Uint8Array(columns * rows);
    this.#marks = Array<string>(columns * rows).fill('');
    this.#shades = Array<string>(columns * rows).fill(' ');
    this.#colours = Array<string>(columns * rows).fill('');
  }

  /** A dot at (x, y) in dots from the upper left; outside nothing happens. */
  dot(x: number, y: number, colour: string): void {
    const k = this.#cell(Math.floor(x / 2), Math.floor(y / 4));
    if (k < 0) return;
    this.#dots[k] |= DOTS[y & 3][x & 1];
    if (this.#marks[k] === '') this.#colours[k] = colour;
  }

  /** A character behind dots and marks. */
  shade(column: number, row: number, character: string): void {
    const k = this.#cell(column, row);
    if (k >= 0) this.#shades[k] = character;
  }

  /** A character in place of the dots of its cell. */
  mark(column: number, row: number, character: string, colour: string): void {
    const k = this.#cell(column, row);
    if (k < 0) return;
    this.#marks[k] = character;
    this.#colours[k] = colour;
  }

  /** Every dot from one to the other, or every `each`-th with gaps of as many. */
  line(from: [number, number], to: [number, number], colour: string, gap = 0, phase = 0): number {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))));
    for (let k = 0; k <= steps; k++) {
      const on = gap === 0 || Math.floor((phase + k) / gap) % 2 === 0;
      const x = Math.round(from[0] + (dx * k) / steps);
      if (on) this.dot(x, Math.round(from[1] + (dy * k) / steps), colour);
    }
    return phase + steps;
  }

  /** The rows from above; `paint` colours a run of characters of one colour. */
  rows(paint: (text: string, colour: string) => string): string[] {
    return Array.from({ length: this.#rows }, (_, row) => {
      let line = '';
      let run = '';
      let colour = '';
      for (let column = 0; column < this.#columns; column++) {
        const k = row * this.#columns + column;
        const dots =
          this.#dots[k] === 0 ? this.#shades[k] : String.fromCodePoint(0x2800 + this.#dots[k]);
        const character = this.#marks[k] || dots;
        if (character !== ' ' && this.#colours[k] !== colour) {
          line += paint(run, colour);
          run = '';
          colour = this.#colours[k];
        }
        run += character;
      }
      return line + paint(run.trimEnd(), colour);
    });
  }

  #cell(column: number, row: number): number {
    const inside = column >= 0 && column < this.#columns && row >= 0 && row < this.#rows;
    return inside ? row * this.#columns + column : -1;
  }
}
