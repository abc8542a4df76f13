/** What tests of readers share. */
import { expect, test } from 'vitest';

/** A text that is no file of the format, and what the message must have: the line, what was found, what was expected. */
export type Fault = [what: string, text: string, message: RegExp];

/** Every fault is told in one line that begins with the number of the line in the text. */
export function rejects(read: (text: string) => unknown, faults: readonly Fault[]): void {
  test.each(faults)('%s', (_, text, message) => {
    const told = complaint(read, text);
    expect(told).toMatch(message);
    expect(told).toMatch(/^line \d+: [^\n]+, expected [^\n]+$/);
  });
}

/** What a reader says of a text it does not take; '' when it takes it. */
export function complaint(read: (text: string) => unknown, text: string): string {
  try {
    read(text);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return (error as Error).message;
  }
}

/** The text with other line endings, a byte-order mark, blank lines, spaces at the ends of lines. */
const DRESSES: [string, (text: string) => string][] = [
  ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
  ['old Macintosh line ends', (text) => text.replaceAll('\n', '\r')],
  ['no last line end', (text) => text.trimEnd()],
  ['a byte-order mark', (text) => `\uFEFF${text}`],
  ['blank lines', (text) => text.replaceAll('\n', '\n\n \t\n')],
  ['spaces at both ends of lines', (text) => text.replaceAll('\n', ' \t\n  ')],
];

/** The same comes out of a text however it is dressed. */
export function acceptsDresses(read: (text: string) => unknown, text: string): void {
  test.each(DRESSES)('%s', (_, dress) => {
    expect(dress(text)).not.toBe(text);
    expect(read(dress(text))).toEqual(read(text));
  });
}
