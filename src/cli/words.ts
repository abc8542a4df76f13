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

/** A number of things: `1 pattern`, `2 patterns`, `1,000 vertices`. */
export function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : nouns}`;
}

/** Names to choose from: `a, b or c`. */
export function either(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' or $1');
}

/** A cost for people, without the dust of rounding. */
export function amount(value: number, digits = 12): string {
  return Number.isInteger(value)
    ? String(BigInt(value))
    : String(Number(value.toPrecision(digits)));
}
