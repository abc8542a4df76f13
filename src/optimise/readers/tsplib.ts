/** Travelling salesman problems in the format of TSPLIB 95 (Reinelt 1991, 1995). */
import type { Line } from '../../lines.ts';
import { amiss, integerIn, numberIn, unexpected, wordsOf } from './lines.ts';
import { DISTANCES, distancesBetween } from './tsplib-distance.ts';
import { TsplibFile } from './tsplib-file.ts';
import { matrixFormats, matrixFrom } from './tsplib-matrix.ts';

/** A problem as a TSPLIB file gives it. */
export interface TsplibProblem {
  /** NAME; '' when there is none. */
  readonly name: string;
  /** COMMENT; several are on lines of their own. */
  readonly comment: string;
  /** The number N of cities. */
  readonly dimension: number;
  /** N×N, symmetric, row after row: what `travellingSalesman` takes. */
  readonly distances: Float64Array;
  /** Where the cities are, or where they are to be drawn (DISPLAY_DATA_SECTION); undefined when the file does not say. */
  readonly points: readonly (readonly [x: number, y: number])[] | undefined;
}

const COORDINATES = 'NODE_COORD_SECTION';
const DISPLAY = 'DISPLAY_DATA_SECTION';
const WEIGHTS = 'EDGE_WEIGHT_SECTION';

const FARTHEST = 1e150;
/** Most cities: the matrix of distances has N² numbers of 8 bytes. */
const MOST = 10000;

/**
 * Reads a symmetric problem in TSPLIB format (`.tsp`).
 *
 * EDGE_WEIGHT_TYPE may be EUC_2D, CEIL_2D, GEO, ATT or EXPLICIT; EDGE_WEIGHT_FORMAT then FULL_MATRIX, or UPPER or LOWER,
 * with _DIAG or without, by _ROW or by _COL. Distances are rounded as TSPLIB rounds them. EOF may be missing; keywords
 * that do not matter here are skipped; what follows EOF is not read.
 *
 * @throws TypeError, RangeError naming the line, what was found and what was expected
 */
export function readTsplib(text: string): TsplibProblem {
  const file = new TsplibFile(text, [COORDINATES, DISPLAY, WEIGHTS]);
  if (file.value('TYPE')) file.choice('TYPE', ['TSP']);
  const dimension = file.dimension(MOST);
  if (dimension === undefined) throw amiss(file.end, 'no DIMENSION in the text', 'one');
  const type = file.choice('EDGE_WEIGHT_TYPE', [
    ...(Object.keys(DISTANCES) as (keyof typeof DISTANCES)[]),
    'EXPLICIT',
  ]);
  const given = file.section(COORDINATES) ?? file.section(DISPLAY);
  const points = given && pointsFrom(given, dimension);
  const common = { name: file.value('NAME'), comment: file.value('COMMENT'), dimension, points };
  if (type === 'EXPLICIT') {
    const format = file.choice('EDGE_WEIGHT_FORMAT', matrixFormats());
    const section = file.needed(WEIGHTS, 'EDGE_WEIGHT_TYPE EXPLICIT');
    return { ...common, distances: matrixFrom(section, format, dimension) };
  }
  file.needed(COORDINATES, `EDGE_WEIGHT_TYPE ${type}`);
  return { ...common, distances: distancesBetween(points!, DISTANCES[type]) };
}

/** Lines of a city's number and two coordinates; every city once, in any order. */
function pointsFrom(
  { data, end }: { data: readonly Line[]; end: number },
  n: number,
): [number, number][] {
  const points = new Map<number, [number, number]>();
  for (const line of data) {
    const words = wordsOf(line);
    const at = line.number;
    if (words.length !== 3) throw unexpected(at, line.text, '"CITY X Y"');
    const city = integerIn(words[0], at, 'a city', 1, n);
    if (points.has(city)) throw unexpected(at, line.text, `city ${city} once`);
    points.set(city, [coordinateIn(words[1], at), coordinateIn(words[2], at)]);
  }
  if (points.size < n) throw amiss(end, `the section ends after ${points.size} cities`, String(n));
  return Array.from({ length: n }, (_, k) => points.get(k + 1)!);
}

/** A number whose square is one too: distances have to be finite. */
function coordinateIn(word: string, line: number): number {
  const value = numberIn(word, line);
  if (Math.abs(value) > FARTHEST) throw amiss(line, word, 'a coordinate from -1e150 to 1e150');
  return value;
}
