/** Lines as words and numbers, and complaints that name the line. */
import type { Line } from '../../lines.ts';
import { quote } from '../../quote.ts';

/** The words between white space. */
export function wordsOf({ text }: Line): string[] {
  return text.split(/\s+/);
}

/** Whether a line of a file of numbers is a comment. */
export function isComment({ text }: Line): boolean {
  return /^[c#%]/.test(text);
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
