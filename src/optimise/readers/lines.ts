/** Text as lines of words, and complaints that name the line. */
import { describe } from '../../checks.ts';
import { quote } from '../../quote.ts';

/** A line that is not blank. */
export interface Line {
  /** Its number in the text, from 1. */
  readonly number: number;
  /** The line without white space at its ends. */
  readonly text: string;
}

/** The lines of a text that are not blank, whatever their endings. @throws TypeError unless it is a string */
export function linesOf(text: unknown): Line[] {
  if (typeof text !== 'string') throw new TypeError(`text is ${describe(text)}, expected a string`);
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line, k) => ({ number: k + 1, text: line.trim() }))
    .filter((line) => line.text !== '');
}

/** The words between white space. */
export function wordsOf({ text }: Line): string[] {
  return text.split(/\s+/);
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

/** The number of the last line, for what is missing at the end. */
export function lastLine(lines: readonly Line[]): number {
  return lines.at(-1)?.number ?? 1;
}
