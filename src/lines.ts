/** Text as lines, one after the other: lists of all lines take many times the memory of a text that is mostly line ends. */
import { describe } from './checks.ts';

/** A line that is not blank. */
export interface Line {
  /** Its number in the text, from 1. */
  readonly number: number;
  /** The line without white space at its ends. */
  readonly text: string;
}

const [LF, CR] = [10, 13];

/** The lines of a text that are not blank, whatever their endings, between a byte-order mark and DOS's mark of the end. */
export class Lines implements Iterable<Line> {
  /** The number of the line that was given last; 1 before the first. */
  last = 1;
  readonly #text: string;

  /** @throws TypeError unless it is a string */
  constructor(text: unknown) {
    if (typeof text !== 'string') {
      throw new TypeError(`text is ${describe(text)}, expected a string`);
    }
    this.#text = text;
  }

  *[Symbol.iterator](): Generator<Line> {
    const text = this.#text.endsWith('\u001a') ? this.#text.slice(0, -1) : this.#text;
    let at = text.startsWith('\uFEFF') ? 1 : 0;
    for (let number = 1; at < text.length; number++) {
      const end = endOfLine(text, at);
      const line = end > at ? text.slice(at, end).trim() : '';
      if (line !== '') {
        this.last = number;
        yield { number, text: line };
      }
      at = end + (text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? 2 : 1);
    }
  }
}

/** Where the line that begins at `at` ends. */
function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === LF || code === CR) break;
    end++;
  }
  return end;
}
