/** Travelling salesman problems in the format of TSPLIB 95 (Reinelt 1991, 1995). */
import type { Line } from '../../lines.ts';
import type { Cities } from '../tours/distances.ts';
import { METRICS, type Metric, type Point } from '../tours/metric.ts';
import { amiss, integerIn, numberIn, unexpected, wordsOf } from './lines.ts';
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
  /** What `travellingSalesman` takes: places and their metric, or for EXPLICIT weights N×N distances, row after row. */
  readonly cities: Cities;
  /** Where the cities are, or where they are to be drawn (DISPLAY_DATA_SECTION); undefined when the file does not say. */
  readonly points: readonly Point[] | undefined;
}

const COORDINATES = 'NODE_COORD_SECTION';
const DISPLAY = 'DISPLAY_DATA_SECTION';
const WEIGHTS = 'EDGE_WEIGHT_SECTION';

const FARTHEST = 1e150;
/** Most cities, and most where there is a matrix of distances: N² numbers of 8 bytes. */
const MOST = 2097152;
const MOST_IN_MATRIX = 10000;

/**
 * Reads a symmetric problem in TSPLIB format (`.tsp`).
 *
 * EDGE_WEIGHT_TYPE may be EUC_2D, EUC_3D, CEIL_2D, MAN_2D, MAN_3D, MAX_2D, MAX_3D, GEO, ATT or EXPLICIT; EDGE_WEIGHT_FORMAT then FULL_MATRIX, or UPPER or LOWER,
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
    ...(Object.keys(METRICS) as Metric[]).filter((name) => name !== 'euclidean'),
    'EXPLICIT',
  ]);
  if (type === 'EXPLICIT' || type === 'GEO') {
    // Before anything that grows with it is made.
    if (dimension > MOST_IN_MATRIX) {
      throw amiss(
        file.lineOf('DIMENSION'),
        `DIMENSION ${dimension}`,
        `at most ${MOST_IN_MATRIX} for ${type}`,
      );
    }
  }
  const given = file.section(COORDINATES) ?? file.section(DISPLAY);
  const coordinates = type === 'EXPLICIT' ? 2 : METRICS[type].coordinates;
  const points = given && pointsFrom(given, dimension, coordinates);
  const common = { name: file.value('NAME'), comment: file.value('COMMENT'), dimension, points };
  if (type === 'EXPLICIT') {
    const format = file.choice('EDGE_WEIGHT_FORMAT', matrixFormats());
    const section = file.needed(WEIGHTS, 'EDGE_WEIGHT_TYPE EXPLICIT');
    return { ...common, cities: matrixFrom(section, format, dimension) };
  }
  file.needed(COORDINATES, `EDGE_WEIGHT_TYPE ${type}`);
  return { ...common, cities: { points: points!, metric: type } };
}

/** Lines of a city's number and its coordinates; every city once, in any order. */
function pointsFrom(
  { data, end }: { data: readonly Line[]; end: number },
  n: number,
  coordinates: 2 | 3,
): Point[] {
  const points = new Map<number, Point>();
  for (const line of data) {
    const words = wordsOf(line);
    const at = line.number;
    if (words.length !== coordinates + 1) {
      throw unexpected(at, line.text, coordinates === 2 ? '"CITY X Y"' : '"CITY X Y Z"');
    }
    const city = integerIn(words[0], at, 'a city', 1, n);
    if (points.has(city)) throw unexpected(at, line.text, `city ${city} once`);
    const [x, y, z] = words.slice(1).map((word) => coordinateIn(word, at));
    points.set(city, coordinates === 2 ? [x, y] : [x, y, z]);
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
