/** Lines as words and numbers, and complaints that name the line. */
import type { Line } from '../../lines.ts';
import { quote } from '../../quote.ts';

/** The words between white space. */
export function wordsOf({ text }: Line): string[] {
  return text.split(/\s+/);
}

/** Whether a line of a file of numbers is a comment. */
export function isComment({ text }: Line): boolean {
  const first = text[0];
  return first === 'c' || first === '#' || first === '%';
}

const [TAB, SPACE, MINUS, ZERO] = [9, 32, 45, 48];
/** More digits may be no number of their own. */
const MOST_DIGITS = 15;

/**
 * Two or three integers, of which most lines of large files consist, in one go, put into `numbers`.
 *
 * @returns how many there are; 0 for a line of anything else, which may be numbers, too
 */
export function plainIntegers(text: string, numbers: Float64Array): number {
  let at = 0;
  for (let count = 0; count < 3; count++) {
    const negative = text.charCodeAt(at) === MINUS;
    if (negative) at++;
    const first = at;
    let value = 0;
    for (; at < text.length; at++) {
      const digit = text.charCodeAt(at) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      value = 10 * value + digit;
    }
    if (at === first || at - first > MOST_DIGITS) return 0;
    numbers[count] = negative ? -value : value;
    if (at === text.length) return count === 0 ? 0 : count + 1;
    for (; text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB; at++);
  }
  return 0;
}

/** Something that is not what belongs there. */
export function unexpected(line: number, found: string, expected: string): TypeError {
  return new TypeError(`line ${line}: ${quote(found)}, expected ${expected}`);
}

/** Too much or too little of something, in words of our own. */
export function amiss(line: number, found: string, expected: string): RangeError {
  return new RangeError(`line ${line}: ${found}, expected ${expected}`);
}

/** A decimal number, finite. */
export function numberIn(word: string, line: number, expected = 'a number'): number {
  // Each character fits one place only: a long word that is none is found out at once.
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(word)) throw unexpected(line, word, expected);
  const value = Number(word);
  if (!Number.isFinite(value)) throw amiss(line, word, 'a number below 1.8e308');
  return value;
}

/** An integer from `least` to `most`. */
export function integerIn(
  word: string,
  line: number,
  what: string,
  least: number,
  most: number,
): number {
  const expected = `${what}, an integer from ${least} to ${most}`;
  if (!/^[+-]?\d+$/.test(word)) throw unexpected(line, word, expected);
  const value = Number(word);
  if (value < least || value > most) throw amiss(line, word, expected);
  return value;
}
