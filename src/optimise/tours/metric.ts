/** How far apart two points are: exactly, or in the integers that TSPLIB defines (Reinelt 1995). */
import { acos, cos } from '../../trigonometry.ts';

/** Coordinates of a city: x and y, or x, y and z. */
export type Point = readonly [x: number, y: number] | readonly [x: number, y: number, z: number];

/** What the kernels know a metric by (src/kernels/abi/tours.ts), and how many coordinates its points have. */
interface Kind {
  readonly kernel: number;
  readonly coordinates: 2 | 3;
}

/**
 * The metrics by name. `'euclidean'` is the length itself; the others are integers as TSPLIB rounds them. `GEO` has no kernel: it
 * is worked out beforehand.
 */
export const METRICS = {
  euclidean: { kernel: 1, coordinates: 2 },
  EUC_2D: { kernel: 2, coordinates: 2 },
  EUC_3D: { kernel: 2, coordinates: 3 },
  CEIL_2D: { kernel: 3, coordinates: 2 },
  MAN_2D: { kernel: 4, coordinates: 2 },
  MAN_3D: { kernel: 4, coordinates: 3 },
  MAX_2D: { kernel: 5, coordinates: 2 },
  MAX_3D: { kernel: 5, coordinates: 3 },
  ATT: { kernel: 6, coordinates: 2 },
  GEO: { kernel: 0, coordinates: 2 },
} as const satisfies Record<string, Kind>;

/** How far two places are from each other: as TSPLIB names and rounds it, or `euclidean`, which rounds nothing. */
export type Metric = keyof typeof METRICS;

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
export function geographical(a: Point, b: Point): number {
  const [latitudeA, latitudeB] = [radians(a[0]), radians(b[0])];
  const east = cos(radians(a[1]) - radians(b[1]));
  const north = cos(latitudeA - latitudeB);
  const sum = cos(latitudeA + latitudeB);
  const cosine = 0.5 * ((1 + east) * north - (1 - east) * sum);
  return Math.trunc(RADIUS * acos(Math.max(-1, Math.min(1, cosine))) + 1);
}
