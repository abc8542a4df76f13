/** Words into lines, numbers into words. */

/** As many words to a line as fit; lines after the first begin with `indent` spaces. */
export function wrap(words: readonly string[], width: number, indent = 0): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line.trim() === '') line += word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    }
  }
  return line.trim() === '' ? lines : [...lines, line];
}

/** What a list is cut to, so that a screen holds the report. */
const MOST_LINES = 12;

/** As many lines as fit beside the rest of the report; what is left out is said, and how to see it. */
export function screenful(lines: string[]): string[] {
  if (lines.length <= MOST_LINES) return lines;
  const left = lines.length - MOST_LINES + 1;
  return [...lines.slice(0, MOST_LINES - 1), `… ${left} more lines; --output writes all`];
}

/** A cost for people, without the dust of rounding. */
export function amount(value: number, digits = 12): string {
  return String(Number(value.toPrecision(digits)));
}

/** A cost on its way down. */
export function rough(value: number): string {
  return amount(value, 8);
}

/** A large number of things, in groups of three digits. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}
