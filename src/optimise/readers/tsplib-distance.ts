/** Distances between points as TSPLIB defines them, rounded to integers (Reinelt 1995, TSPLIB 95, section 2). */

type Point = readonly [x: number, y: number];

/** What a number is rounded to: halves go up. */
const nearest = (x: number): number => Math.floor(x + 0.5);

const length = ([xa, ya]: Point, [xb, yb]: Point): number => {
  const dx = xa - xb;
  const dy = ya - yb;
  return Math.sqrt(dx * dx + dy * dy);
};

/** π as TSPLIB has it: its published optima are made with this. */
const PI = 3.141592;

/** The radius of the idealised earth in kilometres. */
const RADIUS = 6378.388;

/** Degrees and minutes, written as DDD.MM, to radians. */
function radians(x: number): number {
  const degrees = Math.trunc(x);
  const minutes = x - degrees;
  return (PI * (degrees + (5 * minutes) / 3)) / 180;
}

/** From latitude and longitude; two different cities in one place are 1 km apart, as published. */
function geographical([xa, ya]: Point, [xb, yb]: Point): number {
  const [latitudeA, latitudeB] = [radians(xa), radians(xb)];
  const east = Math.cos(radians(ya) - radians(yb));
  const north = Math.cos(latitudeA - latitudeB);
  const sum = Math.cos(latitudeA + latitudeB);
  const cosine = 0.5 * ((1 + east) * north - (1 - east) * sum);
  return Math.trunc(RADIUS * Math.acos(Math.max(-1, Math.min(1, cosine))) + 1);
}

/** A tenth of the squared length, and the root of it rounded up to no less than it is. */
function pseudoEuclidean([xa, ya]: Point, [xb, yb]: Point): number {
  const dx = xa - xb;
  const dy = ya - yb;
  const exact = Math.sqrt((dx * dx + dy * dy) / 10);
  const rounded = nearest(exact);
  return rounded < exact ? rounded + 1 : rounded;
}

/** The distance of two points by the name of its EDGE_WEIGHT_TYPE. */
export const DISTANCES = {
  EUC_2D: (a: Point, b: Point) => nearest(length(a, b)),
  CEIL_2D: (a: Point, b: Point) => Math.ceil(length(a, b)),
  GEO: geographical,
  ATT: pseudoEuclidean,
} as const;

/** All distances, N×N. */
export function distancesBetween(
  points: readonly Point[],
  distance: (a: Point, b: Point) => number,
): Float64Array {
  const n = points.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      matrix[i * n + j] = matrix[j * n + i] = distance(points[i], points[j]);
    }
  }
  return matrix;
}
