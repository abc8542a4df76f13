/** Lines of text: how wide they are in a sans-serif face, about, and where they break. */

const NARROW = /[ijltfrI.,:;'|!()[\]{}"`·\- ]/u;
const WIDE = /[mwMW@%—…]/u;
const CAPITAL = /[A-Z]/u;
const FULL =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\u{1f300}-\u{1faff}]/u;
const MARK = /\p{M}/u;

/** Width in ems, rather too much than too little. */
export function emsOf(text: string): number {
  let ems = 0;
  for (const c of text) {
    if (FULL.test(c)) ems += 1.05;
    else if (WIDE.test(c)) ems += 0.92;
    else if (CAPITAL.test(c)) ems += 0.7;
    else if (NARROW.test(c)) ems += 0.36;
    else if (!MARK.test(c)) ems += 0.59;
  }
  return ems;
}

/** Columns of a terminal that a text takes. */
export function terminalWidth(text: string): number {
  let columns = 0;
  for (const c of text) if (!MARK.test(c)) columns += FULL.test(c) ? 2 : 1;
  return columns;
}

/** Breaks at spaces, so that no line measures more than `room` unless one word does. */
export function wrapText(text: string, room: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Things of these widths put side by side in rows of at most `room`: the numbers of each row's. */
export function rowsOf(widths: number[], room: number): number[][] {
  const rows: number[][] = [];
  let used = Infinity;
  for (const [k, width] of widths.entries()) {
    if (used + width > room) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(k);
    used += width;
  }
  return rows;
}
