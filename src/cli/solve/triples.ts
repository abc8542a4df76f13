/** Files of two sizes and lines of two indices and a number: cuts and QUBOs are written so. */

/** Characters in which a file shows what it is. */
const BEGINNING = 2 ** 16;

/** Comments, two sizes, and the first line of two indices, with a number or without. */
const START =
  /^\uFEFF?(?:\s*[c#%][^\n]*\n)*\s*\d+[ \t]+\d+[ \t]*\r?\n\s*\d+[ \t]+\d+(?:[ \t]+\S+)?[ \t]*(?:\r?\n|$)/;

export function isTriples(text: string): boolean {
  return START.test(text.slice(0, BEGINNING));
}

/** Whether there is an entry of an index with itself: a cut has none, and a QUBO nearly always. */
export function hasDiagonal(text: string): boolean {
  return /^[ \t]*(\d+)[ \t]+\1[ \t]+\S/m.test(text);
}
