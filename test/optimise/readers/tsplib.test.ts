/** TSPLIB problems: published optima, every form of matrix, and every way to be wrong. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTsplib, readTsplibTour, type TsplibProblem } from '../../../src/optimise/index.ts';
import { readDistances } from '../../../src/optimise/tours/distances.ts';
import att48Tour from '../../instances/att48.opt.tour?raw';
import att48 from '../../instances/att48.tsp?raw';
import bayg29Tour from '../../instances/bayg29.opt.tour?raw';
import bayg29 from '../../instances/bayg29.tsp?raw';
import berlin52Tour from '../../instances/berlin52.opt.tour?raw';
import berlin52 from '../../instances/berlin52.tsp?raw';
import burma14 from '../../instances/burma14.tsp?raw';
import gr17 from '../../instances/gr17.tsp?raw';
import ulysses16Tour from '../../instances/ulysses16.opt.tour?raw';
import ulysses16 from '../../instances/ulysses16.tsp?raw';
import { acceptsDresses, complaint, rejects } from './cases.ts';

/** The length of the shortest tour, by dynamic programming over subsets (Held & Karp 1962). */
function shortest({ cities, dimension: n }: TsplibProblem): number {
  const { between } = readDistances(cities);
  const others = n - 1;
  const best = new Float64Array((1 << others) * others).fill(Infinity);
  for (let k = 0; k < others; k++) best[(1 << k) * others + k] = between(0, k + 1);
  for (let set = 1; set < 1 << others; set++) {
    for (let last = 0; last < others; last++) {
      const here = best[set * others + last];
      if (here === Infinity) continue;
      for (let next = 0; next < others; next++) {
        if (set & (1 << next)) continue;
        const at = (set | (1 << next)) * others + next;
        best[at] = Math.min(best[at], here + between(last + 1, next + 1));
      }
    }
  }
  const all = (1 << others) - 1;
  return Math.min(
    ...Array.from({ length: others }, (_, k) => best[all * others + k] + between(0, k + 1)),
  );
}

function tourLength({ cities, dimension: n }: TsplibProblem, tour: Int32Array): number {
  const { between } = readDistances(cities);
  return tour.reduce((sum, city, k) => sum + between(city, tour[(k + 1) % n]), 0);
}

/** A file of a whole matrix in one of the formats, written pair by pair as TSPLIB 95 defines them. */
function written(matrix: number[][], format: string, separator: () => string): string {
  const n = matrix.length;
  const holds: Record<string, (row: number, column: number) => boolean> = {
    FULL: () => true,
    UPPER: (row, column) => column > row,
    LOWER: (row, column) => column < row,
    UPPER_DIAG: (row, column) => column >= row,
    LOWER_DIAG: (row, column) => column <= row,
  };
  const [, part, way] = /^(.*)_(MATRIX|ROW|COL)$/.exec(format)!;
  const numbers: string[] = [];
  for (let outer = 0; outer < n; outer++) {
    for (let inner = 0; inner < n; inner++) {
      const [row, column] = way === 'COL' ? [inner, outer] : [outer, inner];
      if (holds[part](row, column)) numbers.push(`${matrix[row][column]}${separator()}`);
    }
  }
  return `DIMENSION: ${n}\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: ${format}\nEDGE_WEIGHT_SECTION\n${numbers.join('')}`;
}

const FORMATS =
  'FULL_MATRIX UPPER_ROW LOWER_ROW UPPER_DIAG_ROW LOWER_DIAG_ROW UPPER_COL LOWER_COL UPPER_DIAG_COL LOWER_DIAG_COL'.split(
    ' ',
  );

const matrices = fc.integer({ min: 1, max: 7 }).chain((n) =>
  fc
    .array(fc.oneof(fc.nat(999), fc.double({ noNaN: true, noDefaultInfinity: true })), {
      minLength: n * n,
      maxLength: n * n,
    })
    .map((values) =>
      Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) =>
          i === j ? 0 : values[Math.min(i, j) * n + Math.max(i, j)] || 0,
        ),
      ),
    ),
);

describe('published instances', () => {
  test.each([
    ['burma14', burma14, 3323],
    ['ulysses16', ulysses16, 6859],
    ['gr17', gr17, 2085],
  ])('%s: the shortest tour has the published length', (_, text, optimum) => {
    expect(shortest(readTsplib(text))).toBe(optimum);
  });

  test.each([
    ['ulysses16', ulysses16, ulysses16Tour, 6859],
    ['bayg29', bayg29, bayg29Tour, 1610],
    ['att48', att48, att48Tour, 10628],
    ['berlin52', berlin52, berlin52Tour, 7542],
  ])('%s: the published tour has the published length', (_, text, tour, optimum) => {
    expect(tourLength(readTsplib(text), readTsplibTour(tour))).toBe(optimum);
  });

  test('give name, comment, size and places', () => {
    const berlin = readTsplib(berlin52);
    expect(berlin).toMatchObject({
      name: 'berlin52',
      comment: '52 locations in Berlin (Groetschel)',
      dimension: 52,
    });
    expect(berlin.points![51]).toEqual([1740, 245]);
    expect(readTsplib(gr17).points).toBeUndefined();
    // bayg29 has a matrix, and places to draw the cities.
    expect(readTsplib(bayg29).points).toHaveLength(29);
  });
});

describe('distances', () => {
  const between = (type: string, a: string, b: string) => {
    const text = `DIMENSION: 2\nEDGE_WEIGHT_TYPE: ${type}\nNODE_COORD_SECTION\n1 ${a}\n2 ${b}`;
    const distances = readDistances(readTsplib(text).cities);
    return [0, 1].flatMap((a) => [0, 1].map((b) => distances.between(a, b))).join(' ');
  };

  test.each([
    // √2 = 1.41…, √12.5 = 3.53…; 2.5 is rounded up.
    ['EUC_2D', '0 0', '1 1', 1],
    ['EUC_2D', '0 0', '2.5 2.5', 4],
    ['EUC_2D', '0 0', '1.5 2', 3],
    ['CEIL_2D', '0 0', '1 1', 2],
    ['CEIL_2D', '0 0', '3 4', 5],
    // √(1 + 4 + 4) = 3; √3 = 1.73…
    ['EUC_3D', '0 0 0', '1 2 2', 3],
    ['EUC_3D', '0 0 0', '1 1 1', 2],
    // The sum is rounded, of the largest each part.
    ['MAN_2D', '0 0', '-1.4 1.4', 3],
    ['MAN_3D', '0 0 0', '0.4 0.4 0.4', 1],
    ['MAX_2D', '0 0', '-2.5 2.6', 3],
    ['MAX_3D', '0 0 0', '1.4 0 -1.2', 1],
    // √(10/10) = 1, √(40/10) = 2; √(36/10) = 1.897… to 2; √(50/10) = 2.236… to 2, which is less, so 3.
    ['ATT', '0 0', '1 3', 1],
    ['ATT', '0 0', '2 6', 2],
    ['ATT', '0 0', '6 0', 2],
    ['ATT', '0 0', '5 5', 3],
    // A quarter of the equator: 6378.388·π/2 = 10019.14; halfway round the earth twice that.
    ['GEO', '0 0', '0 90', 10020],
    ['GEO', '0 0', '90 0', 10020],
    ['GEO', '0 0', '0 180', 20039],
    // 30 minutes are half a degree, also below 0: 6378.388·π/360 = 55.66.
    ['GEO', '0 0', '0.30 0', 56],
    ['GEO', '0 0', '-0.30 0', 56],
    // Two cities in one place.
    ['GEO', '7.12 1.23', '7.12 1.23', 1],
    ['EUC_2D', '7 1', '7 1', 0],
  ])('%s from %s to %s is %d', (type, a, b, expected) => {
    expect(between(type, a, b)).toBe(`0 ${expected} ${expected} 0`);
  });
});

describe('matrices', () => {
  test.each(FORMATS)('%s, wrapped anywhere, is read as it was written', (format) => {
    const gaps = fc.constantFrom(' ', '\n', '  ', '\t', '\n \n');
    fc.assert(
      fc.property(matrices, fc.infiniteStream(gaps), (matrix, stream) => {
        const text = written(matrix, format, () => stream.next().value);
        const { cities, dimension } = readTsplib(text);
        expect(dimension).toBe(matrix.length);
        expect(Array.from(cities as Float64Array)).toEqual(matrix.flat());
      }),
    );
  });

  test.each(FORMATS)('%s with a number less or more is rejected', (format) => {
    const rising = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => i + j));
    const text = written(rising, format, () => '\n').trimEnd();
    expect(complaint(readTsplib, text)).toBe('');
    const lines = text.split('\n');
    expect(complaint(readTsplib, lines.slice(0, -1).join('\n'))).toMatch(
      new RegExp(`^line ${lines.length - 1}: the section ends after ${lines.length - 5} numbers`),
    );
    expect(complaint(readTsplib, `${text}\n7`)).toMatch(
      new RegExp(`^line ${lines.length + 1}: "7"`),
    );
  });

  test('have a diagonal of 0 whatever the file says', () => {
    const text = written([[9999, 1], [1, 9999]], 'FULL_MATRIX', () => ' '); // prettier-ignore
    expect(Array.from(readTsplib(text).cities as Float64Array)).toEqual([0, 1, 1, 0]);
  });
});

test('keywords in small letters, = for :, and −1 or ^Z at the end of a section', () => {
  const text =
    'name = four\nType: TSP\ndimension=4\nedge_weight_type = EUC_2D\nnode_coord_section\n1 0 0\n2 3 0\n3 3 4\n4 0 4\n-1\n\u001a';
  const { name, dimension, cities } = readTsplib(text);
  expect([name, dimension]).toEqual(['four', 4]);
  expect(readDistances(cities).between(0, 2)).toBe(5);
});

describe('what does not matter', () => {
  acceptsDresses(readTsplib, burma14);

  test('a missing EOF, what follows it, cities out of order, unknown keywords, a longer TYPE', () => {
    const plain = readTsplib(burma14);
    const lines = burma14.trimEnd().split('\n');
    expect(readTsplib(lines.slice(0, -1).join('\n'))).toEqual(plain);
    expect(readTsplib(`${burma14}\nwhat else`)).toEqual(plain);
    expect(readTsplib([...lines.slice(0, 8), ...lines.slice(8, -1).reverse()].join('\n'))).toEqual(
      plain,
    );
    expect(readTsplib(`BEST_KNOWN : 3323\n${burma14}`)).toEqual(plain);
    expect(readTsplib(burma14.replace('TYPE: TSP', 'TYPE : TSP (M. Hofmeister)'))).toEqual(plain);
  });
});

const HEAD = 'DIMENSION: 2\nEDGE_WEIGHT_TYPE: EUC_2D\n';
const COORDINATES = `${HEAD}NODE_COORD_SECTION\n`;
const EXPLICIT = 'DIMENSION: 2\nEDGE_WEIGHT_TYPE: EXPLICIT\n';

describe('is rejected:', () => {
  rejects(readTsplib, [
    ['an empty text', '', /^line 1: no DIMENSION/],
    ['something else', '\u0000\u0001PNG', /^line 1: "\\u0000\\u0001PNG"/],
    ['a word of no meaning', 'NAME: a\nhello world', /^line 2: "hello world", .*KEYWORD/],
    ['another type', 'TYPE: ATSP\n', /^line 1: "ATSP", expected TYPE TSP/],
    ['no dimension', 'NAME: a\nEDGE_WEIGHT_TYPE: EUC_2D', /^line 2: no DIMENSION/],
    ['a dimension that is none', 'DIMENSION: five', /^line 1: "five", .*integer/],
    ['dimension 0', 'DIMENSION: 0', /^line 1: 0, .* 1 to/],
    ['a huge dimension', 'DIMENSION: 1000000000', /^line 1: 1000000000, .* 2097152/],
    ['a large dimension, little data', COORDINATES.replace('2', '9999'), /after 0 cities/],
    ['a dimension given twice', 'DIMENSION: 2\nDIMENSION: 3', /^line 2: .*once.* line 1/],
    ['no edge weight type', 'DIMENSION: 2', /^line 1: no EDGE_WEIGHT_TYPE .* EUC_2D/],
    [
      'an unknown edge weight type',
      'DIMENSION: 2\nEDGE_WEIGHT_TYPE: XRAY1',
      /^line 2: "XRAY1".*GEO/,
    ],
    ['no format', EXPLICIT, /^line 2: no EDGE_WEIGHT_FORMAT/],
    ['an unknown format', `${EXPLICIT}EDGE_WEIGHT_FORMAT: HALF`, /^line 3: "HALF".*UPPER_ROW/],
    ['no matrix', `${EXPLICIT}EDGE_WEIGHT_FORMAT: UPPER_ROW`, /^line 3: no EDGE_WEIGHT_SECTION/],
    ['no places', HEAD, /^line 2: no NODE_COORD_SECTION/],
    ['places only to draw', `${HEAD}DISPLAY_DATA_SECTION\n1 1 1\n2 1 1`, /no NODE_COORD_SECTION/],
    [
      'a section twice',
      `${COORDINATES}1 1 1\n2 2 2\nNODE_COORD_SECTION`,
      /^line 6: .*once.* line 3/,
    ],
    ['another section', `${HEAD}FIXED_EDGES_SECTION\n1 2\n-1`, /^line 3: "FIXED_EDGES_SECTION"/],
    ['a place with one coordinate', `${COORDINATES}1 1\n2 2 2`, /^line 4: "1 1", .*CITY X Y/],
    ['a place with three', `${COORDINATES}1 1 1 1\n2 2 2`, /^line 4: "1 1 1 1"/],
    ['a coordinate that is none', `${COORDINATES}1 1 1\n2 0x10 2`, /^line 5: "0x10", .*number/],
    ['an infinite coordinate', `${COORDINATES}1 1 1e999\n2 2 2`, /^line 4: 1e999/],
    ['a city that is not there', `${COORDINATES}1 1 1\n3 2 2`, /^line 5: 3, .* 1 to 2/],
    ['a city twice', `${COORDINATES}1 1 1\n1 2 2`, /^line 5: "1 2 2", .*city 1 once/],
    ['a city less', `${COORDINATES}1 1 1\nEOF\n`, /^line 5: the section ends after 1 cities, .* 2/],
    ['a city more', `${COORDINATES}1 1 1\n2 1 1\n3 1 1`, /^line 6: 3,/],
    [
      'a matrix that is not symmetric',
      `${EXPLICIT}EDGE_WEIGHT_FORMAT: FULL_MATRIX\nEDGE_WEIGHT_SECTION\n0 1\n2 0`,
      /^line 6: 2 from city 2 to 1, expected 1 as from 1 to 2/,
    ],
    [
      'a distance that is none',
      `${EXPLICIT}EDGE_WEIGHT_FORMAT: UPPER_ROW\nEDGE_WEIGHT_SECTION\n1,5`,
      /^line 5: "1,5", expected a number/,
    ],
  ]);

  test('anything but a string', () => {
    expect(() => readTsplib(new Uint8Array(3) as unknown as string)).toThrow(
      new TypeError('text is an Uint8Array, expected a string'),
    );
  });

  test('a file with any line of data cut off', () => {
    for (const [text, first] of [
      [burma14, 8],
      [bayg29, 8],
    ] as const) {
      const lines = text.trimEnd().split('\n');
      for (let cut = first; cut < lines.length - 1; cut++) {
        if (/^[A-Z]/.test(lines[cut])) continue;
        const fewer = lines.filter((_, k) => k !== cut).join('\n');
        expect(complaint(readTsplib, fewer)).toMatch(/^line \d+: .* ends after/);
      }
    }
  });
});
