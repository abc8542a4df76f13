/** Numbers as sentences of a diagnosis have them. */

// A call at load would be shipped by whoever imports anything.
const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
];

/** `1 pattern`, `3 patterns`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `it`, `both`, `all three`, `all 12`: what a rule holds that holds everything. */
export function allOf(number: number): string {
  if (number === 1) return 'it';
  return number === 2 ? 'both' : `all ${SMALL[number] ?? number}`;
}

/** A number to two significant digits at least, without an exponent where that is readable. */
export function short(value: number): string {
  return String(Number(value.toPrecision(Math.abs(value) < 1 ? 2 : 3)));
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

/** At most `most` of the numbers 0 … count − 1, evenly spaced. */
export function evenly(count: number, most: number): number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, k) => Math.floor((k * count) / taken));
}
