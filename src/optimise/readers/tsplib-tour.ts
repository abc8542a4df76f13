/** Tours in the format of TSPLIB 95: cities counted from 1, in the order of the tour, then −1. */
import { describe } from '../../checks.ts';
import { amiss, integerIn, unexpected, wordsOf } from './lines.ts';
import { TOUR as SECTION, TsplibFile } from './tsplib-file.ts';

const MOST = 1e7;

/**
 * Reads a tour (`.tour`).
 *
 * @returns the cities in the order of the tour, counted from 0, each once
 * @throws TypeError, RangeError naming the line, what was found and what was expected
 */
export function readTsplibTour(text: string): Int32Array {
  const file = new TsplibFile(text, [SECTION]);
  if (file.value('TYPE')) file.choice('TYPE', ['TOUR']);
  const { data, end } = file.needed(SECTION, 'TYPE TOUR');
  const words = data.flatMap((line) => wordsOf(line).map((word) => ({ word, line: line.number })));
  const closed = words.findIndex(({ word }) => word === '-1');
  if (closed < 0) throw amiss(end, 'the section ends', '-1 after the last city');
  const after = words.slice(closed + 1).find(({ word }) => word !== '-1');
  if (after) throw unexpected(after.line, after.word, 'the end of the section after -1');
  const dimension = file.dimension(MOST) ?? closed;
  const lines = new Map<number, number>();
  for (const { word, line } of words.slice(0, closed)) {
    const city = integerIn(word, line, 'a city', 1, dimension);
    const before = lines.get(city);
    if (before) throw unexpected(line, word, `city ${city} once; it is in line ${before}`);
    lines.set(city, line);
  }
  if (lines.size < dimension) {
    throw amiss(words[closed].line, `the tour ends after ${lines.size} cities`, String(dimension));
  }
  return Int32Array.from(lines.keys(), (city) => city - 1);
}

/**
 * Writes a tour.
 *
 * @param tour - cities in the order of the tour, counted from 0, each once
 * @param head - NAME and COMMENT, if there are to be any; line ends become spaces
 * @throws TypeError, RangeError when it is no tour
 */
export function writeTsplibTour(
  tour: ArrayLike<number>,
  head: { name?: string; comment?: string } = {},
): string {
  const n = tour.length;
  if (n === 0) throw new RangeError('the tour has 0 cities, expected at least 1');
  const seen = new Set<number>();
  for (let k = 0; k < n; k++) {
    const city = tour[k];
    if (typeof city !== 'number') {
      throw new TypeError(`city ${k} of the tour is ${describe(city)}, expected a number`);
    }
    if (!Number.isInteger(city) || city < 0 || city >= n || seen.has(city)) {
      throw new RangeError(`city ${k} of the tour is ${city}, expected 0 to ${n - 1}, each once`);
    }
    seen.add(city);
  }
  const line = (keyword: string, value?: string) =>
    value ? [`${keyword} : ${value.replaceAll(/\s+/g, ' ')}`] : [];
  return [
    ...line('NAME', head.name),
    ...line('COMMENT', head.comment),
    'TYPE : TOUR',
    `DIMENSION : ${n}`,
    SECTION,
    ...Array.from(tour, (city) => city + 1),
    '-1',
    'EOF\n',
  ].join('\n');
}
